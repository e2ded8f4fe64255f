"""Every pattern of the program takes time in proportion to its text: counted, not timed."""
