"""The whole of the sandbox's state, and all that can be done to it from outside the Bot API.

Tests and the terminal chat drive it directly, in the event loop that serves it; another process does through
`/sandbox/` (see `server` and `control`).
"""

from bot.sandbox.chats import Chat, Member, Message, Topic, User
from bot.sandbox.inline import Inline
from bot.sandbox.state import Call

__all__ = ["Call", "Chat", "Member", "Message", "Topic", "User", "World"]


class World(Inline):
    """All state of the sandbox. Not thread-safe: use it from the event loop that serves it.

    Built in layers: what there is (`state`), groups and channels (`groups`), messages (`people`), inline mode
    (`inline`). `world.faults` makes the next calls go wrong, `world.updates` holds what the bot has not taken yet.
    """
