"""Zip files, and what may lie in them."""

from retrieval.reading import Limits
from tests.retrieval.reading.made import zipped
from tests.retrieval.reading.reads import articles, problems, results

LEAD = "Sáng 5-3, cây cầu mới qua sông đã thông xe, sớm hơn kế hoạch hai tháng."


def test_members_of_every_kind_are_read_in_the_order_of_names() -> None:
    archive = zipped(
        {
            "sub/b.md": f"# Cầu\n\n{LEAD}",
            "a.txt": LEAD,
            "c.jsonl": f'{{"id": "x", "text": "{LEAD}"}}',
            "d.zip": zipped({"e.txt": LEAD}),
            "README.txt": "Không phải bài.",
            "pic.jpg": b"\xff",
            "__MACOSX/a.txt": b"\x00",
            ".hidden.txt": "Không phải bài.",
        }
    )
    found = articles("in.zip", archive)
    assert [read.article.id for read in found] == ["in.zip/a.txt", "x", "in.zip/d.zip/e.txt", "in.zip/sub/b.md"]
    assert found[0].article.path == "in/in.zip/a.txt"
    assert problems("in.zip", archive) == []


def test_a_member_has_its_sidecar_beside_it() -> None:
    (read,) = articles("a.zip", zipped({"a.txt": LEAD, "a.txt.meta.toml": 'author = "Lan Anh"'}))
    assert read.article.author == "Lan Anh"


def test_a_bad_member_is_named_and_the_rest_is_read() -> None:
    archive = zipped({"a.txt": b"\x00\x01", "b.txt": LEAD, "c\nd.txt": LEAD})
    assert problems("a.zip", archive) == [
        "in/a.zip/a.txt: not text",
        "in/a.zip/'c\\nd.txt': line break or control character in the file name: rename it",
    ]
    assert len(articles("a.zip", archive)) == 1


def test_a_member_packed_too_tightly_is_refused_and_the_rest_is_read() -> None:
    archive = zipped({"a.txt": b" " * 5_000_000, "b.txt": LEAD})
    assert problems("a.zip", archive) == ["in/a.zip/a.txt: packed more than 200:1, as no text is: a zip bomb?"]
    assert len(articles("a.zip", archive)) == 1


def test_the_total_is_limited_over_nested_archives() -> None:
    inner = zipped({"a.txt": LEAD * 10, "b.txt": LEAD * 10})
    archive = zipped({"a.zip": inner, "b.zip": inner})
    limits = Limits(unpacked=2 * len(inner) + 3 * len(LEAD.encode()) * 10)
    assert [read.article.id for read in articles("a.zip", archive, limits=limits)] == [
        "a.zip/a.zip/a.txt",
        "a.zip/a.zip/b.txt",
        "a.zip/b.zip/a.txt",
    ]
    (problem,) = problems("a.zip", archive, limits=limits)
    assert problem == f"in/a.zip/b.zip/b.txt: the archive unpacks to more than {limits.unpacked:,} bytes: left out"


def test_the_number_of_members_is_limited() -> None:
    archive = zipped({f"{number}.txt": LEAD for number in range(5)})
    assert problems("a.zip", archive, limits=Limits(members=4)) == ["in/a.zip: more than 4 files in it"]


def test_nesting_is_limited() -> None:
    archive = zipped({"a.txt": LEAD})
    for _ in range(5):
        archive = zipped({"a.zip": archive})
    (problem,) = results("a.zip", archive)
    assert "archives in archives, more than 3 deep" in str(problem)


def test_an_encrypted_member_is_named() -> None:
    archive = bytearray(zipped({"a.txt": LEAD}))
    archive[archive.index(b"PK\x01\x02") + 8] |= 1  # the flag in the central directory, which readers go by
    assert problems("a.zip", bytes(archive)) == ["in/a.zip/a.txt: encrypted"]


def test_a_damaged_member_and_a_damaged_archive_are_problems() -> None:
    archive = zipped({"a.txt": LEAD, "b.txt": LEAD})
    damaged = bytearray(archive)
    damaged[45] ^= 0xFF
    assert problems("a.zip", bytes(damaged))[0].startswith("in/a.zip/a.txt: damaged: ")
    assert len(articles("a.zip", bytes(damaged))) == 1
    assert problems("a.zip", archive[:-30])[0].startswith("in/a.zip: damaged or no .zip: ")


def test_a_member_that_points_outside_is_a_name_only() -> None:
    (read,) = articles("a.zip", zipped({"../../etc/a.txt": LEAD}))
    assert read.article.id == "a.zip/../../etc/a.txt"


def test_an_archive_of_nothing_that_is_read_says_so() -> None:
    assert problems("a.zip", zipped({"anh.jpg": "x", "README.md": "y"})) == [
        "in/a.zip: no file in it of a kind that is read"
    ]
