"""The entities Telegram itself finds in a text: commands, mentions, hashtags, addresses.

After TDLib's `find_entities`, without its list of top-level domains: an address needs its scheme (or t.me).
"""

import re

from bot.sandbox.entities import Entity, utf16_length

_PATTERNS = {
    "url": re.compile(r"(?<![\w@])(?:https?://|t\.me/)[^\s<>\"«»“”]*[^\s<>\"«»“”.,:;!?'()\[\]{}…]", re.IGNORECASE),
    "bot_command": re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<!\w)@[a-zA-Z0-9_]{3,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])"),
}


def detected(text: str, taken: list[Entity]) -> list[Entity]:
    """Entities found in the text, none over another or over a `taken` one that no address may be in (links, code)."""
    found = [entity for entity in taken if entity.type in {"code", "pre", "text_link", "text_mention"}]
    fixed = len(found)
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            entity = Entity(kind, utf16_length(text[: match.start()]), utf16_length(match[0]))
            if all(entity.end <= other.offset or other.end <= entity.offset for other in found):
                found.append(entity)
    return found[fixed:]
