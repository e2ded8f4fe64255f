"""How many articles of which paper show whom in which office: counted anew where articles came or went.

An article counts once: near-copies and the very same text count for the first of them, and of several versions at one
address only the latest does, so that a correction wins.
"""

import sqlite3

from retrieval.records import Article
from retrieval.store import copies
from retrieval.store.schema import CORRECTS, VERSIONS, address_of
from retrieval.store.sightings import SPAN

# Between a paper and its section.
_SECTION = " - "
_PAPER = f"rtrim(substr(coalesce(publisher, ''), 1, instr(coalesce(publisher, '') || '{_SECTION}', '{_SECTION}') - 1))"
# Sightings are counted by stretches of so many days: enough to tell who held an office beside whom.
STRETCH = 30

# Of versions at one address the one published last stays, of two of a day the one read last; the very same text read
# from two files is no new version, and a new version is no copy.
_HERE, _THERE, _OTHER = map(address_of, ("a.url", "v.url", "o.url"))
_VERSION = f"""b.key IN (SELECT v.key FROM articles v WHERE v.url IS NOT NULL AND {_THERE} = {_HERE}
        ORDER BY v.key DESC LIMIT {VERSIONS})
    AND b.content <> a.content AND (coalesce(b.published, ''), b.key) > (coalesce(a.published, ''), a.key)"""  # noqa: S608
_ECHOES = f"""INSERT INTO echoes SELECT a.key FROM touched t JOIN articles a ON a.key = t.article
    WHERE EXISTS (SELECT 1 FROM articles b WHERE b.content = a.content AND b.key < a.key)
    OR a.url IS NOT NULL AND EXISTS (SELECT 1 FROM articles b WHERE {_VERSION})"""  # noqa: S608
# So too for readers: the older version is not quoted. An address that names no article, a paper's front page or a
# section, has no versions; and two articles of one address that have little in common are none of each other.
_VERSIONS = f"""SELECT a.key, b.key, s.least, n.least, a.title IS NOT NULL AND a.title = b.title
    FROM touched t JOIN articles a ON a.key = t.article JOIN articles b ON {_VERSION}
    JOIN sketches s ON s.article = a.key JOIN sketches n ON n.article = b.key
    WHERE a.url GLOB '*://*/*[0-9][0-9][0-9]*' OR a.url GLOB '*://*/*-*-*-*'
    ORDER BY a.key, coalesce(b.published, ''), b.key"""  # noqa: S608
_OF_ONE = 0.2  # of their runs of syllables two versions have in common at least
# An article that corrects another names it by its title or its address. Short ones ("Tin vắn") name nothing. Each is
# looked for in each text that corrects: in the last ones only, where these begin, as else it would be their product.
_CORRECTING, _LOOKED_THROUGH = 200, 5_000  # articles; characters
_CORRECTIONS = f"""INSERT OR IGNORE INTO corrections SELECT a.key, c.key
    FROM (SELECT key, substr(text, 1, {_LOOKED_THROUGH}) AS text FROM articles WHERE {CORRECTS}
        ORDER BY key DESC LIMIT {_CORRECTING}) c CROSS JOIN articles a
    WHERE a.key <> c.key AND (a.key IN touched OR c.key IN touched)
        AND (length(a.title) >= 20 AND instr(c.text, a.title) > 0
            OR length(a.url) >= 30 AND instr(c.text, a.url) > 0)"""  # noqa: S608
_TAKEOVERS = f"""INSERT INTO takeovers SELECT a.key FROM touched t JOIN articles a ON a.key = t.article
    WHERE EXISTS (SELECT 1 FROM copies c JOIN articles o ON o.key = c.other
        WHERE c.article = a.key AND (a.url IS NULL OR o.url IS NULL OR {_OTHER} <> {_HERE}))"""  # noqa: S608

# Each article once for a person, an office and a status, at the latest day at which it shows them; one that tells of
# an appointment is no further one that shows the office held. Papers are as of `newspaper`.
_TENURES = f"""INSERT INTO tenures SELECT t.title, person, status, day / {STRETCH},
    {_PAPER} AS paper,
    count(*), min(day), max(until)
    FROM (SELECT h.title, h.person, h.status, h.article, -min(h.newest) / {SPAN} AS day,
            -min(h.newest) % {SPAN} AS until
        FROM stale s CROSS JOIN held h ON h.person = s.person AND h.title = s.title
        WHERE h.article NOT IN echoes AND h.article NOT IN takeovers AND NOT (h.status IN ('holds', 'acting')
            AND EXISTS (SELECT 1 FROM held b WHERE b.person = h.person AND b.title = h.title
                AND b.status IN ('begins', 'begins acting') AND b.article = h.article))
        GROUP BY h.title, h.person, h.status, h.article) t JOIN articles ON key = article
    GROUP BY t.title, person, status, day / {STRETCH}, paper"""  # noqa: S608


def newspaper(article: Article) -> str:
    """The paper of an article, for who counts papers: "VnExpress" of its section "VnExpress - Thế Giới"; empty where
    none is named.
    """
    return (article.publisher or "").partition(_SECTION)[0].rstrip()


def count_anew(db: sqlite3.Connection) -> None:
    """Bring `echoes`, `superseded`, `takeovers` and `tenures` up to date with the articles; in a transaction."""
    db.execute("DELETE FROM echoes WHERE article IN touched")
    db.execute("DELETE FROM takeovers WHERE article IN touched")
    db.execute("DELETE FROM superseded WHERE article IN touched")
    newer = {
        old: new
        for old, new, least, other, titled in db.execute(_VERSIONS).fetchall()
        if titled or copies.alike(least, [other])[0] >= _OF_ONE
    }
    db.execute(_CORRECTIONS)
    db.executemany("INSERT INTO superseded VALUES (?, ?)", newer.items())
    db.execute(_ECHOES)
    db.execute(_TAKEOVERS)
    db.execute(
        "INSERT OR IGNORE INTO stale SELECT person, title FROM touched t CROSS JOIN held h ON h.article = t.article"
    )
    db.execute("DELETE FROM tenures WHERE (title, person) IN (SELECT title, person FROM stale)")
    db.execute(_TENURES)
    db.execute("DELETE FROM touched")
    db.execute("DELETE FROM stale")
