"""Who and where: people, chats, their members and topics, as the Bot API shows them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Message = dict[str, Any]  # the Bot API's Message, as JSON
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ADMIN_RIGHTS = frozenset(
    {
        "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
        "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
        "can_delete_stories",
    }
)  # fmt: skip
CHANNEL_RIGHTS = frozenset({"can_post_messages", "can_edit_messages"})
GROUP_RIGHTS = frozenset({"can_pin_messages", "can_manage_topics"})
PERMISSIONS = frozenset(
    {
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
        "can_pin_messages", "can_manage_topics",
    }
)  # fmt: skip
USUAL_PERMISSIONS = PERMISSIONS - {"can_change_info", "can_pin_messages", "can_manage_topics"}


@dataclass(frozen=True, slots=True)
class User:
    """A person or the bot itself."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        """The Bot API's User."""
        optional = {"username": self.username, "language_code": self.language_code}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name} | given(optional)


# Telegram's own accounts, who stand in `from` where a chat is the sender.
GROUP_ANONYMOUS_BOT = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = User(136817688, "Channel", "Channel_Bot", is_bot=True)
TELEGRAM = User(777000, "Telegram")


@dataclass(frozen=True, slots=True)
class Member:
    """How a user stands in a chat.

    `rights` are an administrator's rights, or what is left to a restricted member; `anonymous` administrators write in
    the group's name.
    """

    user: User
    status: Status
    rights: frozenset[str] = frozenset()
    anonymous: bool = False

    @property
    def is_in(self) -> bool:
        """Whether the user belongs to the chat."""
        return self.status not in {"left", "kicked"}

    @property
    def is_admin(self) -> bool:
        """Whether the user is its owner or an administrator."""
        return self.status in {"creator", "administrator"}

    def as_json(self) -> dict[str, Any]:
        """The Bot API's ChatMember."""
        shown: dict[str, Any] = {"status": self.status, "user": self.user.as_json()}
        match self.status:
            case "creator":
                shown |= {"is_anonymous": self.anonymous}
            case "administrator":
                known = ADMIN_RIGHTS | (self.rights & (CHANNEL_RIGHTS | GROUP_RIGHTS))
                shown |= {"can_be_edited": False, "is_anonymous": self.anonymous} | _flags(known, self.rights)
            case "restricted":
                shown |= {"is_member": True, "until_date": 0} | _flags(PERMISSIONS, self.rights)
            case "kicked":
                shown |= {"until_date": 0}
        return shown


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the message that created it (General: 1)."""

    id: int
    name: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What the bot was seen doing ("typing") in a topic or thread, and until when that shows (time.monotonic)."""

    name: str
    thread: int | None
    until: float


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the bot as it was sent: when (time.monotonic), and the message that it replies to, if any."""

    at: float
    to: int | None
    text: str


@dataclass(slots=True)
class Chat:
    """A chat and its messages by id, oldest first; ids count from 1 in each chat, or in all (`State.shared_ids`).

    A chat without a list of `members` (a private one, or one made by hand) lets everyone do everything.
    """

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    members: dict[int, Member] | None = None
    permissions: frozenset[str] = USUAL_PERMISSIONS  # what its ordinary members may do
    topics: dict[int, Topic] | None = None  # those of a forum, by id
    linked_chat: "Chat | None" = None  # a channel's discussion group, a discussion group's channel
    migrated_to: int | None = None  # the supergroup that it has become
    gone: bool = False  # deleted by its owner, or the account of a private chat is
    blocked: bool = False  # the person of a private chat has blocked the bot
    authors: dict[int, int] = field(default_factory=dict)  # who really wrote a message (a user id), by message id
    asked: dict[int, float] = field(default_factory=dict)  # people's messages that the bot got, and when (monotonic)
    said: dict[int, Said] = field(default_factory=dict)  # what the bot sent, also what is gone since
    wants_reply: set[int] = field(default_factory=set)  # messages of the bot to which apps begin a reply by themselves
    action: Action | None = None
    threads: dict[int, Topic] = field(default_factory=dict)  # topics of a private chat, by id
    below: dict[int, int] = field(default_factory=dict)  # what one person sees: below which message, by its id
    read: set[int] = field(default_factory=set)  # people's messages whose update the bot has taken
    reactions: dict[int, dict[int, tuple[str, ...]]] = field(default_factory=dict)  # by message id and user id

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        optional = {"title": self.title, "username": self.username, "first_name": self.first_name}
        return {"id": self.id, "type": self.type} | given(optional) | ({"is_forum": True} if self.is_forum else {})

    @property
    def is_forum(self) -> bool:
        """Whether it has topics."""
        return self.topics is not None

    def member(self, user: User) -> Member:
        """How the user stands here; "left" is one who never came."""
        if self.members is None:
            return Member(user, "member")
        return self.members.get(user.id, Member(user, "left"))

    def people(self) -> Iterator[Member]:
        """Those who are in it."""
        return (member for member in (self.members or {}).values() if member.is_in)

    def may(self, user: User, right: str) -> bool:
        """Whether the user has an administrator's right or a member's permission here."""
        if self.members is None:
            return True
        member = self.member(user)
        match member.status:
            case "creator":
                return True
            case "administrator":
                return right in member.rights | (PERMISSIONS - GROUP_RIGHTS - ADMIN_RIGHTS)
            case "member":
                return right in self.permissions & PERMISSIONS
            case "restricted":
                return right in self.permissions & member.rights
            case _:
                return False


def as_bots_see(value: Any) -> Any:
    """Anything with messages in it, as JSON, in the form in which bots get it."""
    if isinstance(value, dict):
        seen = {name: as_bots_see(each) for name, each in value.items()}
        return seen | ({"message_id": 0} if "ephemeral_message_id" in value and "message_id" in value else {})
    return [as_bots_see(each) for each in value] if isinstance(value, list) else value


def given(optional: dict[str, Any]) -> dict[str, Any]:
    """The optional fields that have a value."""
    return {key: value for key, value in optional.items() if value is not None}


def _flags(known: Collection[str], granted: Collection[str]) -> dict[str, bool]:
    return {right: right in granted for right in sorted(known)}
