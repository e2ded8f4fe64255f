"""The buttons under an answer: what they ask for, and which stand where; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from bot.ground.splitting import units
from bot.memory.exchanges import TOKEN, Exchange
from bot.querylog.rows import WhyBad
from bot.taps.buttons import Button
from bot.taps.codec import Form, Tap, digits

# more: further sentences. papers: where papers tell it differently. copy: the first quote as a message to be copied,
# where it is too long for a button. near: what came nearest. open: all buttons there are. ask: a question that was
# suggested. why: what it was chosen by. passage: what stands around the quote of this number alone. good, bad: what
# somebody thinks of the answer. wrong, unrelated, old, other: why. Of operators: pin the quote of this number as the
# answer, no_answer: nothing is, unpin: neither.
Curating = Literal["pin", "no_answer", "unpin"]
Vote = Literal["good", "bad"]
Action = Literal[
    "more", "why", "papers", "context", "passage", "copy", "who", "timeline", "ask", "near", "open", Vote, WhyBad,
    Curating,
]  # fmt: skip
COPIED = 256  # UTF-16 units that a button puts on the clipboard: core.telegram.org/bots/api#copytextbutton
_QUERY = 256  # characters of an inline query: core.telegram.org/bots/api#inlinequery
_ASKED = "q"
_START = re.compile(rf"{_ASKED}({TOKEN})")


@dataclass(frozen=True, slots=True)
class AnswerTap(Tap, name="a"):
    """Of an exchange, by its token: the page `number` of what was found, or a suggestion or quote by its number.

    Page 0 is the answer, page 1 what more there is, and so on. Of what may be wrong (`WhyBad`), 1: the button stands
    under a message of its own.
    """

    token: Annotated[str, Form(TOKEN)]
    action: Action
    number: Annotated[int, digits(3)]

    def is_vote(self) -> bool:
        """Whether it says what somebody thinks of the answer."""
        return self.action in {*get_args(Vote), *get_args(WhyBad)}

    def is_curating(self) -> bool:
        """Whether an operator settles with it what the answer is."""
        return self.action in get_args(Curating)


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


def all_under_answer(  # noqa: PLR0913 - all that there may be a button for
    token: str, exchange: Exchange, copied: str, *, papers: bool = False, operated: bool = False, inline: bool = False
) -> list[list[Button]]:
    """Row by row, for a phone. `copied` is the first quote with its source. Operators can settle what the answer is.

    `papers`: some tell it differently. `inline`: the bot answers in every chat, so that a quote can be sent on.
    """
    settling = _settling(token, exchange) if operated else []
    if not exchange.answered:
        return [*under_answer(token, exchange), settling]
    why = [] if exchange.curated else [_button(token, "why", 0)]
    looking = [_button(token, "context", 0), _button(token, "more", 1), *why]
    leading = [_button(token, "who", 0, exchange.person)] if exchange.person else []
    if exchange.topic:
        leading.append(_button(token, "timeline", 0))
    votes = _votes(token) if exchange.update is not None else []
    last = [*([_copy(token, 0, copied)] if copied else []), *votes]
    passing_on = [Button("button_send", passed_on=exchange.text)] if inline and len(exchange.text) <= _QUERY else []
    telling = [_button(token, "papers", 0)] if papers else []
    return [row for row in (looking, telling, leading, last, passing_on, settling) if row]


def beside_quotes(token: str, numbers: Sequence[int]) -> list[Button]:
    """One beside each quote of a rich message, by its number among those shown."""
    return [_button(token, "passage", number, str(place)) for place, number in enumerate(numbers, 1)]


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
    """Its text is named after what it does."""
    return Button(f"button_{action}", AnswerTap(token, action, number), values={"subject": subject})
