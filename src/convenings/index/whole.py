"""Fills an index: the rows of all records, the words by which they are found, and what relates them."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping
from threading import Thread

from convenings.domain.text import plain
from convenings.index import sql
from convenings.index.contents import Contents
from convenings.index.describe import Describer
from convenings.index.lists import facets, orderings, referrers, related
from convenings.index.meta import write_meta
from convenings.index.rows import LABEL_LENGTH
from convenings.store.canonical import Info


def fill_whole(
    connection: sqlite3.Connection,
    contents: Contents,
    info: Info,
    stamp: Mapping[str, object],
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Fill an index.

    Args:
        connection: The index; it may be used by more threads than one, one at a time.
        contents: The dataset, read and put in order.
        info: What the dataset says of itself.
        stamp: What identifies the state of the dataset file.
        progress: Told of each phase in a word.

    Raises:
        sqlite3.Error: The index cannot be written.
    """
    describer = Describer(contents)
    firsts = _write_rows(connection, contents, describer)
    connection.executemany(sql.INSERT_REDIRECT, contents.redirects.items())
    redirects, records = len(contents.redirects), len(contents.records)
    write_meta(connection, info, stamp, contents.ranges, records, redirects=redirects)
    progress("words")
    _write_words(connection, contents, describer)
    words = _Words(connection)
    words.start()
    try:
        progress("ties")
        numbers, rows, reasons = related(contents)
        written = (
            (sql.INSERT_RELATED, rows),
            (sql.INSERT_WHY, list(enumerate(map(plain, reasons)))),
            (sql.INSERT_REFERRER, list(referrers(contents))),
            (sql.INSERT_FACET, list(facets(contents, describer))),
            (sql.INSERT_ORDERING, list(orderings(contents.ranges, numbers, firsts))),
        )
    finally:
        words.join()
    if words.error is not None:
        raise words.error
    for statement, values in written:
        connection.executemany(statement, values)


class _Words(Thread):
    """Lets SQLite index the words that are written; it needs no Python for that, which finds the ties meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection
        self.error: sqlite3.Error | None = None

    def run(self) -> None:
        try:
            for statement in (sql.INDEX_IDS, *sql.INDEX_WORDS):
                self._connection.execute(statement)
        except sqlite3.Error as error:
            self.error = error


def _write_rows(connection: sqlite3.Connection, contents: Contents, describer: Describer) -> array[int]:
    """Write the rows; gives the first day of each, or 0."""
    firsts = array("I")
    tree, at, length = contents.tree, contents.at, contents.length

    def rows() -> Iterator[tuple[object, ...]]:
        for row, (record, label) in enumerate(zip(contents.records, contents.labels, strict=True)):
            (first, last), date, flags = describer.dated(row, record)
            depth, size = tree[row][1:] if row < len(tree) else (0, 1)
            kind, (side, context) = record.id.partition("/")[0], describer.beside(row, record)
            firsts.append(first or 0)
            shown = label[:LABEL_LENGTH]
            yield (
                row,
                record.id,
                kind,
                shown,
                side,
                context,
                at[row],
                length[row],
                depth,
                size,
                first,
                last,
                date,
                flags,
            )

    connection.executemany(sql.INSERT_RECORD, rows())
    return firsts


def _write_words(connection: sqlite3.Connection, contents: Contents, describer: Describer) -> None:
    connection.execute(sql.TEXTS)
    connection.executemany(sql.INSERT_NAMED, ((row, *found) for row, found in describer.names()))
    connection.executemany(sql.INSERT_TEXT, describer.texts())
