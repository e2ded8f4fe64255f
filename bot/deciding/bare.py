"""Names and topics that are typed without a question: "Elon Musk", "giá vàng", "có gì mới về Ukraine?". Pure."""

import re

from bot.deciding.asking import looks_like_question
from retrieval.tokens import fold, normalize, syllables

# In syllables. More words than that say something about what they name.
_LONGEST = 4
# "hôm nay" and the like ask for what is so then, "nào", "mấy" for something else than news. Folded.
_ASKS = frozenset({"hom", "nay", "mai", "qua", "nam", "thang", "tuan", "ngay", "nao", "may", "ai", "gi", "dau", "sao"})
_NEWS_OF = re.compile(
    r"(?:(?:có )?(?:gì|tin(?: tức)?|tình hình) mới(?: nhất)? (?:về|của|ở) "
    r"|(?:co )?(?:gi|tin(?: tuc)?|tinh hinh) moi(?: nhat)? (?:ve|cua|o) "
    r"|what(?:['’]?s| is) new (?:about|with|on|in) |(?:latest |any )?news (?:about|on|of|from) )(?P<topic>.+)"
)
_END = " \t\n?？!.…"


def topic_in(text: str) -> str | None:
    """The name or topic that a text is, or whose news it asks for; None where it asks or says something else."""
    plain = normalize(text).strip(_END)
    news = _NEWS_OF.match(plain.lower())
    if news:
        return plain[-len(news["topic"]) :]
    words = syllables(plain)
    if not 0 < len(words) <= _LONGEST or looks_like_question(text) or not _ASKS.isdisjoint(map(fold, words)):
        return None
    return plain if any(word.isalpha() for word in words) else None


def asks_for_news(text: str) -> bool:
    """Whether a text asks what is new about something, be it a person."""
    return _NEWS_OF.match(normalize(text).strip(_END).lower()) is not None


def is_one_word(topic: str) -> bool:
    """Whether it is a single syllable, or a word of another language."""
    return len(syllables(topic)) == 1
