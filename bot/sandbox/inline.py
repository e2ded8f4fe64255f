"""Inline mode: people type the bot's name and a query in any chat, and choose one of its results. Guest mode: they
mention it in a chat that it isn't in, and it posts its answer there.
"""

import time
from typing import Any

from bot.sandbox.actions import People
from bot.sandbox.chats import Chat, Message, User
from bot.sandbox.errors import bad_request
from bot.sandbox.message_text import formatted_text

Query = dict[str, Any]  # the Bot API's InlineQuery


class Inline(People):
    """What people do with the bot where it isn't."""

    def ask_inline(self, user: User, text: str, offset: str = "", chat_type: str = "sender") -> Query:
        """The person types `@bot text`, or scrolls on to the next `offset`.

        The bot is asked unless an answer of its is still good (`cache_time`); that one then stands in `inline_queries`.
        """
        if not self.inline_mode:
            raise bad_request("BOT_INLINE_DISABLED")
        number = str(len(self.inline_queries) + 1)
        query = {"id": number, "from": user.as_json(), "query": text, "offset": offset, "chat_type": chat_type}
        self.inline_asked[number] = query
        self.inline_queries[number] = self._cached(user, text, offset)
        if self.inline_queries[number] is None:
            self.updates.push("inline_query", query)
        return query

    def _cached(self, user: User, text: str, offset: str) -> dict[str, Any] | None:
        for key in ((text, offset, None), (text, offset, user.id)):
            until, answer = self.inline_cache.get(key, (0.0, None))
            if answer is not None and time.monotonic() < until:
                return answer
        return None

    def choose(self, user: User, query: Query, result_id: str, chat: Chat) -> Message:
        """The person sends one of the results into a chat; the bot hears of the choice, and of the message if there."""
        answer = self.inline_queries.get(query["id"]) or {}
        result = next((each for each in answer.get("results", []) if each["id"] == result_id), None)
        if result is None:
            raise bad_request("RESULT_ID_INVALID")
        message = self.put(chat, user, result["message"] | {"via_bot": self.bot.as_json()})
        chosen = {"result_id": result_id, "from": user.as_json(), "query": query["query"]}
        if "reply_markup" in message:
            inline_id = f"inline{len(self.inline_messages) + 1}"
            self.inline_messages[inline_id] = (chat.id, message["message_id"])
            chosen["inline_message_id"] = inline_id
        self.updates.push("chosen_inline_result", chosen)
        self.deliver("message", message)
        return message

    def summon(self, user: User, chat: Chat, text: str) -> Message:
        """The person sends a text that mentions the bot into a chat that it isn't in; the bot may answer once."""
        if not self.guest_mode:
            raise bad_request("BOT_GUEST_MODE_DISABLED")
        if chat.members is not None and chat.member(self.bot).is_in:
            raise bad_request("the bot is no guest in the chat")
        clean, entities = formatted_text(text)
        message = self.put(chat, user, {"text": clean} | self.entities(entities))
        number = str(len(self.guest_queries) + 1)
        self.guest_queries[number] = None
        self.guest_asked[number] = message
        self.updates.push("guest_message", message | {"guest_query_id": number})
        return message
