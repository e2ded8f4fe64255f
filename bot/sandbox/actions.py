"""What people do to messages: write, post, edit, delete, tap, react."""

import contextlib
from collections.abc import Sequence
from typing import Any

from bot.sandbox.chats import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM, Chat, Message, User
from bot.sandbox.entities import Entity
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.groups import Groups
from bot.sandbox.menus import menu
from bot.sandbox.message_text import formatted_caption, formatted_text
from bot.sandbox.pictures import picture_size
from bot.sandbox.reactions import as_reactions, counted, is_allowed
from bot.sandbox.rich import buttons_in, checked
from bot.sandbox.threads import check_open, threaded
from bot.sandbox.updates import Update


class People(Groups):
    """What anybody does in an app."""

    def say(  # noqa: PLR0913 - each a choice that an app offers, by name only
        self,
        user: User,
        chat: Chat,
        text: str,
        *,
        reply_to: int | None = None,
        topic: int | None = None,
        as_chat: Chat | None = None,
        formatting: Sequence[Entity] = (),
    ) -> Update:
        """The person sends a text; returns the update, queued for the bot if it gets to see it.

        `topic` is a topic of a forum (default: that of the message replied to, else General), or a thread of comments;
        `as_chat` a channel in whose name the person writes. Anonymous administrators write in the group's name. What is
        said in a channel is a post, and goes on to its discussion group. Raises ApiError for what an app can't send
        either: nothing to be seen, over 4096 UTF-16 units, no message `reply_to`, no right to write there.
        """
        clean, entities = formatted_text(text, entities=formatting)
        content = {"text": clean} | self.entities(entities)
        return self._written(user, chat, content, reply_to=reply_to, topic=topic, as_chat=as_chat)

    def send_photo(
        self, user: User, chat: Chat, content: bytes, caption: str = "", *, topic: int | None = None
    ) -> Update:
        """The person sends a picture (PNG or JPEG)."""
        photo = self.files.add("photos", content, size=picture_size(content))
        return self._written(user, chat, {"photo": [photo.as_photo()]} | self.caption(caption), topic=topic)

    def send_document(  # noqa: PLR0913 - as `say`
        self, user: User, chat: Chat, content: bytes, name: str, *, caption: str = "", topic: int | None = None
    ) -> Update:
        """The person sends a file."""
        document = self.files.add("documents", content, name)
        shown = {"document": document.as_document()} | self.caption(caption)
        return self._written(user, chat, shown, topic=topic)

    def publish(self, user: User, chat: Chat, rich_message: dict[str, Any]) -> Update:
        """The person sends a rich message, given as Telegram will send it on; raises ApiError for what is none."""
        return self._written(user, chat, {"rich_message": checked(rich_message)})

    def caption(self, caption: str) -> dict[str, Any]:
        """A caption's fields; none without one."""
        text, entities = formatted_caption(caption)
        return ({"caption": text} if text else {}) | self.entities(entities, "caption_entities")

    def comment(self, user: User, post: Message, text: str) -> Update:
        """The person replies to a channel post in the channel's discussion group."""
        copy = self.copy_of(post)
        return self.say(user, self.home(copy), text, reply_to=copy["message_id"])

    def copy_of(self, post: Message) -> Message:
        """The message that a channel post has become in the discussion group; raises ApiError where there is none."""
        group = self.home(post).linked_chat
        for message in group.messages.values() if group else ():
            origin = message.get("forward_origin", {})
            if message.get("is_automatic_forward") and origin.get("message_id") == post["message_id"]:
                return message
        raise bad_request("the post has no discussion")

    def _written(  # noqa: PLR0913 - as `say`
        self,
        user: User,
        chat: Chat,
        content: dict[str, Any],
        *,
        reply_to: int | None = None,
        topic: int | None = None,
        as_chat: Chat | None = None,
    ) -> Update:
        original = None if reply_to is None else self.original(chat, reply_to)
        place = threaded(chat, topic, original)
        _check_may_write(user, chat)
        check_open(chat, place.get("message_thread_id"), user)
        receiver = user if self._is_ephemeral(user, chat, content, original) else None
        message = self.put(chat, user, content | place | _in_the_name_of(user, chat, as_chat), receiver)
        update = self.deliver("channel_post" if chat.type == "channel" else "message", message)
        if chat.type == "channel":
            self.forward(message)
        return update

    def _is_ephemeral(self, user: User, chat: Chat, content: dict[str, Any], original: Message | None) -> bool:
        """Whether an app shows it to the bot only: a command that the bot has set so, a reply to what only one sees."""
        if chat.type not in {"group", "supergroup"}:
            return False
        if original is not None and "ephemeral_message_id" in original:
            return True
        entity = next(iter(content.get("entities", ())), {"type": "", "offset": -1, "length": 0})
        name = content["text"][1 : entity["length"]].partition("@")[0] if entity["type"] == "bot_command" else ""
        listed = menu(self, chat, user) if entity["offset"] == 0 else []
        return any(each["command"] == name and each.get("is_ephemeral") for each in listed)

    def forward(self, post: Message) -> None:
        """A channel post goes on to the discussion group, as Telegram does it by itself."""
        channel = self.home(post)
        if channel.linked_chat is None:
            return
        content = {key: post[key] for key in _CONTENT if key in post}
        origin = {"type": "channel", "chat": post["chat"], "message_id": post["message_id"], "date": post["date"]}
        head = {"sender_chat": post["chat"], "forward_origin": origin, "is_automatic_forward": True}
        self.deliver("message", self.put(channel.linked_chat, TELEGRAM, head | content))

    def edit(self, message: Message, text: str) -> Update:
        """Whoever wrote the message gives it another text (or caption); that of a post changes in the group too."""
        if "ephemeral_message_id" in message:
            raise bad_request("MESSAGE_ID_INVALID")
        if "text" in message or "rich_message" in message:
            clean, entities = formatted_text(text)
            content = {"text": clean} | self.entities(entities)
        else:
            kept = {key: message[key] for key in ("photo", "document") if key in message}
            content = kept | self.caption(text)
        return self._edited(message, content)

    def edit_to_rich(self, message: Message, rich_message: dict[str, Any]) -> Update:
        """Whoever wrote the message makes it a rich one, or another rich one."""
        if "text" not in message and "rich_message" not in message:
            raise bad_request("there is no text in the message to edit")
        return self._edited(message, {"rich_message": checked(rich_message)})

    def _edited(self, message: Message, content: dict[str, Any]) -> Update:
        edited = self.edited(message, content)
        self.replace(edited)
        if self.home(message).type != "channel":
            return self.deliver("edited_message", edited)
        update = self.deliver("edited_channel_post", edited)
        self.follow(message, content)
        return update

    def follow(self, post: Message, content: dict[str, Any]) -> None:
        """The copy of an edited post changes in the discussion group, if there is one still."""
        with contextlib.suppress(ApiError):
            copy = self.edited(self.copy_of(post), content)
            self.replace(copy)
            self.deliver("edited_message", copy)

    def delete(self, message: Message) -> None:
        """Somebody deletes the message; bots aren't told."""
        self.remove(message)

    def tap(self, user: User, message: Message, data: str) -> Update:
        """The person taps the inline button with this callback data under a message of the bot."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [*(button for row in rows for button in row), *buttons_in(message.get("rich_message"))]
        if not any(button.get("callback_data") == data for button in buttons):
            raise bad_request("BUTTON_DATA_INVALID")
        if message.get("receiver_user", user.as_json())["id"] != user.id:
            raise bad_request("MESSAGE_ID_INVALID")
        query_id = str(len(self.callback_queries) + 1)
        self.callback_queries[query_id] = None
        self.tapped[query_id] = (user.id, message["chat"]["id"], self.now())
        inline_id = self.inline_id(message)
        about = {"message": message} if inline_id is None else {"inline_message_id": inline_id}
        head = {"id": query_id, "from": user.as_json(), "chat_instance": str(message["chat"]["id"]), "data": data}
        return self.updates.push("callback_query", head | about)

    def inline_id(self, message: Message) -> str | None:
        """How the bot knows a message sent through its inline mode."""
        place = message["chat"]["id"], message["message_id"]
        return next((number for number, where in self.inline_messages.items() if where == place), None)

    def react(self, user: User, message: Message, emoji: Sequence[str]) -> Update | None:
        """The person's reactions to the message become these; the update, None where the bot isn't told.

        It is told as an administrator or in a private chat, and only on request (`allowed_updates`); of a channel's
        reactions it learns the counts.
        """
        if not all(map(is_allowed, emoji)) or "ephemeral_message_id" in message:
            raise bad_request("REACTION_INVALID")
        chat = self.home(message)
        reactions = chat.reactions.setdefault(message["message_id"], {})
        before = reactions.get(user.id, ())
        reactions[user.id] = tuple(emoji)
        self.touch(message)
        if chat.type != "private" and not chat.member(self.bot).is_admin:
            return None
        head = {"chat": chat.as_json(), "message_id": message["message_id"], "date": int(self.now())}
        if chat.type == "channel":
            return self.updates.push("message_reaction_count", head | {"reactions": counted(reactions)})
        who = {"actor_chat": chat.as_json()} if chat.member(user).anonymous else {"user": user.as_json()}
        change = {"old_reaction": as_reactions(before), "new_reaction": as_reactions(emoji)}
        return self.updates.push("message_reaction", head | who | change)

    def expire_queries(self) -> None:
        """So much time goes by that no tap or inline query can be answered any more."""
        for queries in (self.callback_queries, self.inline_queries):
            queries.update({number: {} for number, answer in queries.items() if answer is None})


_CONTENT = ("rich_message", "text", "entities", "caption", "caption_entities", "photo", "document", "reply_markup")


def _check_may_write(user: User, chat: Chat) -> None:
    if chat.blocked:
        raise bad_request("YOU_BLOCKED_USER")
    permission = "can_post_messages" if chat.type == "channel" else "can_send_messages"
    if chat.gone or chat.migrated_to is not None or not chat.may(user, permission):
        raise bad_request("CHAT_WRITE_FORBIDDEN")


def _in_the_name_of(user: User, chat: Chat, as_chat: Chat | None) -> dict[str, Any]:
    """Who appears as the sender, where it isn't the person."""
    if as_chat is None and chat.type != "channel" and chat.member(user).anonymous:
        as_chat = chat
    if as_chat is None:
        return {}
    account = GROUP_ANONYMOUS_BOT if as_chat is chat else CHANNEL_BOT
    return {"from": account.as_json(), "sender_chat": as_chat.as_json()}
