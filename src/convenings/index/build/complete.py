"""Runs in the builder, main thread and background thread.

Fills an index with what the whole dataset says: all rows, the text behind them, and what relates them."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from convenings.domain.text import plain
from convenings.index.build.all_records import AllRecords
from convenings.index.build.header import write_meta
from convenings.index.build.row_lists import facets, orderings, referrers, related
from convenings.index.build.row_text import RowTexts
from convenings.index.rows import LABEL_LENGTH
from convenings.index.sqlite import statements
from convenings.store.canonical import Info


def complete_index(
    connection: sqlite3.Connection,
    all_records: AllRecords,
    info: Info,
    stamp: Mapping[str, object],
    content_hash: str,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Fill an index in which the names are.

    Args:
        connection: The index; it may be used by more threads than one, one at a time.
        contents: The dataset, read and put in order.
        info: What the dataset says of itself.
        stamp: What identifies the state of the dataset file.
        content_hash: The SHA-256 of its bytes.
        progress: Told of each phase in a word.

    Raises:
        sqlite3.Error: The index cannot be written.
    """
    row_texts = RowTexts(all_records)
    for statement in (statements.FORGET_IDS, statements.FORGET_RECORDS):
        connection.execute(statement)
    firsts = _write_rows(connection, all_records, row_texts)
    redirects, records = all_records.named_records.redirects, len(all_records.records)
    connection.executemany(statements.INSERT_REDIRECT, redirects.items())
    write_meta(
        connection, info, stamp, all_records.ranges, records, redirects=len(redirects), content_hash=content_hash
    )
    progress("texts")
    connection.execute(statements.TEXTS)
    connection.executemany(statements.INSERT_TEXT, row_texts.texts())
    # SQLite needs no interpreter to index words; Python works out the rest meanwhile.
    with ThreadPoolExecutor(max_workers=1) as background:
        indexed = background.submit(_index_words, connection)
        progress("ties")
        found = related(all_records)
        written = (
            (statements.INSERT_RELATED, found.rows),
            (statements.INSERT_WHY, list(enumerate(map(plain, found.reasons)))),
            (statements.INSERT_SAID, found.said),
            (statements.INSERT_REFERRER, list(referrers(all_records))),
            (statements.INSERT_FACET, list(facets(all_records))),
            (statements.INSERT_ORDERING, list(orderings(all_records.ranges, found.numbers, firsts))),
        )
    indexed.result()
    for statement, values in written:
        connection.executemany(statement, values)


def _index_words(connection: sqlite3.Connection) -> None:
    for statement in (statements.INDEX_IDS, statements.INDEX_TEXTS):
        connection.execute(statement)


def _write_rows(connection: sqlite3.Connection, all_records: AllRecords, row_texts: RowTexts) -> array[int]:
    """Write the rows; gives the first day of each, or 0."""
    firsts = array("I")
    named_records, at, length = all_records.named_records, all_records.at, all_records.length
    events = len(named_records.depth)

    def rows() -> Iterator[tuple[object, ...]]:
        for row, (record, label) in enumerate(zip(all_records.records, all_records.labels, strict=True)):
            (first, last), date, flags = row_texts.dated(row, record)
            depth, size = (named_records.depth[row], named_records.size[row]) if row < events else (0, 1)
            kind, (side, context) = record.id.partition("/")[0], row_texts.side_and_context(row, record)
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

    connection.executemany(statements.INSERT_RECORD, rows())
    return firsts
