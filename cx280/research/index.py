"""The index that a search of insights uses: FTS5 on SQLite, a GIN index on PostgreSQL.

A migration puts it in place. SQLite drops a table's triggers when a later migration rebuilds the
table, so such a migration must end with `putting_up` again; a test looks for them.
"""

_SQLITE_UP = [
    "CREATE VIRTUAL TABLE IF NOT EXISTS research_insight_index "
    "USING fts5(words, tokenize='porter unicode61')",
    # A number that a deleted insight had is given again, so the row may be there.
    "CREATE TRIGGER insights_join_the_index AFTER INSERT ON research_insight BEGIN "
    "DELETE FROM research_insight_index WHERE rowid = new.id; "
    "INSERT INTO research_insight_index (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER insights_change_in_the_index AFTER UPDATE OF words ON research_insight BEGIN "
    "DELETE FROM research_insight_index WHERE rowid = old.id; "
    "INSERT INTO research_insight_index (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER insights_leave_the_index AFTER DELETE ON research_insight BEGIN "
    "DELETE FROM research_insight_index WHERE rowid = old.id; END",
]
_SQLITE_DOWN = [
    "DROP TRIGGER IF EXISTS insights_join_the_index",
    "DROP TRIGGER IF EXISTS insights_change_in_the_index",
    "DROP TRIGGER IF EXISTS insights_leave_the_index",
    "DROP TABLE IF EXISTS research_insight_index",
]
_POSTGRESQL_UP = [
    "CREATE INDEX research_insight_index ON research_insight "
    "USING gin (to_tsvector('english', words))"
]
_POSTGRESQL_DOWN = ["DROP INDEX IF EXISTS research_insight_index"]

# Which rows fit, and how well a row does: smaller is better on both. %s is what is looked for.
SQLITE_FITS = "SELECT rowid FROM research_insight_index WHERE research_insight_index MATCH %s"
SQLITE_RANK = (
    "(SELECT bm25(research_insight_index) FROM research_insight_index "
    "WHERE research_insight_index MATCH %s AND rowid = research_insight.id)"
)
POSTGRESQL_FITS = (
    "SELECT id FROM research_insight "
    "WHERE to_tsvector('english', words) @@ to_tsquery('english', %s)"
)
POSTGRESQL_RANK = (
    "(-ts_rank(to_tsvector('english', research_insight.words), to_tsquery('english', %s)))"
)


def putting_up(vendor: str) -> list[str]:
    """The statements that make the index, on `sqlite` or `postgresql`."""
    return _POSTGRESQL_UP if vendor == "postgresql" else _SQLITE_UP


def taking_down(vendor: str) -> list[str]:
    """The statements that take it away."""
    return _POSTGRESQL_DOWN if vendor == "postgresql" else _SQLITE_DOWN
