"""What was said in the page, kept in a file: another start of the program shows it.

The bot's own memory of the chats ends with the program, so that a button from before says that it has expired.
"""

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.files import StoredFile
from bot.sandbox.views import viewed
from bot.sandbox.world import World

logger = logging.getLogger(__name__)

_MOST = 2_000  # messages of a chat that are kept, the last ones
_SCHEMA = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS messages (chat INTEGER, message INTEGER, view TEXT, PRIMARY KEY (chat, message));
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, language TEXT);
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, unique_id TEXT, path TEXT, name TEXT, content BLOB, width INTEGER, height INTEGER
);
"""
_SURPLUS = """
DELETE FROM messages WHERE message <= (SELECT max(message) FROM messages AS m WHERE m.chat = messages.chat) - ?
"""
Statement = tuple[str, tuple[Any, ...]]


@asynccontextmanager
async def kept(world: World, path: Path) -> AsyncIterator[None]:
    """The chats that there are have what was said in them before; what is said in the block is kept.

    Where another program has the file, or it can't be read or written, nothing is: the page works without.
    """
    try:
        db = _opened(path)
    except (sqlite3.Error, OSError) as error:
        logger.warning("what is said in the page is not kept in %s: %s", path, error)
        yield
        return
    with closing(db):
        _restore(world, db)
        keeper = asyncio.create_task(_keep(world, db))
        try:
            yield
        finally:
            world.changes.close()
            await keeper


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(path)
    except sqlite3.OperationalError:  # in use, or no place for it
        raise
    except sqlite3.DatabaseError as error:
        logger.warning("%s is damaged (%s), is set aside and begun anew", path, error)
        path.replace(path.with_name(f"{path.name}.damaged"))
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        db.executescript(_SCHEMA)
        db.execute(_SURPLUS, (_MOST,))
    except sqlite3.Error:
        db.close()
        raise
    return db


def _restore(world: World, db: sqlite3.Connection) -> None:
    files = db.execute("SELECT id, unique_id, path, name, content, width, height FROM files")
    world.files.restore(
        StoredFile(file_id, unique_id, path, name, content, (width, height) if width else None)
        for file_id, unique_id, path, name, content, width, height in files
    )
    for user, language in db.execute("SELECT id, language FROM users"):
        if user in world.users and not world.users[user].is_bot:
            world.set_language(world.users[user], language)
    for chat_id, view in db.execute("SELECT chat, view FROM messages ORDER BY chat, message"):
        if chat_id in world.chats:
            _put_back(world.chats[chat_id], json.loads(view))
            world.changes.note("message", chat_id, json.loads(view)["message_id"])


def _put_back(chat: Chat, view: dict[str, Any]) -> None:
    number = view["message_id"]
    chat.messages[number] = view["message"]
    chat.last_message_id = max(number, chat.last_message_id)
    if view["author"] is not None:
        chat.authors[number] = view["author"]
    if view["read"]:
        chat.read.add(number)
    chat.reactions[number] = {each["user_id"]: tuple(each["emoji"]) for each in view["reactions"]}


async def _keep(world: World, db: sqlite3.Connection) -> None:
    """Write down what changes, until the world is closed, and once more then."""
    known, files = 0, set[str]()
    goes_on = True
    while goes_on:
        goes_on = await world.changes.after(known)
        news = viewed(world, world.changes.since(known))
        known = world.changes.last
        new = [file for file in world.files.all() if file.id not in files]
        files |= {file.id for file in new}
        try:
            await asyncio.to_thread(_write, db, [*_of_news(news), *map(_of_file, new)])
        except sqlite3.Error as error:
            logger.warning("what is said in the page is not kept: %s", error)


def _of_news(news: dict[str, list[dict[str, Any]]]) -> Iterable[Statement]:
    for view in news["messages"]:
        if view["message_id"] < 0:  # what one person alone sees: no app keeps it
            continue
        key = (view["chat_id"], view["message_id"])
        if view.get("deleted"):
            yield "DELETE FROM messages WHERE chat = ? AND message = ?", key
        else:
            yield "INSERT OR REPLACE INTO messages VALUES (?, ?, ?)", (*key, json.dumps(view, ensure_ascii=False))
    for user in news["users"]:
        yield "INSERT OR REPLACE INTO users VALUES (?, ?)", (user["id"], user.get("language_code"))


def _of_file(file: StoredFile) -> Statement:
    values = (file.id, file.unique_id, file.path, file.name, file.content, *(file.size or (None, None)))
    return "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", values


def _write(db: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    db.execute("BEGIN")
    try:
        for statement, values in statements:
            db.execute(statement, values)
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
