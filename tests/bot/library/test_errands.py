import json
import logging

from bot.library.errands import Errands


def logged(what: str) -> str:
    """What the process would write of a line."""
    [handler] = logging.getLogger().handlers
    return handler.format(logging.makeLogRecord({"name": "feeds", "levelname": "WARNING", "msg": what}))


async def test_what_an_errand_logs_is_in_the_format_of_the_programs_log() -> None:
    errands = Errands("WARNING", "json")
    try:
        line = json.loads(await errands.run(None, logged, "no feed"))
    finally:
        await errands.close()
    assert (line["level"], line["logger"], line["msg"]) == ("warning", "feeds", "no feed")
