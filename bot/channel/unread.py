"""Posts in which something is not known: counted, told to operators, of each kind once, and read when it is known."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

from bot.channel.posts import RAW, Post, keep, read_post
from bot.updates.parsing import parsed
from bot.updates.untyped import as_it_came

logger = logging.getLogger(__name__)

_MOST_KINDS = 100  # that are remembered; a channel could make up any number


class Unread:
    """What of posts could not be read since the program started."""

    def __init__(self, count: Callable[[], None] = lambda: None) -> None:
        self._count = count
        self._posts = 0
        self._kinds: dict[str, None] = {}

    def note(self, post: Post) -> tuple[str, ...]:
        """Count the post; those of the kinds in it that nobody has been told of."""
        self._count()
        self._posts += 1
        new = tuple(kind for kind in post.unknown if kind not in self._kinds)[: _MOST_KINDS - len(self._kinds)]
        self._kinds.update(dict.fromkeys(new))
        if new:
            logger.warning(
                "channel %s: a post has what this version does not know (%s): %s, and it is kept as it came",
                post.channel,
                ", ".join(new),
                "the text that is in it was read" if post.text else "nothing of it was read",
            )
        return new

    def notes(self) -> list[str]:
        """A line for the health check, where there is something."""
        if not self._posts:
            return []
        return [f"channels: {self._posts} posts with what this version does not know ({', '.join(self._kinds)})"]


def read_again(folder: Path, my_id: int) -> int:
    """Read what was kept as it came, which a newer version may know; how many posts say something else now. Raises
    OSError.
    """
    changed = 0
    for file in sorted((folder / RAW).glob("*/*.jsonl")):
        for line in file.read_bytes().splitlines():
            try:
                message = as_it_came(json.loads(line)["message"])
            except (ValueError, KeyError, TypeError):  # not of ours
                continue
            known = parsed({"update_id": 0, "channel_post": message}).channel_post
            post = read_post(known, my_id) if known else None
            changed += post is not None and keep(folder, post)
    return changed
