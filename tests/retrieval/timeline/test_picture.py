import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from retrieval import Timeline
from retrieval.records import NO_DATE, Article, Date, Quote, TimelineEntry
from retrieval.timeline.axis import Axis
from retrieval.timeline.canvas import BOTTOM, LEFT, LETTERS, RIGHT, SIZE, TOP, font
from retrieval.timeline.picture import PictureWords, described, draw
from tests.libraries import library_of
from tests.retrieval.timeline.made import article


def timeline_of(folder: Path, *edtf: str) -> Timeline:
    """Entries on these dates, with the quote of one article."""
    quote = library_of(folder, [article("Cáp treo mở.")]).search("cáp treo")[0]
    return Timeline("Đường sắt", tuple(TimelineEntry(Date(value, "stated"), (quote,)) for value in edtf))


def picture(timeline: Timeline) -> Image.Image:
    image = Image.open(io.BytesIO(draw(timeline)))
    image.load()
    return image


def colours(image: Image.Image) -> set[object]:
    return {colour for _, colour in image.getcolors(maxcolors=1 << 20) or ()}


@pytest.mark.parametrize(
    "edtf",
    [
        ("2025-09-15",),
        ("2025-09", "2025-09-26", "2025-10-07"),
        ("1945-09-02", "2025-09-02"),
        ("199X", "20XX", "2025-35"),
        ("0999-01-01", "2025"),
        ("2021-12/2023-12-19", "2020/..", "XXXX-01-25", "2024"),
    ],
)
def test_any_dates_make_a_png_of_its_size(tmp_path: Path, edtf: tuple[str, ...]) -> None:
    image = picture(timeline_of(tmp_path, *edtf))
    assert (image.format, image.size) == ("PNG", SIZE)


def test_a_day_is_a_bar_and_a_longer_stretch_a_band(tmp_path: Path) -> None:
    bar, band = (0x2A, 0x6F, 0x97), (0xD3, 0xDC, 0xE4)
    days = colours(picture(timeline_of(tmp_path, "2025-09-26", "2025-09-30")))
    assert (bar in days, band in days) == (True, False)
    stretch = colours(picture(timeline_of(tmp_path, "2025-09", "2025-09-30")))
    assert (bar in stretch, band in stretch) == (True, True)


def test_a_quarter_around_days_does_not_press_them_together(tmp_path: Path) -> None:
    bars = (0, TOP, SIZE[0], BOTTOM)
    days = picture(timeline_of(tmp_path, "2025-09-26", "2025-09-30")).crop(bars)
    within = picture(timeline_of(tmp_path, "2025-35", "2025-09-26", "2025-09-30")).crop(bars)
    assert days.tobytes() == within.tobytes()


def test_dates_without_a_year_have_no_place(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no date with a year"):
        draw(timeline_of(tmp_path, "XXXX-01-25"))


def test_a_long_topic_is_cut_and_any_characters_are_drawn(tmp_path: Path) -> None:
    quotes = timeline_of(tmp_path, "2025-09-15").entries
    for topic in ("rất dài " * 60, "<b>\x00\n🎉 اللغة", "W" * 300):
        assert picture(Timeline(topic, quotes)).size == SIZE


def test_the_font_has_every_letter_of_vietnamese() -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
    for style in ("Regular", "Bold"):
        letters_of = font(40, style)
        missing = bytes(letters_of.getmask("\uffff"))
        for letter in letters + letters.upper():
            assert bytes(letters_of.getmask(letter)) != missing, letter
        assert isinstance(letters_of, ImageFont.FreeTypeFont)


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        (date(2025, 9, 1), date(2025, 10, 7), "day"),
        (date(2023, 12, 19), date(2026, 1, 25), "month"),
        (date(1945, 9, 2), date(2025, 9, 2), "year"),
        (date(2025, 9, 1), date(2025, 9, 1), "day"),
    ],
)
def test_an_axis_is_cut_into_what_can_be_seen_and_ticked_in_order(first: date, last: date, unit: str) -> None:
    axis = Axis.of(first, last, 0, 1000)
    ticks = [day for day, _ in axis.ticks()]
    assert axis.unit == unit
    assert axis.first <= first <= last <= axis.last
    assert ticks == sorted(set(ticks))
    assert 1 <= len(ticks) <= 12
    assert axis.x(axis.first) == 0
    assert axis.x(last) < 1000


def test_letters_can_be_read_where_a_phone_shows_the_picture() -> None:
    assert LETTERS * 360 / SIZE[0] >= 11


def test_a_plan_far_ahead_does_not_press_the_story_into_one_bar(tmp_path: Path) -> None:
    story = timeline_of(tmp_path, "2025-09-26", "2025-09-28", "2025-09-30").entries
    far = replace(timeline_of(tmp_path, "2027-09-26").entries[0], planned=True)
    bars = (0, TOP, SIZE[0], BOTTOM)
    with_far = picture(Timeline("Bão", (*story, far))).crop(bars)
    assert with_far.tobytes() == picture(Timeline("Bão", story)).crop(bars).tobytes()
    near = replace(timeline_of(tmp_path, "2025-10-02").entries[0], planned=True)
    assert (0xE0, 0x7A, 0x5F) in colours(picture(Timeline("Bão", (*story, near))))


def test_what_one_article_tells_of_years_before_does_not_press_the_story_into_one_bar(tmp_path: Path) -> None:
    story = timeline_of(tmp_path, "2025-09-26", "2025-09-28", "2025-09-30", "2025-10-01").entries
    old = replace(timeline_of(tmp_path, "2020-10-01").entries[0], background=True)
    bars = (0, TOP, SIZE[0], BOTTOM)
    assert (
        picture(Timeline("Bão", (old, *story))).crop(bars).tobytes()
        == picture(Timeline("Bão", story)).crop(bars).tobytes()
    )


_SAID = (
    ("2025-10-01", "Cầu Hạ Sơn đổ sập trong đêm mưa, hai người bị thương."),
    ("2025-10-01", "Hai nhịp cầu Hạ Sơn đổ sập, giao thông tê liệt."),
    ("2025-10-01", "Cầu Hạ Sơn đổ sập lúc nửa đêm khi không có xe."),
    ("2025-10-04", "Công an khởi tố giám đốc nhà thầu cầu Hạ Sơn."),
    ("2025-10-04", "Giám đốc nhà thầu cầu Hạ Sơn bị khởi tố."),
    ("2025-10-04", "Vụ cầu Hạ Sơn: khởi tố thêm hai kỹ sư."),
)


def _fallen(topic: str, said: Sequence[tuple[str, str]] = _SAID) -> Timeline:
    found: dict[str, list[Quote]] = {}
    for number, (day, text) in enumerate(said):
        published = Date(day, "published")
        told = Article(f"{number}", None, None, None, None, published, NO_DATE, text, "a.jsonl")
        found.setdefault(day, []).append(Quote(text, told, 0, len(text), published, 1.0))
    entries = (TimelineEntry(Date(day, "stated"), tuple(quotes)) for day, quotes in found.items())
    return Timeline(topic, tuple(entries))


def test_a_peak_has_a_word_of_its_quote_and_the_picture_is_told_in_words() -> None:
    told = "2 mốc, 6 bài. Nhiều bài nhất: 1/10: 3 bài (đổ sập), 4/10: 3 bài (khởi tố)"
    assert described(_fallen("cầu Hạ Sơn")) == f"cầu Hạ Sơn: {told}"
    english = PictureWords(counts="{dates} dates, {articles} articles", count="{count}", most_told="Most told")
    assert described(_fallen("Bridge"), english).startswith("Bridge: 2 dates, 6 articles. Most told: 1/10: 3 (đổ sập)")
    assert described(_fallen("khởi tố")).endswith("4/10: 3 bài")  # the topic says it already


def test_no_word_of_a_peak_is_one_that_counts() -> None:
    said = ("Hội nghị lần thứ 32 họp.", "Đây là hội nghị lần thứ 32.", "Khai mạc hội nghị lần thứ 32.")
    assert described(_fallen("hội nghị", [("2025-10-01", each) for each in said])).endswith("1/10: 3 bài")


def test_the_names_of_an_axis_are_evenly_apart_and_bars_beside_a_higher_one_have_no_label(tmp_path: Path) -> None:
    [entry, *_] = timeline_of(tmp_path, "2025-09-24").entries
    quotes = [replace(entry.quotes[0], article=replace(entry.quotes[0].article, id=f"{n}")) for n in range(9)]
    days = {"2025-09-24": 1, "2025-09-27": 6, "2025-09-28": 9, "2025-09-29": 8, "2025-10-31": 7}
    story = (TimelineEntry(Date(day, "stated"), tuple(quotes[:count])) for day, count in days.items())
    drawn = picture(Timeline("Bão", tuple(story))).convert("L")
    below = drawn.crop((0, BOTTOM + 5, SIZE[0], BOTTOM + 6)).tobytes()
    ticks = [x for x in range(1, SIZE[0]) if below[x] < 100 <= below[x - 1]]
    gaps = [after - before for before, after in pairwise(ticks)]
    assert len(ticks) >= 4
    assert max(gaps) - min(gaps) <= 1
    labels = drawn.crop((0, TOP - 58, SIZE[0] // 2, TOP - 4))
    inked = [at % labels.width for at, shade in enumerate(labels.tobytes()) if shade < 120]
    assert inked
    assert max(inked) - min(inked) < 260  # one label: 28/9


def test_the_word_of_a_peak_stands_over_its_bar() -> None:
    pale, above = (0x7B, 0x87, 0x94), (0, TOP - 60, SIZE[0], TOP)
    assert pale in colours(picture(_fallen("cầu Hạ Sơn")).crop(above))
    assert pale not in colours(picture(_fallen("đổ sập, khởi tố")).crop(above))


_BEGUN = date(2025, 9, 1)


def _is_numbered(timeline: Timeline, days: int) -> set[bool]:
    """Of the low bars of each day but the first: whether over one is any ink."""
    drawn = picture(timeline).convert("L")
    axis = Axis.of(_BEGUN, _BEGUN + timedelta(days=days - 1), LEFT, RIGHT)
    edges = [axis.x(_BEGUN + timedelta(days=day)) for day in range(1, days + 1)]
    over = [drawn.crop((round(left), TOP + 20, round(right), BOTTOM - 40)) for left, right in pairwise(edges)]
    return {min(one.tobytes()) < 120 for one in over}


def test_every_bar_has_its_number_or_none_has(tmp_path: Path) -> None:
    [entry] = timeline_of(tmp_path, _BEGUN.isoformat()).entries
    many = tuple(replace(entry.quotes[0], article=replace(entry.quotes[0].article, id=f"{n}")) for n in range(9))
    for days, numbered in ((12, True), (60, False)):
        low = timeline_of(tmp_path, *((_BEGUN + timedelta(days=day)).isoformat() for day in range(1, days))).entries
        assert _is_numbered(Timeline("Bão", (replace(entry, quotes=many), *low)), days) == {numbered}
