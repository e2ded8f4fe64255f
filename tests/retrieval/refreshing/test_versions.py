"""What is stored is known by the code and the lists that made it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.config_files import data_folder
from retrieval.refreshing import versions


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package and its lists that a test may change."""
    copy = tmp_path / "retrieval"
    shutil.copytree(Path(versions.__file__).parent.parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(data_folder("config"), tmp_path / "config")
    monkeypatch.setattr(versions, "_PACKAGE", copy)
    monkeypatch.setattr(versions, "data_folder", lambda name: tmp_path / name)
    return copy


@pytest.mark.parametrize(
    ("changed", "of"),
    [
        ("retrieval/facts/offices.py", versions.facts_version),
        ("retrieval/store/sightings.py", versions.facts_version),
        ("config/offices.toml", versions.facts_version),
        ("config/aliases.toml", versions.facts_version),
        ("retrieval/sentences/ends.py", versions.reading_version),
        ("retrieval/reading/plain.py", versions.reading_version),
        ("retrieval/dates/numeric.py", versions.reading_version),
        ("config/reference_dates.toml", versions.reading_version),
    ],
)
def test_a_change_of_code_or_a_list_is_another_version(package: Path, changed: str, of: Callable[[], object]) -> None:
    before = of()
    assert of() == before
    path = package.parent / changed
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert of() != before


def test_a_new_list_of_facts_is_another_version_and_one_for_questions_is_not(package: Path) -> None:
    before = versions.facts_version()
    questions = package.parent / "config" / "questions.toml"
    questions.write_text(questions.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert versions.facts_version() == before
    (package.parent / "config" / "nicknames.toml").write_text("", encoding="utf-8")
    assert versions.facts_version() != before


def test_a_rule_of_facts_does_not_read_the_files_again(package: Path) -> None:
    before = versions.reading_version()
    (package / "facts" / "more.py").write_text("", encoding="utf-8")
    assert versions.reading_version() == before
