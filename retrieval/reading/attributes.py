"""Tags with more attributes than any page has: parsers compare each attribute of a tag with all others."""

import re

# Tags of pages have a dozen; white space in quoted ones (scripts, sizes of pictures) counts here too.
_MOST = 1_000
_SHORTEST = 2 * _MOST  # characters of a tag that has so many
# Comments and scripts hold no tags, whatever stands in them. Of a tag that is never closed all is read once.
_TAG = re.compile(
    r"<!--(?:(?!-->).)*+"
    r"|<(?P<raw>script|style)(?![^\s/>])(?:(?!</(?P=raw)).)*+"
    r"|(?P<name></?[a-z][^\s/>]*+)"
    r"(?:[\s/]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)?|[^\s/>=]++)*+",
    re.IGNORECASE | re.DOTALL,
)
_SEPARATOR = re.compile(r"[\s/]+")


def without_crowds(text: str) -> str:
    """A page or a feed whose tags have no more attributes than a page's; of others the name is left."""
    return _TAG.sub(_cut, text)


def _cut(tag: re.Match[str]) -> str:
    name = tag["name"]
    if name is None or tag.end() - tag.start() < _SHORTEST or len(_SEPARATOR.findall(tag[0])) <= _MOST:
        return tag[0]
    return name
