"""Whom an office without a name or a pronoun means: the only one it can mean, or nobody."""

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from retrieval.facts import offices
from retrieval.facts.chains import Attribution, chain_end
from retrieval.facts.items import Title, ends_with, is_plural, status_before
from retrieval.facts.lexicon import Lexicon, Sex
from retrieval.facts.mentions import Mention, People, Person
from retrieval.facts.offices import GOVERNMENT, Office
from retrieval.facts.runs import Name
from retrieval.records import Sentence
from retrieval.sentences.quotations import Quotations

# After these a title is not its holder's: "vị Chủ tịch của Real", "người phát ngôn trên", "Chủ tịch UBND cùng cấp".
_NOT_AFTER = frozenset({"của", "trên", "khác", "mới", "tiếp", "đầu", "kế", "cùng cấp", "các cấp", "sáng lập"})
# After these an office, a ministry or a country goes on with the title.
_GOES_ON = frozenset({",", "-", "–", "&", "/"})
_QUOTE_ENDS = ("”", '"', "’")
_QUOTE_BEGINS = ("“", '"', "‘")
# Of more than so many who are named in a paragraph, or who hold an office, none can be meant.
_MOST_NAMED, _MOST_HOLDERS = 40, 100
# A quotation of so few words that ends with a title is a name: “Đại lộ Danh vọng Tổng thống”.
_SHORT_QUOTE = 6


def titles_alone(
    people: People, found: Attribution, sentence: int, is_near: Callable[[str], bool]
) -> Iterator[Mention]:
    """The mentions by title alone of a sentence, where the article tells who is meant.

    `is_near(name)` says whether the person is named not far off: a mere "Tổng thống" or "Chủ tịch" reaches no
    further, for an article may well speak of another one.
    """
    index = 0
    while index < len(found.items):
        chain = _chain(found, index)
        if chain and not _is_enumerated(found, index, len(chain)) and _stands_alone(found, chain):
            yield from _resolved(people, found, chain, sentence, is_near)
        index += max(1, len(chain))


def _chain(found: Attribution, index: int) -> list[Office]:
    """The offices of one person that begin with this item and that no name has taken."""
    if not isinstance(found.items[index], Office):
        return []
    free = takewhile(lambda office: office not in found.spoken_for, range(index, chain_end(found, index) + 1))
    return [office for position in free for office in found.offices(position, position)]


def _is_enumerated(found: Attribution, index: int, length: int) -> bool:
    """Whether a mere title stands in a list of others: "Chủ tịch, Phó Chủ tịch UBND quận" are nobody in particular."""
    following = index + length
    if following >= len(found.items) or found.gap(following - 1) not in (",", "/", "và", "hoặc"):
        return False
    office, other = found.items[index], found.items[following]
    mere = isinstance(office, Office) and not office.complement and not office.head.complete
    return mere and isinstance(other, Office) and following not in found.spoken_for


def _stands_alone(found: Attribution, chain: Sequence[Office]) -> bool:
    """Whether nothing after the title goes on with it, or names another holder: "Bộ trưởng Ngoại giao và Hợp tác quốc
    tế Campuchia A", "Chủ tịch sáng lập B".
    """
    words, end = found.words, chain[-1].end
    if _ends_short_quote(found, chain[0], end):
        return False
    if end >= len(words):
        return True
    if words.gaps[end]:
        return words.gaps[end] not in _GOES_ON or not _is_named(found, end)
    if words.lower[end] != "và":
        return not words.capital[end] and not any(words.phrase(end, end + size) in _NOT_AFTER for size in (1, 2))
    after = end + 1 + (end + 1 < len(words) and words.lower[end + 1] in found.lexicon.plural)
    return not (words.capital[after] or offices.at(found.lexicon, words, after))


def _is_named(found: Attribution, position: int) -> bool:
    """Whether a person, an office, or a part of one more office begins at this word."""
    words, lexicon = found.words, found.lexicon
    item = next((item for item in found.items if item.start == position), None)
    if isinstance(item, Office) or (isinstance(item, Name) and item.certainty == "sure"):
        return True
    kept = (lexicon.ministries, lexicon.places, lexicon.known)
    return words.capital[position] and any(phrases.longest(words, position) for phrases in kept)


def _ends_short_quote(found: Attribution, office: Office, end: int) -> bool:
    words = found.words
    if not words.gaps[end].startswith(_QUOTE_ENDS):
        return False
    before = range(office.start, max(-1, office.start - _SHORT_QUOTE), -1)
    return any(words.gaps[position].endswith(_QUOTE_BEGINS) for position in before)


def _resolved(
    people: People, found: Attribution, chain: Sequence[Office], sentence: int, is_near: Callable[[str], bool]
) -> Iterator[Mention]:
    """The mention of who holds all offices of a chain."""
    if not _personal(found, chain[0]):
        return
    person = _holder(people, found.lexicon, chain, is_near)
    if person:
        yield _mention(found, chain, person, sentence)


def _personal(found: Attribution, office: Office) -> bool:
    """Whether the office stands for its holder: not for several, for the post, for a former or a coming holder."""
    words, lexicon = found.words, found.lexicon
    if not words.capital[office.start] or office.after or (office.head.of_office and not office.complement):
        return False
    if office.end < len(words) and words.lower[office.end] in lexicon.plural | _NOT_AFTER:
        return False
    if is_plural(lexicon, words, office.start) or status_before(lexicon, words, office.start):
        return False
    return not ends_with(words, office.start, lexicon.not_a_holder)


def _holder(people: People, lexicon: Lexicon, chain: Sequence[Office], is_near: Callable[[str], bool]) -> Person | None:
    titles = [title for office in chain for title in office.titles]
    of_each = [people.holders(title) for title in titles]
    fewest = min(of_each, key=len)
    if len(fewest) > _MOST_HOLDERS:
        return None
    holders = [person for key, person in fewest.items() if all(key in held for held in of_each)]
    if len(holders) != 1:
        return None
    far_reaching = any(office.complement or _is_of_government(lexicon, office) for office in chain)
    return holders[0] if far_reaching or is_near(holders[0].name) else None


def _is_of_government(lexicon: Lexicon, office: Office) -> bool:
    """Whether the mere title is of the Vietnamese state: a "Bộ trưởng" means the article's own throughout."""
    return office.titles[0] in lexicon.national or office.titles[0] in GOVERNMENT


def _mention(found: Attribution, chain: Sequence[Office], person: Person, sentence: int) -> Mention:
    words = found.words
    start, end = words.starts[chain[0].start], words.ends[chain[-1].end - 1]
    titles = [title for office in chain for title in office.titles]
    offices = tuple(dict.fromkeys(office for title in titles for office in _kept(person, title)))
    return Mention(start, end, words.text[start:end], person.name, offices, "holds", "actor", "title", sentence)


def _kept(person: Person, title: str) -> list[str]:
    """The person's offices that the title means, as the article has them in full."""
    longer = [office for office in person.offices if office.startswith(f"{title} ")]
    return longer if len(longer) == 1 or title not in person.offices else [title]


_PRONOUNS = frozenset({"ông", "bà", "anh", "chị"})
_THEO = frozenset({"theo"})
# So many paragraphs back may the person stand who is meant.
_REACH = 2


def pronouns(
    people: People, parsed: Sequence[Attribution], sentences: Sequence[Sentence], certain: Sequence[Mention]
) -> Iterator[Mention]:
    """The mentions by pronoun; `certain` are the others, in order."""
    before = _Before(people, parsed, sentences, certain)
    for index, found in enumerate(parsed):
        for item in found.items:
            if not isinstance(item, Title) or not _is_pronoun(found, item):
                continue
            start, end = found.words.starts[item.start], found.words.ends[item.end - 1]
            paragraph = sentences[index].paragraph
            if before.is_quoted(paragraph, start):
                continue
            name = before.meant(paragraph, start, item.sex)
            if name:
                mention = Mention(start, end, found.words.text[start:end], name, (), "none", "actor", "pronoun", index)
                before.named[paragraph].add(mention)
                yield mention


class _Before:
    """Who is named in each paragraph, and where in it a sentence begins with a name that may be another person's."""

    def __init__(
        self,
        people: People,
        parsed: Sequence[Attribution],
        sentences: Sequence[Sentence],
        certain: Sequence[Mention],
    ) -> None:
        self._people = people
        self._quotations: dict[int, Quotations] = {}
        self.named: defaultdict[int, _Paragraph] = defaultdict(_Paragraph)
        self._unknown: defaultdict[int, list[int]] = defaultdict(list)
        for mention in certain:
            if mention.role == "actor":
                self.named[sentences[mention.sentence].paragraph].following.append(mention)
        known = {mention.start for mention in certain}
        for found, sentence in zip(parsed, sentences, strict=True):
            if sentence.paragraph not in self._quotations:
                self._quotations[sentence.paragraph] = Quotations(found.words.text, sentence.start)
            first = found.items[0] if found.items else None
            if isinstance(first, Name) and first.start == 0 and first.end > 1 and found.words.starts[0] not in known:
                self._unknown[sentence.paragraph].append(found.words.starts[0])

    def is_quoted(self, paragraph: int, start: int) -> bool:
        """Whether a quotation is open there: whom its speaker means by "ông" need not be named. Asked in order."""
        return self._quotations[paragraph].open_at(start)

    def meant(self, paragraph: int, start: int, sex: Sex) -> str | None:
        """The only person, of this sex or of unknown sex, of the nearest paragraph before that names any."""
        for one in range(paragraph, paragraph - _REACH - 1, -1):
            named = self.named[one]
            named.read_up_to(start)
            unknown = self._unknown.get(one, ())
            following = bisect_right(unknown, named.last)
            if (following < len(unknown) and unknown[following] < start) or len(named.names) > _MOST_NAMED:
                return None
            if named.names:
                fitting = [name for name in named.names if self._people.may_be(name, sex)]
                return fitting[0] if len(fitting) == 1 else None
        return None


class _Paragraph:
    """Who acts in a paragraph, up to a place; places come in order. `following` are the mentions behind it."""

    def __init__(self) -> None:
        self.following: deque[Mention] = deque()
        self.names: dict[str, None] = {}
        self.last = 0  # where the last of them is named

    def read_up_to(self, start: int) -> None:
        """Go on to a place."""
        while self.following and self.following[0].start < start:
            self.add(self.following.popleft())

    def add(self, mention: Mention) -> None:
        """Somebody is named or meant."""
        self.names[mention.name] = None
        self.last = max(self.last, mention.start)


def _is_pronoun(found: Attribution, title: Title) -> bool:
    words, lexicon = found.words, found.lexicon
    if words.phrase(title.start, title.end) not in _PRONOUNS:
        return False
    before = words.gaps[title.start]
    opens = title.start == 0 or before != ""
    theo = ends_with(words, title.start, _THEO)
    if not (opens or theo):
        return False
    if title.end >= len(words) or words.gaps[title.end]:
        return theo
    return words.lower[title.end] in lexicon.pronoun_verbs and not words.capital[title.end]
