"""Mutants of what decides: whether some test fails where the source is changed in one place."""
