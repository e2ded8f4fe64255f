"""Pictures, documents, albums: up, down and by their ids."""

import struct
from io import BytesIO

import httpx
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, Message
from telegram.error import BadRequest

from bot.sandbox.errors import ApiError
from bot.sandbox.pictures import picture_size
from bot.sandbox.world import Chat, User, World


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    comment = b"\xff\xfe\x00\x06abcd"
    return b"\xff\xd8" + comment + b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(12)


async def test_a_picture_with_a_caption_is_stored_and_can_be_fetched(bot: Bot, chat: Chat) -> None:
    picture = png(640, 480)
    sent = await bot.send_photo(chat.id, BytesIO(picture), caption="<b>Ảnh</b> @an_nguyen", parse_mode="HTML")
    assert (sent.text, sent.caption) == (None, "Ảnh @an_nguyen")
    assert [entity.type for entity in sent.caption_entities] == ["bold", "mention"]
    [size] = sent.photo
    assert (size.width, size.height, size.file_size) == (640, 480, len(picture))
    file = await size.get_file()
    assert file.file_path is not None
    assert file.file_path.endswith(".jpg")


async def test_a_file_comes_down_as_it_went_up(bot: Bot, world: World, chat: Chat) -> None:
    sent = await bot.send_document(chat.id, "câu hỏi\n".encode(), filename="hỏi.csv", caption="Nhật ký")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("hỏi.csv", "text/csv")
    file = await bot.get_file(sent.document.file_id)
    address = f"{bot.base_file_url}".replace("https://api.telegram.org", bot.base_url.partition("/bot")[0])
    assert file.file_path is not None
    path = file.file_path.removeprefix(f"{bot.base_file_url}/")
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{address}/{path}")).content == "câu hỏi\n".encode()
        assert (await client.get(f"{address}/documents/none")).status_code == 404
        wrong = address.replace(world.token, "42:guess")
        assert (await client.get(f"{wrong}/{path}")).status_code == 401


async def test_what_people_send_can_be_fetched(bot: Bot, world: World, an: User, chat: Chat) -> None:
    world.send_document(an, chat, b"a,b\n", "tin.csv", caption="/nguon")
    world.send_photo(an, chat, jpeg(90, 60), "Cầu")
    messages = [update.message for update in await bot.get_updates()]
    document, photo = (message for message in messages if message)
    assert document.document is not None
    assert (document.document.file_name, document.caption) == ("tin.csv", "/nguon")
    assert document.caption_entities[0].type == "bot_command"
    assert (photo.photo[0].width, photo.photo[0].height, photo.caption) == (90, 60, "Cầu")
    edited = world.edit(chat.messages[photo.message_id], "Cầu mới")["edited_message"]
    assert (edited["caption"], edited["photo"][0]["width"]) == ("Cầu mới", 90)
    with pytest.raises(ApiError, match="caption is too long"):
        world.send_document(an, chat, b"a", "a", caption="a" * 1025)


async def test_a_file_can_be_sent_again_by_its_id_as_what_it_is(bot: Bot, chat: Chat) -> None:
    photo = (await bot.send_photo(chat.id, png(9, 9))).photo[0]
    document = (await bot.send_document(chat.id, b"a")).document
    assert document is not None
    assert (await bot.send_photo(chat.id, photo.file_id)).photo[0] == photo
    assert (await bot.send_document(chat.id, document.file_id)).document == document
    with pytest.raises(BadRequest, match="Can't use file of type photo as document"):
        await bot.send_document(chat.id, photo.file_id)
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(chat.id, document.file_id)
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_photo(chat.id, "không có")
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("không có")


async def test_a_file_too_big_to_fetch_says_so(bot: Bot, world: World, an: User, chat: Chat) -> None:
    file_id = world.send_document(an, chat, bytes((20 << 20) + 1), "lớn")["message"]["document"]["file_id"]
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(file_id)


@pytest.mark.parametrize("length", [1024, 1025])
async def test_a_caption_holds_1024_units_after_parsing(bot: Bot, chat: Chat, length: int) -> None:
    caption = "<b>" + "😀" * (length // 2) + "a" * (length % 2) + "</b>"
    if length > 1024:
        with pytest.raises(BadRequest, match="Message caption is too long"):
            await bot.send_document(chat.id, b"a", caption=caption, parse_mode="HTML")
    else:
        sent = await bot.send_document(chat.id, b"a", caption=caption, parse_mode="HTML")
        assert sent.caption == "😀" * 512


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a", "Image_process_failed"),
        (png(9, 9)[:20], "Image_process_failed"),
        (png(0, 9), "Image_process_failed"),
        (jpeg(9, 9)[:9], "Image_process_failed"),
        (b"\xff\xd8\x00\x00\x00\x00", "Image_process_failed"),
        (png(9000, 1001), "Photo_invalid_dimensions"),
        (png(210, 10), "Photo_invalid_dimensions"),
        (b"", "File must be non-empty"),
    ],
)
async def test_what_is_no_picture_is_no_photo(bot: Bot, chat: Chat, content: bytes, said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        await bot.send_photo(chat.id, content)
    assert not chat.messages


def test_a_picture_may_have_ten_megabytes() -> None:
    assert picture_size(png(9, 9).ljust(10 << 20)) == (9, 9)
    with pytest.raises(ApiError, match="too big for a photo"):
        picture_size(png(9, 9).ljust((10 << 20) + 1))


async def test_an_album_hangs_together(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_media_group(
        chat.id, [InputMediaPhoto(png(9, 9), caption="<b>một</b>", parse_mode="HTML"), InputMediaPhoto(png(8, 8))]
    )
    assert [(message.caption, message.photo[0].width) for message in sent] == [("một", 9), (None, 8)]
    assert len({message.media_group_id for message in sent}) == 1
    assert sent[0].media_group_id is not None
    files = await bot.send_media_group(chat.id, [InputMediaDocument(b"a"), InputMediaDocument(b"b", filename="b.txt")])
    assert files[1].document is not None
    assert files[1].document.file_name == "b.txt"
    with pytest.raises(BadRequest, match="Document can't be mixed with other media types"):
        await bot.send_media_group(chat.id, [InputMediaPhoto(png(9, 9)), InputMediaDocument(b"a")])
    with pytest.raises(BadRequest, match="There must be from 2 to 10 media in an album"):
        await bot.send_media_group(chat.id, [InputMediaPhoto(png(9, 9))])


async def test_a_picture_takes_the_place_of_another(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_photo(chat.id, png(9, 9), caption="cũ")
    changed = await bot.edit_message_media(InputMediaPhoto(png(8, 8)), chat.id, sent.message_id)
    assert isinstance(changed, Message)
    assert (changed.photo[0].width, changed.caption) == (8, None)


async def test_a_file_that_nothing_names_is_an_unknown_parameter(client: httpx.AsyncClient, chat: Chat) -> None:
    files = {"a": b"a", "b": b"b"}
    data = {"chat_id": str(chat.id), "document": "attach://a"}
    answer = (await client.post("/bot42:secret/sendDocument", files=files, data=data)).json()
    assert answer["description"] == 'Bad Request: unknown parameter "b"'
