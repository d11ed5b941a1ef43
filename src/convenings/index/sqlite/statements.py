"""Every statement of the index, in plain SQL, so that another server could stand behind the same interface."""

from __future__ import annotations

from zlib import crc32

from convenings import __version__
from convenings.domain.kinds import PANE_OF_KIND, WEIGHED_PANES, WITH_NAME, WITHOUT_NAME
from convenings.domain.roles import SPEAKING, VERBS
from convenings.index.reason_codes import WORDS
from convenings.index.rows import Step

SCHEMA_VERSION = 29
"""Raised whenever the tables below, or what is written into them, change: an older index is then built anew."""

_LISTS = (WORDS, sorted(SPEAKING), VERBS, WITH_NAME, WITHOUT_NAME, PANE_OF_KIND, WEIGHED_PANES)
"""An index has the places of words in these lists as numbers, and rows in their order."""
INDEX_VERSION = f"{SCHEMA_VERSION} {__version__} {crc32(repr(_LISTS).encode()):08x}"
"""Kept in an index; one that another program version wrote, or one with other kinds or roles, is built anew."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE record (
    row INTEGER PRIMARY KEY,      -- position: kinds are contiguous, each in the order in which it is shown
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,          -- harmless text, one line
    trailing TEXT NOT NULL,       -- what stands at the right of its row when nothing else is said
    secondary TEXT NOT NULL,      -- what tells it from its namesakes
    byte_offset INTEGER NOT NULL, -- of its document in the dataset
    byte_length INTEGER NOT NULL,
    depth INTEGER NOT NULL,       -- nesting of an event
    size INTEGER NOT NULL,        -- rows of an event and its sessions
    first INTEGER,                -- earliest day, as domain/days.py numbers them
    last INTEGER,
    date TEXT NOT NULL,           -- an event's own date and time in short words, empty where there is none
    flags INTEGER NOT NULL,
    place INTEGER                 -- row of an event's own place
);
CREATE TABLE clock (              -- of events that begin at a time; minutes of the clock at the place, from day 0
    row INTEGER PRIMARY KEY,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,      -- minute after its last one, as far as can be told
    utc_offset INTEGER,           -- minutes by which that clock is ahead of UTC, where it is recorded
    of_whole INTEGER NOT NULL,    -- whether these are the times of what it is part of, as it has none of its own
    has_end INTEGER NOT NULL);    -- whether the source says when it ends
CREATE TABLE related (           -- lists of rows are packed, see packed.py
    row INTEGER PRIMARY KEY,
    events INTEGER, speakers INTEGER, organisations INTEGER, questions INTEGER,  -- how many rows of each pane
    rows BLOB NOT NULL,           -- to which it is related
    reasons BLOB NOT NULL);       -- beside each, the code of the reason
CREATE TABLE on_behalf (          -- statements for an organisation, by those who had come for it
    row INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE outline (row INTEGER PRIMARY KEY, content BLOB NOT NULL);  -- of events with very many parts or parties
CREATE TABLE reason (code INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE referrer (
    row INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,      -- how many fields of other records point at it
    rows BLOB NOT NULL,           -- of which records; one that does so by two fields stands twice
    fields BLOB NOT NULL);        -- beside each, by which field, a byte
CREATE TABLE facet (key TEXT, value TEXT, rows BLOB NOT NULL, PRIMARY KEY (key, value));
CREATE TABLE redirect (id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ordering (pane TEXT, name TEXT, rows BLOB, PRIMARY KEY (pane, name)) WITHOUT ROWID;
CREATE TABLE folded_name (row INTEGER PRIMARY KEY, label TEXT, alias TEXT, extra TEXT, spelling TEXT);
CREATE VIRTUAL TABLE name USING fts5(
    label, alias, extra, spelling, content='folded_name', content_rowid='row', prefix='1 2 3', tokenize=ascii);
-- names, texts and what rows show, all together
CREATE VIRTUAL TABLE body USING fts5(text, content='', detail=none, prefix='1 2 3', tokenize=ascii);
CREATE TABLE vocabulary (terms TEXT NOT NULL);  -- words of the name index, sorted, one a line, all in one row
"""

INDEX_IDS = "CREATE UNIQUE INDEX record_id ON record (id)"
FORGET_IDS = "DROP INDEX IF EXISTS record_id"
FORGET_RECORDS = "DELETE FROM record"
INDEX_NAMES = (
    "INSERT INTO name (rowid, label, alias, extra, spelling) "
    "SELECT row, label, alias, extra, spelling FROM folded_name WHERE row BETWEEN ? AND ?"
)
INDEX_LABELS = "CREATE INDEX folded_label ON folded_name (label)"
GATHER_WORDS = (
    "CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, name, row)",
    "INSERT INTO vocabulary SELECT coalesce(group_concat(term || char(10), ''), '') FROM (SELECT term FROM temp.word)",
)
INDEX_TEXTS = (
    "INSERT INTO body (rowid, text) SELECT key + ?, "
    "value || ' ' || coalesce(label, '') || ' ' || coalesce(alias, '') || ' ' || coalesce(extra, '') "
    "|| ' ' || coalesce(spelling, '') "
    "FROM json_each(?) LEFT JOIN folded_name ON folded_name.row = key + ?"
)
"""Search copies of the texts of rows that follow each other, in a JSON array, and the first of these rows, twice: in
one statement, while which Python goes on. With its names, so that one question finds what has one word in its name and
another in its text."""

PREPARE = (
    "INSERT INTO name (name, rank) VALUES ('hashsize', 33554432);"
    "INSERT INTO body (body, rank) VALUES ('hashsize', 33554432);"
)
"""32 MB to sort words in save a third of the time."""
PRAGMAS_WRITE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"

EARLY = {Step.TIMELINE: ".timeline.sqlite", Step.ROWS: ".rows.sqlite", Step.NAMES: ".names.sqlite"}
"""Endings of copies of an index as far as it is, beside the whole one while that is being built: a system may not let a
file be replaced that somebody has open."""

COLUMNS = (
    "row, id, kind, label, trailing, secondary, depth, size, first, last, "
    "(SELECT start FROM clock WHERE clock.row = record.row AND NOT of_whole), "
    "(SELECT finish FROM clock WHERE clock.row = record.row AND has_end), "
    "date, flags, byte_offset, byte_length, place"
)
"""Of :class:`~convenings.index.questions.Row`, in its order."""

INSERT_RECORD = "INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
INSERT_LABELLED = "INSERT INTO record VALUES (?,?,?,?,'','',?,?,0,1,NULL,NULL,'',?,NULL)"
"""A row of which no more is known yet than it is and what it is called."""
INSERT_CLOCK = "INSERT INTO clock VALUES (?,?,?,?,?,?)"
INSERT_RELATED = "INSERT INTO related VALUES (?,?,?,?,?,?,?)"
INSERT_ON_BEHALF = "INSERT INTO on_behalf VALUES (?,?)"
INSERT_OUTLINE = "INSERT INTO outline VALUES (?,?)"
INSERT_REASON = "INSERT INTO reason VALUES (?,?)"
INSERT_REFERRER = "INSERT INTO referrer VALUES (?,?,?,?)"
INSERT_FACET = "INSERT INTO facet VALUES (?,?,?)"
INSERT_REDIRECT = "INSERT INTO redirect VALUES (?,?)"
INSERT_ORDERING = "INSERT INTO ordering VALUES (?,?,?)"
INSERT_FOLDED_NAME = "INSERT INTO folded_name VALUES (?,?,?,?,?)"
INSERT_META = "INSERT OR REPLACE INTO meta VALUES (?,?)"

ALL_IDS = "SELECT id FROM record"
ALL_META = "SELECT key, value FROM meta"
ALL_REDIRECTS = "SELECT id, target FROM redirect"
ONE = f"SELECT {COLUMNS} FROM record WHERE row = ?"
RANGE = f"SELECT {COLUMNS} FROM record WHERE row >= ? AND row < ? ORDER BY row"
SOME = f"SELECT {COLUMNS} FROM record WHERE row IN (SELECT value FROM json_each(?))"
"""The rows in a JSON array, in no order."""
WITH_IDS = f"SELECT {COLUMNS} FROM record WHERE id IN (SELECT value FROM json_each(?))"
"""Those with the ids in a JSON array, in no order."""
IDS_BETWEEN = "SELECT id FROM record WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
FIRST_EVENTS = (
    "SELECT row, coalesce(first, last), coalesce(last, first) FROM record WHERE row >= ? AND row < ? "
    "AND coalesce(first, last) IS NOT NULL AND NOT flags & ? ORDER BY 2 LIMIT ?"
)
LAST_EVENTS = FIRST_EVENTS.replace("ORDER BY 2", "ORDER BY 3 DESC")
NO_DAYS = '{"span":[null,null],"main_span":[null,null]}'
"""What an index without events says of their days."""
IS_ANY_CLOCK = "SELECT EXISTS (SELECT 1 FROM clock)"
HAS_ENDS = "SELECT EXISTS (SELECT 1 FROM clock WHERE has_end)"
LONGEST_DATE = "SELECT coalesce(max(length(date)), 0) FROM record WHERE row >= ? AND row < ?"
EVENT_SPAN = (
    "SELECT min(coalesce(first, last)), max(coalesce(last, first)) FROM record WHERE row >= ? AND row < ? "
    "AND coalesce(first, last) IS NOT NULL"
)
RELATED = (
    "SELECT events, speakers, organisations, questions, related.rows, reasons, coalesce(on_behalf.rows, x'') "
    "FROM related LEFT JOIN on_behalf USING (row) WHERE related.row = ?"
)
CONNECTIONS = (
    "SELECT row, events + speakers + organisations + questions FROM related "
    "WHERE row IN (SELECT value FROM json_each(?))"
)
REASONS = "SELECT code, text FROM reason WHERE code IN (SELECT value FROM json_each(?))"
REFERRERS = "SELECT row, rows, fields FROM referrer WHERE row IN (SELECT value FROM json_each(?))"
RELATED_TO = "SELECT rows FROM related WHERE row IN (SELECT value FROM json_each(?))"
RELATED_OF = "SELECT row, rows FROM related WHERE row >= ? AND row < ?"
ON_BEHALF_OF = "SELECT rows FROM on_behalf WHERE row IN (SELECT value FROM json_each(?))"
OUTLINE = "SELECT content FROM outline WHERE row = ?"
REFERRER_COUNT = "SELECT number FROM referrer WHERE row = ?"
WHOLES = f"""
WITH RECURSIVE whole (row, depth) AS (
    SELECT row, depth FROM record WHERE row = ?
    UNION ALL
    SELECT outer.row, outer.depth FROM whole JOIN record AS outer ON outer.row = (
        SELECT row FROM record AS before WHERE before.row < whole.row AND before.depth < whole.depth
        ORDER BY row DESC LIMIT 1)
)
SELECT {COLUMNS} FROM record WHERE row IN (SELECT row FROM whole) AND row < ? ORDER BY row
"""
"""An event stands behind what it is part of, which is the nearest row before it that is nested less."""
ORDERING = "SELECT rows FROM ordering WHERE pane = ? AND name = ?"
FACET_ROWS = "SELECT value, rows FROM facet WHERE key = ? AND value IN (SELECT value FROM json_each(?))"
FACET_VALUES = "SELECT value FROM facet WHERE key = ? ORDER BY value"
_DATED = (
    "SELECT row FROM record WHERE row >= ? AND row < ? "
    "AND coalesce(first, last) IS NOT NULL AND (first IS NULL OR first <= ?) AND (last IS NULL OR last >= ?)"
)
"""Where one end is open, nothing is outside on that side."""
DATED_ROWS = f"SELECT json_group_array(row) FROM ({_DATED} ORDER BY row)"
BOUNDED_ROWS = (
    "SELECT json_group_array(row) FROM (SELECT row FROM record WHERE row >= ?1 AND row < ?2 "
    "AND (first BETWEEN ?3 AND ?4 OR last BETWEEN ?3 AND ?4) ORDER BY row)"
)
_SHIFT = "? * coalesce(utc_offset, 0)"
ON_AT_ROWS = (
    f"SELECT json_group_array(row) FROM ({_DATED} AND NOT EXISTS (SELECT 1 FROM clock WHERE clock.row = record.row "
    f"AND NOT (start - {_SHIFT} <= ? AND finish - {_SHIFT} > ?)) ORDER BY row)"
)
"""What is dated so and, if it begins at a time, is on at a minute: of UTC where clocks are shifted by 1."""
IS_ANY_CLOCK_LOCAL = "SELECT EXISTS (SELECT 1 FROM clock WHERE utc_offset IS NULL)"
ROWS_BEGINNING = (
    "SELECT json_group_array(row) FROM (SELECT row FROM clock WHERE row >= ? AND row < ? AND start >= ? AND start < ? "
    "AND NOT of_whole ORDER BY start, row LIMIT ?)"
)
_BEGINNING = (
    "SELECT {}(start) FROM clock WHERE row >= ?1 AND row < ?2 AND start {} ?3 AND NOT of_whole "
    "AND (?4 IS NULL OR row IN (SELECT value FROM json_each(?4)))"
)
NEXT_BEGINNING, BEGINNING_BEFORE = _BEGINNING.format("min", ">="), _BEGINNING.format("max", "<")
NAME_MATCH = "SELECT rowid FROM name WHERE name MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid"
EXACT_LABEL = "SELECT row FROM folded_name WHERE label = ? AND row >= ? AND row < ? ORDER BY row"
BODY_MATCH = "SELECT rowid FROM body WHERE body MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid"
_NUMBER = "SELECT count(*) FROM (SELECT 1 FROM {0} WHERE {0} MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?)"
NAME_NUMBER, BODY_NUMBER = _NUMBER.format("name"), _NUMBER.format("body")
"""How many rows match, up to a limit; to hand over each of thousands would take five times as long."""
VOCABULARY = "SELECT CAST(terms AS BLOB) FROM vocabulary"
"""Words of the name index; read once, on the first word that has no match."""
SCORED = (
    "SELECT row, label, alias, spelling, coalesce(events + speakers + organisations + questions, 0) FROM folded_name "
    "LEFT JOIN related USING (row) WHERE row IN (SELECT value FROM json_each(?))"
)
"""What hits are ranked by, of the rows in a JSON array."""
NAMES_MATCHING = (
    "SELECT json_group_array(row) FROM "
    "(SELECT rowid AS row FROM name WHERE name MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid)"
)
BODIES_MATCHING = (
    "SELECT json_group_array(row) FROM "
    "(SELECT rowid AS row FROM body WHERE body MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid)"
)
NAMES_CONTAINING = (
    "SELECT json_group_array(row) FROM "
    "(SELECT row FROM folded_name WHERE row >= ? AND row < ? AND instr(label, ?) ORDER BY row)"
)
"""All rows at once: of a hundred thousand, each one handed over by itself would take longer than to find them."""
NAMES_WITH_PHRASE = (
    "SELECT row FROM folded_name WHERE row IN (SELECT value FROM json_each(?)) "
    "AND instr(' ' || label || ' / ' || replace(alias, char(10), ' / ') || ' ', ?)"
)
"""Other names stand one a line; no phrase reaches from one into the next."""
SCAN = "SELECT row FROM record WHERE row >= ? AND row < ? AND label LIKE ? ESCAPE '!'"
"""What answers while the words are not indexed yet."""
