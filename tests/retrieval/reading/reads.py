"""How these tests read: a file's content in, the only article (or all results) out."""

from collections.abc import Mapping

from retrieval import reading
from retrieval.reading import DEFAULT_LIMITS, Limits
from retrieval.reading.metadata import aggregator, dateline
from retrieval.records import Problem, Reading

PUBLISHERS: Mapping[str, str] = {
    "tuoitre.vn": "Tuổi Trẻ",
    "vnexpress.net": "VnExpress",
    aggregator("baomoi.com"): "Báo Mới",
    dateline("TTO"): "Tuổi Trẻ",
}


def results(
    name: str, data: bytes | str, *, overrides: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> list[Reading | Problem]:
    content = data.encode() if isinstance(data, str) else data
    sidecar = overrides.encode() if overrides is not None else None
    return list(reading.read(name, content, path=f"in/{name}", overrides=sidecar, publishers=PUBLISHERS, limits=limits))


def articles(name: str, data: bytes | str, *, limits: Limits = DEFAULT_LIMITS) -> list[Reading]:
    return [result for result in results(name, data, limits=limits) if isinstance(result, Reading)]


def problems(name: str, data: bytes | str, *, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Each problem as "source: message"."""
    found = results(name, data, limits=limits)
    return [f"{problem.source}: {problem.message}" for problem in found if isinstance(problem, Problem)]


def only(name: str, data: bytes | str, *, overrides: str | None = None) -> Reading:
    (result,) = results(name, data, overrides=overrides)
    assert isinstance(result, Reading), result
    return result


def spans(read: Reading) -> list[tuple[str, str]]:
    """Each paragraph as (kind, text)."""
    return [(span.kind, read.article.text[span.start : span.end]) for span in read.paragraphs]


def dropped(read: Reading) -> list[tuple[int, str]]:
    """Each dropped line as (number, reason)."""
    return [(line.line, line.reason) for line in read.dropped]


def texts_of(read: Reading) -> list[str]:
    """What is quoted of it."""
    return [text for _, text in spans(read)]
