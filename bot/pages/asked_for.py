"""What a question in vain was about, in its own words; and which sentences are near enough to be shown for it; pure."""

import re
from collections.abc import Callable, Sequence

from retrieval import Quote
from retrieval.query import Query
from retrieval.tokens import fold, syllables

_WORD = re.compile(r"[^\W_]+")
# Words that join what is looked for to one phrase, though nobody looks for them.
_JOINING = frozenset(
    ("của", "ở", "tại", "trong", "với", "và", "cho", "về", "từ", "đến", "năm", "ngày", "tháng", "trên", "theo", "thứ")
)
_OF_SOMEBODY = frozenset({"ông", "bà", "anh", "chị", "cô", "ấy"})  # "ông ấy", whoever that is
_OF_DATES = frozenset({"năm", "ngày", "tháng", "thứ"})
_LEADING_IN = frozenset(("có", "là", "đã", "sẽ", "còn"))  # "có bão nào"
_LEADING_ON = frozenset(("có", "là", "được", "bị", "ra", "làm", "đã", "sẽ", "còn", "nói", "vào", "khi"))
_NOT_LEADING_ON = {"làm": "việc"}  # behind these words: "việc làm" is a thing
_LONGEST = 60  # characters
_LONG_WORD = 5  # letters
_ASKED_ABOUT = 4
# A sentence that has fewer of the words is about something else.
_SHARE = 0.5
_TODAY = re.compile(r"\b(?:hom nay|hien nay|bay gio|hien tai|moi nhat|sang nay|chieu nay|toi nay|today|latest|now)\b")


def sought(query: Query) -> str:
    """The longest run of words that are looked for, as they are written in the question, or where that has none in the
    question made whole. Empty where none says anything by itself: "Hôm nay có gì mới?".

    Without diacritics a word that nobody looks for may be half of a name, as that of Hà Nội looks like "hả": it takes
    two of them to end a run.
    """
    for text in (query.question, query.text):
        words = list(_WORD.finditer(text))
        runs = (_trimmed(run, words) for run in _runs(words, set(query.terms), enough=1 if query.accented else 2))
        best = max((run for run in runs if _says_something([words[at][0] for at in run])), key=len, default=None)
        if best is not None:
            phrase = text[words[best[0]].start() : words[best[-1]].end()]
            return phrase if len(phrase) <= _LONGEST else f"{phrase[:_LONGEST].rpartition(' ')[0]}…"
    return ""


def _runs(words: Sequence[re.Match[str]], terms: set[str], *, enough: int) -> list[list[int]]:
    """The places of words that are looked for, in runs that so many others end."""
    runs: list[list[int]] = [[]]
    passed = 0
    for at, word in enumerate(words):
        if is_term(word[0], terms):
            runs[-1].append(at)
            passed = 0
        elif word[0].lower() not in _JOINING:
            passed += 1
            if passed >= enough:
                runs.append([])
    return runs


def _says_something(words: Sequence[str]) -> bool:
    """Whether it names anything: a day alone does not, nor one syllable, unless it is a name or a long word."""
    telling = [word for word in words if len(word) > 1 and not word.isdecimal() and word.lower() not in _OF_SOMEBODY]
    return bool(telling) and (len(words) > 1 or telling[0][0].isupper() or len(telling[0]) >= _LONG_WORD)


def _trimmed(run: list[int], words: Sequence[re.Match[str]]) -> list[int]:
    """Without words at the end that lead on to what was asked ("Việt Nam có bao nhiêu sân bay"), and without those at
    the beginning that join it to what is not looked for ("ở Hà Nội", "có bão nào").
    """
    while run and words[run[-1]][0].lower() in _LEADING_ON:
        before = words[run[-1] - 1][0].lower() if run[-1] else ""
        if before == _NOT_LEADING_ON.get(words[run[-1]][0].lower(), " "):
            break
        run = run[:-1]
    while run and words[run[0]][0].lower() in (_JOINING - _OF_DATES) | _LEADING_IN:
        run = run[1:]
    return run


def makes_sense(suggestion: str, query: Query) -> bool:
    """Whether a suggested question changes no word that was typed with its diacritics into one with others."""
    pairs = list(zip(_WORD.findall(query.text), _WORD.findall(suggestion), strict=False))
    return not any(typed != other and fold(typed) == fold(other) != typed.lower() for typed, other in pairs)


def is_near(query: Query, quote: Quote) -> bool:
    """Whether a sentence, with its title, has at least half of the words that are looked for."""
    text = f"{quote.article.title or ''}\n{quote.text}"
    words = set(syllables(text if query.accented else fold(text)))
    terms = set(query.terms)
    return bool(terms) and len(terms & words) >= _SHARE * len(terms)


def asks_about_today(query: Query) -> bool:
    """Whether what is asked for is so now: then it matters of when the newest article is."""
    return _TODAY.search(fold(f"{query.question} {query.text}")) is not None


def unknown_names(query: Query, is_known: Callable[[str], bool]) -> str:
    """The names looked for of which no word is known, as they are written; at most so many words are asked about."""
    names = [word for word in _WORD.findall(query.text) if word.lower() in query.capitals and len(word) > 1]
    unknown = [word for word in dict.fromkeys(names[:_ASKED_ABOUT]) if not is_known(word)]
    return " ".join(unknown)


def is_term(word: str, terms: set[str]) -> bool:
    """Whether a word, as it is written, is one of those that are looked for."""
    found = syllables(word)
    return bool(found) and (found[0] in terms or fold(found[0]) in terms)
