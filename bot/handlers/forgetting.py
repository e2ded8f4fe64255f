"""What the bot keeps of a person, counted and taken away: rows of the query log, votes, what buttons remember."""

from dataclasses import dataclass

from bot.memory.state import State
from bot.querylog.log import QueryLog

# In a private chat with a person the chat's id is the person's.
_OF_THE_CHAT = ("answers", "subjects", "watches", "watch_chats", "looks")


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of the log (questions, commands, taps), votes, what buttons that still work belong to, watches."""

    rows: int
    votes: int
    remembered: int
    watches: int


async def count_of(log: QueryLog, state: State, user_id: int) -> Kept:
    """How much there is of the person. Raises sqlite3.Error."""
    rows, votes = await log.count_of(user_id)
    asker, own = log.pseudonym(user_id), max(user_id, 0)  # the private chat has the person's number
    exchanges = await state.read("SELECT count(*) FROM exchanges WHERE asker = ?", asker)
    subjects = await state.read("SELECT count(*) FROM subjects WHERE chat_id = ? OR asker = ?", own, asker)
    watches = await state.read("SELECT count(*) FROM watches WHERE chat_id = ?", own)
    return Kept(rows, votes, exchanges[0][0] + subjects[0][0], watches[0][0])


async def forget(log: QueryLog, state: State, user_id: int) -> Kept:
    """Take all of it away, from the journals of the files too; what there was of it.

    Raises sqlite3.Error and OSError, and then some may be left.
    """
    count = await count_of(log, state, user_id)
    asker = log.pseudonym(user_id)
    await state.write("DELETE FROM replies WHERE token IN (SELECT token FROM exchanges WHERE asker = ?)", (asker,))
    await state.write("DELETE FROM exchanges WHERE asker = ?", (asker,))
    for table in _OF_THE_CHAT if user_id > 0 else ():  # not a group's, of which somebody wrote in its name
        await state.write(f"DELETE FROM {table} WHERE chat_id = ?", (user_id,))  # noqa: S608
    await state.write("DELETE FROM subjects WHERE asker = ?", (asker,))
    await log.forget(user_id)
    await log.wipe()
    await state.wipe()
    return count
