"""How many articles make a fact."""

import pytest

from retrieval.who.weighing import Evidence, Sign, Tenure, chance_of, died, is_of_person, latest, stands


def shown(articles: int, first: int = 30_000, last: int = 30_000, status: str = "holds") -> Evidence:
    """So many articles of one paper between two days."""
    rows = [Tenure("x", "x", status, first // 30, "Báo", 1, first, last)] * (articles - 1)
    return Evidence((*rows, Tenure("x", "x", status, last // 30, "Báo", 1, last, last)))


def test_the_chance_of_mistakes_is_the_binomial_tail() -> None:
    assert chance_of(1, 1, 0.01) == pytest.approx(0.01)
    assert chance_of(2, 3, 0.1) == pytest.approx(3 * 0.1**2 * 0.9 + 0.1**3)
    assert chance_of(0, 5, 0.1) == 1.0
    assert chance_of(10_000, 100_000, 0.01) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("own", "beside", "several", "fact"),
    [(1, 0, False, True), (1, 4, False, True), (1, 5, False, False), (2, 33, False, True), (2, 40, False, False),
     (9, 800, False, False), (20, 800, False, True), (1, 30, True, True), (1, 40, True, False)],
)  # fmt: skip
def test_one_article_against_many_is_no_fact(own: int, beside: int, several: bool, fact: bool) -> None:
    others = [shown(beside)] if beside else []
    assert stands(shown(own), others, several=several) is fact


def test_who_held_it_at_another_time_is_no_rival() -> None:
    assert stands(shown(1, 20_000, 20_000), [shown(500)], several=False)
    assert not stands(shown(1, 0, 0), [shown(500)], several=False), "without a year it may be now"


def test_a_stray_article_long_ago_does_not_make_a_rival_of_then() -> None:
    strayed = Evidence((*shown(500).rows, *shown(1, 20_000, 20_000).rows))
    assert stands(shown(1, 20_000, 20_000), [strayed], several=False)


def test_an_office_once_among_hundreds_of_the_person_is_no_fact() -> None:
    assert not is_of_person(shown(1), [shown(1), shown(400)])
    assert is_of_person(shown(3), [shown(3), shown(100)])


def test_called_late_by_mistake_nobody_dies() -> None:
    assert died(shown(1, 29_000, 29_000, "late"), shown(300)) is None
    assert died(shown(1, 29_000, 29_000, "late"), shown(1)) == 29_000


def test_the_newest_solid_evidence_tells_who_holds_it_now() -> None:
    before = [("old", Sign(day, 1)) for day in range(100)]
    assert latest([*before, ("new", Sign(101, 1)), ("new", Sign(102, 1))]) == "new"
    assert latest([*before, ("new", Sign(101, 1))]) == "old", "one article is not yet solid"
    assert latest([("old", Sign(1, 1)), ("new", Sign(2, 1))]) == "new"


def test_who_left_holds_it_no_more() -> None:
    assert latest([("a", Sign(1, 1)), ("a", Sign(2, -1))]) is None
    assert latest([]) is None
