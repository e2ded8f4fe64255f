"""The tables of a library file: made, and brought up to date, in ordered steps."""

import secrets
import sqlite3

from retrieval.own_database import Migration


class StoreError(Exception):
    """The library file cannot be used; the message names it and says why."""


def m001_articles(db: sqlite3.Connection) -> None:
    """Files, their articles, what these hold and what is wrong with them."""
    # Tells the file from another of the same articles (`Snapshot.revision`).
    db.execute(f"PRAGMA application_id = {secrets.randbits(31)}")
    for table in (
        """CREATE TABLE files (
            id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, shown TEXT NOT NULL,
            look TEXT NOT NULL, digest TEXT NOT NULL)""",
        # AUTOINCREMENT: the key of a removed article is never given to another, as an index may still name it.
        """CREATE TABLE articles (
            key INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
            unit TEXT NOT NULL, id TEXT UNIQUE NOT NULL, title TEXT, publisher TEXT, author TEXT, url TEXT,
            section TEXT, published TEXT, event_date TEXT, text TEXT NOT NULL, content BLOB NOT NULL)""",
        "CREATE INDEX articles_by_file ON articles (file)",
        "CREATE INDEX articles_by_content ON articles (content)",
        """CREATE TABLE sentences (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, position INTEGER NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, paragraph INTEGER NOT NULL, date TEXT,
            PRIMARY KEY (article, position)) WITHOUT ROWID""",
        """CREATE TABLE dropped (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            line INTEGER NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL)""",
        "CREATE INDEX dropped_by_article ON dropped (article)",
        """CREATE TABLE problems (
            file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, unit TEXT NOT NULL,
            source TEXT NOT NULL, message TEXT NOT NULL, line INTEGER NOT NULL)""",
        "CREATE INDEX problems_by_file ON problems (file)",
        """CREATE TABLE sketches (
            article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, least BLOB NOT NULL)""",
        """CREATE TABLE bands (
            band INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            PRIMARY KEY (band, article)) WITHOUT ROWID""",
        "CREATE INDEX bands_by_article ON bands (article)",
        """CREATE TABLE copies (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            other INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            PRIMARY KEY (article, other)) WITHOUT ROWID""",
        "CREATE INDEX copies_by_other ON copies (other)",
    ):
        db.execute(table)


def m002_persons(db: sqlite3.Connection) -> None:
    """Who is seen where (`seen`), in which office (`held`), under which names; see `sightings`."""
    for statement in (
        """CREATE TABLE seen (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, person TEXT NOT NULL,
            newest INTEGER NOT NULL, start INTEGER NOT NULL, sentence INTEGER NOT NULL, date TEXT, name TEXT NOT NULL,
            surface TEXT NOT NULL, acts INTEGER NOT NULL, says INTEGER NOT NULL, dated INTEGER NOT NULL,
            PRIMARY KEY (person, newest, article, start)) WITHOUT ROWID""",
        "CREATE INDEX seen_by_article ON seen (article, sentence)",
        """CREATE TABLE held (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, person TEXT NOT NULL,
            newest INTEGER NOT NULL, start INTEGER NOT NULL, sentence INTEGER NOT NULL, date TEXT, title TEXT NOT NULL,
            status TEXT NOT NULL, best INTEGER NOT NULL,
            PRIMARY KEY (person, title, status, newest, best, article, start)) WITHOUT ROWID""",
        "CREATE INDEX held_by_title ON held (title, status)",
        "CREATE INDEX held_by_article ON held (article)",
        """CREATE TABLE names (
            person TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, sorted TEXT NOT NULL, last TEXT NOT NULL,
            times INTEGER NOT NULL, acting INTEGER NOT NULL, PRIMARY KEY (person, name)) WITHOUT ROWID""",
        "CREATE INDEX names_by_folded ON names (folded)",
        "CREATE INDEX names_by_last ON names (last)",
        """CREATE TRIGGER seen_no_more AFTER DELETE ON seen BEGIN
            UPDATE names SET times = times - 1, acting = acting - old.acts
                WHERE person = old.person AND name = old.name;
            DELETE FROM names WHERE person = old.person AND name = old.name AND times = 0;
        END""",
    ):
        db.execute(statement)


def m003_by_day(db: sqlite3.Connection) -> None:
    """For the newest articles; a date is stored as `["2025-09-15", …]`."""
    db.execute("CREATE INDEX articles_by_published ON articles (published) WHERE title IS NOT NULL")


def m004_bands_without_reference(db: sqlite3.Connection) -> None:
    """Bands of sketches as quick to write as all else."""
    # Sixteen for each article, in no order: a second index of them took as long as all else. The store removes them
    # itself. Those of before are not kept: every article is read again when its sketch is made otherwise.
    db.execute("DROP TABLE bands")
    db.execute(
        """CREATE TABLE bands (
            band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID"""
    )


def m005_weighed_offices(db: sqlite3.Connection) -> None:
    """How many articles of which paper show whom in which office (`tenures`); which of them repeat others to the letter
    or were replaced (`echoes`), or nearly repeat one (`takeovers`); by which rules the persons of an article were found
    (`made`). See `counting`.
    """
    for statement in (
        "CREATE INDEX articles_by_url ON articles (url) WHERE url IS NOT NULL",
        """CREATE TABLE made (
            article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, version TEXT NOT NULL)""",
        "CREATE TABLE echoes (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE)",
        "CREATE TABLE takeovers (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE)",
        """CREATE TABLE tenures (
            title TEXT NOT NULL, person TEXT NOT NULL, status TEXT NOT NULL, stretch INTEGER NOT NULL,
            paper TEXT NOT NULL, articles INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (title, person, status, stretch, paper)) WITHOUT ROWID""",
        "CREATE INDEX tenures_by_person ON tenures (person)",
        "CREATE TABLE touched (article INTEGER PRIMARY KEY)",
        "CREATE TABLE stale (person TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (person, title)) WITHOUT ROWID",
        """CREATE TRIGGER article_comes AFTER INSERT ON articles BEGIN
            INSERT OR IGNORE INTO touched VALUES (new.key);
            INSERT OR IGNORE INTO touched SELECT key FROM articles WHERE url = new.url;
        END""",
        """CREATE TRIGGER article_goes BEFORE DELETE ON articles BEGIN
            DELETE FROM touched WHERE article = old.key;
            INSERT OR IGNORE INTO touched SELECT key FROM articles
                WHERE (url = old.url OR content = old.content) AND key <> old.key;
            INSERT OR IGNORE INTO touched SELECT article FROM copies WHERE other = old.key;
        END""",
        """CREATE TRIGGER office_comes AFTER INSERT ON held BEGIN
            INSERT OR IGNORE INTO stale VALUES (new.person, new.title);
        END""",
        """CREATE TRIGGER office_goes AFTER DELETE ON held BEGIN
            INSERT OR IGNORE INTO stale VALUES (old.person, old.title);
        END""",
        # Of names as people spell foreign ones: the sound of the last word, and the words in any order.
        "ALTER TABLE names ADD COLUMN sound TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX names_by_sound ON names (sound) WHERE sound <> ''",
        "CREATE INDEX names_by_sorted ON names (sorted)",
    ):
        db.execute(statement)


# Of the title of an article that corrects another. SQLite knows no capitals but those of ASCII.
_CORRECTING = ("Đính chính", "ĐÍNH CHÍNH", "Cải chính", "CẢI CHÍNH", "Lời đính chính", "LỜI ĐÍNH CHÍNH")
CORRECTS = "({})".format(" OR ".join(f"title GLOB '{words}*'" for words in _CORRECTING))


def m006_newer_versions(db: sqlite3.Connection) -> None:
    """Which articles were replaced by a newer one at the same address, and by which; see `counting`."""
    db.execute(
        """CREATE TABLE superseded (
            article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
            newer INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE)"""
    )
    db.execute("CREATE INDEX superseded_by_newer ON superseded (newer)")
    # Articles that correct others, and those which they name.
    db.execute(
        """CREATE TABLE corrections (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            correction INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            PRIMARY KEY (article, correction)) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX corrections_by_correction ON corrections (correction)")
    db.execute(f"CREATE INDEX articles_that_correct ON articles (title) WHERE {CORRECTS}")
    # Those that are there already are looked at once, too.
    db.execute("INSERT OR IGNORE INTO touched SELECT key FROM articles WHERE url IS NOT NULL")


def m007_boilerplate(db: sqlite3.Connection) -> None:
    """What articles begin and end with (`edges`, see `reading.boilerplate`), and what is boilerplate of a source."""
    db.execute(
        """CREATE TABLE edges (
            article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, source TEXT NOT NULL,
            marks BLOB NOT NULL)"""
    )
    db.execute("CREATE INDEX edges_by_source ON edges (source)")
    db.execute(
        """CREATE TABLE boilerplate (
            source TEXT NOT NULL, place TEXT NOT NULL, words TEXT NOT NULL, articles INTEGER NOT NULL,
            of INTEGER NOT NULL, version TEXT NOT NULL, PRIMARY KEY (source, place, words)) WITHOUT ROWID"""
    )


# Texts of one address that are compared with each other, the last ones read: an article has few versions.
VERSIONS = 20


def m008_few_versions(db: sqlite3.Connection) -> None:
    """However many articles have one address or one text, what comes or goes touches a few of them."""
    for statement in (
        "DROP TRIGGER article_comes",
        "DROP TRIGGER article_goes",
        """CREATE TRIGGER article_comes AFTER INSERT ON articles BEGIN
            INSERT OR IGNORE INTO touched VALUES (new.key);
            INSERT OR IGNORE INTO touched
                SELECT key FROM articles WHERE url = new.url ORDER BY key DESC LIMIT 20;
        END""",
        """CREATE TRIGGER article_goes BEFORE DELETE ON articles BEGIN
            DELETE FROM touched WHERE article = old.key;
            INSERT OR IGNORE INTO touched
                SELECT key FROM articles WHERE url = old.url AND key <> old.key ORDER BY key DESC LIMIT 20;
            INSERT OR IGNORE INTO touched
                SELECT key FROM articles WHERE content = old.content AND key <> old.key ORDER BY key LIMIT 20;
            INSERT OR IGNORE INTO touched SELECT article FROM copies WHERE other = old.key;
        END""",
    ):
        db.execute(statement)


def m009_names_by_ending(db: sqlite3.Connection) -> None:
    """The best known first, and with the whole name: of thousands that end alike the first are read, and only these."""
    db.execute("DROP INDEX names_by_last")
    db.execute("CREATE INDEX names_by_last ON names (last, acting DESC, folded)")


def m010_more_corrections(db: sqlite3.Connection) -> None:
    """Corrections whose titles begin in other words or in capitals."""
    db.execute("DROP INDEX articles_that_correct")
    db.execute(f"CREATE INDEX articles_that_correct ON articles (title) WHERE {CORRECTS}")
    db.execute(f"INSERT OR IGNORE INTO touched SELECT key FROM articles WHERE {CORRECTS}")  # noqa: S608


def address_of(url: str) -> str:
    """SQL: of a column with addresses what is the same however it was copied, without "https://", "www.", "m.", "#".

    Text of ours, never of a stranger.
    """
    path = f"substr({url}, CASE instr({url}, '://') WHEN 0 THEN 1 ELSE instr({url}, '://') + 3 END)"
    whole = f"substr({path}, 1, instr({path} || '#', '#') - 1)"
    begins = f"CASE WHEN {path} GLOB 'www.*' THEN 5 WHEN {path} GLOB 'm.*' THEN 3 ELSE 1 END"
    return f"substr({whole}, {begins})"


def m011_versions_by_address(db: sqlite3.Connection) -> None:
    """Versions of an article are told by its address however that was copied."""
    here, new, old = map(address_of, ("url", "new.url", "old.url"))
    for statement in (
        "DROP TRIGGER article_comes",
        "DROP TRIGGER article_goes",
        "DROP INDEX articles_by_url",
        f"CREATE INDEX articles_by_address ON articles ({here}) WHERE url IS NOT NULL",
        f"""CREATE TRIGGER article_comes AFTER INSERT ON articles BEGIN
            INSERT OR IGNORE INTO touched VALUES (new.key);
            INSERT OR IGNORE INTO touched
                SELECT key FROM articles WHERE url IS NOT NULL AND {here} = {new} ORDER BY key DESC LIMIT 20;
        END""",  # noqa: S608
        f"""CREATE TRIGGER article_goes BEFORE DELETE ON articles BEGIN
            DELETE FROM touched WHERE article = old.key;
            INSERT OR IGNORE INTO touched SELECT key FROM articles
                WHERE url IS NOT NULL AND {here} = {old} AND key <> old.key ORDER BY key DESC LIMIT 20;
            INSERT OR IGNORE INTO touched
                SELECT key FROM articles WHERE content = old.content AND key <> old.key ORDER BY key LIMIT 20;
            INSERT OR IGNORE INTO touched SELECT article FROM copies WHERE other = old.key;
        END""",  # noqa: S608
        "INSERT OR IGNORE INTO touched SELECT key FROM articles WHERE url IS NOT NULL",
    ):
        db.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (
    m001_articles,
    m002_persons,
    m003_by_day,
    m004_bands_without_reference,
    m005_weighed_offices,
    m006_newer_versions,
    m007_boilerplate,
    m008_few_versions,
    m009_names_by_ending,
    m010_more_corrections,
    m011_versions_by_address,
)
