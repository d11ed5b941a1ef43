"""Runs in the builder, main thread and background thread.

Fills an index with all that the dataset says: the rows, the text behind them, and what relates them.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from typing import Any, cast

import msgspec

from convenings.domain.records import (
    Event,
    Gap,
    Participation,
    Record,
)
from convenings.index.build.all_records import AllRecords
from convenings.index.build.header import write_meta
from convenings.index.build.named_records import roles_in
from convenings.index.build.outlines import outlines
from convenings.index.build.reasons import marked
from convenings.index.build.relating import CHUNK, Relating
from convenings.index.build.row_lists import FacetLists, ReferrerLists, orderings
from convenings.index.build.row_order import start_range
from convenings.index.build.row_text import RowTexts
from convenings.index.rows import LABEL_LENGTH, START, Flag
from convenings.index.sqlite import statements
from convenings.store.canonical import Info
from convenings.store.known_datasets import sample_of

MANY_PARTIES = 20
"""From how many participations on a role that all of them have is said once."""


def complete_index(
    connection: sqlite3.Connection,
    all_records: AllRecords,
    relating: Relating,
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
        relating: Works out what its records are related to.
        info: What the dataset says of itself.
        stamp: What identifies the state of the dataset file.
        content_hash: The SHA-256 of its bytes.
        background: Where SQLite is at work; it needs no interpreter for that.
        on_progress: Called with the name of each phase as it begins.

    Raises:
        sqlite3.Error: The index cannot be written.
    """
    for statement in (statements.FORGET_IDS, statements.FORGET_RECORDS):
        connection.execute(statement)
    redirects, records, ranges = all_records.named_records.redirects, len(all_records.records), all_records.ranges
    writer = _RecordWriter(connection, all_records, relating)
    on_progress("texts")
    writer.write(background)
    all_records.clear()
    connection.executemany(statements.INSERT_REDIRECT, redirects.items())
    indexed = background.submit(connection.execute, statements.INDEX_IDS)
    on_progress("ties")
    related = writer.relating.result()
    orders = list(orderings(ranges, related.lists.totals, writer.firsts))
    indexed.result()
    ranges[START] = start_range(all_records.named_records.depth, related.lists.totals)
    sample = () if info.id else sample_of(ref for (ref,) in connection.execute(statements.ALL_IDS))
    write_meta(
        connection,
        info,
        stamp,
        ranges,
        records,
        redirects=len(redirects),
        sample=sample,
        content_hash=content_hash,
        common_role=writer.common_role,
    )
    for statement, values in (
        (statements.INSERT_RELATED, related.lists),
        (statements.INSERT_REASON, enumerate(related.reasons)),
        (statements.INSERT_ON_BEHALF, ((row, rows.tobytes()) for row, rows in related.on_behalf.items())),
        (statements.INSERT_REFERRER, writer.referrers),
        (statements.INSERT_FACET, writer.facets),
        (statements.INSERT_OUTLINE, ((row, msgspec.msgpack.encode(each)) for row, each in writer.outlines.items())),
        (statements.INSERT_ORDERING, orders),
    ):
        connection.executemany(statement, values)


def common_role(all_records: AllRecords) -> str:
    """The role of all participations, of which there are many, with whether it is inferred; empty where any differs."""
    parties = all_records.ranges.get("participation", (0, 0))
    if parties[1] - parties[0] < MANY_PARTIES:
        return ""
    role = ""
    for row, participation in all_records.of(Participation):
        inferred = participation.role_basis == "inferred" or "role" in all_records.inferred(row)
        own = marked(participation.role, inferred)
        if own != (role := role or own):
            return ""
    return role


class _RecordWriter:
    """Goes through all records in row order, writes what each says, and forgets it.

    Args:
        connection: The index.
        all_records: The dataset.
        relating: Works out what its records are related to.
    """

    def __init__(self, connection: sqlite3.Connection, all_records: AllRecords, relating: Relating) -> None:
        self._connection, self._all_records = connection, all_records
        self.relating = relating
        self.referrers, self.facets = ReferrerLists(all_records.rows), FacetLists()
        self.common_role = common_role(all_records)
        """The role of each and every participation of very many; empty where they differ."""
        self.firsts = array("q")
        """By row, the day by which it stands among others; behind every day where there is none."""
        self.outlines = outlines(all_records)
        """Row of each event with very many parts or parties to what it comes to."""
        # The row of a gap names what it is about, and gaps stand last.
        self._needed = {all_records.rows.get(ref) for _, gap in all_records.of(Gap) for ref in gap.about}

    def write(self, background: Executor) -> None:
        """Write rows and texts, and collect what relates the records, what refers to each, and what filters ask for.

        Args:
            background: Where SQLite indexes the words of some texts while the next ones are put together.
        """
        row_texts = RowTexts(self._all_records)
        indexed = background.submit(bool)  # Nothing is to be waited for yet.
        for kind, some in self._all_records.by_kind(CHUNK):
            # One thing after the other for all of them: that much at once stays in the caches of the processor.
            self.relating.add(some)
            self.referrers.add(kind, some)
            self.facets.add(kind, some, self._all_records.bases)
            labels = [self._all_records.label(row, record) for row, record in some]
            rows = self._rows(kind, some, labels, row_texts)
            texts = [
                row_texts.text(row, record, label, (shown[4], shown[5]))
                for (row, record), label, shown in zip(some, labels, rows, strict=True)
            ]
            self.facets.add_state(
                "unaffiliated", (row for row, record in some if row_texts.is_unaffiliated(row, record))
            )
            indexed.result()
            self._connection.executemany(statements.INSERT_RECORD, rows)
            indexed = background.submit(self._index_texts, some[0][0], texts)
            self._forget(some)
        self._collect_rest()
        indexed.result()

    def _rows(
        self, kind: str, some: list[tuple[int, Record]], labels: list[str], row_texts: RowTexts
    ) -> list[tuple[Any, ...]]:
        at, length, nesting = self._all_records.at, self._all_records.length, self._all_records.nesting
        rows: list[tuple[Any, ...]] = []
        is_event, flat = kind == "event", (0, 1)
        for (row, record), label in zip(some, labels, strict=True):
            side, context = row_texts.side_and_context(row, record)
            place, tree = (at[row], length[row]), nesting(row) if is_event else flat
            *days, flags = row_texts.dates(row, record)
            flags |= Flag.OUTLINED if row in self.outlines else 0
            venue = self._all_records.rows.get(cast(Event, record).place or "") if is_event else None
            rows.append((row, record.id, kind, label[:LABEL_LENGTH], side, context, *place, *tree, *days, flags, venue))
            self.firsts.append(row_texts.day_in_order(row, record))
        return rows

    def _index_texts(self, first: int, texts: list[str]) -> bool:
        """Index the texts of rows that follow each other, given the first."""
        self._connection.execute(statements.INDEX_TEXTS, (first, msgspec.json.encode(texts).decode(), first))
        return True

    def _forget(self, some: list[tuple[int, Record]]) -> None:
        records, needed = self._all_records.records, self._needed
        for row, _ in some:
            if row not in needed:
                records[row] = None

    def _collect_rest(self) -> None:
        """Collect what no single record says: what evidence cites, and the roles of parties."""
        self.referrers.cite(self._all_records.citing, self._all_records.cited)
        for row, bits in self._all_records.named_records.roles.items():
            for role in roles_in(bits):
                self.facets.add_role(role, row)
        refs = self._all_records.named_records.newest
        rows = (self._all_records.rows.get(self._all_records.named_records.redirects.get(ref, ref)) for ref in refs)
        self.facets.add_state("new", (row for row in rows if row is not None))
