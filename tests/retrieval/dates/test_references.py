"""config/reference_dates.toml and its reader."""

import pytest

from retrieval.config_files import load_toml
from retrieval.dates import bounds, load_references


def test_every_reference_has_names_a_known_date_and_a_source() -> None:
    references = load_references(load_toml("reference_dates.toml"))
    assert len(references) >= 10
    assert all(one.names and one.source and bounds(one.date) for one in references)


def test_no_name_stands_for_two_events() -> None:
    names = [name.lower() for one in load_references(load_toml("reference_dates.toml")) for name in one.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "entry",
    [{}, {"names": ["A"], "date": "2021"}, {"names": ["A"], "date": "14/12/2021", "source": "B"}, {"date": "2021"}],
)
def test_an_incomplete_reference_is_named_in_the_error(entry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\[\[reference\]\] 1"):
        load_references({"reference": [entry]})


def test_no_references_are_fine() -> None:
    assert load_references({}) == ()
