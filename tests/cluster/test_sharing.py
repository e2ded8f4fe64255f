"""One collection that several have: bots answer from what another moves there; it is put aside, and brought back."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.context import services_of
from bot.sandbox.world import World
from retrieval import Library
from retrieval.cluster.connection import WRITING, Address, Cluster, ClusterError
from retrieval.cluster.opening import opened
from retrieval.config_files import data_folder
from tests.bot.conftest import environment
from tests.bot.faults.conftest import all_answered, at_work_for, changed, people
from tests.bot.faults.test_workers import said
from tests.cluster.conftest import loaded, news
from tests.cluster.nodes import Nodes


async def test_two_bots_answer_from_what_a_third_has_read(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICH_READER", "off")
    folder = tmp_path / "in"
    folder.mkdir()
    news(folder, "cau", "Cầu Hương An", "Cầu Hương An dài 1.200 m, thông xe sáng 2/11/2025.")
    library = Library.open([folder], tmp_path / "cache")
    loaded(library, store)
    async with AsyncExitStack() as running:
        bots = []
        for name in ("first", "second"):
            (tmp_path / name).mkdir()
            settings = changed(environment(monkeypatch, tmp_path / name), "library", store=store)
            world = World()
            [chat] = people(world, 1)
            bot = await running.enter_async_context(at_work_for(world, settings, opened(store)))
            bots.append((services_of(bot).library, world, chat))
        news(folder, "cho", "Chợ Tân Kiều", "Chợ Tân Kiều có 300 sạp, mở cửa năm 2024.")
        loaded(library.refreshed([folder]), store)
        for current, world, chat in bots:
            refreshed = await current.refresh()
            assert (refreshed.changed, refreshed.failed) == (True, False)
            world.say(world.users[chat.id], chat, "Chợ Tân Kiều có bao nhiêu sạp?")
            await all_answered(world)
            assert "300 sạp" in said(world, chat)[-1]


def test_a_snapshot_brings_a_collection_back_as_it_was(nodes: Nodes, tmp_path: Path, store: str) -> None:
    """As deploy/README.md says it; `nodes`, as others need not have a place for snapshots."""
    store = f"opensearch://{nodes.hosts}/{store.rpartition('/')[2]}"
    local = Library.open([data_folder("seeds")], tmp_path)
    loaded(local, store)
    cluster = Cluster(Address.of(store), WRITING)
    place = f"/_snapshot/{cluster.name}"
    which = {"indices": f"{cluster.name}-*", "include_global_state": False}
    cluster.call("PUT", place, {"type": "fs", "settings": {"location": cluster.name}})
    cluster.call("PUT", f"{place}/one", which, wait_for_completion="true")
    cluster.call("DELETE", f"/{cluster.name}-*")
    with pytest.raises(ClusterError):
        opened(store)
    cluster.call("POST", f"{place}/one/_restore", which, wait_for_completion="true")
    remote = opened(store)
    assert remote.articles == local.articles
    for article in local.articles[:5]:
        assert remote.ask(article.title or "", read=False) == local.ask(article.title or "", read=False)
    assert loaded(local, store) == 0, "all that was there is"
    cluster.call("DELETE", place)
