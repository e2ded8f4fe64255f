"""Ông, bà, anh, chị: the person meant, where only one can be."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from retrieval.facts import context
from retrieval.facts.chains import Attribution
from retrieval.facts.items import Title
from retrieval.facts.mention import Mention, SentenceSpan
from retrieval.facts.people import People
from retrieval.facts.persons import Name
from retrieval.facts.rules import Sex

_PRONOUNS = frozenset({"ông", "bà", "anh", "chị"})
_THEO = frozenset({"theo"})
# So many paragraphs back may the person stand who is meant.
_REACH = 2


def pronouns(
    people: People, parsed: Sequence[Attribution], sentences: Sequence[SentenceSpan], certain: Sequence[Mention]
) -> Iterator[Mention]:
    """The mentions by pronoun; `certain` are the others, in order."""
    before = _Before(people, parsed, sentences, certain)
    for index, found in enumerate(parsed):
        for item in found.items:
            if not isinstance(item, Title) or not _is_pronoun(found, item):
                continue
            start, end = found.words.starts[item.start], found.words.ends[item.end - 1]
            paragraph = sentences[index].paragraph
            if _is_quoted(found.words.text[before.begins[paragraph] : start]):
                continue
            name = before.meant(paragraph, start, item.sex)
            if name:
                mention = Mention(start, end, found.words.text[start:end], name, (), "none", "actor", "pronoun", index)
                before.named[paragraph].append(mention)
                yield mention


class _Before:
    """Who is named in each paragraph, and where in it a sentence begins with a name that may be another person's."""

    def __init__(
        self,
        people: People,
        parsed: Sequence[Attribution],
        sentences: Sequence[SentenceSpan],
        certain: Sequence[Mention],
    ) -> None:
        self._people = people
        self.begins: dict[int, int] = {}
        self.named: defaultdict[int, list[Mention]] = defaultdict(list)
        self._unknown: defaultdict[int, list[int]] = defaultdict(list)
        for mention in certain:
            self.named[sentences[mention.sentence].paragraph].append(mention)
        known = {mention.start for mention in certain}
        for found, sentence in zip(parsed, sentences, strict=True):
            self.begins.setdefault(sentence.paragraph, sentence.start)
            first = found.items[0] if found.items else None
            if isinstance(first, Name) and first.start == 0 and first.end > 1 and found.words.starts[0] not in known:
                self._unknown[sentence.paragraph].append(found.words.starts[0])

    def meant(self, paragraph: int, start: int, sex: Sex) -> str | None:
        """The only person, of this sex or of unknown sex, of the nearest paragraph before that names any."""
        for one in range(paragraph, paragraph - _REACH - 1, -1):
            mentions = [m for m in self.named.get(one, ()) if m.start < start and m.role == "actor"]
            last = max((mention.start for mention in mentions), default=0)
            if any(last < other < start for other in self._unknown.get(one, ())):
                return None
            names = dict.fromkeys(mention.name for mention in mentions)
            if names:
                fitting = [name for name in names if self._people.may_be(name, sex)]
                return fitting[0] if len(fitting) == 1 else None
        return None


def _is_quoted(before: str) -> bool:
    """Whether a quotation is open at the end of this text: whom its speaker means by "ông" need not be named."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


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
