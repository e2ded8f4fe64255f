"""Rich posts as articles: none lost, none taken for a deletion, every quote exact, and what is not known is told."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Message, Update

from bot.channel.posts import Post, keep, read_post
from bot.channel.unread import Unread, read_again
from bot.updates import rich_layout
from bot.updates.parsing import parsed
from bot.updates.pruning import as_json
from retrieval import Library
from tests.bot.channel import rich_posts
from tests.bot.channel.test_posts import AT, CHANNEL, ID
from tests.bot.messages import JSON, PHOTO
from tests.bot.updates.test_rich import anything

POSTS = rich_posts.posts()
PLAIN = "Cầu dài 1.200 m và rộng 12 m."


def message(number: int = 15, kind: str = "channel_post", **fields: Any) -> Message:
    """As it comes: parsed from the update."""
    post = {"message_id": number, "date": AT, "chat": CHANNEL, "sender_chat": CHANNEL} | fields
    found = parsed({"update_id": 1, kind: post}).effective_message
    assert found is not None
    return found


def post(number: int = 15, kind: str = "channel_post", **fields: Any) -> Post:
    read = read_post(message(number, kind, **fields), ID)
    assert read is not None
    return read


def edit(number: int = 15, **fields: Any) -> Post:
    return post(number, "edited_channel_post", edit_date=AT + 60, **fields)


def paragraph(text: Any) -> JSON:
    return {"blocks": [{"type": "paragraph", "text": text}]}


def kept(folder: Path, pattern: str = "-*/*.jsonl") -> list[JSON]:
    return [json.loads(line) for file in sorted(folder.glob(pattern)) for line in file.read_bytes().splitlines()]


def texts(folder: Path) -> list[str]:
    return [line["text"] for line in kept(folder)]


def test_sixty_posts_of_every_block_are_read_whole_and_each_quote_is_exact(tmp_path: Path) -> None:
    assert len(POSTS) >= 60
    for number, each in enumerate(POSTS):
        assert keep(tmp_path, post(number, rich_message=each.rich)), each.name
    library = Library.open([tmp_path])
    assert not library.problems
    articles = {article.id.rpartition("/")[2]: article for article in library.articles}
    assert len(articles) == len(POSTS)
    for number, each in enumerate(POSTS):
        article = articles[str(number)]
        assert article.text.split("\n") == [text for text, _ in each.lines], each.name
    sentences = [(article, article.text[s.start : s.end]) for article, s in library.sentences]
    for number, each in enumerate(POSTS):
        said = [text for article, text in sentences if article.id.endswith(f"/{number}")]
        [quote, *_] = library.search(said[0], limit=1)
        assert quote.text == quote.article.text[quote.start : quote.end] == said[0], each.name


def test_headings_captions_and_quotations_are_such_in_the_article(tmp_path: Path) -> None:
    for number, each in enumerate(POSTS):
        keep(tmp_path, post(number, rich_message=each.rich))
    kinds = {text: {None: "body", "quotation": "body", "heading": "headline", "caption": "caption"}[mark]
             for each in POSTS for text, mark in each.lines if mark is not None}  # fmt: skip
    found = {article.text[s.start : s.end]: s.kind for article, s in Library.open([tmp_path]).sentences}
    seen = {text: found[text].replace("lead", "body") for text in kinds if text in found}
    assert len(seen) > 0.9 * len(kinds)
    assert {text: kinds[text] for text in seen} == seen


def test_the_first_heading_below_a_picture_is_the_title() -> None:
    article = next(each for each in POSTS if each.name == "article")
    assert post(rich_message=article.rich).title == article.lines[2][0]
    assert (
        post(rich_message=paragraph([{"type": "bold", "text": "Thông xe cầu"}, f"\n{PLAIN}"])).title == "Thông xe cầu"
    )
    assert post(rich_message=paragraph(PLAIN)).title is None


def test_a_post_edited_to_a_rich_one_and_back_is_never_out_of_the_library(tmp_path: Path) -> None:
    assert keep(tmp_path, post(text=PLAIN))
    for each in POSTS:
        assert keep(tmp_path, edit(rich_message=each.rich)), each.name
        assert texts(tmp_path) == ["\n".join(text for text, _ in each.lines)], each.name
        assert not keep(tmp_path, edit(rich_message=each.rich)), each.name
        assert keep(tmp_path, edit(text=PLAIN)), each.name
        assert texts(tmp_path) == [PLAIN], each.name


def test_a_rich_post_survives_being_written_down_until_it_is_done_with() -> None:
    each = next(each for each in POSTS if each.name == "article")
    update = parsed(
        {"update_id": 1, "channel_post": {"message_id": 1, "date": AT, "chat": CHANNEL, "rich_message": each.rich}}
    )
    again = parsed(json.loads(as_json(update)))
    assert read_post(_post(again), ID) == read_post(_post(update), ID)


def _post(update: Update) -> Message:
    assert update.channel_post is not None
    return update.channel_post


def test_a_rich_post_taken_over_from_a_channel_is_that_channels() -> None:
    other = {"id": -1009876543210, "type": "channel", "title": "Báo Gốc", "username": "bao_goc"}
    origin = {"type": "channel", "chat": other, "message_id": 3, "date": AT - 86400}
    read = post(rich_message=paragraph(PLAIN), forward_origin=origin)
    assert (read.text, read.publisher, read.url) == (PLAIN, "Báo Gốc", "https://t.me/bao_goc/3")


def test_what_replies_to_a_rich_post_is_read_and_so_is_what_it_replies_to() -> None:
    replied = {"message_id": 3, "date": AT, "chat": CHANNEL, "rich_message": paragraph("Bài trước.")}
    answer = message(text=PLAIN, reply_to_message=replied)
    assert answer.reply_to_message is not None
    assert (answer.text, answer.reply_to_message.text) == (PLAIN, "Bài trước.")


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [
        ({"hologram": {"file_id": "a"}}, "field hologram"),
        ({"photo": "AgAD"}, "field photo of another form"),
        ({"rich_message": {"blocks": [{"type": "chart", "bars": [1, 2]}]}}, "block chart"),
        ({"rich_message": {"blocks": []}}, "rich_message without blocks"),
        ({"rich_message": 5}, "rich_message of another form"),
        ({"rich_message": {"pages": []}}, "rich_message without blocks"),
    ],
)
def test_an_unknown_kind_of_post_is_kept_raw_and_takes_nothing_away(
    tmp_path: Path, fields: JSON, unknown: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert keep(tmp_path, post(text=PLAIN))
    read = edit(**fields)
    assert not keep(tmp_path, read)
    assert texts(tmp_path) == [PLAIN]
    [raw] = kept(tmp_path, ".unread/*/*")
    assert raw["unknown"] == [unknown]
    assert (raw["message"] | raw["message"].get("set_apart", {})).items() >= fields.items()
    counted: list[int] = []
    unread = Unread(lambda: counted.append(1))
    assert (unread.note(read), unread.note(read), len(counted)) == ((unknown,), (), 2)
    assert caplog.text.count(unknown) == 1
    assert unknown in unread.notes()[0]
    assert not Library.open([tmp_path]).problems
    assert keep(tmp_path, edit(text=f"{PLAIN} Mới."))
    assert not list(tmp_path.glob(".unread/*/*"))


def test_an_unknown_block_among_others_is_read_for_its_words_and_told_of(tmp_path: Path) -> None:
    chart = {"type": "chart", "heading": "Số xe qua cầu", "kind": "bar", "bars": [{"name": "Tháng Một", "value": 5}]}
    read = post(rich_message={"blocks": [{"type": "paragraph", "text": PLAIN}, chart]})
    assert (read.text, read.unknown) == (f"{PLAIN}\nSố xe qua cầu\nTháng Một", ("block chart",))
    assert keep(tmp_path, read)
    assert list(tmp_path.glob(".unread/*/*"))


@settings(max_examples=25)
@given(anything, st.booleans())
def test_whatever_a_post_is_edited_into_nothing_is_taken_away_that_is_not_known_to_be_gone(
    rich: Any, among: bool
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        assert keep(folder, post(text=PLAIN))
        read = edit(rich_message={"blocks": [*paragraph(PLAIN)["blocks"], rich]} if among else rich)
        keep(folder, read)
        if among:
            assert texts(folder) == [read.text]
            assert PLAIN in read.text.split("\n")
        else:
            assert texts(folder) == [read.text or PLAIN] or not read.unknown


def test_what_a_newer_version_knows_is_read_again_and_kept_raw_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = {"type": "chart", "heading": "Số xe qua cầu", "label": "xe"}
    assert keep(tmp_path, post(rich_message={"blocks": [paragraph(PLAIN)["blocks"][0], chart]}))
    assert keep(tmp_path, post(16, text="Chợ mới."))
    assert not keep(tmp_path, edit(16, photo="AgAD", new_caption="Chợ"))
    assert read_again(tmp_path, ID) == 0
    assert len(kept(tmp_path, ".unread/*/*")) == 2
    monkeypatch.setitem(rich_layout.BLOCKS, "chart", {"heading": "heading", "label": "text"})
    assert read_again(tmp_path, ID) == 1
    assert texts(tmp_path) == [f"{PLAIN}\nSố xe qua cầu\nxe", "Chợ mới."]
    assert kept(tmp_path)[0]["structure"] == {"heading": [2]}
    [raw] = kept(tmp_path, ".unread/*/*")
    assert raw["id"].endswith("/16")
    (next(tmp_path.glob(".unread/*/*"))).write_bytes(b"5\n{}\n[]\n\xff\n")
    assert read_again(tmp_path, ID) == 0


def test_a_field_of_another_form_leaves_the_others_as_they_are() -> None:
    read = post(caption=PLAIN, video={"seconds": 5}, forward_origin={"type": "channel"})
    assert read.text == PLAIN
    assert read.unknown == ("field video of another form", "field forward_origin of another form")
    update = parsed({"update_id": 1, "channel_post": {"message_id": 1, "date": AT, "chat": CHANNEL, "photo": 5}})
    assert read_post(_post(parsed(json.loads(as_json(update)))), ID) == read_post(_post(update), ID)


def test_what_is_known_to_say_nothing_is_a_deletion(tmp_path: Path) -> None:
    photo = {"type": "photo", "photo": PHOTO["photo"]}
    for silent in ({"rich_message": {"blocks": [photo]}}, PHOTO, {"text": "#thoisu"}):
        assert keep(tmp_path, post(text=PLAIN))
        assert keep(tmp_path, edit(**silent))
        assert not texts(tmp_path)
    assert not keep(tmp_path, post(new_chat_title="Bến Sông"))


def test_fields_that_say_nothing_do_not_make_a_post_unknown() -> None:
    assert not post(ephemeral_message_id=5, **PHOTO).unknown
