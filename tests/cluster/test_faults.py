"""Nodes that are killed or slow, a queue that is full, a network that is cut, a cluster that is gone and comes back.

Whatever happens, an answer is the one that the library in files gives, or says that not all was searched, or there is
none and it is said why.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.doctor.cluster import look_at_cluster
from bot.finding import answers, inline, persons, timelines
from bot.finding.desk import Desk
from bot.ground.monitor import Monitor
from bot.memory.asked import Asked
from bot.running.cluster_watch import ClusterWatch
from bot.sandbox.chats import Chat
from bot.sandbox.world import World
from bot.texts.reply import Replies
from retrieval import Library
from retrieval.cluster.connection import WRITING, Address, Cluster, ClusterError, RefusedError
from retrieval.cluster.opening import opened
from retrieval.config_files import data_folder
from retrieval.serving.operations import OPERATIONS
from retrieval.serving.web import application
from retrieval.timeline import ALWAYS
from tests.bot.conftest import environment
from tests.bot.faults.conftest import ask_and_hear, at_work_for, changed, people
from tests.bot.faults.test_workers import FAILED, said
from tests.cluster.conftest import hurried, loaded
from tests.cluster.nodes import Nodes
from tests.cluster.proxy import Proxy

TODAY = date(2026, 11, 30)
WHO = "Phạm Minh Chính"
SAID = "Một phần kho bài"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open([data_folder("seeds")], tmp_path_factory.mktemp("seeds"))


@pytest.fixture
def titles(local: Library) -> list[str]:
    return [article.title for article in local.articles if article.title][:4]


def calls(library: Library, title: str) -> dict[str, Callable[[], Any]]:
    return {
        "ask": lambda: library.ask(title, read=False),
        "search": lambda: library.search(title),
        "timeline": lambda: library.timeline(title),
        "who": lambda: library.who(WHO),
    }


def outcomes(remote: Library, local: Library, titles: list[str]) -> Counter[tuple[str, str]]:
    """How often each call gave the same as in files, was marked as partial, or failed; it may do nothing else."""
    counted: Counter[tuple[str, str]] = Counter()
    for title in titles:
        due = calls(local, title)
        for kind, call in calls(remote, title).items():
            before = remote.gaps
            try:
                found = call()
            except ClusterError:
                counted[kind, "failed"] += 1
                continue
            partial = remote.gaps > before
            if kind != "search":
                assert found.partial == partial
            assert partial or found == due[kind](), (kind, title)
            counted[kind, "marked" if partial else "same"] += 1
    return counted


def all_same(remote: Library, local: Library, titles: list[str]) -> bool:
    return {how for _, how in outcomes(remote, local, titles)} == {"same"}


def green(nodes: Nodes, store: str) -> None:
    """Once each shard has its copy."""
    _once(nodes, f"{store.rpartition('/')[2]}-*", "wait_for_status=green")


def missed(nodes: Nodes, left: int) -> None:
    """Once those that are left have seen that others are gone: after a kill they say for a while that all are there,
    and nothing at all while they choose another manager.
    """
    _once(nodes, "", f"wait_for_nodes={left}")


def _once(nodes: Nodes, indices: str, condition: str) -> None:
    asked = f"/_cluster/health/{indices}?{condition}&timeout=100s&cluster_manager_timeout=100s"
    assert nodes.nodes[0].call("GET", asked, seconds=110)["timed_out"] is False


async def health(watch: ClusterWatch, monitor: Monitor) -> list[str]:
    await watch.look()
    return [*monitor.health.problems(), *(f"note: {note}" for notes in monitor.notes for note in notes())]


@contextmanager
def killed(nodes: Nodes) -> Iterator[None]:
    """Those that are killed in the block are started again after it."""
    try:
        yield
    finally:
        for node in nodes.nodes:
            if node.process is None:
                nodes.start(node)
        nodes.wait()


async def test_a_node_is_killed_then_all_are_and_all_come_back(
    nodes: Nodes, local: Library, titles: list[str], store: str
) -> None:
    copied, single = store, f"{store}s"
    loaded(local, copied, copies=2)  # there is no node where a lost one could be made again
    loaded(local, single, copies=0)
    green(nodes, copied)
    green(nodes, single)  # the copy of its lease
    with_copies, without = opened(copied), opened(single)
    monitor, beside = Monitor.polling(1), Monitor.polling(1)
    watch, watch_beside = ClusterWatch(single, monitor), ClusterWatch(copied, beside)
    assert await health(watch, monitor) == []

    with killed(nodes):
        nodes.kill(nodes.nodes[2])
        counted = sum((outcomes(without, local, titles) for _ in range(2)), Counter[tuple[str, str]]())
        for kind in ("ask", "search", "timeline", "who"):
            assert counted[kind, "marked"], counted
        assert any(all_same(with_copies, local, titles) for _ in range(20)), "each shard has a copy elsewhere"
        missed(nodes, 2)
        assert [finding.level for finding in look_at_cluster(single)] == ["bad"]
        assert [finding.level for finding in look_at_cluster(copied)] == ["note"]
        [problem] = await health(watch, monitor)
        assert "some articles are on no node" in problem
        [noted] = await health(watch_beside, beside)
        assert noted.startswith("note: ")
        assert monitor.metrics.registry.get_sample_value("trich_cluster_nodes") == 2
        assert monitor.metrics.registry.get_sample_value("trich_cluster_whole") == 0
        _all_say_so(without, titles.pop())  # what the reader says of it is kept, and shown the next time

        for node in nodes.nodes[:2]:
            nodes.kill(node)
        assert outcomes(with_copies, local, titles[:1])["ask", "failed"]
        with pytest.raises(ClusterError):
            opened(copied)
        with TestClient(application(without)) as client:
            assert client.get("/ask", params={"question": titles[0]}).status_code == 503
            assert client.get("/health").status_code == 503
        assert len(await health(watch, monitor)) == 1
        assert monitor.metrics.registry.get_sample_value("trich_cluster_nodes") == 0

    assert any(all_same(without, local, titles) for _ in range(20)), "who had it open goes on"
    assert any(all_same(with_copies, local, titles) for _ in range(20))
    green(nodes, single)  # the copy of its lease comes after all else
    assert await health(watch, monitor) == []


def _all_say_so(library: Library, title: str) -> None:
    """What the bot says, and what programs are told."""
    desk, asked = Desk(library, Replies(), 3, hurried=True), Asked(title, TODAY)
    assert SAID in answers.find(desk, asked, "vi", 1).texts[-1]
    told = timelines.tell(desk, timelines.Wanted(title, ALWAYS), "vi", "oldest", pictured=False)
    assert all(SAID in page for page in told.pages)
    assert told.rich is None
    assert SAID in persons.who(desk, WHO, TODAY, "vi").texts[-1]
    assert SAID in persons.who(desk, WHO, TODAY, "vi", frozenset({"báo khác"})).texts[-1]
    assert all(SAID in card.message for card in inline.offer(desk, title, TODAY, "", "vi").cards)
    given = {"question": title}, {"question": title}, {"topic": title}, {"name": WHO}
    for operation, what in zip(OPERATIONS, given, strict=False):
        assert operation.done(library, what)["partial"] is True
    with TestClient(application(library)) as client:
        assert client.get("/who", params={"name": WHO}).json()["partial"] is True
        health_told = client.get("/health")
        assert (health_told.status_code, "on no node" in health_told.json()["cluster"]) == (503, True)


def test_a_slow_node_keeps_nobody_waiting_for_ever(nodes: Nodes, local: Library, titles: list[str], store: str) -> None:
    loaded(local, store, copies=0)
    remote = opened(store)
    index: Any = remote._index
    nodes.signal(nodes.nodes[1], signal.SIGSTOP)
    try:
        with hurried(index._cluster):
            counted = outcomes(remote, local, titles[:1])  # in time: each call of the cluster has its limit
        assert {how for _, how in counted} & {"failed", "marked"}
    finally:
        nodes.signal(nodes.nodes[1], signal.SIGCONT)
    nodes.wait()
    assert any(all_same(remote, local, titles[:1]) for _ in range(20))


@contextmanager
def full(nodes: Nodes) -> Iterator[Callable[[], None]]:
    """While the nodes take no long request, for want of memory (429); until what is given is called."""
    limit = "network.breaker.inflight_requests.limit"

    def put(value: str | None) -> None:
        nodes.nodes[0].call("PUT", "/_cluster/settings", {"transient": {limit: value}})

    put("1kb")
    try:
        yield lambda: put(None)
    finally:
        put(None)


def test_while_the_cluster_has_no_room_questions_fail_and_documents_wait(
    nodes: Nodes, local: Library, titles: list[str], store: str
) -> None:
    loaded(local, store)
    remote = opened(store)
    cluster = Cluster(Address.of(store), WRITING)
    with full(nodes) as over:
        with pytest.raises(RefusedError) as refused:
            remote.ask(titles[0], read=False)
        assert refused.value.status == 429
        sent = [({"index": {"_index": f"{cluster.name}-lease", "_id": "long"}}, {"said": "x" * 2_000})]
        pauses: list[float] = []

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            over()

        cluster.bulk(sent, pause)
    assert len(pauses) == 1
    assert all_same(remote, local, titles[:1])


async def test_while_the_network_is_cut_the_bot_says_that_it_failed_and_then_goes_on(
    nodes: Nodes, local: Library, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(local, store)
    world, monitor = World(), Monitor.polling(1)
    [chat] = people(world, 1)
    with Proxy(nodes.nodes[0].http) as proxy:
        address = f"opensearch://127.0.0.1:{proxy.port}/{store.rpartition('/')[2]}"
        watch, library = ClusterWatch(address, monitor), opened(address)
        settings = changed(environment(monkeypatch, tmp_path), "library", store=address)
        monkeypatch.setenv("TRICH_OPENSEARCH_SECONDS", "2")  # of the bot's processes: a question is in vain for so long
        async with at_work_for(world, settings, library):
            await _answered(world, chat)
            with proxy.cut():
                await ask_and_hear(world, [chat])
                assert FAILED in said(world, chat)[-1]
                with hurried(watch._cluster):
                    assert "cluster: OpenSearch does not answer" in (await health(watch, monitor))[0]
            await _answered(world, chat)
        assert await health(watch, monitor) == []
    assert world.tally().doubled == 0


async def _answered(world: World, chat: Chat) -> None:
    """However busy the machine, after some questions that fail in time."""
    for _ in range(20):
        await ask_and_hear(world, [chat])
        if FAILED not in said(world, chat)[-1]:
            return
    pytest.fail("no question was answered")
