"""Every statement of the index, in plain SQL, so that another server could stand behind the same interface."""

from __future__ import annotations

from convenings import __version__

SCHEMA_VERSION = 2
"""Raised whenever the tables below, or what is written into them, change: an older index is then built anew."""

WRITTEN_BY = f"{SCHEMA_VERSION} {__version__}"
"""Kept in an index; one that another program version wrote is built anew."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE record (
    row INTEGER PRIMARY KEY,      -- position: kinds are contiguous, each in the order in which it is shown
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,          -- harmless text, one line
    side TEXT NOT NULL,           -- what stands at the right of its row when nothing else is said
    context TEXT NOT NULL,        -- what tells it from its namesakes
    at INTEGER NOT NULL,          -- byte offset of its document in the dataset
    length INTEGER NOT NULL,
    depth INTEGER NOT NULL,       -- nesting of an event
    span INTEGER NOT NULL,        -- rows of an event and its sessions
    first INTEGER,                -- earliest day, proleptic Gregorian ordinal
    last INTEGER,
    date TEXT NOT NULL,           -- an event's own date in short words, empty where there is none
    flags INTEGER NOT NULL
);
CREATE TABLE related (           -- how many rows of each pane are tied to a record
    row INTEGER PRIMARY KEY, events INTEGER, speakers INTEGER, organisations INTEGER, questions INTEGER);
CREATE TABLE tie (a INTEGER, b INTEGER, why INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE why (code INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE link (target INTEGER, field TEXT, row INTEGER, PRIMARY KEY (target, field, row)) WITHOUT ROWID;
CREATE TABLE facet (key TEXT, value TEXT, row INTEGER, PRIMARY KEY (key, value, row)) WITHOUT ROWID;
CREATE TABLE redirect (id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ordering (pane TEXT, name TEXT, rows BLOB, PRIMARY KEY (pane, name)) WITHOUT ROWID;
CREATE TABLE named (row INTEGER PRIMARY KEY, label TEXT, alias TEXT, extra TEXT);  -- folded
CREATE VIRTUAL TABLE name USING fts5(
    label, alias, extra, content='named', content_rowid='row', prefix='1 2 3', tokenize=unicode61);
CREATE VIRTUAL TABLE body USING fts5(text, content='', detail=none, prefix='2 3', tokenize=unicode61);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(name, row);
"""

INDEXES = "CREATE UNIQUE INDEX record_id ON record (id); CREATE INDEX named_label ON named (label);"

PRAGMAS_WRITE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"

ROWS = ".rows.sqlite"
"""Ending of the index of rows alone, beside the whole one while that is being built: a system may not let a
file be replaced that somebody has open."""

COLUMNS = "row, id, kind, label, side, context, depth, span, first, last, date, flags"

INSERT_RECORD = "INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
INSERT_COUNTS = "INSERT INTO related VALUES (?,?,?,?,?)"
INSERT_TIE = "INSERT INTO tie VALUES (?,?,?)"
INSERT_WHY = "INSERT INTO why VALUES (?,?)"
INSERT_LINK = "INSERT OR IGNORE INTO link VALUES (?,?,?)"
INSERT_FACET = "INSERT OR IGNORE INTO facet VALUES (?,?,?)"
INSERT_REDIRECT = "INSERT INTO redirect VALUES (?,?)"
INSERT_ORDERING = "INSERT INTO ordering VALUES (?,?,?)"
INSERT_NAMED = "INSERT INTO named VALUES (?,?,?,?)"
FILL_NAME = "INSERT INTO name (name) VALUES ('rebuild')"
INSERT_BODY = "INSERT INTO body (rowid, text) VALUES (?,?)"
INSERT_META = "INSERT INTO meta VALUES (?,?)"
COMPLETE = "UPDATE meta SET value = 1 WHERE key = 'complete'"

ALL_META = "SELECT key, value FROM meta"
ROW_OF = "SELECT row FROM record WHERE id = ?"
ALL_REDIRECTS = "SELECT id, target FROM redirect"
REDIRECTED = "SELECT target FROM redirect WHERE id = ?"
ONE = f"SELECT {COLUMNS} FROM record WHERE row = ?"
RANGE = f"SELECT {COLUMNS} FROM record WHERE row >= ? AND row < ? ORDER BY row"
PLACE_IN_FILE = "SELECT kind, at, length FROM record WHERE row = ?"
COUNTS = "SELECT events, speakers, organisations, questions FROM related WHERE row = ?"
EVENT_SPAN = (
    "SELECT min(coalesce(first, last)), max(coalesce(last, first)) FROM record WHERE row >= ? AND row < ? "
    "AND coalesce(first, last) IS NOT NULL"
)
TIED = "SELECT b, text FROM tie JOIN why ON code = why WHERE a = ? AND b >= ? AND b < ? ORDER BY b"
TIED_ROWS = "SELECT b FROM tie WHERE a = ? AND b >= ? AND b < ? ORDER BY b"
TIED_ENDS = (
    "SELECT (SELECT min(b) FROM tie WHERE a = ? AND b >= ? AND b < ?), "
    "(SELECT max(b) FROM tie WHERE a = ? AND b >= ? AND b < ?)"
)
TIE = "SELECT text FROM tie JOIN why ON code = why WHERE a = ? AND b = ?"
REFERRERS = "SELECT field, row FROM link WHERE target = ? ORDER BY row LIMIT ?"
REFERRER_COUNT = "SELECT count(*) FROM link WHERE target = ?"
PARTS = "SELECT row FROM link WHERE target = ? AND field IN ('parent', 'super_event', 'broader')"
ORDERING = "SELECT rows FROM ordering WHERE pane = ? AND name = ?"
FACET_ROWS = "SELECT row FROM facet WHERE key = ? AND value = ? AND row >= ? AND row < ? ORDER BY row"
FACET_VALUES = "SELECT DISTINCT value FROM facet WHERE key = ?"
DATED_ROWS = (
    "SELECT row FROM record WHERE row >= ? AND row < ? AND coalesce(first, last) IS NOT NULL "
    "AND (first IS NULL OR first <= ?) AND (last IS NULL OR last >= ?)"
)
"""Where one end is open, nothing is outside on that side."""
NAME_MATCH = "SELECT rowid FROM name WHERE name MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid LIMIT ?"
EXACT_LABEL = "SELECT row FROM named WHERE label = ? AND row >= ? AND row < ? LIMIT ?"
BODY_MATCH = "SELECT rowid FROM body WHERE body MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid LIMIT ?"
VOCABULARY = "SELECT term FROM vocabulary"
"""Words of the name index; read once, on the first word that has no match."""
NAMED = "SELECT label, alias, extra FROM named WHERE row = ?"
SCAN = "SELECT row FROM record WHERE row >= ? AND row < ? AND label LIKE ? ESCAPE '!' LIMIT ?"
"""What answers while the words are not indexed yet."""
INFIX = "SELECT row FROM named WHERE row >= ? AND row < ? AND instr(label, ?) LIMIT ?"
ORDERINGS = {
    "most connected": (
        "SELECT record.row FROM record LEFT JOIN related USING (row) WHERE record.row >= ? AND record.row < ? ORDER BY "
        "coalesce(events + speakers + organisations + questions, 0) DESC, coalesce(first, ?), record.row"
    ),
    "earliest": "SELECT row FROM record WHERE row >= ? AND row < ? ORDER BY coalesce(first, ?), row",
}
"""Orders of a pane besides the natural one; the third value stands for no date."""
