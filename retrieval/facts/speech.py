"""Who says a sentence: "Tổng Bí thư Tô Lâm nhấn mạnh …", "Theo Bộ trưởng, …", "“…” - Tổng Bí thư nói"."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.facts import offices
from retrieval.facts.attribution import Attribution, attribute, first_of
from retrieval.facts.items import ends_with, items
from retrieval.facts.lexicon import Lexicon
from retrieval.facts.people import Mention, SentenceSpan
from retrieval.facts.words import words_of

_THEO = frozenset({"theo"})
# After these a person is not the subject of the verb that follows.
_OBLIQUE = frozenset({"của", "với", "cho", "bởi", "tới", "đến", "cùng", "và", "gặp", "về", "nhờ", "từ", "như", "là"})
# Between the speaker and the verb: an office in apposition and some adverbs.
_MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says a sentence, and the verb as it stands there ("nhấn mạnh"; "theo"; ":" in a headline)."""

    speaker: Mention
    verb: str


def speaker(lexicon: Lexicon, text: str, sentence: SentenceSpan, mentions: Sequence[Mention]) -> Speech | None:
    """The first person of the sentence who says something in it; None where that is not certain."""
    inside = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end and m.role == "actor"]
    if not inside:
        return None
    words = words_of(text, sentence.start, sentence.end)
    found = attribute(lexicon, words, items(lexicon, words))
    by_start = {words.starts[item.start]: index for index, item in enumerate(found.items)}
    for mention in inside:
        index = by_start.get(mention.start)
        verb = _verb(found, index, mention) if index is not None and mention.status != "late" else None
        if verb:
            return Speech(mention, verb)
    return None


def _verb(found: Attribution, index: int, mention: Mention) -> str | None:
    words = found.words
    start = found.items[first_of(found, index)].start
    after = next((i for i in range(found.items[index].start, len(words)) if words.starts[i] >= mention.end), len(words))
    if ends_with(words, start, _THEO) and not (after < len(words) and _said(found, after)):
        return words.words[start - 1].lower()
    if ends_with(words, start, _OBLIQUE):
        return None
    verb = _said(found, after) if after < len(words) else None
    if verb:
        return verb
    colon = after <= len(words) and words.gaps[after].startswith(":") and start == 0
    return ":" if colon else None


def _said(found: Attribution, position: int) -> str | None:
    """The verb of saying that follows, past an apposition and adverbs."""
    words, lexicon = found.words, found.lexicon
    aside = False
    for _ in range(_MOST_STEPS):
        if position >= len(words):
            return None
        gap = words.gaps[position]
        if not gap or (aside and gap in (",", ")", "),", "-", "–")):
            verb = lexicon.speech.longest(words, position)
            if verb:
                return words.surface(position, verb[0])
        if gap and not (aside or gap in (",", "(", "-", "–")):
            return None
        office = offices.at(lexicon, words, position) if gap else None
        adverb = lexicon.adverbs.longest(words, position) if not gap or aside else None
        step = office.end if office else adverb[0] if adverb else position
        if step == position:
            return None
        aside = aside or office is not None
        position = step
    return None
