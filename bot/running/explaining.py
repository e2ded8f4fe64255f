"""By what the answer to an update was chosen, as JSON: what the sandbox's page shows beside the chat."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from bot.finding import answers
from bot.library.current import CurrentLibrary
from bot.memory.asked import LastAsked
from retrieval.ranking.explanation import Candidate, Explanation, PartExplained


async def explain(library: CurrentLibrary, known: LastAsked, update: Mapping[str, Any]) -> dict[str, Any] | None:
    """None for an update that asked nothing. The library is asked once more, with what it was asked with."""
    asked = known.of(update["update_id"])
    if asked is None:
        return None
    return _explanation(await library.find(answers.explain, asked))


def _explanation(found: Explanation) -> dict[str, Any]:
    """Without the articles' whole texts, which their quotes carry."""
    return {
        "answer": {"status": found.answer.status, "confidence": found.answer.confidence},
        "reason": found.reason,
        "threshold": found.threshold,
        "parts": [_part(part) for part in found.parts],
    }


def _part(part: PartExplained) -> dict[str, Any]:
    plain = {
        name: getattr(part, name)
        for name in ("text", "kind", "accented", "terms", "names", "numbers", "offices", "unresolved", "confidence",
                     "objection", "bias")
    }  # fmt: skip
    factors = [asdict(factor) for factor in part.factors]
    return plain | {"factors": factors, "candidates": [_candidate(candidate) for candidate in part.candidates]}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    article = candidate.quote.article
    return {
        "text": candidate.quote.text,
        "source": " · ".join(filter(None, (article.publisher, article.title))) or PurePath(article.path).name,
        "score": candidate.quote.score,
        "sentence_bm25": candidate.sentence_bm25,
        "passage_bm25": candidate.passage_bm25,
        "features": [asdict(feature) for feature in candidate.features],
    }
