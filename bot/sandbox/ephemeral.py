"""Messages that one person alone sees in a group (Bot API 10.2, 10.3), of the bot or to it.

They have an `ephemeral_message_id`, and 0 in the place of a message id. Among the messages of a chat they stand by the
negative of it, which bots never see. The bot may send one to any member as an administrator, and else to who has tapped
a button or sent such a message within 15 seconds: core.telegram.org/bots/api#ephemeral-messages. Descriptions of errors
are documented nowhere; those here are the ones that people report, or look like them.
"""

from bot.sandbox.access import reached
from bot.sandbox.chats import Chat, Message, User
from bot.sandbox.errors import bad_request
from bot.sandbox.schemas.messages import EphemeralMessageParameters, OfEphemeral
from bot.sandbox.world import World

_SECONDS = 15  # in which the bot may answer


def receiver_of(world: World, chat: Chat, given: EphemeralMessageParameters, original: Message | None) -> User:
    """Who is to see a message of the bot's; raises ApiError where the bot may not send it."""
    receiver = world.users.get(given.receiver_user_id)
    if chat.type not in {"group", "supergroup"}:
        raise bad_request("BOT_NOT_ADMIN")
    if receiver is None or receiver.is_bot or not chat.member(receiver).is_in:
        raise bad_request("USER_NOT_PARTICIPANT")
    if given.callback_query_id is not None:
        _check_query(world, chat, given.callback_query_id, receiver)
    elif not (chat.member(world.bot).is_admin or _is_awaited(world, original, receiver)):
        raise bad_request("BOT_NOT_ADMIN")
    return receiver


def _check_query(world: World, chat: Chat, query: str, receiver: User) -> None:
    who, where, at = world.tapped.get(query, (0, 0, 0.0))
    if (who, where) != (receiver.id, chat.id) or world.now() - at > _SECONDS:
        raise bad_request("QUERY_ID_INVALID")


def _is_awaited(world: World, original: Message | None, receiver: User) -> bool:
    if original is None or "ephemeral_message_id" not in original:
        return False
    return world.author(original) == receiver and world.now() - original["date"] <= _SECONDS


def check_seen_by_all(original: Message | None) -> None:
    """Raise ApiError where all would see a reply to what they do not see."""
    if original is not None and "ephemeral_message_id" in original:
        raise bad_request("message to be replied not found")


def own_ephemeral(world: World, params: OfEphemeral, to: str) -> Message:
    """A message of the bot that this person sees; `to` is what is to be done with it. Raises ApiError."""
    chat = reached(world, params.chat_id)
    message = chat.messages.get(-params.ephemeral_message_id) if params.ephemeral_message_id > 0 else None
    if message is None or message.get("receiver_user", {}).get("id") != params.receiver_user_id:
        raise bad_request(f"message to {to} not found")
    return message


async def delete_ephemeral_message(world: World, params: OfEphemeral) -> bool:
    """It goes, if the person's app gets to know."""
    world.remove(own_ephemeral(world, params, "delete"))
    return True
