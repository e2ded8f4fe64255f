"""The buttons under an answer: what they ask for, and which stand where; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.ground.splitting import units
from bot.memory.exchanges import TOKEN, Exchange
from bot.querylog.log import WhyBad

# more: further sentences. copy: the first quote as a message to be copied, where it is too long for a button.
# near: what came nearest. open: all buttons there are. ask: a question that was suggested. good, bad: what somebody
# thinks of the answer. wrong, unrelated, old, other: why. Of operators: pin the quote of this number as the answer,
# no_answer: nothing is, unpin: neither.
Action = Literal[
    "more", "context", "copy", "who", "timeline", "ask", "good", "bad", "wrong", "unrelated", "old", "other", "near",
    "open", "pin", "no_answer", "unpin",
]  # fmt: skip
Label = Literal[
    "button_more", "button_context", "button_copy", "button_who", "button_timeline", "button_ask", "button_good",
    "button_bad", "button_near", "button_open", "button_private", "button_wrong", "button_unrelated",
    "button_old", "button_other", "button_pin", "button_no_answer", "button_unpin", "button_send",
]  # fmt: skip

PATTERN = re.compile(rf"a:({TOKEN}):({'|'.join(get_args(Action))}):(\d{{1,3}})")
VOTES = re.compile(rf"a:{TOKEN}:(good|bad|wrong|unrelated|old|other):[01]")
COPIED = 256  # UTF-16 units that a button puts on the clipboard: core.telegram.org/bots/api#copytextbutton
CURATING = re.compile(rf"a:{TOKEN}:(pin|no_answer|unpin):\d")
_QUERY = 256  # characters of an inline query: core.telegram.org/bots/api#inlinequery
_ASKED = "q"
_START = re.compile(rf"{_ASKED}({TOKEN})")


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button asks for: of its exchange, the page `number` of what was found, or a suggestion by its number.

    Page 0 is the answer, page 1 what more there is, and so on.
    """

    token: str
    action: Action
    number: int


@dataclass(frozen=True, slots=True)
class Button:
    """A button by the name of its label, about a `subject` that the label names; it does one of the other four.

    `passed_on` is a question whose answer is sent to a chat that is chosen then.
    """

    label: Label
    subject: str = ""
    data: str = ""
    copied: str = ""
    url: str = ""
    passed_on: str = ""


def read_tap(data: str) -> Tap | None:
    """What the callback data of a button asks for; None if it is no data of these buttons."""
    match = PATTERN.fullmatch(data)
    action = next((each for each in get_args(Action) if match and each == match[2]), None)
    return Tap(match[1], action, int(match[3])) if match and action else None


def start_parameter(token: str) -> str:
    """What a link to the private chat carries so that its question is answered there."""
    return _ASKED + token


def read_start(parameter: str) -> str | None:
    """The token that such a link carries."""
    match = _START.fullmatch(parameter)
    return match[1] if match else None


def under_answer(token: str, exchange: Exchange, *, operated: bool = False) -> list[list[Button]]:
    """One row: what most people want; of a refusal what is near, after the questions that may have been meant.

    `operated`: for an operator, who can open more of them under a refusal too.
    """
    votes = [_button(token, "bad", 0)] if exchange.update is not None else []
    more = [_button(token, "open", 0)] if exchange.answered or operated else []
    if exchange.answered:
        return [[_button(token, "context", 0), *votes, *more]]
    looking = [_button(token, "near", 0)] if exchange.shown else []
    return [row for row in (*_suggested(token, exchange), [*looking, *votes, *more]) if row]


def all_under_answer(
    token: str, exchange: Exchange, copied: str, *, operated: bool = False, inline: bool = False
) -> list[list[Button]]:
    """Row by row, for a phone. `copied` is the first quote with its source. Operators can settle what the answer is.

    `inline`: the bot answers in every chat, so that a quote can be sent on.
    """
    settling = _settling(token, exchange) if operated else []
    if not exchange.answered:
        return [*under_answer(token, exchange), settling]
    looking = [_button(token, "context", 0), _button(token, "more", 1)]
    leading = [_button(token, "who", 0, exchange.person)] if exchange.person else []
    if exchange.topic:
        leading.append(_button(token, "timeline", 0))
    votes = _votes(token) if exchange.update is not None else []
    last = [*([_copy(token, 0, copied)] if copied else []), *votes]
    passing_on = [Button("button_send", passed_on=exchange.text)] if inline and len(exchange.text) <= _QUERY else []
    return [row for row in (looking, leading, last, passing_on, settling) if row]


def undo_curating(token: str) -> list[list[Button]]:
    """Under what says that it is settled."""
    return [[_button(token, "unpin", 0)]]


def _settling(token: str, exchange: Exchange) -> list[Button]:
    if exchange.curated:
        return [_button(token, "unpin", 0)]
    pins = [_button(token, "pin", number, str(number + 1)) for number in range(len(exchange.shown))]
    return [*pins, _button(token, "no_answer", 0)]


def under_group_answer(token: str, exchange: Exchange, url: str) -> list[list[Button]]:
    """Fewer: what one person wants to see more of, the others needn't; it is at `url`, a link to the private chat."""
    return [*_suggested(token, exchange), [Button("button_private", url=url), *_votes(token)]]


def under_more(token: str, page: int, copied: str, *, last: bool) -> list[list[Button]]:
    """Under a further page of sentences."""
    looking = [_button(token, "context", page), _copy(token, page, copied)]
    return [looking if last else [_button(token, "more", page + 1), *looking]]


def why_bad(token: str, *, own: bool) -> list[list[Button]]:
    """What may be wrong with an answer, two in a row; `own`: under a message of its own, not under the answer."""
    buttons = [_button(token, reason, int(own)) for reason in get_args(WhyBad)]
    return [buttons[:2], buttons[2:]]


def to_ask(token: str, questions: Sequence[str]) -> list[list[Button]]:
    """Questions to tap, those that an exchange suggests."""
    return [[_button(token, "ask", number, text)] for number, text in enumerate(questions)]


def _suggested(token: str, exchange: Exchange) -> list[list[Button]]:
    return to_ask(token, exchange.suggestions)


def _votes(token: str) -> list[Button]:
    return [_button(token, "good", 0), _button(token, "bad", 0)]


def _copy(token: str, page: int, copied: str) -> Button:
    if units(copied) <= COPIED:
        return Button("button_copy", copied=copied)
    return _button(token, "copy", page)


def _button(token: str, action: Action, number: int, subject: str = "") -> Button:
    return Button(_LABELS[action], subject, f"a:{token}:{action}:{number}")


_LABELS: dict[Action, Label] = {
    "more": "button_more",
    "context": "button_context",
    "copy": "button_copy",
    "who": "button_who",
    "timeline": "button_timeline",
    "ask": "button_ask",
    "good": "button_good",
    "bad": "button_bad",
    "wrong": "button_wrong",
    "unrelated": "button_unrelated",
    "old": "button_old",
    "other": "button_other",
    "near": "button_near",
    "open": "button_open",
    "pin": "button_pin",
    "no_answer": "button_no_answer",
    "unpin": "button_unpin",
}
