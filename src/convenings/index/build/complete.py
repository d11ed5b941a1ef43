"""Runs in the builder, main thread and background thread.

Fills an index with all that the dataset says: the rows, the text behind them, and what relates them.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from typing import NamedTuple

from convenings.domain.records import Event, Gap, Participation
from convenings.domain.text import plain
from convenings.index.build.all_records import NOWHERE, AllRecords
from convenings.index.build.header import write_meta
from convenings.index.build.named_records import roles_in
from convenings.index.build.related_rows import RelatedPairs, Relater
from convenings.index.build.row_lists import FacetLists, ReferrerLists, RelatedLists, orderings
from convenings.index.build.row_text import RowTexts
from convenings.index.rows import LABEL_LENGTH
from convenings.index.sqlite import statements
from convenings.store.canonical import Info

CHUNK = 4096
"""Rows that are written together."""


class _Collected(NamedTuple):
    """What going through all records gives besides their rows and texts."""

    firsts: array[int]
    """By row, its first day, or 0."""
    pairs: RelatedPairs
    referrers: ReferrerLists
    facets: FacetLists


def complete_index(
    connection: sqlite3.Connection,
    all_records: AllRecords,
    info: Info,
    stamp: Mapping[str, object],
    content_hash: str,
    background: Executor,
    on_progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Fill an index in which the names are.

    Args:
        connection: The index; it may be used by more threads than one, one at a time.
        all_records: The dataset, read and put in order; it is forgotten on the way.
        info: What the dataset says of itself.
        stamp: What identifies the state of the dataset file.
        content_hash: The SHA-256 of its bytes.
        background: Where SQLite is at work; it needs no interpreter for that.
        on_progress: Called with the name of each phase as it begins.

    Raises:
        sqlite3.Error: The index cannot be written.
    """
    for statement in (statements.FORGET_IDS, statements.FORGET_RECORDS, statements.TEXTS):
        connection.execute(statement)
    redirects, records, ranges = all_records.named_records.redirects, len(all_records.records), all_records.ranges
    firsts, pairs, referrers, facets = _write_records(connection, all_records, on_progress)
    all_records.clear()
    connection.executemany(statements.INSERT_REDIRECT, redirects.items())
    write_meta(connection, info, stamp, ranges, records, redirects=len(redirects), content_hash=content_hash)
    indexed = background.submit(_index_words, connection)
    on_progress("ties")
    related = RelatedLists(pairs.by_row(), ranges, records)
    orders = list(orderings(ranges, related.totals, firsts))
    indexed.result()
    for statement, values in (
        (statements.INSERT_RELATED, related),
        (statements.INSERT_REASON, enumerate(map(plain, pairs.reasons))),
        (statements.INSERT_ON_BEHALF, ((row, rows.tobytes()) for row, rows in pairs.statements.items())),
        (statements.INSERT_REFERRER, referrers),
        (statements.INSERT_FACET, facets),
        (statements.INSERT_ORDERING, orders),
    ):
        connection.executemany(statement, values)


def _index_words(connection: sqlite3.Connection) -> None:
    for statement in (statements.INDEX_IDS, statements.INDEX_TEXTS):
        connection.execute(statement)


def _write_records(
    connection: sqlite3.Connection, all_records: AllRecords, on_progress: Callable[[str], None]
) -> _Collected:
    """Go through all records in row order, write what each says, and forget it."""
    row_texts, relater = RowTexts(all_records), Relater(all_records.of(Event), all_records.rows)
    for row, participation in all_records.of(Participation):
        relater.participation(row, participation)
    referrers, facets, firsts = ReferrerLists(all_records.rows), FacetLists(), array("I")
    # The row of a gap names what it is about, and gaps stand last.
    needed = {all_records.rows.get(ref) for _, gap in all_records.of(Gap) for ref in gap.about}
    on_progress("texts")
    for start in range(0, len(all_records.records), CHUNK):
        rows: list[tuple[object, ...]] = []
        texts: list[tuple[int, str]] = []
        for row, record in enumerate(all_records.records[start : start + CHUNK], start):
            assert record is not None
            kind = record.id.partition("/")[0]
            relater.relate(row, record)
            referrers.add(row, kind, record)
            facets.add(row, kind, record, all_records.bases[row])
            dates = row_texts.dates(row, record)
            firsts.append(dates[0] or 0)
            label = all_records.label(row, record)[:LABEL_LENGTH]
            side, context = row_texts.side_and_context(row, record)
            place = all_records.at[row], all_records.length[row], *all_records.nesting(row)
            rows.append((row, record.id, kind, label, side, context, *place, *dates))
            if text := row_texts.text(row, record):
                texts.append((row, text))
            if row not in needed:
                all_records.records[row] = None
        connection.executemany(statements.INSERT_RECORD, rows)
        connection.executemany(statements.INSERT_TEXT, texts)
    for row, source in zip(all_records.citing, all_records.cited, strict=True):
        if source != NOWHERE:
            referrers.cite(row, source)
    for row, bits in all_records.named_records.roles.items():
        for role in roles_in(bits):
            facets.add_role(role, row)
    return _Collected(firsts, relater.pairs, referrers, facets)
