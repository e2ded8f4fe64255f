"""What is found: a mention of a person."""

from dataclasses import dataclass
from typing import Literal, Protocol

from retrieval.facts.roles import Role
from retrieval.facts.rules import Status
from retrieval.records import Kind

How = Literal["named", "title", "pronoun"]


class SentenceSpan(Protocol):
    """A sentence as `retrieval.records.Sentence` has it."""

    @property
    def start(self) -> int:
        """The offset of its first character."""
        ...

    @property
    def end(self) -> int:
        """The offset after its last character."""
        ...

    @property
    def kind(self) -> Kind:
        """Headline, lead, body or caption."""
        ...

    @property
    def paragraph(self) -> int:
        """The index of its paragraph."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A person mentioned in an article. `text[start:end] == surface`.

    `name` is the full name as the article has it ("Tô Lâm" for "Tổng Bí thư", "ông Lâm"). `offices` are those the text
    gives here, in their kept form, completed from the same article ("Bộ trưởng" → "Bộ trưởng Bộ Ngoại giao"); `status`
    says in what way they are held, "none" where no office is given. `role` is "other" for who is only named:
    photographers, authors, streets, statues, thoughts. `how`: by name, by title alone, by pronoun. `sentence` is the
    index of the sentence.
    """

    start: int
    end: int
    surface: str
    name: str
    offices: tuple[str, ...]
    status: Status
    role: Role
    how: How
    sentence: int
