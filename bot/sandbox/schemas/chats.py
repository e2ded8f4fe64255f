"""The methods about a chat and those who are in it."""

from bot.sandbox.schemas.base import Parameters


class OfChat(Parameters):
    """getChat, getChatAdministrators, getChatMemberCount, leaveChat."""

    chat_id: int | str


class GetChatMember(OfChat):
    """getChatMember."""

    user_id: int
