"""What each command of `trich` prints."""
