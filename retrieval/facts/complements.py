"""What an office is of, in one form: the parts of a complement, and how they are kept together."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.facts.lexicon import Head, Lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a complement: where it ends, how it is kept, whether a country, a place in Vietnam, a listed body."""

    end: int
    text: str
    country: bool = False
    local: bool = False
    listed: bool = False


def kept_complement(lexicon: Lexicon, head: Head, units: Sequence[Unit]) -> str:
    """A complement in one form: "Chủ tịch Hà Nội" leads its "UBND TP Hà Nội", "HLV Thái Lan" its team, and
    "Bộ Y tế Việt Nam" is "Bộ Y tế".
    """
    texts: list[str] = []
    for unit in units:
        if unit.text == lexicon.home and (head.complete or (texts and texts[-1].startswith("Bộ "))):
            continue
        texts.append(unit.text)
    if units and units[0].country and head.titles[0] in lexicon.never_bare:
        texts.insert(0, lexicon.team)
    if texts and units[0].local:
        bodies = lexicon.of_places.get(head.titles[0].removeprefix("Phó "), lexicon.of_places.get(head.titles[0]))
        if bodies:
            texts.insert(0, bodies[_size(lexicon, texts[0])])
    if texts and head.titles[0].endswith(lexicon.without_region):
        texts[0] = texts[0].removeprefix("TP ").removeprefix("tỉnh ")
    return _with_region(lexicon, " ".join(texts))


def _size(lexicon: Lexicon, place: str) -> int:
    """0 for a city, 1 for a province, 2 for a smaller place."""
    if place in lexicon.cities or place.startswith("TP"):
        return 0
    return 1 if place in lexicon.provinces or place.startswith("tỉnh ") else 2


def _with_region(lexicon: Lexicon, complement: str) -> str:
    """With "tỉnh" or "TP" before a province where it is usual ("UBND tỉnh Nghệ An"), without where it is not."""
    words = complement.split()
    for size in (1, 2, 3):
        name = " ".join(words[-size:])
        if len(words) > size and name in lexicon.provinces:
            before = complement.removesuffix(name).rstrip()
            kind = next((form for form in ("tỉnh", "TP", "thành phố") if before.endswith(f" {form}")), "")
            bare = before.removesuffix(kind).rstrip()
            if bare.startswith(lexicon.without_region):
                return f"{bare} {name}"
            if bare in lexicon.with_region and not kind:
                return f"{bare} {'TP' if name in lexicon.cities else 'tỉnh'} {name}"
    return complement
