"""The methods about a chat and those who are in it."""

from bot.sandbox.schemas.base import Parameters


class CreateForumTopic(Parameters):
    """createForumTopic."""

    chat_id: int | str
    name: str
    icon_color: int | None = None
    icon_custom_emoji_id: str | None = None


class OfChat(Parameters):
    """getChat, getChatAdministrators, getChatMemberCount, leaveChat."""

    chat_id: int | str


class GetChatMember(OfChat):
    """getChatMember."""

    user_id: int
