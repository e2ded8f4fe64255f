"""Every text of the catalogues, a template or one line, says the same words through both renderers, and a running
sandbox takes both, as strictly as Telegram. A text that is new and needs something that no sample below has fails here.
"""

import inspect
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import meta

from bot.ground.splitting import visible
from bot.pages.glance import Glance
from bot.pages.surroundings import Surroundings
from bot.pages.why import Told, Why
from bot.texts import answer_pages
from bot.texts.reply import Collection, Replies
from bot.texts.rich import Notes, Rows, Title, rich_message
from retrieval import Answer, Date, Profile, Quote, Timeline, TimelineEntry
from retrieval.comparing import Compared
from retrieval.records import NO_DATE
from tests.bot.records import BRIDGE, EVENT, PUBLISHED, quote_of
from tests.bot.texts.sent import sending
from tests.bot.texts.test_rich import words_of

REPLIES = Replies()
AWKWARD = 'Cầu <Hương> & "An"'
QUOTE = quote_of(f"{AWKWARD} thông xe.", date=EVENT)
AT = datetime(2025, 9, 16, 1, tzinfo=UTC)
INFERRED = Date("2025-09-15", "inferred", "ngày đăng 16/9/2025")


def some(**values: Any) -> SimpleNamespace:
    """A record of what is shown, where making a real one says nothing more."""
    return SimpleNamespace(**values)


def added(count: int) -> SimpleNamespace:
    """What an operator has added."""
    dropped = (some(reason="byline", text=AWKWARD), some(reason="something else", text="x"))
    one = some(
        title=AWKWARD, publisher=None, url="https://example.org/a", published=PUBLISHED, sentences=3, dated=2,
        first=date(2025, 9, 1), last=date(2025, 9, 2), beginning=(AWKWARD, "Hai."), dropped=2, left_out=dropped,
    )  # fmt: skip
    problems = (some(source=AWKWARD, message="no text"),)
    return some(articles=(one,) * count, count=count, sentences=3, problems=problems, failure="")


def period(day: int, **counts: int) -> SimpleNamespace:
    """What `/stats` counts of a day."""
    numbers = dict.fromkeys(("asked", "answered", "refused", "declined", "failed", "liked", "disliked", "commands"), 3)
    return some(day=date(2025, 9, day), p95_ms=1234.5, **numbers | counts)


def feed(**values: Any) -> SimpleNamespace:
    """A feed that was polled."""
    return some(**{"source": AWKWARD, "failed": False, "message": "", "skipped": "", "new": 1, "changed": 2} | values)


OFFICE = some(
    title=AWKWARD, acting=True, since=INFERRED, until=EVENT, first_seen=EVENT, last_seen=PUBLISHED, articles=3, papers=2
)  # fmt: skip
ENTRY = some(date=INFERRED, planned=True, changed=True, background=False)
PROFILE = some(name=AWKWARD, aliases=("A", "B"), holders=(), candidates=(), suggestions=("A",))
POLICY = some(to_asker=True, sources=frozenset({"A"}), only=True)
FOUND = some(
    since=date(2025, 9, 1), until=date(2025, 9, 2), more=2,
    groups=(some(question=AWKWARD, count=2, last=date(2025, 9, 2), others=("A?", "B?")),),
)  # fmt: skip
DISLIKED = some(question=AWKWARD, count=3, reasons=(("wrong", 2), ("old", 1)), words=("Sai ngày",))
PIN = some(question=AWKWARD, quote=AWKWARD, is_gone=True)
SOURCE = some(publisher=AWKWARD, articles=2, first=EVENT, last=PUBLISHED)

# What a text may need, by the name it has in the templates: all that it is shown with, each in turn.
SAMPLES: Mapping[str, tuple[Any, ...]] = {
    "about": (INFERRED, NO_DATE), "addition": (some(url="https://example.org", is_feed=True),), "added": ("@kenh", ""),
    "admin": (False,), "allowed": (("@a", "@b"), ()), "also": (("Tin <Núi>",), ()), "any_topics": (True, False),
    "article": (BRIDGE,), "articles": (1200,), "asked": (AWKWARD,),
    "around": (some(before="Trước. ", quote=QUOTE, after=""),),
    "beginning": (AWKWARD,), "button_days": (30,), "caption": (True, False), "chat": (some(id=-100, title=AWKWARD),),
    "chosen": (True, False),
    "choice": (some(policy=POLICY), some(policy=some(sources=(), only=False))),
    "collection": (Collection(5, EVENT, PUBLISHED), Collection(0)), "companions": (("A", "B"), ()),
    "corrected": (True, False), "correction": ("https://example.org/b", None), "count": (3, 0),
    "current": (True, False), "dated": (True, False), "drawn": (True, False), "disliked": ((DISLIKED,), ()),
    "done": (some(failed=False, new=1, altered=2, removed=3, problems=(), feeds=(feed(), feed(skipped="not due"))),
             some(failed=True, problems=(some(source="a", message="b"),), feeds=())),
    "entry": (ENTRY, some(date=EVENT, planned=False, changed=False, background=True)), "event": (EVENT, None),
    "feeds": (), "file": ("a.txt", ""), "first": (1,), "former": (True, False), "found": (),
    "glance": (Glance(sought=AWKWARD, newest=PUBLISHED, maybe=True), Glance(has_articles=False, unknown="Xyz"),
               Glance(english=True), Glance(chosen=True)),
    "groups": (FOUND.groups, ()), "holder": (AWKWARD, ""), "hour": (7,), "kinds": (("number", "name", "date"),),
    "last": (True, False), "log_days": (90, None), "longest": (100,), "marked": (("Cầu dài ", "1.200 mét", "."),),
    "listed": ((period(1), period(2)),), "more": (2, 0), "most": (20,), "name": (AWKWARD,), "near": (True, False),
    "nearest": ((QUOTE,), ()), "number": (0, 2),
    "office": (OFFICE, some(**vars(OFFICE) | {"since": None, "until": None, "last_seen": EVENT, "acting": False})),
    "opening": ("Một câu",),
    "others": (({"publisher": AWKWARD, "url": "https://example.org"}, {"publisher": "B", "url": None}), ()),
    "page": (2,), "pages": (3, 1), "panel": tuple(
        some(topic=topic, mode=mode, policy=POLICY, is_admin=False, hidden=True)
        for topic, mode in ((None, "mention"), (3, "questions"), (None, "every"), (None, "off"))
    ),
    "paper": ("Báo Bến Sông", ""), "pins": ((PIN, some(question="B?", quote="", is_gone=False)), ()),
    "post": (some(channel="@a", url="https://t.me/a/5", id="a/5", text="A"),
             some(channel="@a", url=None, id="a/5", text="")),
    "profile": (PROFILE, some(**vars(PROFILE) | {"holders": (1,), "suggestions": ()}),
                some(**vars(PROFILE) | {"candidates": (1,)})),
    "published": (PUBLISHED, None), "question": (AWKWARD,), "quotes": (),
    "reason": ("refused address", "robots", "too large", "timeout", "busy", "redirects", "status"),
    "revised": (PUBLISHED, None), "said": (True, False), "sentences": (12,), "span": ("1/9/2025 – …", ""),
    "stats": (some(since=date(2025, 9, 1), until=date(2025, 9, 2), total=period(1)),), "subject": (AWKWARD,),
    "suggestions": ((), ("A?",)), "text": (AWKWARD,), "title": (AWKWARD, ""),
    "topic": (AWKWARD,), "topics": (2, 0), "total": (9,),
    "url": ("https://example.org/?a=1&b=2", None), "username": ("trich_bot",),
    "view": (some(all=2, pages=3, number=1, first=5, sources=(SOURCE,), chosen=(AWKWARD, "B"), only=True),
             some(all=0, chosen=("A", "B", "C", "D", "E", "F"), only=False), some(all=0, chosen=())),
    "why": (Why("how many", ("cầu", "dài"), (Told(1, ("cầu",), AWKWARD, 87), Told(2, (), "", 0))),
            Why("what", ("cầu",), (Told(0, ("cầu",), "", 0),))),
    "watch": tuple(some(topic=AWKWARD, paused=one, daily=other) for one, other in ((1, 0), (0, 1), (0, 0))),
    "whole": (True, False),
}  # fmt: skip
# Where a name means something of its own in a text.
OF_ITS_OWN: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "feeds": {"feeds": ((some(label=AWKWARD, read=AT, trouble="broken"),
                         some(label="B", read=None, trouble="silent")),)},
    "operators/feeds_troubled": {"feeds": (((AWKWARD, "broken", AT), ("B", "silent", None)),)},
    "operators/added": {"found": (added(1), added(2)), "done": (some(failed=True),)},
    "operators/not_added": {"found": (some(**vars(added(1)) | {"failure": "time"}), added(1))},
    "operators/_problems": {"found": (added(1),)},
    "operators/unanswered": {"found": (FOUND,)},
    "forget_ask": {"count": (some(rows=1, votes=2, remembered=3, watches=4),
                             some(rows=0, votes=0, remembered=0, watches=0))},
    "forgotten": {"count": (some(rows=1, votes=2, remembered=3, watches=4),)},
    "rest": {"quotes": (tuple(
        {"marked": (AWKWARD, " dài ", "."), "number": 2, "paper": "B", "file": "", "title": AWKWARD, "caption": False,
         "event": EVENT, "published": None, "about": NO_DATE, "revised": None, "corrected": False, "correction": None,
         "url": "https://example.org"}
        for _ in range(2)
    ),)},
    "timeline_entry": {"quotes": (((AWKWARD, True), ("Hai", False)),)},
    "_timeline_source": {"said": ("", "16/9/2025")},
    "operators/channels": {"admin": (False,)},
    "operators/kind_unknown": {"kinds": (".txt, .pdf",)},
    "operators/posts_unread": {"kinds": (("poll", "story"),)},
    "operators/link_refused": {"url": ("https://example.org/a",)},
}  # fmt: skip


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Each text of the language, in each of the forms that the samples give it: every sample of a name once."""
    environment = REPLIES._templates[language]
    for template in sorted(environment.list_templates(extensions=["j2"])):
        name = template.removesuffix(".html.j2")
        assert environment.loader is not None
        own = OF_ITS_OWN.get(name, {})
        needed = sorted(_needed(environment, template) - own.keys())
        missing = [each for each in needed if not SAMPLES.get(each)]
        assert not missing, f"{name} needs a sample of {missing}"
        given = {**{each: SAMPLES[each] for each in needed}, **own}
        for number in range(max(map(len, given.values()), default=1)):
            values = {key: each[number % len(each)] for key, each in given.items()}
            yield name, REPLIES.render(name, language, **values)


def _needed(environment: Any, template: str) -> set[str]:
    """The names that it, and what it includes, is rendered with."""
    source, *_ = environment.loader.get_source(environment, template)
    parsed = environment.parse(source)
    included = (each for each in meta.find_referenced_templates(parsed) if each)
    own = meta.find_undeclared_variables(parsed)
    set_here = set(re.findall(r"\{% (?:set|with) (\w+)|, (\w+) = ", source))
    names = {each for pair in set_here for each in pair if each}
    return own.union(*(_needed(environment, each) for each in included)) - names


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_text_says_the_same_words_in_both_forms_and_is_taken(language: str) -> None:
    seen = set()
    async with sending() as sent:
        for name, text in texts(language):
            seen.add(name)
            if not visible(text).strip():
                continue
            plain = await sent.html([text])
            assert await sent.rich(rich_message([text])) == plain, name
            for part in (Rows(text), Title(text), Notes(text)):
                drawn = words_of(rich_message([part]))
                assert sorted(drawn) == sorted(plain) if isinstance(part, Rows) else drawn == plain, name
    environment = REPLIES._templates[language]
    assert seen == {each.removesuffix(".html.j2") for each in environment.list_templates(extensions=["j2"])}
    assert len(seen) > 150


OTHER = quote_of("Chợ Mới mở cửa lại.")
DAY = TimelineEntry(EVENT, (QUOTE, OTHER))
# Every reply that is made of several texts, as messages in HTML.
COMPOSED: Mapping[str, Callable[[str], list[str]]] = {
    "answer": lambda language: REPLIES.answer(_answer(QUOTE, OTHER), (), language, Glance(spread=True)),
    "curated": lambda language: answer_pages.curated(REPLIES, (QUOTE,), language),
    "newest": lambda language: answer_pages.newest(REPLIES, AWKWARD, (QUOTE, OTHER), language),
    "no_timeline": lambda language: REPLIES.no_timeline(Timeline(AWKWARD, (), nearest=(QUOTE,)), (), language),
    "timeline": lambda language: REPLIES.timeline(Timeline(AWKWARD, (DAY, DAY)), language, "newest", 9),
    "who": lambda language: REPLIES.who(Profile(AWKWARD, (), (), (QUOTE,), ()), language),
    "more": lambda language: answer_pages.more(REPLIES, (QUOTE, OTHER), language),
    "nearest": lambda language: answer_pages.nearest(REPLIES, (QUOTE, OTHER), language),
    "papers": lambda language: answer_pages.papers(REPLIES, [Compared(QUOTE), Compared(OTHER, ("name",))], language),
    "contexts": lambda language: answer_pages.contexts(REPLIES, [Surroundings(QUOTE, "Trước. ", "")], language),
    "copy": lambda language: answer_pages.copy(REPLIES, QUOTE, language),
    "note": lambda language: REPLIES.note(language, partial=True),
}


def _answer(*quotes: Quote) -> Answer:
    return Answer("?", "answered", quotes, ())


def test_every_reply_of_several_texts_has_a_sample() -> None:
    made = [*inspect.getmembers(Replies, inspect.isfunction), *inspect.getmembers(answer_pages, inspect.isfunction)]
    ours = {name: each for name, each in made if each.__module__ in {Replies.__module__, answer_pages.__name__}}
    several = {name for name, each in ours.items() if name[0] != "_" and each.__annotations__["return"] == list[str]}
    assert several == COMPOSED.keys()


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_reply_of_several_texts_says_the_same_words_in_both_forms_and_is_taken(language: str) -> None:
    async with sending() as sent:
        for name, made in COMPOSED.items():
            messages = made(language)
            assert await sent.rich(rich_message(messages)) == await sent.html(messages), name
        answer = _answer(QUOTE, OTHER)
        why = Why("how many", ("cầu",), (Told(1, ("cầu",), AWKWARD, 87), Told(2, (), "", 0)))
        below = REPLIES.why(why, language)
        drawn = REPLIES.rich_answer(answer, language, why=why)
        assert await sent.rich(drawn) == await sent.html([*REPLIES.answer(answer, (), language), below])
        timeline = Timeline(AWKWARD, (DAY, DAY))
        drawn = REPLIES.rich_timeline(timeline, language, "newest", 9)
        assert await sent.rich(drawn) == await sent.html(REPLIES.timeline(timeline, language, "newest", 9))
        profile = Profile(AWKWARD, (), (), (QUOTE,), ())
        assert await sent.rich(REPLIES.rich_who(profile, language)) == await sent.html(REPLIES.who(profile, language))


def test_what_needs_a_sample_that_there_is_not_is_noticed() -> None:
    environment = REPLIES._templates["vi"].overlay()
    missing = meta.find_undeclared_variables(environment.parse("{{ something_new }}")) - SAMPLES.keys()
    assert missing == {"something_new"}


def test_languages_have_the_same_texts() -> None:
    names = [{name for name, _ in texts(language)} for language in ("vi", "en")]
    assert all(one == other for one, other in itertools.pairwise(names))


def test_no_date_is_said_twice() -> None:
    entry = replace(DAY, quotes=(replace(QUOTE, article=replace(BRIDGE, url=None)),))
    for day in (INFERRED, PUBLISHED, EVENT):
        [page] = REPLIES.timeline(Timeline("Cầu", (replace(entry, date=day),)), "vi", "oldest")
        assert page.count("16/9/2025") == 1
    office = some(**vars(OFFICE) | {"first_seen": INFERRED, "last_seen": INFERRED, "until": None})
    given = {"holder": "", "former": False, "current": False}
    assert REPLIES.render("who_office", "vi", office=office, **given).count("15/9/2025") == 1
