"""What is written into the query log's tables, changed there and removed."""

FIND = "SELECT 1 FROM queries WHERE update_id = ? LIMIT 1"
INSERT = """
    INSERT INTO queries
        (at, update_id, chat, user_hash, language, question, kind, question_kind, quotes, outcome, duration_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# Where Telegram has begun its ids again, the last is meant.
VOTE = """
    INSERT INTO feedback (query, voter, value, by, at)
    SELECT id, ?, ?, ?, ? FROM queries WHERE update_id = ? ORDER BY id DESC LIMIT 1
    ON CONFLICT (query, voter) DO UPDATE SET value = excluded.value, by = excluded.by, at = excluded.at,
        reason = CASE WHEN value = excluded.value THEN reason END,
        words = CASE WHEN value = excluded.value THEN words END
"""
WHY = """
    UPDATE feedback SET reason = coalesce(?, reason), words = coalesce(?, words)
    WHERE voter = ? AND value < 0 AND query = (SELECT id FROM queries WHERE update_id = ? ORDER BY id DESC LIMIT 1)
"""
TAKE_BACK = """
    DELETE FROM feedback WHERE voter = ?
    AND query = (SELECT id FROM queries WHERE update_id = ? ORDER BY id DESC LIMIT 1)
"""
FORGET = (
    "DELETE FROM feedback WHERE voter = ?",
    "DELETE FROM feedback WHERE query IN (SELECT id FROM queries WHERE user_hash = ?)",
    "DELETE FROM queries WHERE user_hash = ?",
)
ACT = "INSERT INTO acts (at, operator, act, outcome) VALUES (?, ?, ?, ?)"
