"""What of a post is an article, and whose."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from telegram import Message

from bot.channel.posts import Post, is_from, keep, read_post
from retrieval import Library
from tests.bot.messages import JSON, LAN, MY_USER, PHOTO, units

ID = 7
CHANNEL: JSON = {"id": -1001234567890, "type": "channel", "title": "Bến Sông", "username": "ben_song"}
PRIVATE_CHANNEL: JSON = {"id": -1001234567890, "type": "channel", "title": "Bến Sông"}
OTHER: JSON = {"id": -1009876543210, "type": "channel", "title": "Báo Gốc", "username": "bao_goc"}
AT = 1_757_990_100  # 2025-09-16T02:35:00Z


def message(chat: JSON = CHANNEL, **fields: object) -> Message:
    return Message.de_json({"message_id": 15, "date": AT, "chat": chat, "sender_chat": chat} | fields, None)


def post(chat: JSON = CHANNEL, **fields: object) -> Post:
    read = read_post(message(chat, **fields), ID)
    assert read is not None
    return read


def bold(text: str, start: int = 0) -> list[JSON]:
    return [{"type": "bold", "offset": start, "length": units(text)}]


def test_a_post_is_the_channels_with_the_time_and_the_link() -> None:
    read = post(text="Cầu đã thông xe.", author_signature="Lan")
    assert (read.publisher, read.author, read.text, read.title) == ("Bến Sông", "Lan", "Cầu đã thông xe.", None)
    assert read.published.isoformat() == "2025-09-16T09:35:00+07:00"
    assert read.url == "https://t.me/ben_song/15"


def test_a_post_of_a_private_channel_has_the_link_that_its_subscribers_can_open() -> None:
    assert post(PRIVATE_CHANNEL, text="Cầu").url == "https://t.me/c/1234567890/15"


def test_the_caption_of_a_picture_is_its_text_and_a_picture_alone_has_none() -> None:
    assert post(caption="Cầu", media_group_id="1", **PHOTO).text == "Cầu"
    assert post(media_group_id="1", **PHOTO).text == ""


@pytest.mark.parametrize(
    "pointer",
    [
        "#thoisu #ben_song",
        "https://example.org/a?b=1#c",
        "👉 t.me/ben_song",
        "Ⓜ️",
        "@ben_song | www.example.org",
        "— ✅",
    ],
)
def test_lines_that_only_point_elsewhere_are_left_out(pointer: str) -> None:
    assert post(text=f"Cầu dài 1.200 m\n{pointer}\n🔹 Rộng 12 m").text == "Cầu dài 1.200 m\n🔹 Rộng 12 m"
    assert post(text=pointer).text == ""


def test_a_bold_first_line_is_the_title() -> None:
    text = "🔥 Thông xe cầu Hương An\nCầu dài 1.200 m."
    assert post(text=text, entities=bold("Thông xe cầu Hương An", units("🔥 "))).title == "🔥 Thông xe cầu Hương An"
    assert post(text=text, entities=bold("Thông xe")).title is None
    assert post(text="Thông xe cầu\n#thoisu", entities=bold("Thông xe cầu")).title is None
    assert post(caption=text, caption_entities=bold(text), **PHOTO).title == "🔥 Thông xe cầu Hương An"


def test_what_is_taken_over_from_a_channel_is_that_channels_with_its_date() -> None:
    origin = {"type": "channel", "chat": OTHER, "message_id": 3, "date": AT - 86400, "author_signature": "Hoa"}
    read = post(text="Cầu", forward_origin=origin)
    assert (read.publisher, read.author, read.url) == ("Báo Gốc", "Hoa", "https://t.me/bao_goc/3")
    assert read.published.isoformat() == "2025-09-15T09:35:00+07:00"
    private = origin | {"chat": {key: value for key, value in OTHER.items() if key != "username"}}
    assert post(text="Cầu", forward_origin=private).url == "https://t.me/ben_song/15"


@pytest.mark.parametrize(
    "origin", [{"type": "user", "sender_user": LAN}, {"type": "hidden_user", "sender_user_name": "Lan"}]
)
def test_what_a_person_wrote_is_published_by_the_channel(origin: JSON) -> None:
    read = post(text="Cầu", forward_origin=origin | {"date": AT - 86400})
    assert (read.publisher, read.author, read.url) == ("Bến Sông", "Lan", "https://t.me/ben_song/15")
    assert read.published.isoformat() == "2025-09-15T09:35:00+07:00"


def test_what_the_bot_said_is_no_source() -> None:
    assert read_post(message(text="Cầu", via_bot=MY_USER), ID) is None
    quoted = {"type": "user", "sender_user": MY_USER, "date": AT}
    assert read_post(message(text="Cầu", forward_origin=quoted), ID) is None


def test_a_post_is_read_as_any_article_and_each_bullet_is_a_sentence(tmp_path: Path) -> None:
    text = "Thông xe cầu Hương An\n\n🔹 Cầu dài 1.200 m\n🔹 Rộng 12 m, bốn làn xe\n\n#thoisu"
    assert keep(tmp_path, post(text=text, entities=bold("Thông xe cầu Hương An")))
    library = Library.open([tmp_path])
    assert not library.problems
    [article] = library.articles
    assert (article.title, article.publisher, article.published.edtf) == (
        "Thông xe cầu Hương An", "Bến Sông", "2025-09-16T09:35:00+07:00",
    )  # fmt: skip
    assert [article.text[s.start : s.end] for _, s in library.sentences] == [
        "Thông xe cầu Hương An", "🔹 Cầu dài 1.200 m", "🔹 Rộng 12 m, bốn làn xe",
    ]  # fmt: skip
    assert is_from(article, -1001234567890)
    assert not is_from(article, -100123456789)


def test_an_edit_replaces_and_one_that_leaves_nothing_removes(tmp_path: Path) -> None:
    other = Message.de_json({"message_id": 16, "date": AT, "chat": CHANNEL, "text": "Chợ mới"}, None)
    market = read_post(other, ID)
    assert market is not None
    assert keep(tmp_path, market)
    assert keep(tmp_path, post(text="Cầu dài 1.200 m"))
    assert not keep(tmp_path, post(text="Cầu dài 1.200 m"))
    assert keep(tmp_path, post(text="Cầu dài 1.250 m", edit_date=AT + 9 * 86400))
    [file] = tmp_path.glob("*/*")
    assert file.relative_to(tmp_path) == Path("-1001234567890/2025-09-16.jsonl")
    texts = [json.loads(line)["text"] for line in file.read_bytes().splitlines()]
    assert texts == ["Chợ mới", "Cầu dài 1.250 m"]
    assert keep(tmp_path, post(edit_date=AT, **PHOTO))
    assert keep(tmp_path, replace(market, text=""))
    assert not list(tmp_path.glob("*/*"))


def test_a_post_longer_than_a_message_is_kept_whole(tmp_path: Path) -> None:
    text = "Cầu dài 1.200 m, rộng 12 m. " * 400
    assert keep(tmp_path, post(text=text))
    [article] = Library.open([tmp_path]).articles
    assert article.text == text
