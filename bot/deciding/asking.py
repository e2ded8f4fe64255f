"""Whether a text looks like a question: good enough to decide about speaking up unasked, in Vietnamese and English."""

import re
from collections.abc import Iterable

from retrieval.tokens import fold, normalize

# A question mark of any script that ends a clause: not the one inside an address (?page=2).
_MARK = re.compile(r"[?？؟](?=$|[\s?？؟!.…)\]\"”’»])")

# Words that only ask, wherever they stand. Others do at one end only: "ai cũng vui", "không sao đâu" are statements.
# Where a question is missed nobody is harmed: it wasn't put to the bot.
_ANYWHERE = (
    "bao nhiêu", "bao giờ", "bao lâu", "bao xa", "khi nào", "lúc nào", "ngày nào", "tháng nào", "năm nào", "nơi nào",
    "người nào", "hôm nào", "tháng mấy", "năm mấy", "ngày mấy", "ở đâu", "từ đâu", "vì sao", "tại sao", "làm sao",
    "thế nào", "ra sao", "là ai", "với ai", "là gì", "làm gì", "cái gì", "điều gì", "cho hỏi", "có phải", "hay không",
)  # fmt: skip
_FIRST = ("ai đã", "ai là", "mấy giờ", "who", "whom", "whose", "what", "when", "where", "why", "which", "how")
_LAST = ("gì", "không", "chưa", "hả", "nhỉ", "phải không", "đúng không", "thì sao")
# "còn năm 2024" goes on from a question, where one was put to the bot.
_GOING_ON = re.compile(r"\s*(?:thế |vậy |the |vay )?(?:còn|con|and|what about)\b")


def looks_like_question(text: str) -> bool:
    """Whether a clause ends in a question mark, or words ask; typed with diacritics or without."""
    if _MARK.search(text):
        return True
    lower = normalize(text).lower().strip()
    patterns = _UNACCENTED if fold(lower) == lower else _ACCENTED
    return any(pattern.search(lower) for pattern in patterns)


def goes_on(text: str) -> bool:
    """Whether a text begins like one that goes on from a question."""
    return _GOING_ON.match(normalize(text).lower()) is not None


def _patterns(anywhere: Iterable[str], first: Iterable[str], last: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """What a lower-case text is searched for. A word at the end asks about words before it: "Không." is an answer."""
    return (
        re.compile(rf"\b({'|'.join(anywhere)})\b"),
        re.compile(rf"\A({'|'.join(first)})\b"),
        re.compile(rf"\w\W+({'|'.join(last)})\W*\Z"),
    )


_ACCENTED = _patterns(_ANYWHERE, _FIRST, _LAST)
# Without diacritics "nhi", "ha" and "chua" are other words too ("khoa Nhi"), so fewer of them ask at the end.
_UNACCENTED = _patterns(map(fold, _ANYWHERE), map(fold, _FIRST), ("gi", "khong", "thi sao"))
