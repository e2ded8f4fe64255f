"""How updates come in: each remembered first, each once, in order in its chat."""
