"""Lines as they stand on pages → paragraphs: by the margins, the sizes of letters and the space between lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from retrieval.sentences import split

from .lines import Hint

_ENDS = re.compile(r"[.!?…:;][\"”’»)\]]{0,4}$")
_BROKEN = re.compile(r"\w[-–/]$")
_FIRST_WORD = re.compile(r"\S+")
# Where a head or foot has the page's number: at its beginning or its end.
_NUMBER_OF_PAGE = re.compile(r"^\W{0,3}\d+(?:/\d+)?|\d+(?:/\d+)?\W{0,3}$")
_LIST = re.compile(r"(?:[-–•*+▪➢✓■❑●◦○□‣]|\d{1,2}[.)]|[a-zđ]\))\s")
_NEAR = 12  # lines before and after that show where the margin of a column is
_COLUMN = 40  # points that the lines of a column begin apart at most
_SAME_SIZE, _LARGER = 0.08, 1.15  # of the size of the letters
_GAP = 1.3  # times the usual distance of two lines
_WIDER = 0.06  # of the size: a distance that is wider by so much parts two paragraphs, where a full stop does too
_APART = 1.7  # of the size: lines this far apart have a space between them
_CELLS = 1.5  # of the size, and of the narrowest space between words: what parts two cells is wider
_LETTER = 0.6  # of the size: the width of a letter
_INDENT = 1.0  # of the size
_CENTRED = 4.4  # of the size: no indent is so large
_NEARLY = 0.85  # of a column's width: a line that no full stop ends goes on
_SAME_HEIGHT = 4  # points: where a page's number is on the next page
_LONGEST_HEADING = 4  # lines, however short; what goes on is a paragraph in large letters
_INITIAL = 1.6  # times as large as the letters beside it
_WORDS_OF_ONE_LETTER = ("Ở", "À")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line on a page; places are in points from the page's lower left corner, `bottom` is the letters'
    baseline, `size` their font's.

    `cells`: what stands apart in it, if it is a row of a table. `bold`: all of it is.
    """

    number: int
    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float
    cells: tuple[str, ...] = ()
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `size` is that of the first."""

    number: int
    page: int
    text: str
    size: float
    hint: Hint | None = None


def cells(words: Sequence[str], gaps: Sequence[float], size: float) -> tuple[str, ...]:
    """The cells of a line, if some of its words stand much further apart than the others; `gaps`: points between them.

    In a line that fills its column all gaps are wide. What stands after a list's number or mark is no cell.
    """
    usual = min(gaps, default=0.0)
    wide = [at for at, gap in enumerate(gaps, 1) if gap > max(_CELLS * size, _CELLS * usual if len(gaps) > 1 else 0.0)]
    found = [" ".join(words[first:last]) for first, last in pairwise([0, *wide, len(words)])]
    return () if len(found) < 2 or _LIST.match(f"{found[0]} ") else tuple(found)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """The distance of two lines of a paragraph, and from which on a full stop before it ends one; `all_apart`: no two
    are close, so that each may be a paragraph.
    """

    usual: float
    wider: float
    all_apart: bool


def paragraphs(lines: Sequence[Printed]) -> list[Paragraph]:
    """The lines joined with spaces, which are the page's, not the text's. What is larger than most is a heading."""
    lines = _with_initials(lines)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    gaps = _gaps(lines)
    margins = _margins(lines)
    found: list[Paragraph] = []
    block: list[Printed] = []
    for at, line in enumerate(lines):
        left, right = margins[at - 1]
        first = len(block) == 1 and block[0].left > left + _INDENT * line.size  # indented as the first of a paragraph
        if block and not (first and _begins_so(block[0], line)) and _goes_on(block, line, right, gaps, body):
            block.append(line)
            continue
        if block:
            found.append(_joined(block, body))
        block = [line]
    return [*found, _joined(block, body)] if block else found


def _is_end(text: str, following: str) -> bool:
    """Whether a sentence ends between two lines: not in "… Điều 3. / Chánh Văn phòng"."""
    both = f"{text} {following}"
    return any(end == len(text) for _, end in split(both, 0, len(both)))


def _begins_so(line: Printed, following: Printed) -> bool:
    """Whether a line begins a paragraph as the one before did, which a full stop ended."""
    return abs(following.left - line.left) < 1 and _ENDS.search(line.text) is not None


def _with_initials(lines: Sequence[Printed]) -> list[Printed]:
    """The lines, a large first letter before the line that it stands beside."""
    found = list(lines)
    for at, letter in enumerate(lines):
        if len(letter.text) > 1 or not letter.text.isupper():
            continue
        near = range(max(0, at - _NEAR), min(len(lines), at + _NEAR + 1))
        beside = [other for other in near if _is_initial(letter, lines[other])]
        if beside:
            first = max(beside, key=lambda other: lines[other].bottom)
            between = " " if letter.text in _WORDS_OF_ONE_LETTER else ""
            text = f"{letter.text}{between}{lines[first].text}"
            found[first] = replace(lines[first], text=text, left=letter.left, cells=())
            found[at] = replace(letter, text="")
    return [line for line in found if line.text]


def _is_initial(letter: Printed, line: Printed) -> bool:
    beside = letter.bottom <= line.bottom < letter.bottom + letter.size and line.left >= letter.right - 1
    large = letter.page == line.page and letter.size > _INITIAL * line.size
    return beside and large and line.left < letter.right + letter.size and line.text[:1].islower()


def repeated(lines: Sequence[Printed], pages: int) -> set[int]:
    """The numbers of the lines that most pages have at the same height, but for its number: heads and feet."""
    seen: dict[tuple[str, int], set[int]] = {}
    places: dict[tuple[str, int], list[int]] = {}
    edges = _edges(lines)
    for line in lines:
        if line.number not in edges:
            continue
        key = _NUMBER_OF_PAGE.sub("0", line.text), round(line.bottom / _SAME_HEIGHT)
        seen.setdefault(key, set()).add(line.page)
        places.setdefault(key, []).append(line.number)
    return {number for key, on in seen.items() if len(on) > 1 and len(on) * 2 >= pages for number in places[key]}


def _edges(lines: Sequence[Printed]) -> set[int]:
    """The three highest and the three lowest lines of each page."""
    by_page: dict[int, list[Printed]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    ordered = [sorted(page, key=lambda line: line.bottom) for page in by_page.values()]
    return {line.number for page in ordered for line in (*page[:3], *page[-3:])}


def _gaps(lines: Sequence[Printed]) -> dict[float, _Gaps]:
    """The distances of two lines of each size."""
    found: dict[float, list[tuple[float, bool, bool]]] = {}
    for line, following in pairwise(lines):
        distance = line.bottom - following.bottom
        if line.page == following.page and 0 < distance < 5 * line.size and _same_size(line, following):
            ended = _ENDS.search(line.text) is not None
            found.setdefault(line.size, []).append((distance, ended, not ended and following.text[0].islower()))
    return {size: _gaps_of(all_, size) for size, all_ in found.items()}


def _gaps_of(found: Sequence[tuple[float, bool, bool]], size: float) -> _Gaps:
    """Of each distance: whether a full stop stands before it, whether it is in the middle of a sentence."""
    distances = sorted(distance for distance, _, _ in found)
    usual = distances[len(distances) // 4] if len(distances) > 3 else median(distances)
    if inside := [distance for distance, _, amid in found if amid]:
        usual = min(usual, median(inside))
    wider = [distance for distance, ended, _ in found if ended and distance > usual + _WIDER * size]
    clear = sum(1 for distance in wider if distance > _GAP * usual)
    # Where most paragraphs stand clearly apart, the others' lines differ for other reasons: two fonts take turns.
    least = _GAP * usual if 2 * clear >= max(len(wider), 1) else usual + _WIDER * size
    return _Gaps(usual, least, distances[0] > _APART * size and distances[-1] <= _GAP * distances[0])


def _margins(lines: Sequence[Printed]) -> list[tuple[float, float]]:
    """From where to where the lines around each one reach, of those in its column: they begin where it does, or, where
    none does, stand above or below it.
    """
    margins: list[tuple[float, float]] = []
    for at, line in enumerate(lines):
        near = [
            other
            for other in lines[max(0, at - _NEAR) : at + _NEAR + 1]
            if other is not line and _same_size(line, other)
        ]
        column = [other for other in near if abs(other.left - line.left) <= _COLUMN]
        beside = column or [other for other in near if other.left < line.right and line.left < other.right]
        left = min([line.left, *(other.left for other in column)])
        margins.append((left, max([line.right, *(other.right for other in beside)])))
    return margins


def _goes_on(
    block: Sequence[Printed], following: Printed, margin: float, gaps: dict[float, _Gaps], body: float
) -> bool:
    """Whether the next line belongs to the paragraph of the lines before."""
    line = block[-1]
    ended = _ENDS.search(line.text) is not None
    if not _same_size(line, following) or _is_other(line, following, margin, ended=ended):
        return False
    distance = line.bottom - following.bottom
    if line.page != following.page or distance <= 0:  # the next page or column
        return _fills(line, following, margin) and not (ended and _is_end(line.text, following.text))
    gap = gaps.get(line.size)
    if gap and (distance > _GAP * gap.usual or (ended and (gap.all_apart or distance > gap.wider))):
        return False
    if line.size > _LARGER * body and (ended or len(block) < _LONGEST_HEADING):
        return not ended
    return _goes_on_below(block, following, margin, ended=ended)


def _is_other(line: Printed, following: Printed, margin: float, *, ended: bool) -> bool:
    """Whether the next line is an item of a list, a row of a table, or text below a heading that is only bold."""
    if _LIST.match(following.text):  # but not in "lúc 5 giờ" – "40. Sau đó"
        return ended or not following.text[0].isdecimal() or not _fills(line, following, margin)
    if line.cells and following.cells:
        return True
    return line.bold and not following.bold and not ended and following.text[0].isupper()


def _goes_on_below(block: Sequence[Printed], following: Printed, margin: float, *, ended: bool) -> bool:
    """Of two lines of text, one close below the other."""
    line = block[-1]
    if abs(following.left - line.left) > _CENTRED * line.size:  # a line of its own, or in the middle as the next is
        return not ended and abs(line.left + line.right - following.left - following.right) < line.size
    if following.left > line.left + _INDENT * line.size and len(block) > 1:
        return False
    return _fills(line, following, margin) or (not ended and line.right - line.left > _NEARLY * (margin - line.left))


def _fills(line: Printed, following: Printed, margin: float) -> bool:
    """Whether a line was broken because the first word of the next had no room on it."""
    word = _FIRST_WORD.match(following.text)
    room = (len(word[0]) + 1) * _LETTER * line.size if word else 0.0
    return line.right + room * 1.2 >= margin


def _same_size(line: Printed, other: Printed) -> bool:
    return abs(line.size - other.size) <= _SAME_SIZE * max(line.size, other.size)


def _one_line(lines: Iterable[str]) -> str:
    """Lines with a space between them; none where one was broken behind a hyphen or slash: "27-" and "11"."""
    text = ""
    for line in lines:
        text += f"{'' if not text or (_BROKEN.search(text, len(text) - 2) and line[0].isalnum()) else ' '}{line}"
    return text


def _joined(block: Sequence[Printed], body: float) -> Paragraph:
    first = block[0]
    text = " | ".join(first.cells) if first.cells and len(block) == 1 else _one_line(line.text for line in block)
    return Paragraph(first.number, first.page, text, first.size, "heading" if first.size > _LARGER * body else None)
