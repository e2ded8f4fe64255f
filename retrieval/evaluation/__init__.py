"""Questions → figures, and weights learned from them."""
