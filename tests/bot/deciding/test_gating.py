"""Whether the bot answers: a table of messages as Telegram sends them, and what becomes of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from telegram import Message

from bot.deciding.gating import Action, Reason, decide, hidden_from
from bot.deciding.messages import read
from bot.deciding.said import Identity
from bot.ground.place import GENERAL, Place
from bot.memory.policy import Mode, Policy
from bot.updates.origin import topic_of
from bot.updates.parsing import parsed
from tests.bot.messages import (
    ANONYMOUS_ADMIN,
    CHANNEL,
    COMMENT,
    FORUM,
    FORWARDED,
    GROUP,
    IN_A_CHANNELS_NAME,
    JSON,
    LAN,
    ME,
    MY_USER,
    OTHER_BOT,
    PHOTO,
    PRIVATE,
    STICKER,
    SUPERGROUP,
    TELEGRAM,
    Q,
    as_rich,
    for_one_alone,
    linked,
    message,
    reply_to,
)


@dataclass(frozen=True)
class Case:
    id: str
    message: Message
    action: Action
    reason: Reason
    question: str = ""
    mode: Mode = "mention"
    topics: dict[int, Mode] = field(default_factory=dict)
    edited: bool = False
    answered: bool = False


LONGEST = "cầu " * 124 + "xưa?"  # 500 characters
CASES = [
    # Private chats: everything is put to the bot, whatever a policy says.
    Case("private_text_is_a_question", message(Q, PRIVATE), "answer", "private", Q),
    Case("private_is_never_off", message(Q, PRIVATE), "answer", "private", Q, mode="off"),
    Case("private_hoi_is_stripped", message(f"/hoi {Q}", PRIVATE), "answer", "private", Q),
    Case("private_hoi_alone_asks_nothing", message("/hoi", PRIVATE), "help", "nothing_asked"),
    Case("private_unknown_command", message("/cau dài", PRIVATE), "help", "unknown_command"),
    Case("private_command_for_another_bot", message("/hoi@nhac_bot x", PRIVATE), "help", "unknown_command"),
    Case("private_without_a_word", message("?! 👍🏽", PRIVATE), "help", "no_words"),
    Case("private_photo_alone", message(None, PRIVATE, **PHOTO), "help", "no_text"),
    Case("private_sticker", message(None, PRIVATE, **STICKER), "help", "no_text"),
    Case("private_sticker_under_a_question", message(None, PRIVATE, **STICKER, **reply_to(LAN, Q)), "help", "no_text"),
    Case("private_caption_is_a_question", message(None, PRIVATE, **PHOTO, caption=Q), "answer", "private", Q),
    Case("private_forward_is_a_question", message(Q, PRIVATE, **FORWARDED), "answer", "private", Q),
    Case("private_long_text", message("cầu " * 999 + "x", PRIVATE), "answer", "private", "cầu " * 999 + "x"),
    Case("private_other_language", message("桥有多长？", PRIVATE), "answer", "private", "桥有多长？"),
    Case("private_service_message", message(None, PRIVATE, delete_chat_photo=True), "silent", "service"),
    Case("private_text_of_our_inline_result", message(Q, PRIVATE, via_bot=MY_USER), "silent", "own_inline_result"),
    Case("private_text_by_a_bot", message(Q, PRIVATE, **{"from": OTHER_BOT}), "silent", "bot"),
    Case("private_topic", message(Q, PRIVATE, is_topic_message=True, message_thread_id=5), "answer", "private", Q,
         topics={5: "off"}),
    # Groups: commands.
    Case("hoi_with_text", message(f"/hoi {Q}"), "answer", "command", Q),
    Case("ask_with_text", message(f"/ask {Q}"), "answer", "command", Q),
    Case("hoi_in_a_basic_group", message(f"/hoi {Q}", GROUP), "answer", "command", Q),
    Case("hoi_in_capitals", message(f"/HOI {Q}"), "answer", "command", Q),
    Case("hoi_before_a_line_break", message(f"/hoi\n{Q}"), "answer", "command", Q),
    Case("hoi_at_this_bot", message(f"/hoi@Trich_Bot {Q}"), "answer", "command", Q),
    Case("hoi_at_this_bot_in_another_case", message(f"/hoi@trich_BOT {Q}"), "answer", "command", Q),
    Case("hoi_at_another_bot", message(f"/hoi@nhac_bot {Q}"), "silent", "command_for_another_bot"),
    Case("hoi_at_a_bot_with_a_longer_name", message(f"/hoi@trich_bot2 {Q}"), "silent", "command_for_another_bot"),
    Case("another_bots_command_where_all_is_read", message(f"/hoi@nhac_bot {Q}"), "silent", "command_for_another_bot",
         mode="every"),
    Case("hoi_alone", message("/hoi"), "help", "nothing_asked"),
    Case("hoi_at_this_bot_alone", message("/hoi@trich_bot"), "help", "nothing_asked"),
    Case("hoi_without_a_word", message("/hoi ???"), "help", "no_words"),
    Case("hoi_under_a_message_asks_it", message("/hoi", **reply_to(LAN, Q)), "answer", "command", Q),
    Case("hoi_with_text_under_a_message_asks_the_text", message(f"/hoi {Q}", **reply_to(LAN)), "answer", "command", Q),
    Case("hoi_under_a_caption_asks_it", message("/hoi", **reply_to(LAN, None, **PHOTO, caption=Q)),
         "answer", "command", Q),
    Case("hoi_under_a_quoted_part_asks_that_part",
         message("/hoi", **reply_to(LAN, f"Chào. {Q}"), quote={"text": Q, "position": 6}), "answer", "command", Q),
    Case("hoi_under_a_message_of_another_chat_asks_its_quoted_part",
         message("/hoi", quote={"text": Q, "position": 0}), "answer", "command", Q),
    Case("hoi_under_another_bots_message_asks_it", message("/hoi", **reply_to(OTHER_BOT, Q)), "answer", "command", Q),
    Case("hoi_at_another_bot_under_the_bots_answer", message(f"/hoi@nhac_bot {Q}", **reply_to(MY_USER)),
         "silent", "command_for_another_bot"),
    Case("hoi_under_a_mention_asks_without_it", message("/hoi", **reply_to(LAN, f"@trich_bot {Q}")),
         "answer", "command", Q),
    Case("hoi_under_a_photo_alone", message("/hoi", **reply_to(LAN, None, **PHOTO)), "help", "nothing_asked"),
    Case("hoi_under_the_bots_own_answer", message("/hoi", **reply_to(MY_USER)), "help", "nothing_asked"),
    Case("hoi_under_a_channel_post_asks_the_post", message("/hoi", **COMMENT),
         "answer", "command", "Thông xe cầu Hương An"),
    Case("hoi_in_a_caption", message(None, **PHOTO, caption=f"/hoi {Q}"), "answer", "command", Q),
    Case("hoi_in_the_middle_is_no_command", message(f"gõ /hoi {Q}"), "silent", "not_addressed"),
    Case("unknown_command", message("/cau dài"), "silent", "other_command"),
    Case("unknown_command_where_all_is_read", message("/cau dài"), "silent", "other_command", mode="every"),
    Case("unknown_command_at_this_bot", message("/cau@trich_bot dài"), "help", "unknown_command"),
    # Groups: mentions.
    Case("mention_first", message(f"@trich_bot {Q}"), "answer", "mention", Q),
    Case("mention_first_with_a_comma", message(f"@trich_bot, {Q}"), "answer", "mention", Q),
    Case("mention_in_the_middle", message("Này @trich_bot cầu dài bao nhiêu"), "answer", "mention",
         "Này cầu dài bao nhiêu"),
    Case("mention_last", message(f"{Q} @trich_bot"), "answer", "mention", Q),
    Case("mention_before_the_question_mark", message("Cầu dài bao nhiêu mét, @trich_bot?"), "answer", "mention", Q),
    Case("mention_in_another_case", message(f"@TRICH_bot {Q}"), "answer", "mention", Q),
    Case("mention_after_emoji", message("😀😀 cầu nào? @trich_bot"), "answer", "mention", "😀😀 cầu nào?"),
    Case("mentioned_twice", message(f"@trich_bot {Q} @trich_bot"), "answer", "mention", Q),
    Case("mention_with_another_person", message(f"@lan @trich_bot {Q}"), "answer", "mention", f"@lan {Q}"),
    Case("mention_alone", message("@trich_bot"), "help", "nothing_asked"),
    Case("mention_alone_under_a_message_asks_it", message("@trich_bot", **reply_to(LAN, Q)), "answer", "mention", Q),
    Case("mention_and_question_mark_under_a_message", message("@trich_bot ?", **reply_to(LAN, Q)),
         "answer", "mention", Q),
    Case("mention_by_a_link", message(f"Trích {Q}", **linked(MY_USER, 0, 5)), "answer", "mention", Q),
    Case("link_to_another_person", message(f"Lan {Q}", **linked(LAN, 0, 3)), "silent", "not_addressed"),
    Case("mention_of_another_bot", message(f"@nhac_bot {Q}"), "silent", "not_addressed"),
    Case("mention_of_a_longer_name", message(f"@trich_bot2 {Q}"), "silent", "not_addressed"),
    Case("username_without_an_entity_is_no_mention", message(f"a@trich_bot {Q}"), "silent", "not_addressed"),
    Case("mention_in_a_caption", message(None, **PHOTO, caption=f"@trich_bot {Q}"), "answer", "mention", Q),
    Case("caption_that_mentions_nobody", message(None, **PHOTO, caption=Q), "silent", "not_addressed"),
    Case("long_text_with_a_mention", message(f"@trich_bot {'cầu ' * 900}x"), "answer", "mention", "cầu " * 900 + "x"),
    # Groups: replies.
    Case("reply_to_the_bot", message(Q, **reply_to(MY_USER)), "answer", "reply", Q),
    Case("reply_to_a_person", message(Q, **reply_to(LAN)), "silent", "not_addressed"),
    Case("reply_to_another_bot", message(Q, **reply_to(OTHER_BOT)), "silent", "not_addressed"),
    Case("reply_to_the_bot_with_a_sticker", message(None, **STICKER, **reply_to(MY_USER)), "silent", "no_text"),
    Case("reply_to_the_bot_without_a_word", message("👍🏽", **reply_to(MY_USER)), "silent", "not_addressed"),
    Case("reply_to_the_bot_that_asks_nothing", message("Cầu dài lắm", **reply_to(MY_USER)), "silent", "not_addressed"),
    Case("reply_to_the_bot_that_asks_nothing_where_all_is_answered", message("Cầu dài lắm", **reply_to(MY_USER)),
         "answer", "every_message", "Cầu dài lắm", mode="every"),
    Case("reply_to_the_bot_that_goes_on", message("còn năm 2024", **reply_to(MY_USER)), "answer", "reply",
         "còn năm 2024"),
    Case("reply_to_the_bot_with_thanks", message("cảm ơn nhé", **reply_to(MY_USER)), "talk", "small_talk"),
    Case("reply_to_the_bot_with_a_complaint", message("sai rồi", **reply_to(MY_USER)), "talk", "small_talk"),
    Case("reply_to_the_bot_with_a_laugh", message("haha", **reply_to(MY_USER)), "silent", "not_addressed"),
    Case("mention_with_a_greeting", message("@trich_bot chào bạn"), "talk", "small_talk"),
    Case("mention_with_thanks_under_a_question", message("@trich_bot cảm ơn", **reply_to(LAN, Q)), "talk",
         "small_talk"),
    Case("hoi_with_a_greeting", message("/hoi xin chào"), "talk", "small_talk"),
    Case("private_greeting", message("xin chào", PRIVATE), "talk", "small_talk"),
    Case("private_greeting_with_a_question", message(f"Chào bạn. {Q}", PRIVATE), "answer", "private",
         f"Chào bạn. {Q}"),
    Case("private_keys", message("asdf", PRIVATE), "help", "no_words"),
    Case("every_message_small_talk", message("ok cảm ơn cả nhà"), "silent", "small_talk", mode="every"),
    Case("edit_to_small_talk", message("cảm ơn", PRIVATE), "silent", "small_talk", edited=True, answered=True),
    Case("reply_to_our_inline_result_is_to_its_sender", message(Q, **reply_to(LAN, via_bot=MY_USER)),
         "silent", "not_addressed"),
    # Groups: nobody in particular is asked.
    Case("not_addressed", message(Q), "silent", "not_addressed"),
    Case("not_addressed_in_a_basic_group", message(Q, GROUP), "silent", "not_addressed"),
    Case("questions_only_question", message(Q), "answer", "looks_like_question", Q, mode="questions"),
    Case("questions_only_statement", message("Cầu dài lắm"), "silent", "no_question", mode="questions"),
    Case("questions_only_mentioned", message("@trich_bot cầu"), "answer", "mention", "cầu", mode="questions"),
    Case("questions_only_question_to_a_person", message(f"@lan {Q}"), "silent", "to_a_person", mode="questions"),
    Case("questions_only_reply_to_a_person", message(Q, **reply_to(LAN)), "silent", "to_a_person", mode="questions"),
    Case("questions_only_comment_on_a_channel_post", message(Q, **COMMENT), "answer", "looks_like_question", Q,
         mode="questions"),
    Case("questions_only_other_language", message("桥有多长？"), "answer", "looks_like_question", "桥有多长？",
         mode="questions"),
    Case("every_message_statement", message("Cầu dài lắm"), "answer", "every_message", "Cầu dài lắm", mode="every"),
    Case("every_message_reply_to_a_person", message(Q, **reply_to(LAN)), "answer", "every_message", Q, mode="every"),
    Case("every_message_caption", message(None, **PHOTO, caption=Q), "answer", "every_message", Q, mode="every"),
    Case("every_message_photo_alone", message(None, **PHOTO), "silent", "no_text", mode="every"),
    Case("every_message_sticker_under_a_question", message(None, **STICKER, **reply_to(LAN, Q)), "silent", "no_text",
         mode="every"),
    Case("every_message_without_a_word", message("😀"), "silent", "no_words", mode="every"),
    Case("every_message_to_another_bot", message(f"@nhac_bot {Q}"), "silent", "to_another_bot", mode="every"),
    Case("every_message_link_to_another_bot", message(f"Nhạc {Q}", **linked(OTHER_BOT, 0, 4)),
         "silent", "to_another_bot", mode="every"),
    Case("every_message_reply_to_another_bot", message(Q, **reply_to(OTHER_BOT)), "silent", "to_another_bot",
         mode="every"),
    Case("every_message_long_text", message("cầu " * 900), "silent", "too_long", mode="every"),
    Case("every_message_500", message(LONGEST), "answer", "every_message", LONGEST, mode="every"),
    Case("every_message_501", message(f"{LONGEST}?"), "silent", "too_long", mode="every"),
    Case("every_message_forwarded", message(Q, **FORWARDED), "silent", "forwarded", mode="every"),
    Case("forwarded_with_a_mention", message(f"@trich_bot {Q}", **FORWARDED), "answer", "mention", Q),
    Case("every_message_by_an_inline_bot", message(Q, via_bot=OTHER_BOT), "silent", "by_inline_bot", mode="every"),
    Case("our_inline_result", message(f"@trich_bot {Q}", via_bot=MY_USER), "silent", "own_inline_result", mode="every"),
    # Off.
    Case("off_and_mentioned", message(f"@trich_bot {Q}"), "silent", "off", mode="off"),
    Case("off_and_replied_to", message(Q, **reply_to(MY_USER)), "silent", "off", mode="off"),
    Case("off_and_commanded", message(f"/hoi {Q}"), "silent", "off", mode="off"),
    # Topics.
    Case("topic_set_apart_from_a_group_that_is_off", message(Q, FORUM, is_topic_message=True, message_thread_id=5),
         "answer", "every_message", Q, mode="off", topics={5: "every"}),
    Case("topic_that_is_off", message(f"/hoi {Q}", FORUM, is_topic_message=True, message_thread_id=5),
         "silent", "off", topics={5: "off"}),
    Case("topic_that_follows_the_group", message(Q, FORUM, is_topic_message=True, message_thread_id=6),
         "answer", "every_message", Q, mode="every", topics={5: "off"}),
    Case("general_topic_set_apart", message(f"/hoi {Q}", FORUM), "silent", "off", topics={GENERAL: "off"}),
    Case("general_topic_follows_the_group", message(f"/hoi {Q}", FORUM), "answer", "command", Q, topics={5: "off"}),
    Case("thread_of_replies_is_no_topic", message(f"/hoi {Q}", message_thread_id=5), "answer", "command", Q,
         topics={5: "off", GENERAL: "off"}),
    Case("topic_opened_by_the_bot_is_no_reply",
         message(Q, FORUM, is_topic_message=True, message_thread_id=20,
                 **reply_to(MY_USER, None, forum_topic_created={"name": "Cầu", "icon_color": 1})),
         "silent", "not_addressed"),
    Case("hoi_in_a_topic_does_not_ask_its_opening",
         message("/hoi", FORUM, is_topic_message=True, message_thread_id=20,
                 **reply_to(LAN, None, forum_topic_created={"name": "Cầu", "icon_color": 1})),
         "help", "nothing_asked"),
    # Who writes.
    Case("another_bot", message(f"@trich_bot {Q}", **{"from": OTHER_BOT}), "silent", "bot"),
    Case("another_bots_command", message(f"/hoi@trich_bot {Q}", **{"from": OTHER_BOT}), "silent", "bot", mode="every"),
    Case("the_bot_itself", message(Q, **{"from": MY_USER}), "silent", "itself", mode="every"),
    Case("anonymous_admin", message(f"/hoi {Q}", **{"from": ANONYMOUS_ADMIN, "sender_chat": SUPERGROUP}),
         "answer", "command", Q),
    Case("anonymous_admin_mentions", message(f"@trich_bot {Q}", **{"from": ANONYMOUS_ADMIN, "sender_chat": SUPERGROUP}),
         "answer", "mention", Q),
    Case("anonymous_admin_in_a_topic_that_is_off",
         message(f"/hoi {Q}", FORUM, is_topic_message=True, message_thread_id=5,
                 **{"from": ANONYMOUS_ADMIN, "sender_chat": SUPERGROUP}), "silent", "off", topics={5: "off"}),
    Case("reply_to_the_bot_in_a_topic",
         message(Q, FORUM, is_topic_message=True, message_thread_id=5, **reply_to(MY_USER)), "answer", "reply", Q),
    Case("edit_by_an_anonymous_admin", message(f"/hoi {Q}", **{"from": ANONYMOUS_ADMIN, "sender_chat": SUPERGROUP}),
         "edit", "edited", Q, edited=True, answered=True),
    Case("edit_by_another_bot", message(f"/hoi {Q}", **{"from": OTHER_BOT}), "silent", "bot", edited=True,
         answered=True),
    Case("edit_of_an_automatic_forward",
         message(Q, **{"from": TELEGRAM, "sender_chat": CHANNEL, "is_automatic_forward": True}),
         "silent", "automatic_forward", mode="every", edited=True, answered=True),
    Case("edit_of_what_was_overheard_and_answered", message(Q), "edit", "edited", Q, mode="every", edited=True,
         answered=True),
    Case("edit_where_every_message_is_answered_of_what_was_not", message(Q), "silent", "edit_of_unanswered",
         mode="every", edited=True),
    Case("anonymous_admin_overheard", message(Q, **{"from": ANONYMOUS_ADMIN, "sender_chat": SUPERGROUP}),
         "answer", "every_message", Q, mode="every"),
    Case("person_in_the_linked_channels_name",
         message(f"@trich_bot {Q}", **{"from": IN_A_CHANNELS_NAME, "sender_chat": CHANNEL}), "answer", "mention", Q),
    Case("question_under_a_channels_comment_is_to_it",
         message(Q, **reply_to(IN_A_CHANNELS_NAME, sender_chat=CHANNEL)), "silent", "to_a_person", mode="questions"),
    Case("automatic_forward_of_a_channel_post",
         message(f"@trich_bot {Q}", **{"from": TELEGRAM, "sender_chat": CHANNEL, "is_automatic_forward": True}),
         "silent", "automatic_forward", mode="every"),
    Case("comment_with_a_mention", message(f"@trich_bot {Q}", message_thread_id=20, **COMMENT), "answer", "mention", Q),
    Case("comment_is_not_put_to_the_bot", message(Q, **COMMENT), "silent", "not_addressed"),
    Case("channel_post", message(f"@trich_bot {Q}", CHANNEL, **{"from": None, "sender_chat": CHANNEL}),
         "silent", "channel_post", mode="every"),
    Case("written_to_a_channel",
         message(Q, SUPERGROUP | {"is_direct_messages": True}, direct_messages_topic={"topic_id": 9, "user": LAN}),
         "silent", "direct_messages", mode="every"),
    Case("edited_channel_post", message(f"/hoi {Q}", CHANNEL, sender_chat=CHANNEL), "silent", "channel_post",
         edited=True, answered=True),
    # What nobody says.
    Case("somebody_joins", message(None, new_chat_members=[LAN]), "silent", "service", mode="every"),
    Case("group_becomes_a_supergroup", message(None, GROUP, migrate_to_chat_id=-100), "silent", "service"),
    Case("message_pinned", message(None, pinned_message=message(Q).to_dict()), "silent", "service", mode="every"),
    # Edits.
    Case("edit_of_an_answered_question", message(f"/hoi {Q}"), "edit", "edited", Q, edited=True, answered=True),
    Case("edit_of_what_was_not_answered", message(f"/hoi {Q}"), "silent", "edit_of_unanswered", edited=True),
    Case("edit_that_takes_the_mention_out", message(Q), "edit", "edited", Q, edited=True, answered=True),
    Case("edit_to_nothing", message("@trich_bot"), "silent", "no_words", edited=True, answered=True),
    Case("edit_to_another_command", message("/cau"), "silent", "other_command", edited=True, answered=True),
    Case("edit_to_another_bots_command", message(f"/hoi@nhac_bot {Q}"), "silent", "command_for_another_bot",
         edited=True, answered=True),
    Case("edit_where_the_bot_is_off_by_now", message(f"/hoi {Q}"), "silent", "off", mode="off", edited=True,
         answered=True),
    Case("edit_in_private", message(Q, PRIVATE), "edit", "edited", Q, edited=True, answered=True),
    Case("edit_in_private_of_what_was_not_answered", message(Q, PRIVATE), "silent", "edit_of_unanswered", edited=True),
    Case("edit_of_a_caption", message(None, **PHOTO, caption=f"/hoi {Q}"), "edit", "edited", Q, edited=True,
         answered=True),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_message_is_decided_about_in_whatever_form_it_and_what_it_replies_to_come(case: Case) -> None:
    policy = Policy(case.mode, case.topics)
    for said in map(of_update, as_received(case.message.to_dict())):
        decision = decide(read(said, ME), policy, ME, edited=case.edited, answered=case.answered)
        assert (decision.action, decision.reason, decision.question) == (case.action, case.reason, case.question)


def as_received(said: JSON) -> Iterator[JSON]:
    """As it is, as a rich message, as one that one person alone sees."""
    yield from (said, as_rich(said), for_one_alone(said))


def of_update(said: JSON) -> Message:
    found = parsed({"update_id": 1, "message": said}).message
    assert found is not None
    return found


UNASKED: set[Reason] = {"looks_like_question", "every_message"}


@pytest.mark.parametrize("case", [case for case in CASES if case.action != "silent"], ids=lambda case: case.id)
def test_only_what_is_overheard_is_not_addressed(case: Case) -> None:
    decision = decide(
        read(case.message, ME), Policy(case.mode, case.topics), ME, edited=case.edited, answered=case.answered
    )
    assert decision.addressed is (decision.reason not in UNASKED)


def test_the_table_is_as_large_as_was_asked_for_and_names_each_case_once() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (message(Q, PRIVATE), Place(1001, None, 30)),
        (message(Q), Place(-100, None, 30)),
        (message(Q, FORUM), Place(-100, None, 30)),
        (message(Q, FORUM, is_topic_message=True, message_thread_id=5), Place(-100, 5, 30)),
        (message(Q, message_thread_id=5), Place(-100, None, 30)),
        (message("/hoi", **reply_to(LAN, Q)), Place(-100, None, 30)),
    ],
    ids=["private", "group", "general_topic", "topic", "thread_of_replies", "asked_by_reply"],
)
def test_a_reply_goes_to_the_message_in_its_topic(asked: Message, place: Place) -> None:
    assert decide(read(asked, ME), Policy(), ME).place == place


def test_only_forums_have_topics() -> None:
    assert topic_of(message(Q)) is None
    assert topic_of(message(Q, message_thread_id=5)) is None
    assert topic_of(message(Q, FORUM)) == GENERAL
    assert topic_of(message(Q, FORUM, is_topic_message=True, message_thread_id=5)) == 5


@pytest.mark.parametrize(
    ("mode", "reads_all", "is_admin", "hidden"),
    [
        ("every", False, False, True),
        ("questions", False, False, True),
        ("every", True, False, False),
        ("every", False, True, False),
        ("mention", False, False, False),
        ("off", False, False, False),
    ],
)
def test_privacy_mode_hides_what_is_not_put_to_a_bot_that_is_no_admin(
    mode: Mode, reads_all: bool, is_admin: bool, hidden: bool
) -> None:
    assert hidden_from(Identity(7, "trich_bot", reads_all), mode, is_admin=is_admin) is hidden
