"""Whether the bot answers a message, and how: pure, from the message, the chat's policy and who the bot is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Self

from telegram import Message, User
from telegram.constants import ChatType

from bot.deciding.asking import goes_on, looks_like_question
from bot.deciding.small_talk import Kind, small_talk
from bot.deciding.wording import Wording, read
from retrieval.tokens import syllables

Mode = Literal["mention", "questions", "every", "off"]
Action = Literal["answer", "edit", "talk", "help", "silent"]
Reason = Literal[
    # answered
    "private", "command", "mention", "reply", "looks_like_question", "every_message", "edited",
    # neither: no question, whether or not something is said to it
    "small_talk",
    # helped: put to the bot, but not to be answered
    "nothing_asked", "no_words", "no_text", "unknown_command",
    # silent, whoever asks
    "channel_post", "direct_messages", "automatic_forward", "own_inline_result", "itself", "bot", "service", "off",
    "edit_of_unanswered", "command_for_another_bot", "other_command",
    # silent, as it wasn't put to the bot
    "not_addressed", "forwarded", "by_inline_bot", "to_another_bot", "to_a_person", "no_question", "too_long",
]  # fmt: skip

# Bots can't tell the General topic by a thread id: its messages have none. Telegram's apps know it as topic 1.
GENERAL = 1
# What a reply to the bot's message in a group may be besides a question: the others there needn't read the rest.
_WORTH_A_WORD: frozenset[Kind] = frozenset({"complaint", "thanks", "about"})
# In characters. Longer texts that nobody put to the bot are articles and speeches, not questions.
LONGEST_UNADDRESSED = 500
QUESTION_COMMANDS = frozenset({"hoi", "ask"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, from getMe; `reads_all` is False in privacy mode."""

    id: int
    username: str
    reads_all: bool = False

    @classmethod
    def of(cls, user: User) -> Self:
        """From the user that getMe gives."""
        return cls(user.id, user.username or "", bool(user.can_read_all_group_messages))


@dataclass(frozen=True, slots=True)
class Policy:
    """What is answered in a group, and in those of its topics that differ (by thread id, `GENERAL` for General)."""

    mode: Mode = "mention"
    topics: Mapping[int, Mode] = field(default_factory=lambda: MappingProxyType({}))

    def mode_in(self, topic: int | None) -> Mode:
        """The mode that holds in a topic; `None` is a group without topics."""
        return self.mode if topic is None else self.topics.get(topic, self.mode)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: as a reply to `message_id`, in a topic if `thread_id` is given."""

    chat_id: int
    thread_id: int | None
    message_id: int


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


def decide(message: Message, policy: Policy, me: Identity, *, edited: bool = False, answered: bool = False) -> Decision:
    """The decision about a message that is new or `edited`; `answered` where the bot has replied to it before."""
    nothing = passed_over(message, me)
    if nothing is None:
        verdict = _judged(message, policy, me, edited=edited, answered=answered)
    else:
        verdict = _Verdict("silent", nothing)
    return Decision(
        verdict.action, verdict.reason, place_of(message), verdict.addressed, verdict.question, verdict.talk
    )


def place_of(message: Message) -> Place:
    """Where to reply. Outside of topics a thread id only names the first message of a chain of replies."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat.id, thread, message.message_id)


def topic_of(message: Message) -> int | None:
    """The topic that a message stands in, None in chats without topics."""
    if message.is_topic_message:
        return message.message_thread_id
    return GENERAL if message.chat.is_forum else None


def is_anonymous_admin(message: Message) -> bool:
    """Whether an admin writes in the name of the group; Telegram gives a bot of its own as the sender."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def writer_of(message: Message) -> int | None:
    """Who wrote a message, by id: the group or channel in whose name it is written, else the person.

    For those who write in a chat's name Telegram has one account that stands in the place of the person in all chats.
    """
    writer = message.sender_chat or message.from_user
    return writer.id if writer else None


def hidden_from(me: Identity, mode: Mode, *, is_admin: bool) -> bool:
    """Whether privacy mode keeps from the bot what the mode is about; bots that are admins see everything."""
    return mode in {"questions", "every"} and not (me.reads_all or is_admin)


def passed_over(message: Message, me: Identity) -> Reason | None:
    """Why a message is nothing that a person has just said to the chat; None where it is."""
    sender = message.from_user
    reason: Reason | None = None
    if message.chat.type == ChatType.CHANNEL:
        reason = "channel_post"
    elif message.direct_messages_topic:
        reason = "direct_messages"  # what people write to a channel, its admins answer
    elif message.is_automatic_forward:
        reason = "automatic_forward"
    elif message.via_bot and message.via_bot.id == me.id:
        reason = "own_inline_result"
    elif sender and sender.id == me.id:
        reason = "itself"
    elif sender and sender.is_bot and message.sender_chat is None:
        reason = "bot"  # but not those by which Telegram stands in for anonymous admins and for channels
    elif message.text is None and message.caption is None and message.effective_attachment is None:
        reason = "service"
    return reason


def _judged(message: Message, policy: Policy, me: Identity, *, edited: bool, answered: bool) -> _Verdict:
    said = read(message, me.id, me.username)
    private = message.chat.type == ChatType.PRIVATE
    if not private and policy.mode_in(topic_of(message)) == "off":
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
    return _put_to_the_bot(message, said, reason) if reason else _overheard(message, said, policy)


def _edited(said: Wording) -> _Verdict:
    """The first wording was answered, so the new one is put to the bot too, whether or not it still says so."""
    if said.command and said.command.name not in QUESTION_COMMANDS:
        return _Verdict("silent", "other_command")
    if small_talk(said.question):
        return _Verdict("silent", "small_talk" if syllables(said.question) else "no_words")
    return _Verdict("edit", "edited", True, said.question)


def _addressed(said: Wording) -> Reason | None:
    if said.command:
        return "command"
    if said.mentions_me:
        return "mention"
    return "reply" if said.replied_to == "me" else None


def _put_to_the_bot(message: Message, said: Wording, reason: Reason) -> _Verdict:
    talk = small_talk(said.question)
    if said.question and talk not in {None, "nothing"}:
        return _Verdict("talk", "small_talk", True, talk=talk)
    # "/hoi" or "@trich_bot ?" under somebody's message asks that message.
    for question in (said.question, said.points_at if said.text else ""):
        if small_talk(question) is None:
            return _Verdict("answer", reason, True, question)
    if said.text:
        return _Verdict("help", "no_words" if said.question else "nothing_asked", True)
    # A photo or sticker alone: in a group it is a reaction to what the bot said, in private somebody expects a reply.
    return _Verdict("help" if message.chat.type == ChatType.PRIVATE else "silent", "no_text", True)


def _only_replies(said: Wording) -> bool:
    """Whether a message that replies to the bot's in a group says something there, and asks nothing."""
    talk = small_talk(said.question)
    if talk:
        return talk not in _WORTH_A_WORD
    return not (looks_like_question(said.question) or goes_on(said.question))


def _overheard(message: Message, said: Wording, policy: Policy) -> _Verdict:
    mode = policy.mode_in(topic_of(message))
    if mode == "mention":
        return _Verdict("silent", "not_addressed")
    why_not = _not_for_all(message, said)
    if why_not:
        return _Verdict("silent", why_not)
    if mode == "every":
        return _Verdict("answer", "every_message", False, said.question)
    if said.replied_to == "another" or said.mentions_others:
        return _Verdict("silent", "to_a_person")
    if not looks_like_question(said.question):
        return _Verdict("silent", "no_question")
    return _Verdict("answer", "looks_like_question", False, said.question)


def _not_for_all(message: Message, said: Wording) -> Reason | None:
    """Why a message isn't a question to everyone in the group."""
    if message.forward_origin:
        return "forwarded"
    if message.via_bot:
        return "by_inline_bot"
    if said.replied_to == "a bot" or said.mentions_another_bot:
        return "to_another_bot"
    if not syllables(said.question):
        return "no_words" if said.text else "no_text"
    if small_talk(said.question):
        return "small_talk"
    return "too_long" if len(said.question) > LONGEST_UNADDRESSED else None
