"""The program at work: its event loop, its library kept up to date, its health, what it says about itself."""
