"""The sentence of a channel's post that an answer quotes, as what the answer replies to (`ReplyParameters.quote`).

In the comments under that post it replies to the post there, elsewhere in the discussion group to the post in its
channel. Under another post it would land in that one's comments: there, and where Telegram refuses it, the answer
replies to the question as everywhere, and its source line has the link to the post.
"""

import re
from collections.abc import Iterator, Sequence

from telegram import Message, MessageEntity, MessageOriginChannel, ReplyParameters

from bot.ground.splitting import units
from retrieval import Quote

_POST = re.compile(r"t\.me/(-\d{1,20})/(\d{1,20})")
_LONGEST = 1024  # UTF-16 units of a quote: core.telegram.org/bots/api#replyparameters
# What a quote must have where the post has it; all else need not be said.
_FORMATTING = frozenset(
    {
        MessageEntity.BOLD, MessageEntity.ITALIC, MessageEntity.UNDERLINE, MessageEntity.STRIKETHROUGH,
        MessageEntity.SPOILER, MessageEntity.CUSTOM_EMOJI, MessageEntity.DATE_TIME,
    }
)  # fmt: skip


class Quoting(ReplyParameters):
    """A reply to what it quotes; refused, the reply that is to be sent `otherwise`."""

    __slots__ = ("_otherwise",)

    def __init__(self, otherwise: ReplyParameters, message_id: int, **given: object) -> None:
        super().__init__(message_id, **given)  # type: ignore[arg-type]
        self._otherwise = otherwise

    @property
    def otherwise(self) -> ReplyParameters:
        """The reply without the quote."""
        return self._otherwise


def quoting(quote: Quote, asked: Message, channel: int) -> Quoting | None:
    """The reply to the post of this channel that the quote is from, with the quote; None where it is from none, or is
    asked in another thread.
    """
    found = _POST.fullmatch(quote.article.id)
    if found is None or int(found[1]) != channel or not 0 < units(quote.text) <= _LONGEST:
        return None
    post, otherwise = int(found[2]), ReplyParameters(asked.message_id, allow_sending_without_reply=True)
    under = asked.reply_to_message
    if under is None and asked.message_thread_id is None:
        return Quoting(otherwise, post, chat_id=channel, quote=quote.text)
    origin = under.forward_origin if under and under.is_automatic_forward else None
    if under is None or not isinstance(origin, MessageOriginChannel) or origin.message_id != post:
        return None
    text = under.text or under.caption or ""
    start = text.find(quote.text)
    if start < 0:
        return None
    begin = units(text[:start])
    formatting = list(_within(under.entities or under.caption_entities, begin, begin + units(quote.text)))
    return Quoting(otherwise, under.message_id, quote=quote.text, quote_entities=formatting, quote_position=begin)


def _within(entities: Sequence[MessageEntity], begin: int, end: int) -> Iterator[MessageEntity]:
    """The formatting of a stretch of a text, in UTF-16 units, as that of a text of its own."""
    for entity in entities:
        first, last = max(entity.offset, begin), min(entity.offset + entity.length, end)
        if entity.type in _FORMATTING and first < last:
            given = entity.to_dict() | {"offset": first - begin, "length": last - first}
            shifted = MessageEntity.de_json(given, None)
            if shifted is not None:
                yield shifted
