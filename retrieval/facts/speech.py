"""Who says a sentence: "Tổng Bí thư Tô Lâm nhấn mạnh …", "Theo Bộ trưởng, …", a quotation over several sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.facts import offices
from retrieval.facts.attribution import first_of
from retrieval.facts.chains import Attribution
from retrieval.facts.items import Title, ends_with, modified_from
from retrieval.facts.mentions import Mention
from retrieval.facts.runs import Name
from retrieval.facts.words import Words
from retrieval.records import Sentence

_THEO = "theo"
_BEFORE_THEO = frozenset({"cũng", "nhưng", "còn", "và"})
_AND = frozenset({"và", "nhưng", "rồi", "đồng thời"})
# So many words may tell the field of a title: "chuyên gia kinh tế".
_LONGEST_FIELD = 4
# A list of speakers' aside ends where it began: with a comma, a dash, a bracket.
_ASIDES = {",": (",",), "-": ("-", "- ", "-,"), "–": ("–",), "(": (")", "),", ") -", ")-"), ", (": ("),", ")")}
_MOST_ASIDES = 3
_LONGEST_ASIDE = 24
_MOST_STEPS = 6
# Words of a circumstance between the speaker and the verb: "ông Trump trên mạng Truth Social viết".
_LONGEST_CIRCUMSTANCE = 9
_OPENS, _CLOSES = "“", "”"
# Between a quotation and who says it, whatever stands in it: “… "thế" …”, ông A nói.
_AFTER_QUOTE = re.compile('["”][.…]?\\s*[,–-]')
_MARK = re.compile('[“”"]')
# A number before a mark: "trưởng ban tổ chức Miss Cosmo 2025 - cho biết".
_NUMBER = re.compile(r"\A[\d./%\s)]*+")
_DATE = re.compile(r"[\d./\s-]*+,?")


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says a sentence, and the verb as it stands there ("nhấn mạnh"; "theo"; ":" in a headline).

    The mention may stand in another sentence, where a quotation runs over several.
    """

    speaker: Mention
    verb: str


def speeches(
    parsed: Sequence[Attribution], sentences: Sequence[Sentence], mentions: Iterable[Mention]
) -> Mapping[int, Speech]:
    """The speech of each sentence that has one, by its index; none rather than a guess."""
    inside: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.role == "actor":
            inside.setdefault(mention.sentence, []).append(mention)
    said: dict[int, Speech] = {}
    for _, group in groupby(range(len(sentences)), key=lambda index: sentences[index].paragraph):
        paragraph = list(group)
        if not inside.keys().isdisjoint(paragraph):
            said.update(_of_paragraph(parsed, paragraph, inside))
    return said


def _of_paragraph(
    parsed: Sequence[Attribution], paragraph: Sequence[int], inside: Mapping[int, Sequence[Mention]]
) -> Mapping[int, Speech]:
    """What its sentences say themselves, and the other sentences of a quotation one of which does."""
    quoted: dict[int, list[tuple[int, int]]] = {}
    opened = ""
    for index in paragraph:
        quoted[index], opened = _quoted(parsed[index].words, opened)
    own = {
        index: speech for index in paragraph if (speech := _own(parsed[index], inside.get(index, ()), quoted[index]))
    }
    for quotation in _quotations(parsed, quoted):
        said = {own[index].speaker.name: own[index] for index in quotation if index in own}
        if len(said) == 1:
            [speech] = said.values()
            own.update((index, speech) for index in quotation if index not in own)
    return own


def _quoted(words: Words, opened: str) -> tuple[list[tuple[int, int]], str]:
    """The parts of a sentence that are quoted, and the mark that is open at its end; `opened` is open before it."""
    spans: list[tuple[int, int]] = []
    begin = words.start
    for match in _MARK.finditer(words.text, words.start, words.end):
        mark = match[0]
        if not opened and mark != _CLOSES:
            opened, begin = mark, match.start()
        elif opened and mark == (_CLOSES if opened == _OPENS else opened):
            spans.append((begin, match.end()))
            opened = ""
    if opened:
        spans.append((begin, words.end))
    return spans, opened


def _quotations(parsed: Sequence[Attribution], quoted: Mapping[int, Sequence[tuple[int, int]]]) -> Iterator[list[int]]:
    """The sentences of a paragraph over which one quotation runs, and those after it that begin with another."""
    run: list[int] = []
    for index, spans in quoted.items():
        words = parsed[index].words
        goes_on = run and spans and spans[0][0] == words.start
        if not goes_on:
            if len(run) > 1:
                yield run
            run = []
        if spans:
            run.append(index)
    if len(run) > 1:
        yield run


def _own(found: Attribution, inside: Sequence[Mention], quoted: Sequence[tuple[int, int]]) -> Speech | None:
    """The first person of the sentence, outside its quotations, who says something in it."""
    words = found.words
    by_start = {words.starts[item.start]: index for index, item in enumerate(found.items)}
    for mention in inside:
        index = by_start.get(mention.start)
        if index is None or mention.status == "late":
            continue
        first = found.items[first_of(found, index)].start
        if any(a <= mention.start < b for a, b in quoted) and not _AFTER_QUOTE.match(words.gaps[first]):
            continue
        verb = _verb(found, index, mention, quoted)
        if verb:
            return Speech(mention, verb)
    return None


def _verb(found: Attribution, index: int, mention: Mention, quoted: Sequence[tuple[int, int]]) -> str | None:
    words = found.words
    start = found.items[first_of(found, index)].start
    after = next((i for i in range(found.items[index].start, len(words)) if words.starts[i] >= mention.end), len(words))
    if _is_theo(words, _phrase_start(found, start)) and not _after_adverbs(found, after):
        return _THEO
    said = _said(found, after)
    start = _phrase_start(found, start)
    if not _is_subject(found, start, quoted):
        return None
    if said:
        return said
    if words.gaps[after].startswith(":") and start == 0:
        return ":"
    return _said_second(found, index, after)


def _phrase_start(found: Attribution, start: int) -> int:
    """The word from which on a title stands, with what it is of: "chuyên gia kinh tế Lê Văn Tám"."""
    words = found.words
    if ends_with(words, start, found.lexicon.not_the_named):
        return start  # "Em gái ông A"
    for item in reversed(found.items):
        if (
            isinstance(item, Title)
            and item.end <= start <= item.end + _LONGEST_FIELD
            and words.glued(item.start, start + 1)
        ):
            between = range(item.end, start)
            if not any(words.capital[i] or words.lower[i] in found.lexicon.stop for i in between):
                return item.start
    return start


def _said_second(found: Attribution, index: int, after: int) -> str | None:
    """A verb of saying without a subject of its own: "Ông A gặp ông B, đề nghị …", "ông A ra về và cho biết …"."""
    words, lexicon = found.words, found.lexicon
    others = {item.start for item in found.items[index + 1 :]}
    for position in range(after, len(words)):
        gap = words.gaps[position]
        if gap and gap != "," and not _DATE.fullmatch(gap):
            return None
        if gap and position in others:
            return None  # somebody else begins a clause
        begins = gap == "," or (position > after and words.lower[position - 1] in _AND)
        verb = lexicon.second.longest(words, position) if begins and _is_verb(found, position) else None
        if verb:
            return words.surface(position, verb[0])
    return None


def _is_theo(words: Words, start: int) -> bool:
    """Whether the person stands after "Theo" or "cũng theo" that opens a clause; "chở theo" is another word."""
    if not start or words.gaps[start] or words.lower[start - 1] != _THEO:
        return False
    return start == 1 or words.gaps[start - 1] != "" or words.lower[start - 2] in _BEFORE_THEO


def _is_subject(found: Attribution, start: int, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether the person opens a clause, and of the sentence's own: in "Cuba cho rằng …, Rubio nói dối" Cuba speaks."""
    words, lexicon = found.words, found.lexicon
    start = modified_from(lexicon, words, start)
    if start == 0:
        return True
    if not words.gaps[start] and not ends_with(words, start, lexicon.before_subject):
        return False
    if ends_with(words, start, lexicon.contrast):
        return True  # "nhiều nguồn tin xác nhận …, nhưng ông A cảnh báo"
    quote_end = max((end for _, end in quoted if end <= words.starts[start]), default=0)
    # A verb that opens the sentence has the same subject: "Khẳng định điều này, ông A nói".
    first = max(1, next((i for i in range(start) if words.starts[i] >= quote_end), start))
    return not any(lexicon.reporting.longest(words, i) for i in range(first, start))


def _after_another(found: Attribution, position: int) -> int:
    """Past "và HLV B" where two persons say the same."""
    words = found.words
    if position + 1 >= len(words) or words.gaps[position] or words.lower[position] != "và":
        return position
    following = [item for item in found.items if item.start > position]
    end = position + 1
    for item in following:
        if item.start != end or words.gaps[end]:
            break
        end = item.end
        if isinstance(item, Name):
            return end
    return position


def _said(found: Attribution, position: int) -> str | None:
    """The verb of saying that follows a person, past another one, asides, circumstances and adverbs."""
    position = _after_another(found, position)
    for _ in range(_MOST_ASIDES):
        verb = _after_adverbs(found, position)
        if verb or position >= len(found.words):
            return verb
        beyond = _after_aside(found, position)
        if beyond == position:
            return None
        verb = _after_adverbs(found, beyond, aside=True)
        if verb:
            return verb
        position = beyond
    return None


def _after_adverbs(found: Attribution, position: int, *, aside: bool = False) -> str | None:
    """The verb that follows with adverbs and one circumstance before it; right after an aside its mark is before."""
    words, lexicon = found.words, found.lexicon
    free = aside  # whether the mark before this word is that of an aside or of a day
    for _ in range(_MOST_STEPS):
        if position >= len(words) or not (free or not words.gaps[position]):
            return None
        verb = lexicon.speech.longest(words, position)
        if verb:
            return words.surface(position, verb[0]) if verb[1] else None
        adverb = lexicon.adverbs.longest(words, position)
        step = adverb[0] if adverb else _after_circumstance(found, position)
        if step == position:
            return None
        free = step < len(words) and bool(words.gaps[step]) and _DATE.fullmatch(words.gaps[step]) is not None
        position = step
    return None


def _after_circumstance(found: Attribution, position: int) -> int:
    """Past "tại buổi họp báo", "trên mạng X", up to a verb of saying; `position` where none begins or ends so."""
    words, lexicon = found.words, found.lexicon
    if words.lower[position] not in lexicon.circumstances:
        return position
    for end in range(position + 1, min(len(words), position + _LONGEST_CIRCUMSTANCE)):
        if words.gaps[end] and not _DATE.fullmatch(words.gaps[end]):
            return position
        if words.lower[end] in lexicon.passive:
            return position
        if _is_verb(found, end):
            return end
    return position


def _after_aside(found: Attribution, position: int) -> int:
    """Past an aside between two marks: ", chuyên gia phân tích tại …," or "(Bộ trưởng …)"; `position` where none is."""
    words, lexicon = found.words, found.lexicon
    ends = _ASIDES.get(words.gaps[position])
    if ends is None or _is_person(found, position):
        return position
    office = offices.at(lexicon, words, position)
    what = office is not None or words.lower[position] in lexicon.openers or words.lower[position] in lexicon.asides
    if not what and words.lower[position] in lexicon.stop:
        return position
    marks, verbs = [], []
    for end in range(office.end if office else position + 1, min(len(words), position + _LONGEST_ASIDE)):
        if _NUMBER.sub("", words.gaps[end]).startswith(ends) or words.gaps[end].startswith(ends):
            marks.append(end)
            if words.lower[end] in ("bị", "được"):
                break  # "ông A, chủ hãng B, bị cáo buộc chỉ đạo …"
        # What a person is ends with a mark or with the verb itself, any other aside with a mark.
        elif not words.gaps[end] and (what or words.gaps[position] != ",") and _is_verb(found, end):
            verbs.append(end)
    said = [end for end in marks if _after_adverbs(found, end, aside=True)]
    return next(iter([*said, *verbs, *marks]), position)


def _is_verb(found: Attribution, position: int) -> bool:
    words = found.words
    verb = found.lexicon.speech.longest(words, position)
    if not words.gaps[position] and position and words.lower[position - 1] in found.lexicon.no_verb_after:
        return False  # "bị cáo buộc", "một lời nhắn nhủ"
    return verb is not None and verb[1] and not words.capital[position]


def _is_person(found: Attribution, position: int) -> bool:
    """Whether somebody else is named here: in "ông A, ông B nói" B speaks."""
    index = next((index for index, item in enumerate(found.items) if item.start == position), None)
    if index is None or isinstance(found.items[index], offices.Office):
        return False
    item = found.items[index]
    if isinstance(item, Name):
        return item.certainty == "sure"
    return index + 1 < len(found.items) and found.gap(index) == ""
