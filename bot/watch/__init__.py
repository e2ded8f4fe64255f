"""Topics that people watch: what they want to be told of, and the telling."""
