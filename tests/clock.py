"""A clock that a test turns."""


class Clock:
    """Tells `now`, in seconds, until the test sets another."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


# Seconds: what is waited for ends every wait, so it is reached only where something hangs, on however busy a machine.
PATIENCE = 120.0
