"""What became of the questions in a chat: how many were sent, answered, lost, answered twice."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.sandbox.chats import Chat


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of questions, and the seconds from each question to its first answer, in the questions' order."""

    sent: int
    answered: int
    lost: int
    doubled: int
    seconds: tuple[float, ...]

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.sent + other.sent,
            self.answered + other.answered,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.seconds + other.seconds,
        )


NOTHING = Tally(0, 0, 0, 0, ())


def tally(chat: Chat, questions: Collection[int] | None = None) -> Tally:
    """Of the people's messages there (or of those with these ids): an answer is a message of the bot in reply to one.

    A reply counts once it is stored, whether or not the bot ever heard of it, and even if the question is deleted
    since or the reply itself is. What follows a first message without being a reply itself counts for nothing.
    """
    asked = chat.asked if questions is None else {number: chat.asked[number] for number in questions}
    replies = [chat.replied.get(number, []) for number in asked]
    seconds = tuple(times[0] - chat.asked[number] for number, times in zip(asked, replies, strict=True) if times)
    doubled = sum(len(times) > 1 for times in replies)
    return Tally(len(asked), len(seconds), len(asked) - len(seconds), doubled, seconds)
