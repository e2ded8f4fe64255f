"""Facts that a question may have without a capital: countries, provinces, ministries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from retrieval.config_files import listed
from retrieval.query.phrases import PhraseSet

_MINISTRY = frozenset({"bộ", "bo"})
_PROVINCE = frozenset({"tinh", "pho"})


class KnownNames:
    """Finds them among the terms of a question."""

    def __init__(self, countries: Iterable[str], provinces: Iterable[str], ministries: Iterable[str]) -> None:
        self._countries, self._provinces, self._ministries = map(PhraseSet.of, (countries, provinces, ministries))

    @classmethod
    def of_config(cls, offices: Mapping[str, Any], left_out: Collection[str]) -> Self:
        """Those of config/offices.toml."""
        places = offices["places"]
        same = [form for kept, forms in places["same_countries"].items() for form in (kept, *listed(forms))]
        countries, provinces = (
            [name for name in names if name not in left_out]
            for names in ([*listed(places["countries"]), *same], listed(places["provinces"]))
        )
        return cls(countries, provinces, listed(offices["complements"]["ministries"]))

    def of(self, terms: Sequence[str], capitals: Collection[str], accented: bool) -> Iterator[tuple[int, int]]:
        """Where they stand, as (start, end); a ministry without "Bộ", which an article may leave out."""
        before = ["", *terms]
        for start, end in self._countries.places(terms, accented):
            if end - start > 1 or (accented and terms[start] in capitals):  # "Áo" is no "ao"
                yield start, end
        for start, end in self._provinces.places(terms, accented):
            if accented or before[start] in _PROVINCE:  # "Sơn La" is no "son la"
                yield start, end
        for start, end in self._ministries.places(terms, accented):
            if before[start] in _MINISTRY:
                yield start, end
