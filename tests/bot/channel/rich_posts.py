"""Rich posts of our own making, of every block that Telegram has, and what is to be read in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from bot.updates.rich import Mark
from tests.bot.messages import JSON

Line = tuple[str, Mark | None]
LONGEST = 32_768  # characters of a rich message


@dataclass
class Case:
    """A block, and the lines that it stands for."""

    name: str
    block: JSON
    lines: list[Line] = field(default_factory=list)


class Maker:
    """Blocks with words of their own each, so that what is found can be nobody else's."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def say(self, what: str = "Cây cầu mới") -> str:
        """A sentence that no other block has."""
        number = next(self._numbers)
        return f"{what} số {number} dài {1000 + number} mét và bắc qua sông Nhạn."

    def title(self) -> str:
        """A heading that no other block has."""
        return f"Thông xe cầu số {next(self._numbers)}"

    def paragraph(self) -> Case:
        """With marked words in it, one inside the other."""
        said = self.say()
        first, rest = said[:4], said[4:]
        inner = {"type": "bold", "text": [{"type": "italic", "text": first[:2]}, first[2:]]}
        return Case("paragraph", {"type": "paragraph", "text": [inner, rest]}, [(said, None)])

    def broken(self) -> Case:
        """A paragraph of two lines."""
        one, two = self.say(), self.say()
        return Case("broken", {"type": "paragraph", "text": f"{one}\n{two}"}, [(one, None), (two, None)])

    def texts(self) -> Case:
        """All kinds of text in one paragraph."""
        number = next(self._numbers)
        plain = ("underline", "strikethrough", "spoiler", "code", "marked", "subscript", "superscript")
        more: dict[str, JSON] = {
            "url": {"url": "https://example.org/"}, "email_address": {"email_address": "a@example.org"},
            "phone_number": {"phone_number": "+84"}, "bank_card_number": {"bank_card_number": "4"},
            "mention": {"username": "lan"}, "hashtag": {"hashtag": "tin"}, "cashtag": {"cashtag": "VND"},
            "bot_command": {"bot_command": "/hoi"}, "anchor_link": {"anchor_name": "a"}, "reference": {"name": "r"},
            "reference_link": {"reference_name": "r"}, "date_time": {"unix_time": 1, "date_time_format": "d"},
            "text_mention": {"user": {"id": 1, "is_bot": False, "first_name": "Lan"}},
        }  # fmt: skip
        words = [{"type": kind, "text": f"chữ {kind} {number} "} for kind in plain]
        words += [{"type": kind, "text": f"chữ {kind} {number} "} | fields for kind, fields in more.items()]
        others = [
            {"type": "custom_emoji", "custom_emoji_id": "5", "alternative_text": "👍"},
            {"type": "mathematical_expression", "expression": "x^2"},
            {"type": "anchor", "name": "a"},
            {"type": "button", "button": {"text": "Bấm", "url": "https://example.org/"}},
        ]
        text = "".join(word["text"] for word in words) + "👍x^2Bấm"
        return Case("texts", {"type": "paragraph", "text": [*words, *others]}, [(text, None)])

    def heading(self) -> Case:
        said = self.title()
        return Case("heading", {"type": "heading", "size": 2, "text": {"type": "marked", "text": said}},
                    [(said, "heading")])  # fmt: skip

    def simple(self) -> Iterator[Case]:
        """Those that hold a text and nothing else."""
        kinds: tuple[tuple[str, Mark | None], ...] = (("pre", None), ("footer", "caption"))
        for kind, mark in kinds:
            said = self.say()
            yield Case(kind, {"type": kind, "text": said}, [(said, mark)])
        formula = f"E_{next(self._numbers)} = mc^2"
        yield Case("formula", {"type": "mathematical_expression", "expression": formula}, [(formula, None)])

    def quotations(self) -> Iterator[Case]:
        for kind in ("blockquote", "expandable_blockquote", "pullquote"):
            said, by = self.say("Ông An nói cây cầu"), f"Ông Lê Văn An, hàng {next(self._numbers)}"
            content = {"blocks": [{"type": "paragraph", "text": said}]} if kind == "blockquote" else {"text": said}
            yield Case(kind, {"type": kind, "credit": by, **content}, [(said, "quotation"), (by, "caption")])

    def media(self) -> Iterator[Case]:
        file = {"file_id": "AgAD hai chữ", "file_unique_id": "u", "width": 9, "height": 9, "duration": 1}
        for kind in ("animation", "audio", "document", "photo", "video", "voice_note"):
            said, by = self.say("Ảnh cây cầu"), f"Ảnh: Hoa {next(self._numbers)}"
            medium = [file] if kind == "photo" else file
            caption = {"text": said, "credit": by}
            yield Case(kind, {"type": kind, kind: medium, "caption": caption}, [(said, "caption"), (by, "caption")])
        said = self.say("Bản đồ cây cầu")
        place = {"location": {"latitude": 1.0, "longitude": 2.0}, "zoom": 14, "width": 9, "height": 9}
        yield Case("map", {"type": "map", **place, "caption": {"text": said}}, [(said, "caption")])

    def items(self) -> Case:
        one, two, three = self.say(), self.say(), self.say()
        items = [
            {"label": "•", "blocks": [{"type": "paragraph", "text": one}]},
            {"label": "2.", "value": 2, "type": "1", "blocks": [{"type": "paragraph", "text": two}]},
            {"label": "•", "has_checkbox": True, "blocks": [{"type": "paragraph", "text": three}]},
        ]
        return Case("list", {"type": "list", "items": items}, [(one, None), (f"2. {two}", None), (three, None)])

    def table(self) -> Case:
        place, number, long = f"Cầu số {next(self._numbers)}", str(next(self._numbers)), self.say() * 2
        side = {"align": "left", "valign": "top"}
        cells = [
            [{"text": "Tên", "is_header": True, **side}, {"text": "Dài", "is_header": True, **side}],
            [{"text": {"type": "bold", "text": place}, **side}, {"text": number, "colspan": 2, **side}, side],
            [{"text": long, **side}, {"text": "mét", **side}],
        ]
        caption = self.say("Bảng những cây cầu")
        lines: list[Line] = [(caption, "caption"), ("Tên | Dài", None), (f"{place} | {number}", None)]
        return Case(
            "table", {"type": "table", "caption": caption, "cells": cells}, [*lines, (long, None), ("mét", None)]
        )

    def wordless(self) -> Iterator[Case]:
        yield Case("divider", {"type": "divider"})
        yield Case("anchor", {"type": "anchor", "name": "hai chữ"})
        button = {"text": "Đọc tiếp bài này", "url": "https://example.org/"}
        yield Case("buttons", {"type": "buttons", "buttons": [button]})

    def plain(self) -> list[Case]:
        """One of each block that holds no others, and of those that do one with something in it."""
        return [
            self.paragraph(), self.broken(), self.texts(), self.heading(), *self.simple(), *self.quotations(),
            *self.media(), self.items(), self.table(),
        ]  # fmt: skip

    def inside(self, kind: str, held: list[Case]) -> Case:
        """Blocks inside of another."""
        blocks, lines = [case.block for case in held], [line for case in held for line in case.lines]
        name = f"{'+'.join(case.name for case in held)} in {kind}"
        match kind:
            case "details":
                said = self.title()
                return Case(name, {"type": kind, "summary": said, "blocks": blocks}, [(said, "heading"), *lines])
            case "blockquote":
                return Case(
                    name, {"type": kind, "blocks": blocks}, [(text, mark or "quotation") for text, mark in lines]
                )
            case "list":
                return Case(name, {"type": kind, "items": [{"label": "–", "blocks": blocks}]}, lines)
            case _:
                said = self.say("Ảnh những cây cầu")
                return Case(name, {"type": kind, "blocks": blocks, "caption": {"text": said}},
                            [*lines, (said, "caption")])  # fmt: skip


@dataclass
class Post:
    """A rich message, and the lines that it stands for."""

    name: str
    rich: JSON
    lines: list[Line]


def posts() -> list[Post]:
    """More than sixty: each block, each inside others, all together, sixteen levels deep, as long as can be."""
    make = Maker()
    alone = make.plain()
    cases = [*alone]
    kinds = ("details", "blockquote", "list", "collage", "slideshow")
    nested = [make.inside(kind, [case]) for kind in kinds for case in make.plain() if kind != "list" or case.lines]
    cases += nested[::2]
    deep = make.broken()
    for level in range(15):
        deep = make.inside(("details", "blockquote", "list")[level % 3], [deep])
    together = make.inside("details", [*make.plain(), *make.wordless(), *make.plain()])
    made = [Post(case.name, {"blocks": [case.block]}, case.lines) for case in (*cases, deep, together)]
    made += [_following(make), _longest(make)]
    return made


def _following(make: Maker) -> Post:
    """As an article is: its picture, its title, its text."""
    cases = [
        list(make.media())[3],
        make.heading(),
        make.paragraph(),
        make.heading(),
        *make.quotations(),
        make.paragraph(),
    ]
    return Post("article", {"blocks": [c.block for c in cases], "is_rtl": False}, [ln for c in cases for ln in c.lines])


def _longest(make: Maker) -> Post:
    lines: list[str] = []
    while sum(map(len, lines)) + 200 < LONGEST:
        lines.append(f"{make.say()} {make.say()}")
    lines.append("a" * (LONGEST - sum(map(len, lines))))
    return Post(
        "longest", {"blocks": [{"type": "paragraph", "text": line} for line in lines]}, [(ln, None) for ln in lines]
    )
