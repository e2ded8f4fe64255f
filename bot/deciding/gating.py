"""Whether the bot answers a message, and how: pure, from what was said, the chat's policy and who the bot is."""

from dataclasses import dataclass
from typing import Literal

from bot.deciding.asking import goes_on, looks_like_question
from bot.deciding.said import Identity, NotSaid, Said
from bot.deciding.small_talk import Kind, small_talk
from bot.ground.place import Place
from bot.memory.policy import Mode, Policy
from retrieval.tokens import syllables

Action = Literal["answer", "edit", "talk", "help", "silent"]
Reason = NotSaid | Literal[
    # answered
    "private", "command", "mention", "reply", "looks_like_question", "every_message", "edited",
    # neither: no question, whether or not something is said to it
    "small_talk",
    # helped: put to the bot, but not to be answered
    "nothing_asked", "no_words", "no_text", "unknown_command",
    # silent, whoever asks (besides what nobody has said)
    "off", "edit_of_unanswered", "command_for_another_bot", "other_command",
    # silent, as it wasn't put to the bot
    "not_addressed", "forwarded", "by_inline_bot", "to_another_bot", "to_a_person", "no_question", "too_long",
]  # fmt: skip

# What a reply to the bot's message in a group may be besides a question: the others there needn't read the rest.
_WORTH_A_WORD: frozenset[Kind] = frozenset({"complaint", "thanks", "about", "news"})
# In characters. Longer texts that nobody put to the bot are articles and speeches, not questions.
LONGEST_UNADDRESSED = 500
QUESTION_COMMANDS = frozenset({"hoi", "ask"})


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a message and why.

    `answer`: reply to `question`; `edit`: change the replies given before; `talk`: there is nothing to look for, but
    something to say to small talk of this kind; `help`: say how to ask, or what was wrong (`reason`). A weak answer is
    kept back unless `addressed`. `question` is empty unless it is to be answered.
    """

    action: Action
    reason: Reason
    place: Place
    addressed: bool = False
    question: str = ""
    talk: Kind | None = None


@dataclass(frozen=True, slots=True)
class _Verdict:
    action: Action
    reason: Reason
    addressed: bool = False
    question: str = ""
    talk: Kind | None = None


def decide(said: Said, policy: Policy, me: Identity, *, edited: bool = False, answered: bool = False) -> Decision:
    """The decision about a message that is new or `edited`; `answered` where the bot has replied to it before."""
    if said.not_said is None:
        verdict = _judged(said, policy, me, edited=edited, answered=answered)
    else:
        verdict = _Verdict("silent", said.not_said)
    return Decision(verdict.action, verdict.reason, said.place, verdict.addressed, verdict.question, verdict.talk)


def hidden_from(me: Identity, mode: Mode, *, is_admin: bool) -> bool:
    """Whether privacy mode keeps from the bot what the mode is about; bots that are admins see everything."""
    return mode in {"questions", "every"} and not (me.reads_all or is_admin)


def _judged(said: Said, policy: Policy, me: Identity, *, edited: bool, answered: bool) -> _Verdict:
    private = said.is_private
    if not private and policy.mode_in(said.topic) == "off":
        return _Verdict("silent", "off")
    if said.command and said.command.bot not in {"", me.username.lower()}:
        return _Verdict("help", "unknown_command", True) if private else _Verdict("silent", "command_for_another_bot")
    if edited:
        return _edited(said) if answered else _Verdict("silent", "edit_of_unanswered")
    if said.command and said.command.name not in QUESTION_COMMANDS:
        meant = private or bool(said.command.bot)
        return _Verdict("help", "unknown_command", True) if meant else _Verdict("silent", "other_command")
    reason: Reason | None = "private" if private else _addressed(said)
    if reason == "reply" and said.text and _only_replies(said):
        reason = None
    return _put_to_the_bot(said, reason) if reason else _overheard(said, policy)


def _edited(said: Said) -> _Verdict:
    """The first wording was answered, so the new one is put to the bot too, whether or not it still says so."""
    if said.command and said.command.name not in QUESTION_COMMANDS:
        return _Verdict("silent", "other_command")
    if small_talk(said.question):
        return _Verdict("silent", "small_talk" if syllables(said.question) else "no_words")
    return _Verdict("edit", "edited", True, said.question)


def _addressed(said: Said) -> Reason | None:
    if said.command:
        return "command"
    if said.mentions_me:
        return "mention"
    return "reply" if said.replied_to == "me" else None


def _put_to_the_bot(said: Said, reason: Reason) -> _Verdict:
    talk = small_talk(said.question)
    if talk not in {None, "nothing"}:
        return _Verdict("talk", "small_talk", True, talk=talk)
    # "/hoi" or "@trich_bot ?" under somebody's message asks that message.
    for question in (said.question, said.points_at if said.text else ""):
        if small_talk(question) is None:
            return _Verdict("answer", reason, True, question)
    if said.text:
        return _Verdict("help", "no_words" if said.question else "nothing_asked", True)
    # A photo or sticker alone: in a group it is a reaction to what the bot said, in private somebody expects a reply.
    return _Verdict("help" if said.is_private else "silent", "no_text", True)


def _only_replies(said: Said) -> bool:
    """Whether a message that replies to the bot's in a group says something there, and asks nothing."""
    talk = small_talk(said.question)
    if talk:
        return talk not in _WORTH_A_WORD
    return not (looks_like_question(said.question) or goes_on(said.question))


def _overheard(said: Said, policy: Policy) -> _Verdict:
    mode = policy.mode_in(said.topic)
    if mode == "mention":
        return _Verdict("silent", "not_addressed")
    why_not = _not_for_all(said)
    if why_not:
        return _Verdict("silent", why_not)
    if mode == "every":
        return _Verdict("answer", "every_message", False, said.question)
    if said.replied_to == "another" or said.mentions_others:
        return _Verdict("silent", "to_a_person")
    if not looks_like_question(said.question):
        return _Verdict("silent", "no_question")
    return _Verdict("answer", "looks_like_question", False, said.question)


def _not_for_all(said: Said) -> Reason | None:
    """Why a message isn't a question to everyone in the group."""
    if said.is_forwarded:
        return "forwarded"
    if said.by_inline_bot:
        return "by_inline_bot"
    if said.replied_to == "a bot" or said.mentions_another_bot:
        return "to_another_bot"
    if not syllables(said.question):
        return "no_words" if said.text else "no_text"
    if small_talk(said.question):
        return "small_talk"
    return "too_long" if len(said.question) > LONGEST_UNADDRESSED else None
