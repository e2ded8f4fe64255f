"""Ông, bà, anh, chị: the person meant, where only one can be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from retrieval.names import context
from retrieval.names.chains import Attribution
from retrieval.names.items import Title
from retrieval.names.mention import Mention, SentenceSpan
from retrieval.names.people import People
from retrieval.names.rules import Sex

_PRONOUNS = frozenset({"ông", "bà", "anh", "chị"})
_THEO = frozenset({"theo"})
# So many paragraphs back may the person stand who is meant.
_REACH = 2


def pronouns(
    people: People, parsed: Sequence[Attribution], sentences: Sequence[SentenceSpan], certain: Sequence[Mention]
) -> Iterator[Mention]:
    """The mentions by pronoun; `certain` are the others, in order."""
    known: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in certain:
        known[sentences[mention.sentence].paragraph].append(mention)
    for index, found in enumerate(parsed):
        for item in found.items:
            if not isinstance(item, Title) or not _is_pronoun(found, item):
                continue
            start, end = found.words.starts[item.start], found.words.ends[item.end - 1]
            paragraph = sentences[index].paragraph
            name = _meant(people, known, paragraph, start, item.sex)
            if name:
                mention = Mention(start, end, found.words.text[start:end], name, (), "none", "actor", "pronoun", index)
                known[paragraph].append(mention)
                yield mention


def _is_pronoun(found: Attribution, title: Title) -> bool:
    words, rules = found.words, found.rules
    if words.phrase(title.start, title.end) not in _PRONOUNS:
        return False
    before = words.gaps[title.start]
    opens = title.start == 0 or before != ""
    theo = context.ends_with(words, title.start, _THEO)
    if not (opens or theo):
        return False
    if title.end >= len(words) or words.gaps[title.end]:
        return theo
    return words.lower[title.end] in rules.pronoun_verbs and not words.capital[title.end]


def _meant(people: People, known: Mapping[int, Sequence[Mention]], paragraph: int, start: int, sex: Sex) -> str | None:
    """The only person, of this sex or of unknown sex, of the nearest paragraph before that names any."""
    for back in range(_REACH + 1):
        mentions = known.get(paragraph - back, ())
        names = dict.fromkeys(m.name for m in mentions if m.start < start and m.role == "actor")
        if names:
            fitting = [name for name in names if people.may_be(name, sex)]
            return fitting[0] if len(fitting) == 1 else None
    return None
