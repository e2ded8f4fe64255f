"""The program with questions that no program would survive, or no worker of it: made for tests, known only here.

python -c "from tests.bot.poison import run; run()" run
"""

import os
import re
import signal
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.finding import answers
from bot.finding.answers import Prepared
from bot.finding.desk import Desk
from bot.memory.asked import Asked
from bot.memory.curated import Curated
from bot.texts.reply import Language

if TYPE_CHECKING:  # each worker imports this module, and is to need no more than it does without
    from bot.context import Services

# What a question may hold, and what its worker does then.
BURN, BURN_IN_C, SLEEP, DIE, EXIT = "thuốc độc A", "thuốc độc B", "thuốc độc C", "thuốc độc D", "thuốc độc E"
KILL = "thuốc độc K"  # the whole program is killed
_found = answers.find


def find(
    desk: Desk,
    asked: Asked,
    language: Language,
    update: int | None,
    curated: Mapping[str, Curated] = answers.NOTHING_CURATED,
) -> Prepared:
    """As the job of the same name, but for these questions."""
    if BURN in asked.question:
        while True:
            pass
    if BURN_IN_C in asked.question:
        re.match(r"(?:a+)+$", "a" * 60 + "b")
    if SLEEP in asked.question:
        time.sleep(1_000)
    if DIE in asked.question:
        os.kill(os.getpid(), signal.SIGKILL)
    if EXIT in asked.question:
        os._exit(0)
    return _found(desk, asked, language, update, curated)


def poll(*_: Any, **__: Any) -> None:
    """As if no feed ever answered."""
    while True:
        time.sleep(1_000)


def renew(*_: Any) -> None:
    """As if reading never ended."""
    while True:
        re.match(r"(?:a+)+$", "a" * 60 + "b")


def run() -> None:
    """The program, where questions are looked for by the function above."""
    from bot.__main__ import main  # noqa: PLC0415 - as above
    from bot.handlers import answering  # noqa: PLC0415
    from bot.library import current  # noqa: PLC0415

    looked_for = answering.find

    async def deadly(services: "Services", asked: Asked, language: Language, update: int | None) -> Prepared:
        if KILL in asked.question:
            os.kill(os.getpid(), signal.SIGKILL)
        return await looked_for(services, asked, language, update)

    answers.find = find
    answering.find = deadly
    vars(current).update(poll=poll, renew=renew)
    main(sys.argv[1:])
