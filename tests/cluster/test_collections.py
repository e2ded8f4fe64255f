"""A library in a real cluster beside the same library in files."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from retrieval import Library
from retrieval.__main__ import app
from retrieval.cluster import connection, loading
from retrieval.cluster.connection import WRITING, Address, Cluster, RefusedError
from retrieval.cluster.lease import Lease, LeasedError
from retrieval.cluster.moving import compare, fetch
from retrieval.cluster.opening import opened, renewed
from retrieval.config_files import data_folder
from retrieval.index import bm25
from retrieval.store.opening import store_name
from retrieval.store.schema import StoreError
from tests.cluster.conftest import loaded, news

_QUESTIONS = (
    "Bộ trưởng Bộ Ngoại giao là ai?", "ai la thu tuong", "Thủ tướng nói gì về kinh tế?", "giá gạo từ 3/2025",
    "Chủ tịch nước tiếp ai năm 2025?", "người ngoài hành tinh đổ bộ xuống Huế khi nào?",
)  # fmt: skip


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open([data_folder("seeds")], tmp_path_factory.mktemp("seeds"))


def test_what_is_found_and_told_is_the_same_as_in_files(local: Library, store: str) -> None:
    loaded(local, store)
    remote = opened(store)
    titles = [article.title for article in local.articles if article.title]
    assert remote.articles == local.articles
    assert remote.sentences == local.sentences
    assert (remote.sources, remote.topics, remote.problems) == (local.sources, local.topics, local.problems)
    for question in (*titles, *_QUESTIONS):
        assert remote.ask(question, read=False) == local.ask(question, read=False), question
    for question in itertools.islice(titles, 4):
        assert remote.search(question) == local.search(question)
        assert remote.timeline(question) == local.timeline(question)
        publisher = local.articles[0].publisher or ""
        limited = {"since": "2025", "publishers": [publisher], "read": False}
        assert remote.ask(question, **limited) == local.ask(question, **limited)  # type: ignore[arg-type]
    assert remote.who("Phạm Minh Chính") == local.who("Phạm Minh Chính")
    with pytest.raises(StoreError):
        remote.parts()
    assert [found for found in compare(local, remote, titles[:1]) if found] == []


def test_words_that_very_many_sentences_have_find_nothing_as_in_files(
    local: Library, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bm25, "_COMMON", 10)  # as a word is common among a million sentences
    loaded(local, store)
    remote = opened(store)
    cluster: Any = remote._index._cluster  # type: ignore[attr-defined]
    searches, bodies = cluster.searches, list[str]()

    def noted(asked: Any) -> Any:
        if len(asked) == 2:  # for sentences and for passages
            bodies.extend(json.dumps(body, ensure_ascii=False) for _, body in asked)
        return searches(asked)

    monkeypatch.setattr(cluster, "searches", noted)
    question = "Thủ tướng nói gì về xuất khẩu gạo của Việt Nam?"
    assert remote.ask(question, read=False).status == local.ask(question, read=False).status
    fields: Any = remote._index.fields(accented=True)
    for body, field in zip(bodies, itertools.cycle((fields.sentences, fields.passages)), strict=False):
        words = re.findall(r'"accented": {"value": "(\w+)"', body)
        assert words
        assert field.telling(words) == words
    assert bodies


def test_readers_see_what_comes_and_what_goes_once_it_is_whole(tmp_path: Path, store: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    news(folder, "cau", "Cầu Hương An", "Cầu Hương An dài 1.200 m, thông xe sáng 2/11/2025.")
    library = Library.open([folder], tmp_path / "cache")
    assert loaded(library, store) == 1
    before = opened(store)
    assert renewed(before) is before
    second = news(folder, "cho", "Chợ Tân Kiều", "Chợ Tân Kiều có 300 sạp, mở cửa năm 2024.")
    library = library.refreshed([folder])
    assert loaded(library, store) == 1, "only what is new is sent"
    after = renewed(before)
    assert [article.title for article in after.added_since(before)] == ["Chợ Tân Kiều"]
    assert "300" in after.ask("Chợ Tân Kiều có bao nhiêu sạp?", read=False).quotes[0].text
    assert before.ask("Cầu Hương An dài bao nhiêu?", read=False).quotes, "who has not looked again answers as before"
    second.unlink()
    library = library.refreshed([folder])
    assert loaded(library, store) == 0
    gone = renewed(after)
    assert not gone.search("Chợ Tân Kiều")
    assert len(gone.articles) == 1


def test_other_documents_take_the_place_of_all_by_one_swap(tmp_path: Path, store: str) -> None:
    news(tmp_path, "cau", "Cầu Hương An", "Cầu Hương An dài 1.200 m.")
    assert loaded(Library.open([tmp_path / "cau.txt"], tmp_path / "one"), store) == 1
    before = opened(store)
    news(tmp_path, "cho", "Chợ Tân Kiều", "Chợ Tân Kiều có 300 sạp.")
    another = Library.open([tmp_path / "cho.txt"], tmp_path / "another")
    assert loaded(another, store) == 1
    assert before.ask("Cầu Hương An dài bao nhiêu?", read=False).quotes, "who reads the last ones may go on"
    assert renewed(before).articles == another.articles


def test_a_load_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_MOST", 20)
    lines = [news(tmp_path, f"bai{at}", f"Bài {at}", f"Cầu số {at} dài {at + 100} m.") for at in range(40)]
    library = Library.open(lines, tmp_path / "cache")
    cluster = Cluster(Address.of(store), WRITING)

    def stop(done: int, _of: int) -> None:
        if done == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loading.load(cluster, *library.parts(), stop)
    rest = loading.load(cluster, *library.parts())
    assert 0 < rest < 40
    assert opened(store).articles == library.articles
    settings = cluster.call("GET", f"/{cluster.name}-sentences/_settings").values()
    assert [one["settings"]["index"]["number_of_replicas"] for one in settings] == ["1"], "copies come with the last"


def test_a_load_goes_on_whatever_the_cluster_has_no_room_for(
    tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_MOST", 20)
    monkeypatch.setattr(connection, "_PAUSES", (0.0,) * 9)
    lines = [news(tmp_path, f"bai{at}", f"Bài {at}", f"Cầu số {at} dài {at + 100} m.") for at in range(40)]
    library = Library.open(lines, tmp_path / "cache")
    cluster, refused = Cluster(Address.of(store), WRITING), set[tuple[str, ...]]()
    call = cluster.call

    def refusing(method: str, path: str, *given: Any, **params: Any) -> Any:
        """Each call once, as where a node has no memory for it just then."""
        if (method, path) not in refused:
            refused.add((method, path))
            raise RefusedError(429, "circuit_breaking_exception")
        return call(method, path, *given, **params)

    monkeypatch.setattr(cluster, "call", refusing)
    assert loading.load(cluster, *library.parts()) == 40
    assert len(refused) > 20
    assert opened(store).articles == library.articles


def test_one_writes_at_a_time_and_whoever_dies_is_followed(store: str) -> None:
    cluster, now = Cluster(Address.of(store), WRITING), 1_000.0
    first = Lease(cluster, lambda: now)
    with first, pytest.raises(LeasedError), Lease(cluster, lambda: now):
        pass
    first.__enter__()  # and never leaves
    now += 3_600
    with Lease(cluster, lambda: now), pytest.raises(LeasedError):
        first.renew()


def test_the_command_moves_a_library_there_and_back_and_compares(
    tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    news(tmp_path, "cau", "Cầu Hương An", "Cầu Hương An dài 1.200 m.")
    (tmp_path / "asked.txt").write_text("Cầu Hương An dài bao nhiêu?\n", encoding="utf-8")
    monkeypatch.setenv("TRICH_READER", "off")
    monkeypatch.setenv("TRICH_LIBRARY__PATHS", str(tmp_path / "cau.txt"))
    for cache, back in (("there", []), ("back", ["--back"])):
        monkeypatch.setenv("TRICH_LIBRARY__CACHE", str(tmp_path / cache))
        moved = CliRunner().invoke(app, ["move", store, *back, "--questions", str(tmp_path / "asked.txt")])
        assert moved.exit_code == 0, moved.output
        assert "1 of 1 questions" in moved.output
    monkeypatch.setenv("TRICH_LIBRARY__STORE", store)
    asked = CliRunner().invoke(app, ["ask", "Cầu Hương An dài bao nhiêu?"])
    assert (asked.exit_code, "1.200 m" in asked.output) == (0, True)
    again = CliRunner().invoke(app, ["move", store, "--back"])
    assert again.exit_code == 2, "what is there is not written over"


def test_a_library_that_was_moved_comes_back_as_it_was(local: Library, store: str, tmp_path: Path) -> None:
    loaded(local, store)
    paths = [data_folder("seeds")]
    told: list[tuple[int, int]] = []
    cluster = Cluster(Address.of(store), WRITING)
    fetch(cluster, tmp_path / store_name(paths), lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]
    back = Library.open(paths, tmp_path)
    assert back.revision == local.revision, "nothing had to be read again"
    assert back.articles == local.articles
    for question in _QUESTIONS:
        assert back.ask(question, read=False) == local.ask(question, read=False)
