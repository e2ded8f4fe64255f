"""Every mention of a person in an article: what each sentence says, then what the article as a whole makes of it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

from retrieval.facts.attribution import attribute
from retrieval.facts.implied import pronouns, titles_alone
from retrieval.facts.lexicon import Lexicon
from retrieval.facts.mentions import Mention, People
from retrieval.facts.roles import Named, named
from retrieval.facts.speech import Speech, speeches
from retrieval.facts.words import is_vietnamese, words_of
from retrieval.records import Sentence

# A byline stands among the first or last paragraphs, alone.
_FIRST, _LAST = 2, 4
_LONGEST_BYLINE = 60
# So many paragraphs away a mere "Bộ trưởng" still means the one named there.
_NEAR = 5
# No article gives one person so many offices.
_MOST_OFFICES = 60
_LONGEST_DEGREE = 2  # words: "Thạc sĩ"
_AROUND_BYLINE = " .-–—()*\n"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article tells of persons: `mentions` in the order of the text, `speeches` by the index of a sentence."""

    mentions: tuple[Mention, ...]
    speeches: Mapping[int, Speech]


def read(lexicon: Lexicon, text: str, sentences: Sequence[Sentence]) -> Reading:
    """All mentions and speeches of an article."""
    parsed = [attribute(lexicon, words_of(text, sentence.start, sentence.end)) for sentence in sentences]
    names = [name for index, found in enumerate(parsed) for name in named(found, index, sure=True)]
    names = [_byline(text, sentences, name) for name in names]
    people = _people(lexicon, names)
    for index, found in enumerate(parsed):
        if people or _at_edge(sentences, index):
            names.extend(_byline(text, sentences, name) for name in named(found, index, sure=False))
    certain = [mention for name in names if (mention := _mention(people, name))]
    named_in = _paragraphs(sentences, certain)
    for index, found in enumerate(parsed):
        is_near = partial(_is_near, named_in, sentences[index].paragraph)
        certain.extend(titles_alone(people, found, index, is_near))
    certain.sort(key=attrgetter("start"))
    certain.extend(pronouns(people, parsed, sentences, certain))
    certain.sort(key=attrgetter("start"))
    return Reading(tuple(certain), speeches(parsed, sentences, certain))


def _paragraphs(sentences: Sequence[Sentence], certain: Iterable[Mention]) -> Mapping[str, list[int]]:
    """The paragraphs in which each person is named, in order."""
    paragraphs: defaultdict[str, list[int]] = defaultdict(list)
    for mention in certain:
        paragraphs[mention.name].append(sentences[mention.sentence].paragraph)
    return {name: sorted(some) for name, some in paragraphs.items()}


def _is_near(named_in: Mapping[str, list[int]], paragraph: int, name: str) -> bool:
    """Whether a person is named within a few paragraphs before, or first within a few after, as under a headline."""
    others = named_in.get(name, ())
    at = bisect_left(others, paragraph - _NEAR)
    return at < len(others) and others[at] <= paragraph + _NEAR


def _at_edge(sentences: Sequence[Sentence], index: int) -> bool:
    """Whether the sentence is where bylines stand."""
    sentence = sentences[index]
    inside = _FIRST <= sentence.paragraph <= sentences[-1].paragraph - _LAST
    return sentence.kind != "headline" and not inside and sentence.end - sentence.start <= _LONGEST_BYLINE


def _byline(text: str, sentences: Sequence[Sentence], name: Named) -> Named:
    """A name that is all of a sentence at the beginning or end of an article is its author's."""
    sentence = sentences[name.sentence]
    if not _at_edge(sentences, name.sentence):
        return name
    before, after = text[sentence.start : name.start], text[name.end : sentence.end]
    degree = name.titled and not name.held.titles and len(before.split()) <= _LONGEST_DEGREE
    if after.strip(_AROUND_BYLINE) or (before.strip(_AROUND_BYLINE) and not degree):
        return name
    by_form = 2 <= len(name.key) <= 4 and all(is_vietnamese(word) for word in name.surface.split())
    return replace(name, role="other", sure=name.sure or by_form)


def _people(lexicon: Lexicon, names: Iterable[Named]) -> People:
    people = People(lexicon)
    for name in names:
        if len(name.key) == 1 or (name.role == "other" and not name.held.titles):
            continue
        person = people.add(name.full, name.key)
        held = name.held
        offices = person.offices if held.status in ("holds", "acting") else person.past_offices
        if len(offices) < _MOST_OFFICES:
            offices.update(dict.fromkeys(people.offices_of(None, name.key, held.titles)))
        if name.sex != "unknown":
            person.sex = name.sex
    people.settle()
    return people


def _mention(people: People, name: Named) -> Mention | None:
    person = people.exactly(name.key)
    if person is None and name.role == "actor":
        person = people.meant(name.key) if _may_be_short(name) else None
    if person is None and not name.sure:
        return None
    held = name.held
    titles = people.offices_of(person, name.key, held.titles) if held.titles else ()
    return Mention(
        start=name.start,
        end=name.end,
        surface=name.surface,
        name=person.name if person else name.full,
        offices=titles,
        status=held.status if titles else "none",
        role=name.role,
        how="named",
        sentence=name.sentence,
    )


def _may_be_short(name: Named) -> bool:
    """Whether a part of a full name may stand for it: Anh or Sơn at the head of a sentence may be a common word."""
    return name.titled or not name.opening or len(name.key) > 1 or not is_vietnamese(name.surface)
