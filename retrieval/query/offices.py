"""The offices of config/offices.toml, as questions are read by them."""

from collections.abc import Mapping, Sequence
from typing import Any

from retrieval.config_files import listed
from retrieval.query.phrases import Phrase
from retrieval.tokens import syllables


def office_heads(offices: Mapping[str, Any]) -> Sequence[Phrase]:
    """Those without what they are of. A deputy's is the office modified, what goes by one word ("CEO") is told in
    others, and what is an office only of some bodies ("thành viên") is an everyday word in a question.
    """
    complete, heads = offices["offices"]["complete"], offices["offices"]["heads"]
    every = {*complete, *listed(heads["complemented"]), *listed(heads["of_office"]), *offices["offices"]["same"]}
    every -= set(listed(heads["of_bodies"]))
    phrases = {tuple(syllables(title)) for title in every if " " in title and not title.startswith("Phó ")}
    return sorted(one for one in phrases if not any(one[:size] in phrases for size in range(1, len(one))))
