"""Whether the bot may do in a chat what it wants to, and Telegram's words where it may not."""

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.privacy import sees
from bot.sandbox.threads import check_open, is_thread
from bot.sandbox.world import World

_NAMES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


def reached(world: World, chat_id: int | str) -> Chat:
    """The chat, if the bot is in it or the person hasn't blocked it; raises ApiError 400 or 403."""
    chat = world.chat(chat_id)
    if chat.migrated_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, words, {"migrate_to_chat_id": chat.migrated_to})
    if chat.type == "private":
        _check_private(chat)
        return chat
    if chat.gone:
        raise ApiError(403, f"Forbidden: the {_NAMES[chat.type].split()[0]} chat was deleted")
    member = chat.member(world.bot)
    if member.status == "kicked":
        raise ApiError(403, f"Forbidden: bot was kicked from the {_NAMES[chat.type]}")
    if not member.is_in:
        raise ApiError(403, f"Forbidden: bot is not a member of the {_NAMES[chat.type]}")
    return chat


def _check_private(chat: Chat) -> None:
    if chat.gone:
        raise ApiError(403, "Forbidden: user is deactivated")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")


def writable(world: World, chat_id: int | str, permission: str, what: str) -> Chat:
    """The chat, if the bot has this permission there ("can_send_photos"); `what` names it in the error ("photos")."""
    chat = reached(world, chat_id)
    if chat.type == "channel":
        if not chat.may(world.bot, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
    elif not chat.may(world.bot, permission):
        raise bad_request(f"not enough rights to send {what} to the chat")
    return chat


def thread_checked(world: World, chat: Chat, thread: int | None, original: Message | None) -> None:
    """Raise ApiError unless the bot may name this thread, and may write there or where its reply falls."""
    if thread is not None and not is_thread(chat, thread):
        raise bad_request("message thread not found")
    falls = None if original is None else original.get("message_thread_id")
    check_open(chat, thread or falls, world.bot)


def own_message(world: World, chat_id: int | str | None, message_id: int | None) -> Message:
    """A message of the bot that is to be edited; raises ApiError."""
    if chat_id is None:
        raise bad_request("chat_id is empty")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    chat = reached(world, chat_id)
    message = chat.messages.get(message_id) if message_id > 0 else None
    if message is None:
        raise bad_request("message to edit not found")
    author = world.author(message)
    if author != world.bot and not sees(world.bot, chat, message, author, privacy=world.privacy):
        raise bad_request("message to edit not found")  # what the bot could not read it cannot edit
    edits_posts = chat.type == "channel" and chat.may(world.bot, "can_edit_messages")
    if author != world.bot and not edits_posts:
        raise bad_request("message can't be edited")
    if world.limits is not None:
        world.limits.check(chat)
    return message
