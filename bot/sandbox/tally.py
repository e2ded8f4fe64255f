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
    """Of the people's messages there (or of those with these ids): see `answers` for what answers one.

    An answer counts once it is stored, whether or not the bot ever heard of it, and even if the question is deleted
    since or the answer itself is.
    """
    asked = chat.asked if questions is None else {number: chat.asked[number] for number in questions}
    given = answers(chat)
    times = [[chat.said[answer].at for answer in given.get(number, ())] for number in asked]
    seconds = tuple(each[0] - chat.asked[number] for number, each in zip(asked, times, strict=True) if each)
    doubled = sum(len(each) > 1 for each in times)
    return Tally(len(asked), len(seconds), len(asked) - len(seconds), doubled, seconds)


def answers(chat: Chat) -> dict[int, list[int]]:
    """The bot's messages by the message that each answers: what it replies to, and in a private chat what it stands
    below, of all that nothing else answers the nearest.

    What stands below another message of the bot goes on from that, and counts for nothing, unless it says the same.
    """
    found: dict[int, list[int]] = {}
    for number, said in chat.said.items():
        if said.to is not None:
            found.setdefault(said.to, []).append(number)
    if chat.type != "private":
        return found
    unanswered: list[int] = []
    above: int | None = None  # the bot's message right above
    of = {number: question for question, numbers in found.items() for number in numbers}
    for number in chat.authors:  # every message, in order, also what the bot was not told of
        if number not in chat.said:
            above = None
            unanswered += [number] if number in chat.asked and number not in found else []
            continue
        if number not in of:
            question = None
            if above is None:
                question = unanswered.pop() if unanswered else None
            elif chat.said[above].text == chat.said[number].text:
                question = of.get(above)
            if question is not None:
                of[number] = question
                found.setdefault(question, []).append(number)
        above = number
    return found
