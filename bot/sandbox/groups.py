"""Groups, forums and channels: made, joined, left, administered, upgraded; and people who block the bot."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from bot.sandbox.chats import ADMIN_RIGHTS, CHANNEL_RIGHTS, GROUP_RIGHTS, Chat, Member, Status, Topic, User
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import Limits
from bot.sandbox.state import State
from bot.sandbox.threads import GENERAL
from bot.sandbox.updates import Update

_FIRST_SUPERGROUP = -1_000_000_000_000
_TOPIC_COLOR = 0x6FB9F0


class Groups(State):
    """What owners and administrators do."""

    def add_group(  # noqa: PLR0913 - each a trait of the group, by name only
        self,
        title: str,
        *,
        type: Literal["group", "supergroup"] = "supergroup",  # noqa: A002 - the Bot API's word
        forum: bool = False,
        username: str | None = None,
        owner: User | None = None,
        members: Iterable[User] = (),
        bot: Status | None = "member",
    ) -> Chat:
        """A group ("group" or "supergroup", with topics if a `forum`), as it stands: nobody is told of its making."""
        chat = self._founded(Chat(self._free_id(type), type, title, username, members={}), owner, bot)
        if forum:
            chat.topics = {GENERAL: Topic(GENERAL, "General")}
            chat.last_message_id = GENERAL
        for user in members:
            self._place(chat, Member(user, "member"))
        return chat

    def add_channel(  # noqa: PLR0913 - as `add_group`
        self,
        title: str,
        *,
        username: str | None = None,
        owner: User | None = None,
        members: Iterable[User] = (),
        bot: Status | None = "administrator",
        discussion: Chat | None = None,
    ) -> Chat:
        """A channel and those who follow it; its posts are forwarded into the `discussion` group."""
        chat = self._founded(Chat(self._free_id("channel"), "channel", title, username, members={}), owner, bot)
        for user in members:
            self._place(chat, Member(user, "member"))
        if discussion is not None:
            chat.linked_chat, discussion.linked_chat = discussion, chat
            self.changes.note("chat", discussion.id)
        return chat

    def _founded(self, chat: Chat, owner: User | None, bot: Status | None) -> Chat:
        self.chats[chat.id] = chat
        self._place(chat, Member(owner or self.add_user("Chủ nhóm"), "creator"))
        if bot is not None:
            self._place(chat, Member(self.bot, bot, _all_rights(chat) if bot == "administrator" else frozenset()))
        return chat

    def _free_id(self, kind: str) -> int:
        return -(len(self.chats) + 1) if kind == "group" else _FIRST_SUPERGROUP - len(self.chats) - 1

    def _place(self, chat: Chat, member: Member) -> None:
        if chat.members is None:
            chat.members = {}
        chat.members[member.user.id] = member
        self.changes.note("chat", chat.id)

    def join(self, chat: Chat, user: User, *, by: User | None = None) -> Update | None:
        """The user (also the bot) comes in, or is brought in `by` somebody."""
        update = self.set_member(chat, Member(user, "member"), by=by or user)
        self._tell(chat, by or user, {"new_chat_members": [user.as_json()]})
        return update

    def leave(self, chat: Chat, user: User) -> Update | None:
        """The user goes."""
        self._tell(chat, user, {"left_chat_member": user.as_json()})
        return self.set_member(chat, Member(user, "left"), by=user)

    def kick(self, chat: Chat, user: User, *, by: User | None = None) -> Update | None:
        """The user (also the bot) is thrown out and can't come back."""
        self._tell(chat, by or self.owner(chat), {"left_chat_member": user.as_json()})
        return self.set_member(chat, Member(user, "kicked"), by=by)

    def promote(
        self,
        chat: Chat,
        user: User,
        *,
        rights: Sequence[str] | None = None,
        anonymous: bool = False,
        by: User | None = None,
    ) -> Update | None:
        """The user becomes an administrator, with all rights where none are given."""
        granted = _all_rights(chat) if rights is None else frozenset(rights)
        return self.set_member(chat, Member(user, "administrator", granted, anonymous), by=by)

    def demote(self, chat: Chat, user: User, *, by: User | None = None) -> Update | None:
        """The user is an ordinary member again."""
        return self.set_member(chat, Member(user, "member"), by=by)

    def restrict(
        self, chat: Chat, user: User, permissions: Sequence[str] = (), *, by: User | None = None
    ) -> Update | None:
        """The user keeps these permissions only."""
        return self.set_member(chat, Member(user, "restricted", frozenset(permissions)), by=by)

    def set_member(self, chat: Chat, member: Member, *, by: User | None = None) -> Update | None:
        """Change how somebody stands in a chat; the update that tells the bot, None where it isn't told."""
        before = chat.member(member.user)
        if chat.members is not None:
            self._place(chat, member)
        mine = member.user == self.bot
        change = {
            "chat": chat.as_json(),
            "from": (by or self.owner(chat)).as_json(),
            "date": int(self.now()),
            "old_chat_member": before.as_json(),
            "new_chat_member": member.as_json(),
        }
        if mine or chat.member(self.bot).is_admin:
            return self.updates.push("my_chat_member" if mine else "chat_member", change)
        return None

    def owner(self, chat: Chat) -> User:
        """Who founded it."""
        return next((member.user for member in chat.people() if member.status == "creator"), self.bot)

    def block(self, user: User) -> Update | None:
        """The person stops the bot in their private chat."""
        return self._blocks(user, blocked=True)

    def unblock(self, user: User) -> Update | None:
        """The person lets it write again."""
        return self._blocks(user, blocked=False)

    def _blocks(self, user: User, *, blocked: bool) -> Update | None:
        chat = self.private_chat(user)
        before, after = Member(self.bot, "member"), Member(self.bot, "kicked")
        chat.blocked = blocked
        self.changes.note("chat", chat.id)
        old, new = (before, after) if blocked else (after, before)
        change = {"old_chat_member": old.as_json(), "new_chat_member": new.as_json()}
        head = {"chat": chat.as_json(), "from": user.as_json(), "date": int(self.now())}
        return self.updates.push("my_chat_member", head | change)

    def upgrade(self, group: Chat) -> Chat:
        """A group becomes a supergroup with another id; whoever writes to the old id is told the new one."""
        new = Chat(self._free_id("supergroup"), "supergroup", group.title, members=dict(group.members or {}))
        self.chats[new.id] = new
        owner = self.owner(group)
        self._tell(group, owner, {"migrate_to_chat_id": new.id})
        group.migrated_to = new.id
        self.changes.note("chat", group.id)
        self.changes.note("chat", new.id)
        self._tell(new, owner, {"migrate_from_chat_id": group.id})
        return new

    def destroy(self, chat: Chat) -> None:
        """The chat is deleted by its owner, or the person's account is."""
        chat.gone = True
        self.changes.note("chat", chat.id)

    def add_topic(self, chat: Chat, name: str, *, by: User | None = None) -> Topic:
        """A new topic of a forum; its id is that of the message telling of it."""
        topics = self._topics(chat)
        number = chat.last_message_id + 1
        topics[number] = Topic(number, name)
        self.changes.note("chat", chat.id)
        created = {"forum_topic_created": {"name": name, "icon_color": _TOPIC_COLOR}}
        self._tell(chat, by or self.owner(chat), created | _in_topic(number))
        return topics[number]

    def close_topic(self, chat: Chat, topic: Topic, *, by: User | None = None) -> None:
        """Only administrators can write there from now on."""
        self._topics(chat)[topic.id].closed = True
        self.changes.note("chat", chat.id)
        self._tell(chat, by or self.owner(chat), {"forum_topic_closed": {}} | _in_topic(topic.id))

    def reopen_topic(self, chat: Chat, topic: Topic, *, by: User | None = None) -> None:
        """All can write there again."""
        self._topics(chat)[topic.id].closed = False
        self.changes.note("chat", chat.id)
        self._tell(chat, by or self.owner(chat), {"forum_topic_reopened": {}} | _in_topic(topic.id))

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """The topic goes with its messages; bots aren't told."""
        if topic.id == GENERAL:
            raise bad_request("TOPIC_ID_INVALID")
        del self._topics(chat)[topic.id]
        self.changes.note("chat", chat.id)
        for message in [each for each in chat.messages.values() if each.get("message_thread_id") == topic.id]:
            self.remove(message)

    def _topics(self, chat: Chat) -> dict[int, Topic]:
        if chat.topics is None:
            raise bad_request("the chat is not a forum")
        return chat.topics

    def _tell(self, chat: Chat, by: User, event: dict[str, Any]) -> None:
        """A service message; channels have none of these."""
        if chat.type == "channel":
            return
        self.deliver("message", self.put(chat, by, event))

    def set_permissions(self, chat: Chat, permissions: Sequence[str]) -> None:
        """What ordinary members may do from now on."""
        chat.permissions = frozenset(permissions)
        self.changes.note("chat", chat.id)

    def set_privacy(self, *, on: bool) -> None:
        """Whether the bot reads in groups only what is meant for it, as its owner sets it up with @BotFather."""
        self.privacy = on

    def set_private_topics(self, *, on: bool) -> None:
        """Whether private chats with the bot have topics, as its owner sets it up with @BotFather."""
        self.private_topics = on

    def set_shared_ids(self, *, on: bool) -> None:
        """Whether message ids of private chats and basic groups have one counter, as in Telegram, from now on.

        Off, they count in each chat, which is easier to read.
        """
        self.shared_ids = on

    def set_limits(self, *, on: bool) -> None:
        """Whether Telegram's limits on sending are kept from now on."""
        self.limits = Limits() if on else None

    def set_language(self, user: User, language_code: str | None) -> User:
        """The person's app speaks this language from now on; as users are immutable, the new one."""
        spoken = replace(user, language_code=language_code)
        self.users[user.id] = spoken
        for chat in self.chats.values():
            if chat.members and user.id in chat.members:
                chat.members[user.id] = replace(chat.members[user.id], user=spoken)
        self.changes.note("user", user.id)
        return spoken

    def set_anonymous(self, chat: Chat, user: User, *, anonymous: bool = True) -> None:
        """An administrator writes in the group's name from now on, or in their own."""
        self._place(chat, replace(chat.member(user), anonymous=anonymous))


def _in_topic(thread: int) -> dict[str, Any]:
    return {} if thread == GENERAL else {"message_thread_id": thread, "is_topic_message": True}


def _all_rights(chat: Chat) -> frozenset[str]:
    return ADMIN_RIGHTS | (CHANNEL_RIGHTS if chat.type == "channel" else GROUP_RIGHTS)
