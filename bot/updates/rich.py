"""A rich message (Bot API 10.1 to 10.3) as plain text: its lines, what each is, and which of its words are marked.

What is no block or field of these versions is read as well, in the order in which it comes: of its strings those that
are words. It is named in `unknown`, so that somebody learns of it. Nothing that comes raises an error.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.updates.rich_layout import BLOCKS, CAPTION, CELL, ITEM, TEXTS, Role

Mark = Literal["heading", "caption", "quotation"]
Json = Any

_SPOKEN = re.compile(r"\w\s++\S|[^\W\d_a-zA-Z]")  # two words, or a letter that no identifier has
_WORD = re.compile(r"\w")
# Fields that hold words by whatever name their block goes; of all others only what can be no name or address is read.
_WORDS = frozenset(
    {"text", "summary", "caption", "credit", "title", "description", "question", "expression", "alternative_text"}
)
_LONGEST_CELL = 80  # characters of a cell that stands in a line with the others of its row
_DEEPEST = 40  # Telegram allows 16 levels
_MOST_UNKNOWN, _LONGEST_NAME = 20, 60


@dataclass(frozen=True, slots=True)
class Rich:
    """`marks` are of the lines of `text`, None for one of the body; `entities` those of a plain message, as JSON.

    `unknown` names what is not known of Telegram's rich messages: "block chart", "notes of table", "text wavy".
    """

    text: str
    marks: tuple[Mark | None, ...]
    entities: tuple[Mapping[str, Any], ...] = ()
    unknown: tuple[str, ...] = ()


def read(message: Json) -> Rich:
    """The field `rich_message`."""
    reader = _Reader()
    reader.message(message)
    texts: list[str] = []
    marks: list[Mark | None] = []
    entities: list[Mapping[str, Any]] = []
    start = 0
    for piece in reader.pieces:
        if (text := piece.text).strip():
            texts.append(text)
            marks += [piece.mark] * (text.count("\n") + 1)
            entities += piece.placed(start)
            start += piece.units + 1
    return Rich("\n".join(texts), tuple(marks), tuple(entities), tuple(reader.unknown))


@dataclass(slots=True)
class _Piece:
    """A line or several that are the same, while they are put together; entities by their place in UTF-16 units."""

    mark: Mark | None
    parts: list[str] = field(default_factory=list)
    units: int = 0
    entities: list[tuple[str, int, int, Mapping[str, Json]]] = field(default_factory=list)  # with its other fields

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def add(self, text: str) -> None:
        """Put words behind it; halves of characters become replacement characters, as they do in UTF-8."""
        encoded = text.encode("utf-16-le", "surrogatepass")
        self.parts.append(encoded.decode("utf-16-le", "replace"))
        self.units += len(encoded) // 2

    def append(self, other: "_Piece") -> None:
        """Put another behind it."""
        self.entities += [
            (kind, begin + self.units, end + self.units, more) for kind, begin, end, more in other.entities
        ]
        self.parts += other.parts
        self.units += other.units

    def placed(self, start: int) -> Iterator[Mapping[str, Any]]:
        """Its entities in a text where it stands at this place. A heading is bold."""
        whole = [("bold", 0, self.units, dict[str, Json]())] if self.mark == "heading" else []
        for kind, begin, end, more in (*whole, *self.entities):
            if end > begin:
                yield {"type": kind, "offset": start + begin, "length": end - begin, **more}


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self.unknown: dict[str, None] = {}  # in order

    def message(self, message: Json) -> None:
        if not isinstance(message, Mapping):
            self._note("rich_message of another form")
            self._anything(message, None, 0)
            return
        self._blocks(message.get("blocks"), None, 0)
        self._others(message, {"blocks", "is_rtl"}, "the message", None, 0)
        if not message.get("blocks"):
            self._note("rich_message without blocks")

    def _blocks(self, blocks: Json, mark: Mark | None, depth: int) -> None:
        if not isinstance(blocks, list):
            self._anything(blocks, mark, depth)
            return
        for block in blocks:
            if isinstance(block, str):
                self._note("a text in the place of a block")
                self._text(block, mark, depth)
            else:
                self._block(block, mark, depth + 1)

    def _block(self, block: Json, mark: Mark | None, depth: int) -> None:
        kind = _kind(block)
        known = BLOCKS.get(kind)
        if known is None or depth > _DEEPEST:
            self._note(f"block {kind or 'of no type'}" if known is None else "blocks nested too deep")
            self._anything(block, mark, depth)
            return
        for name, role in known.items():
            if role is not None and name in block:
                self._field(role, block[name], mark, depth)
        self._others(block, {"type", *known}, kind, mark, depth)

    def _field(self, role: Role, value: Json, mark: Mark | None, depth: int) -> None:
        match role:
            case "heading" | "caption" | "quotation":
                self._text(value, role, depth)
            case "blocks":
                self._blocks(value, mark, depth)
            case "quoted":
                self._blocks(value, "quotation", depth)
            case "figure":
                self._figure(value, depth)
            case "items" | "rows" if isinstance(value, list):
                for each in value:
                    (self._item if role == "items" else self._row)(each, mark, depth + 1)
            case "text":
                self._text(value, mark, depth)
            case _:
                self._anything(value, mark, depth)

    def _text(self, value: Json, mark: Mark | None, depth: int) -> None:
        piece = _Piece(mark)
        self._flatten(value, piece, depth)
        self.pieces.append(piece)

    def _figure(self, caption: Json, depth: int) -> None:
        if not isinstance(caption, Mapping) or "type" in caption:
            self._text(caption, "caption", depth)
            return
        for name in ("text", "credit"):
            if name in caption:
                self._text(caption[name], "caption", depth)
        self._others(caption, CAPTION, "a caption", "caption", depth)

    def _item(self, item: Json, mark: Mark | None, depth: int) -> None:
        """A list's item, its number before it; a bullet says nothing."""
        if not isinstance(item, Mapping):
            self._anything(item, mark, depth)
            return
        before, label = len(self.pieces), item.get("label")
        self._blocks(item.get("blocks"), mark, depth)
        self._others(item, ITEM, "an item", mark, depth)
        if isinstance(label, str) and _WORD.search(label):
            numbered = _Piece(mark)
            numbered.add(label)
            if len(self.pieces) > before:
                numbered.mark = self.pieces[before].mark
                numbered.add(" ")
                numbered.append(self.pieces[before])
            self.pieces[before : before + 1] = [numbered]

    def _row(self, row: Json, mark: Mark | None, depth: int) -> None:
        """A table's row is a line of short cells, else a line for each."""
        if not isinstance(row, list) or not all(isinstance(cell, Mapping) for cell in row):
            self._anything(row, mark, depth)
            return
        cells = [_Piece(mark) for _ in row]
        for cell, piece in zip(row, cells, strict=True):
            self._flatten(cell.get("text"), piece, depth)
        cells = [cell for cell in cells if cell.text.strip()]
        if all(len(cell.text) <= _LONGEST_CELL and "\n" not in cell.text for cell in cells):
            for cell in cells[1:]:
                cells[0].add(" | ")
                cells[0].append(cell)
            cells = cells[:1]
        self.pieces += cells
        for cell in row:
            self._others(cell, CELL, "a cell", mark, depth)

    def _flatten(self, text: Json, piece: _Piece, depth: int) -> None:
        """A RichText put behind what the piece has already."""
        if isinstance(text, str):
            piece.add(text)
        elif depth > _DEEPEST:
            piece.add(" ".join(_strings(text, "text")))
        elif isinstance(text, list):
            for each in text:
                self._flatten(each, piece, depth + 1)
        elif isinstance(text, Mapping):
            self._marked(text, piece, depth)

    def _marked(self, text: Mapping[str, Json], piece: _Piece, depth: int) -> None:
        kind = _kind(text)
        if kind not in TEXTS and not (kind == "" and "text" in text):  # a button has no type
            self._note(f"text {kind}")
            self._flatten(text.get("text"), piece, depth + 1)
            for each in _strings({name: value for name, value in text.items() if name != "text"}):
                piece.add(f" {each}")
            return
        name, entity = TEXTS.get(kind, ("text", None))
        begin = piece.units
        self._flatten(None if name is None else text.get(name), piece, depth + 1)
        more = _more(entity, text)
        if entity and more is not None:
            piece.entities.append((entity, begin, piece.units, more))

    def _others(self, of: Mapping[str, Json], known: Collection[str], name: str, mark: Mark | None, depth: int) -> None:
        """The fields that nobody knows: named where there are words in them."""
        for key, value in of.items():
            if key not in known:
                before = len(self.pieces)
                self._named(key, value, mark, depth)
                if len(self.pieces) > before:
                    self._note(f"{key} of {name}")

    def _anything(self, value: Json, mark: Mark | None, depth: int) -> None:
        """What has no known form: the blocks in it as such, and of the rest what is words."""
        if isinstance(value, str):
            if _SPOKEN.search(value):
                self._text(value, mark, depth)
        elif depth > _DEEPEST:
            for text in _strings(value):
                self._text(text, mark, depth)
        elif isinstance(value, list):
            for each in value:
                self._anything(each, mark, depth + 1)
        elif isinstance(value, Mapping):
            self._object(value, mark, depth + 1)

    def _object(self, value: Mapping[str, Json], mark: Mark | None, depth: int) -> None:
        kind = _kind(value)
        if kind in BLOCKS:
            self._block(value, mark, depth)
        elif kind in TEXTS:
            self._text(value, mark, depth)
        else:
            for name, each in value.items():
                if name != "type":
                    self._named(name, each, mark, depth)

    def _named(self, name: str, value: Json, mark: Mark | None, depth: int) -> None:
        if name in _WORDS and _is_text(value):
            self._text(value, mark, depth)
        else:
            self._anything(value, mark, depth)

    def _note(self, what: str) -> None:
        if len(self.unknown) < _MOST_UNKNOWN:
            self.unknown[what[:_LONGEST_NAME]] = None


def _kind(value: Json) -> str:
    kind = value.get("type") if isinstance(value, Mapping) else None
    return kind if isinstance(kind, str) else ""


def _more(entity: str | None, text: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """What an entity of this kind has beside its place; None where it is of another form."""
    if entity == "text_link":
        return {"url": text["url"]} if isinstance(text.get("url"), str) else None
    if entity == "text_mention":
        user = text.get("user")
        given = user if isinstance(user, Mapping) else {}
        form = type(given.get("id")), type(given.get("is_bot")), type(given.get("first_name"))
        return {"user": user} if form == (int, bool, str) else None
    return {}


def _is_text(value: Json) -> bool:
    """Whether it has the form of a RichText, as far as can be seen from above."""
    if isinstance(value, list):
        return all(isinstance(each, str) or _kind(each) in TEXTS for each in value)
    return isinstance(value, str) or _kind(value) in TEXTS


def _strings(value: Json, name: str = "") -> Iterator[str]:
    """The words anywhere in what a field of this name holds, in order, however deep."""
    left: list[tuple[str, Json]] = [(name, value)]
    while left:
        name, each = left.pop()
        if isinstance(each, str):
            if name in _WORDS or (name != "type" and _SPOKEN.search(each)):
                yield each
        elif isinstance(each, list):
            left += [(name, one) for one in reversed(each)]
        elif isinstance(each, Mapping):
            left += reversed(list(each.items()))
