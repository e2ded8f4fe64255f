import pytest

from retrieval.ask import _adds_nothing

SHOWN = "đến cuối năm 2025 núi mây đã có 60 cáp treo đưa khách lên đỉnh"


@pytest.mark.parametrize(
    ("later", "nothing"),
    [
        ("núi mây có 60 cáp treo", True),
        ("núi mây có 61 cáp treo", False),  # what contradicts is shown
        ("núi mây có 60 cáp treo do thợ đức dựng", False),
        ("núi mây đã có 60 cáp treo đưa khách lên đỉnh cuối năm 2025", True),
    ],
)
def test_a_quote_adds_a_number_or_words_enough(later: str, *, nothing: bool) -> None:
    assert _adds_nothing(set(later.split()), set(SHOWN.split()), 0.8) == nothing
