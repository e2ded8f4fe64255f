"""Where the program begins: SIGTERM ends it in good order from the first moment on, before the rest is imported."""

import os
import signal
import sys
from collections.abc import Sequence

_STAY = {"run", "chat"}  # commands that somebody has to end


def main(arguments: Sequence[str] | None = None) -> None:
    """Carry out a command; what is given stands in the place of the program's own arguments."""
    given = sys.argv[1:] if arguments is None else arguments
    if not _STAY.isdisjoint(given):
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # nothing has been begun yet
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of it could not be forked, and nobody needs them
    from bot.command_line import app

    app(args=arguments, prog_name="trich")


if __name__ == "__main__":
    main(sys.argv[1:] or ["run"])
