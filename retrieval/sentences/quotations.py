"""Whether a place of a text stands in a quotation."""


class Quotations:
    """Whether a quotation that begins at `start` or later is open, asked for places one after the other."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._seen, self._straight, self._curly = text, start, 0, 0

    def open_at(self, at: int) -> bool:
        """Whether one is open there."""
        self._straight += self._text.count('"', self._seen, at)
        self._curly += self._text.count("“", self._seen, at) - self._text.count("”", self._seen, at)
        self._seen = at
        return self._straight % 2 == 1 or self._curly > 0
