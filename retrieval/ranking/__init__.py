"""Candidates, what speaks for each and against, how sure the best one is, and the explanation of it all."""
