"""What makes each update handled, and each message sent, exactly once: both are written down before."""
