"""The given news, as many times over as it takes, each time with other names and ids: not copies of each other."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from itertools import count

from tests.conftest import SHARED

_NAME = re.compile(r"(?<=[\w,;:(“\"-] )[A-ZĐÀ-Ỹ]\w*")
_END = re.compile(r"[.?!…][\"”]?(?=\s|$)|(?<![\s.?!…\"”])(?=\n|$)")


def repeated(sentences: int) -> Iterator[str]:
    """Lines of a JSON Lines file with about so many sentences; none without ../shared."""
    records = [json.loads(line) for line in _lines()]
    names = sorted({name for record in records for name in _NAME.findall(record["text"])})
    for copy in count() if records else ():
        others = dict(zip(names, random.Random(copy).sample(names, len(names)) if copy else names, strict=True))  # noqa: S311
        for record in records:
            if sentences <= 0:
                return
            title, text = (_renamed(record[field], others) for field in ("title", "text"))
            sentences -= len(_END.findall(text))
            # Two articles of one address are versions of one, of which the last is found.
            url = f"{record['url']}-{copy}" if copy and record.get("url") else record.get("url")
            changed = record | {"id": f"{copy}-{record['id']}", "title": title, "text": text, "url": url}
            yield json.dumps(changed, ensure_ascii=False) + "\n"


def _lines() -> Iterator[str]:
    """A long article of 2020, twenty-five short ones of 2025, and so on."""
    paths = [SHARED / "corpora" / f"{name}.jsonl.gz" for name in ("dantri_2020_2021", "rss_2025")]
    if not all(path.is_file() for path in paths):
        return
    with gzip.open(paths[0], "rt", encoding="utf-8") as long, gzip.open(paths[1], "rt", encoding="utf-8") as short:
        for line in long:
            yield line
            yield from (line for _, line in zip(range(25), short, strict=False))


def _renamed(text: str, others: dict[str, str]) -> str:
    return _NAME.sub(lambda found: others.get(found[0], found[0]), text)
