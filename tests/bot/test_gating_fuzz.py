"""Whatever a message holds, a decision comes out, and one that can be carried out."""

from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.gating import Action, decide
from bot.deciding.messages import read
from bot.memory.policy import Mode, Policy
from retrieval.tokens import syllables
from tests.bot.messages import (
    ANONYMOUS_ADMIN,
    CHANNEL,
    FORUM,
    GROUP,
    LAN,
    ME,
    MY_USER,
    OTHER_BOT,
    PRIVATE,
    SUPERGROUP,
    TELEGRAM,
    message,
)

USERS = st.sampled_from([LAN, MY_USER, OTHER_BOT, ANONYMOUS_ADMIN, TELEGRAM])
CHATS = st.sampled_from([PRIVATE, GROUP, SUPERGROUP, FORUM, CHANNEL])
# Lone surrogates too: Telegram sends none, but JSON can hold them.
TEXTS = st.text(st.one_of(st.sampled_from("/@ ?,hoiaskTrich_Bot😀"), st.characters(codec=None)), max_size=60)
ENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["mention", "bot_command", "text_mention", "url", "bold"]),
            "offset": st.integers(0, 70),
            "length": st.integers(0, 70),
        },
        optional={"user": USERS},
    ),
    max_size=5,
)


@st.composite
def words(draw: st.DrawFn) -> dict[str, Any]:
    kind, entities = draw(st.sampled_from([("text", "entities"), ("caption", "caption_entities")]))
    return {kind: draw(TEXTS), entities: draw(ENTITIES)}


REPLIES = st.builds(
    lambda said, sender, automatic: {
        "reply_to_message": {"message_id": 20, "date": 1, "chat": SUPERGROUP, "from": sender}
        | said
        | ({"is_automatic_forward": True} if automatic else {})
    },
    words(),
    USERS,
    st.booleans(),
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "from": USERS,
        "via_bot": USERS,
        "sender_chat": CHATS,
        "is_topic_message": st.booleans(),
        "message_thread_id": st.sampled_from([1, 5, 20]),
    },
)


@given(
    chat=CHATS,
    said=words(),
    fields=FIELDS,
    reply=st.one_of(st.just({}), REPLIES),
    mode=st.sampled_from(get_args(Mode)),
    edited=st.booleans(),
    answered=st.booleans(),
)
def test_every_message_gets_a_decision_that_can_be_carried_out(
    *,
    chat: dict[str, Any],
    said: dict[str, Any],
    fields: dict[str, Any],
    reply: dict[str, Any],
    mode: Mode,
    edited: bool,
    answered: bool,
) -> None:
    decision = decide(
        read(message(None, chat, **(said | fields | reply)), ME), Policy(mode), ME, edited=edited, answered=answered
    )
    assert decision.action in get_args(Action)
    # There is something to ask wherever something is asked, and nothing is said to those who asked for silence.
    assert bool(syllables(decision.question)) is (decision.action in {"answer", "edit"})
    if chat is CHANNEL or (mode == "off" and chat is not PRIVATE):
        assert decision.action == "silent"
    if mode == "mention" and decision.action != "silent":
        assert decision.addressed
    if decision.action == "edit":
        assert edited
        assert answered
