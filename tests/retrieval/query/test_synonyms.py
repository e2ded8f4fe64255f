from pathlib import Path

import pytest

from retrieval import Library
from retrieval.config_files import load_toml
from retrieval.query.synonyms import Synonyms

SYNONYMS = Synonyms(
    [("qua đời", "mất", "từ trần"), ("thủ đô", "kinh đô"), ("sinh", "chào đời"), ("sinh viên", "học viên")]
)


def test_a_run_of_terms_has_what_else_means_it() -> None:
    assert SYNONYMS.of(["gandhi", "qua", "đời"], accented=True) == ((("mất",), 1, 3), (("từ", "trần"), 1, 3))


def test_without_diacritics_too() -> None:
    assert SYNONYMS.of(["thu", "do", "iran"], accented=False) == ((("kinh", "do"), 0, 2),)


def test_of_words_inside_each_other_the_longest_counts() -> None:
    assert SYNONYMS.of(["sinh", "viên"], accented=True) == ((("học", "viên"), 0, 2),)


def test_what_repeats_the_word_itself_says_nothing_new() -> None:
    assert Synonyms([("mệnh danh", "được mệnh danh")]).of(["mệnh", "danh"], accented=True) == ()


def test_no_group_of_the_configuration_repeats_or_lacks_a_phrase() -> None:
    for lines in load_toml("synonyms.toml")["groups"].values():
        for line in lines.strip().split("\n"):
            phrases = line.split(", ")
            assert len(phrases) == len(set(phrases)) > 1, line
            assert all(phrase == phrase.strip().lower() != "" for phrase in phrases), line


@pytest.mark.parametrize("question", ["Tolstoy qua đời ở đâu?", "tolstoy qua doi o dau?"])
def test_a_sentence_that_says_it_with_a_synonym_is_found_before_one_that_does_not_say_it(
    question: str, tmp_path: Path
) -> None:
    told = "Tolstoy từ trần tại nhà ga Astapovo giữa mùa đông."
    others = "Tolstoy viết thư tại nhà ga Moskva giữa mùa đông.", "Tolstoy đọc sách tại nhà ga Tula giữa mùa đông."
    (tmp_path / "article.txt").write_text("\n\n".join([others[0], told, others[1]]), encoding="utf-8")
    assert Library.open([tmp_path]).search(question)[0].text == told


@pytest.mark.parametrize("name", ["TP HCM", "TP.HCM"])
def test_who_asks_by_one_name_of_a_place_finds_what_is_told_by_another(name: str, tmp_path: Path) -> None:
    told = f"{name} trồng bàng."
    named = (f"Sài Gòn đêm thứ {number}." for number in range(1, 150))  # more than are candidates
    others = (f"Xã số {number} trồng lúa." for number in range(1, 600))  # so that a name tells much
    (tmp_path / "article.txt").write_text("\n\n".join([*named, *others, told]), encoding="utf-8")
    assert Library.open([tmp_path]).search("Sài Gòn trồng cây gì?")[0].text == told
