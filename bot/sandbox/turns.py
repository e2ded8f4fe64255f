"""What the bot did about an update: each call of its counted to the update that it came of.

A bot doesn't say which update it is at, so it is told by what the call names: the query that it answers, the message
that it replies to, edits or deletes. A message that names none stands below one, and belongs to what that belongs to;
what else names nothing follows the call before it in the same chat.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.state import Call
from bot.sandbox.updates import Pushed, Update

_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
_QUERIES = {"callback_query": "callback_query_id", "inline_query": "inline_query_id"}


@dataclass(slots=True)
class Turn:
    """An update and the calls that came of it, in order."""

    pushed: Pushed
    calls: list[Call] = field(default_factory=list)

    @property
    def update(self) -> Update:
        """The update itself."""
        return self.pushed.update

    def concerns(self, message_ids: Iterable[int]) -> bool:
        """Whether the update is about one of these messages of its chat, or the bot sent or changed one then."""
        return not {*_subjects(self.update), *(number for call in self.calls for number in _made(call))}.isdisjoint(
            message_ids
        )


def turns(history: Iterable[Pushed], calls: Iterable[Call], chat_id: int) -> list[Turn]:
    """What has happened in a chat (or in the inline mode of the person whose private chat it is), oldest first."""
    found = [Turn(pushed) for pushed in history if _chat_of(pushed.update) == chat_id]
    before: Turn | None = None
    for call in calls:
        known = [turn for turn in found if turn.pushed.at <= call.at]
        turn = _asked_by_query(call, known) or (_told_in_chat(call, known, before) if _chat(call) == chat_id else None)
        if turn is not None:
            turn.calls.append(call)
            before = turn
    return found


def _asked_by_query(call: Call, known: Sequence[Turn]) -> Turn | None:
    for kind, parameter in _QUERIES.items():
        if parameter in call.params:
            query = call.params[parameter]
            return next((turn for turn in known if turn.update.get(kind, {}).get("id") == query), None)
    return None


def _told_in_chat(call: Call, known: Sequence[Turn], before: Turn | None) -> Turn | None:
    named, made = {*_named(call)}, {*_made(call)}
    if made and not named:
        return _below(min(made), known) or before
    about = next((turn for turn in reversed(known) if not (named | made).isdisjoint(_subjects(turn.update))), None)
    latest = known[-1] if known else None
    return about or (before or latest if named else latest)


def _below(message_id: int, known: Sequence[Turn]) -> Turn | None:
    """Whose message stands right above this one, in the latest turn that is about it or made it."""
    above: tuple[int, Turn] | None = None
    for turn in known:
        for number in (*_subjects(turn.update), *(number for call in turn.calls for number in _made(call))):
            if number < message_id and (above is None or number >= above[0]):
                above = number, turn
    return above and above[1]


def _chat(call: Call) -> int | None:
    """The chat that a call names by its id."""
    number = str(call.params.get("chat_id", ""))
    return int(number) if number.removeprefix("-").isdecimal() else None


def _chat_of(update: Update) -> int | None:
    for kind, payload in update.items():
        match kind:
            case "callback_query" if "message" in payload:
                return int(payload["message"]["chat"]["id"])
            case "inline_query" | "callback_query" | "chosen_inline_result":
                return int(payload["from"]["id"])
            case _ if isinstance(payload, dict) and "chat" in payload:
                return int(payload["chat"]["id"])
    return None


def _subjects(update: Update) -> Iterator[int]:
    """The messages that an update is about."""
    for kind, payload in update.items():
        if kind in _MESSAGES or kind == "message_reaction":
            yield payload["message_id"]
        elif kind == "callback_query" and "message" in payload:
            yield payload["message"]["message_id"]


def _made(call: Call) -> Iterator[int]:
    """The messages that a call has sent or changed."""
    results = call.result if isinstance(call.result, list) else [call.result]
    for result in results:
        if isinstance(result, dict) and "message_id" in result:
            yield result["message_id"]


def _named(call: Call) -> Iterator[int]:
    """The messages that a call names: it replies to them, changes or deletes them, or what it changes replies to."""
    values = [call.params.get("message_id"), _decoded(call.params.get("reply_parameters")).get("message_id")]
    if isinstance(call.result, dict):
        values.append(call.result.get("reply_to_message", {}).get("message_id"))
    yield from (int(str(value)) for value in values if str(value).isdecimal())


def _decoded(value: Any) -> dict[str, Any]:
    """An object that a form carries as JSON."""
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
