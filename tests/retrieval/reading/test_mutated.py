"""Files that were cut, mixed up and overwritten: no reader raises, or keeps on for ever.

Few by default; many with `--hypothesis-profile thorough`, and of changed characters with
`python -m tests.retrieval.reading.mutations 10000`.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.retrieval.reading import mutations
from tests.retrieval.reading.made import word, zipped
from tests.retrieval.reading.printing import article, made
from tests.retrieval.reading.reads import results
from tests.retrieval.reading.test_feed_dates import feed
from tests.retrieval.reading.test_saved_pages import FIRST, LEAD, page

_WHOLE = {
    "a.pdf": made(article()),
    "a.docx": word(("Title", "Chợ nổi mở lại"), ("Normal", LEAD), ("Normal", FIRST)),
    "a.html": page().encode(),
    "a.xml": feed(("10/5/2026 3:42:00 PM", "https://baovidu.vn/a")).encode(),
    "a.md": f"+++\ntitle = 'Chợ'\n+++\n\n{LEAD}\n\n| a | b |\n|---|---|\n\n* {FIRST}<br/>&amp;\n[1]: x".encode(),
    "a.jsonl": b'{"title": "a", "text": "b c d.", "published": "2024-03-05"}\n',
    "a.zip": zipped({"a.txt": LEAD, "b.html": page()}),
}
_ASKED = settings().max_examples
_EXAMPLES = _ASKED if _ASKED > 100 else 25


@pytest.mark.parametrize("name", _WHOLE)
@settings(max_examples=_EXAMPLES)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=8), st.integers(0, 40)), max_size=6),
    end=st.floats(0.2, 1),
)
def test_a_mutated_file_is_read_or_is_a_problem(name: str, changes: list[tuple[float, bytes, int]], end: float) -> None:
    data = bytearray(_WHOLE[name])
    for place, content, length in changes:
        at = int(place * len(data))
        data[at : at + length] = content
    for result in results(name, bytes(data[: int(end * len(data)) + 1])):
        assert result


@pytest.mark.parametrize("name", mutations.WHOLE)
def test_a_file_with_changed_characters_is_read_or_is_a_problem(name: str) -> None:
    assert all(results(name, mutations.mutated(name, number)) for number in range(20))
