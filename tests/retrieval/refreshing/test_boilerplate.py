"""What a source says in article after article at the same place is none of its sentences, and found by counting."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from retrieval import Library, reading
from retrieval.reading.boilerplate import Boilerplate
from retrieval.records import Reading
from retrieval.store.store import Store
from retrieval.store.stored import stored

SAVED = "Lưu bài viết thành công"
ASK = "Mời bạn xem thêm trên kênh của tòa soạn"
_PLACES = ("Mẫu Sơn", "Cát Đằng", "Lan Hạ", "Đông Khê", "Phú Mỹ", "Bình Xa", "Tân Lập", "An Hòa")
_OPENINGS = ("Sáng nay", "Theo huyện", "Ngày hôm qua", "Mưa lớn khiến", "Từ tháng sau,", "Nhiều hộ ở", "Giá khóm tại")
_HAPPENED = ("mở chợ mới", "sửa cầu cũ", "trồng lại rừng", "đón khách xa", "bán hết khóm", "dời trường học")


def _bodies(count: int, first: int = 0) -> Iterator[str]:
    """Articles of two sentences, no two of them alike."""
    for n in range(first, first + count):
        where, what = _PLACES[n % 8], _HAPPENED[n % 6]
        begin = f"{_OPENINGS[n % 7]} xã {where} {what}, số hộ được lợi là {n * 17 + 3}"
        yield f"{begin}. Ông trưởng thôn {n % 11 + 1} kể việc thứ {n * 29 % 101} và việc thứ {n * 31 % 97} đã xong."


def _line(text: str, n: int, **also: str) -> str:
    record = {"id": f"bai-{n}", "publisher": "Báo Ví Dụ", "text": text, **also}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _written(folder: Path, texts: Sequence[str], name: str = "a.jsonl", mode: str = "w") -> None:
    first = len((folder / name).read_text(encoding="utf-8").splitlines()) if mode == "a" else 0
    with (folder / name).open(mode, encoding="utf-8") as file:
        file.writelines(_line(text, n) for n, text in enumerate(texts, first))


def _open(folder: Path) -> Library:
    return Library.open([folder], folder.parent / "cache")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_what_opens_or_ends_the_articles_of_a_source_is_left_out_and_told(folder: Path) -> None:
    own = list(_bodies(40))
    _written(folder, [f"{SAVED} {text} {ASK}" for text in own])
    library = _open(folder)
    assert [article.text for article in library.articles] == own
    [first, *_] = library.articles
    dropped = library.contents(first).dropped
    assert {line.text for line in dropped} == {SAVED, ASK}
    assert all(re.fullmatch(r"boilerplate of its source, in (\d+) of \1 articles", line.reason) for line in dropped)


def test_lines_of_their_own_are_found_wherever_they_stand_near_an_end(folder: Path) -> None:
    own = [f"Việc thứ {n}\n{text}" for n, text in enumerate(_bodies(30))]
    parts = [text.split("\n") for text in own]
    _written(folder, [f"{title}\nChia sẻ lên tường nhà\n{rest}\nCùng chuyên mục" for title, rest in parts])
    assert [article.text for article in _open(folder).articles] == own


def test_saved_texts_of_a_folder_are_of_one_source(folder: Path) -> None:
    for n, text in enumerate(_bodies(25)):
        body = text.replace(". ", f".\n\nThôn {n * 7} vẫn chờ điện về trong tuần này, trưởng thôn nói thêm.\n\n")
        (folder / f"{n:03}.txt").write_text(f"{SAVED}\n\nViệc ở thôn {n}\n\n{body}\n", encoding="utf-8")
    library = _open(folder)
    assert len(library.articles) == 25
    assert not any(SAVED in article.text for article in library.articles)
    assert {article.title for article in library.articles} == {f"Việc ở thôn {n}" for n in range(25)}


def test_it_is_found_as_articles_come_and_only_those_that_have_it_are_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it, without = list(_bodies(15)), list(_bodies(20, 100))
    _written(folder, [f"{SAVED} {text}" for text in with_it] + without)
    assert sum(SAVED in article.text for article in _open(folder).articles) == 15  # too few to tell
    read: list[str] = []

    def watched(store: Store, path: str, articles: object, problems: object) -> None:
        new = list(articles)  # type: ignore[call-overload]
        read.extend(stored.id for _, stored in new)
        add(store, path, new, problems)  # type: ignore[arg-type]

    add = Store.add
    monkeypatch.setattr(Store, "add", watched)
    more = list(_bodies(10, 200))
    _written(folder, [f"{SAVED} {text}" for text in more], mode="a")
    library = _open(folder)
    assert sorted(article.text for article in library.articles) == sorted([*with_it, *without, *more])
    assert not {f"bai-{n}" for n in range(15, 35)} & set(read)
    read.clear()
    [last] = _bodies(1, 300)
    _written(folder, [f"{SAVED} {last}"], mode="a")
    assert last in {article.text for article in _open(folder).articles}
    assert read == ["bai-45"]  # what is known is left out at once


def _found(*sources: Sequence[str]) -> Boilerplate:
    """What is found among the texts of some sources, without files."""
    with closing(Store(None)) as store:
        for name, texts in enumerate(sources):
            data = "".join(_line(text, n, publisher=f"Báo {name}") for n, text in enumerate(texts)).encode()
            read = [r for r in reading.read("a.jsonl", data, path="a.jsonl") if isinstance(r, Reading)]
            store.begin(f"{name}", "a.jsonl", frozenset())
            store.add(f"{name}", [("", stored(one, ())) for one in read], ())
        store.find_boilerplate("1")
        return store.boilerplate("1")


_UNIT = "Cơ quan Cảnh sát điều tra Công an tỉnh"
_REGIONS = ("Hà Giang", "Bắc Ninh", "Đồng Nai", "Thanh Hóa", "An Giang", "Quảng Trị", "Lâm Đồng", "Cà Mau")


@pytest.mark.parametrize(
    "opening",
    [
        lambda n: f"{_UNIT} {_REGIONS[n % 8]} bắt {n + 2} người. ",  # a name follows
        lambda n: f"Theo tin từ trung tâm dự báo, {_OPENINGS[n % 7].lower()} mưa {n + 5} mm. ",  # the sentence goes on
        lambda n: f"Bản tin dự báo ngày {n % 28 + 1}/{n % 12 + 1}: trời có mưa {n + 5} mm. ",
        lambda n: f"Thủ tướng nước Mẫu {('Lê An', 'Lê Bình')[n % 2]} thăm xã thứ {n}. ",
    ],
)
def test_what_an_article_goes_on_from_is_its_own(opening: Callable[[int], str]) -> None:
    assert not _found([f"{opening(n)}{text}" for n, text in enumerate(_bodies(40))])


def test_what_a_source_says_inside_its_articles_too_is_its_language() -> None:
    said, own = "Chúng tôi xin trân trọng cảm ơn", list(_bodies(40))
    assert _found([f"{said} {text}" for text in own])
    assert not _found([f"{said} {text}" if n % 2 else f"{text} {said} {text}" for n, text in enumerate(own)])


def test_few_articles_and_copies_of_one_show_nothing() -> None:
    [one] = _bodies(1)
    few = [f"{SAVED} {text}" if n < 15 else text for n, text in enumerate(_bodies(40, 50))]
    assert not _found([f"{SAVED} {one} Cập nhật lần {n}." for n in range(40)], few)


def test_a_sentence_that_some_articles_of_a_source_end_with_is_theirs() -> None:
    said = "Quyết định này có hiệu lực thi hành kể từ ngày ký."
    ends = (said, "Đã ký ở Mẫu Sơn.", "Đã ký ở Cát Đằng.")
    texts = [f"{text}\n{ends[n % 3]}" for n, text in enumerate(_bodies(60))]
    assert not any(phrase.words == tuple(said.split()) for phrases in _found(texts).values() for phrase in phrases)
    assert _found([f"{text}\n{said}" for text in _bodies(60)])


def test_a_title_that_many_articles_share_stays(folder: Path) -> None:
    title = "Bản tin chợ nổi hằng ngày"
    with (folder / "a.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(_line(f"{title}\n{text}", n, title=title) for n, text in enumerate(_bodies(30)))
    assert all(article.text.startswith(title) for article in _open(folder).articles)


def test_an_article_that_is_nothing_else_stays(folder: Path) -> None:
    own = list(_bodies(30))
    _written(folder, [f"{SAVED}\n{text}" for text in own] + [SAVED])
    assert {article.text for article in _open(folder).articles} == {*own, SAVED}
