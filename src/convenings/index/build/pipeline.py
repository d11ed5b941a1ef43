"""Runs in the builder, main thread and background thread.

Fills an index from a dataset, in the order in which people can make use of it.

First the rows of the timeline, then those of everything with a name, then the words of the names; each of these can be
published before the next begins. Then the dataset is read whole, for what rows say beside their labels, the text
behind them, and what relates them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BufferedReader
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

from convenings.domain.dates import when_in_words
from convenings.domain.kinds import WITH_NAME
from convenings.index.build.header import write_meta
from convenings.index.build.named_records import InvalidRecordError, NamedRecords, NamedRecordsReader
from convenings.index.build.search_terms import search_terms_of
from convenings.index.rows import LABEL_LENGTH, Flag, Step
from convenings.index.sqlite import statements
from convenings.store.canonical import Info
from convenings.store.dataset import Dataset
from convenings.store.layout import Layout

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Progress = Callable[[str], None]
Publish = Callable[[int], None]
ATTEMPTS = 3
"""How often a dataset that is being saved meanwhile is read."""
CHUNK = 4096
"""Rows whose words are indexed together: enough for SQLite to be at work, few enough for Python to go on soon."""


class IndexPipeline:
    """Fills one index.

    Args:
        connection: The index, with its tables; it may be used by more threads than one, one at a time.
        dataset: The dataset to read.
        stamp: What identifies the state of its file.
        on_progress: Called with the name of each phase as it begins.
        publish: Called with each step short of a complete index as soon as that is reached; none where nobody waits.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        dataset: Dataset,
        stamp: Mapping[str, object],
        on_progress: Progress = lambda _: None,
        publish: Publish | None = None,
    ) -> None:
        self._connection = connection
        self._dataset = dataset
        self._stamp = stamp
        self._on_progress = on_progress
        self._publish = publish

    def run(self) -> None:
        """Fill the index.

        Raises:
            BadInput: The dataset has a record that cannot be read.
            sqlite3.Error: The index cannot be written.
        """
        layout, file = self._open()
        info, stamp = self._dataset.info, self._stamp
        with file:
            reader = NamedRecordsReader(layout, self._dataset.resolved_redirects())
            self._on_progress("events")
            named_records = self._read(reader.events)
            self._connection.executemany(statements.INSERT_CLOCK, named_records.clocks)
            self._write_rows(named_records, ["event"])
            self._reached(Step.TIMELINE, named_records, info, "rows")
            # Imported once the timeline is shown, as that takes longer than to write a small one.
            from concurrent.futures import ThreadPoolExecutor

            from convenings.index.build.newest_import import newest_ids
            from convenings.index.build.table_reader import TableReader

            with ThreadPoolExecutor(max_workers=1) as background:
                hashed = background.submit(_hash, layout.data)
                self._read(reader.everything)
                tables, content_hash = TableReader(self._dataset, layout, file), hashed.result()
                newest = newest_ids(layout)
                # Nobody is to hold the bytes while the rest is worked out.
                del reader, layout
                self._write_rows(named_records, (*WITH_NAME[1:], "participation"))
                published = background.submit(self._reached, Step.ROWS, named_records, info, "names")
                self._write_names(named_records, background, published)
                self._reached(Step.NAMES, named_records, info)
                named_records.records.clear()
                named_records.newest = newest
                from convenings.index.build.all_records import read_all

                self._on_progress("records")
                all_records = read_all(self._dataset, named_records, tables.scan(content_hash, background))
            from convenings.index.build.complete import complete_index
            from convenings.index.build.relating import relating

            # Between two threads, so that there is none when a copy of the process is made.
            related = relating(all_records)
            with ThreadPoolExecutor(max_workers=1) as background:
                complete_index(
                    self._connection, all_records, related, info, stamp, content_hash, background, self._on_progress
                )

    def _open(self) -> tuple[Layout, BufferedReader]:
        """The layout of the dataset; and its file, open, in the same state."""
        for _ in range(ATTEMPTS):
            signature, layout = self._dataset.signature, self._dataset.layout()
            file = self._dataset.path.open("rb")
            if self._dataset.signature == signature:
                return layout, file
            file.close()
        from convenings.index.build.table_reader import changed

        raise changed(self._dataset)

    def _read(self, read: Callable[[], NamedRecords]) -> NamedRecords:
        """Read some of what has a name; where that does not succeed, all records are read, to say what is wrong."""
        try:
            return read()
        except InvalidRecordError as error:
            from convenings.index.build.all_records import explain

            raise explain(self._dataset) from error

    def _reached(self, step: int, named_records: NamedRecords, info: Info, phase: str = "") -> None:
        """Publish the index as far as it is, and report the next phase."""
        if self._publish is not None:
            if step < Step.NAMES:
                self._connection.execute(statements.INDEX_IDS)
            write_meta(self._connection, info, self._stamp, named_records.ranges, len(named_records.rows), step=step)
            self._publish(step)
        if phase:
            self._on_progress(phase)

    def _write_rows(self, named_records: NamedRecords, kinds: Iterable[str]) -> None:
        """Write the rows of some kinds as far as they are known, where somebody is to see them."""
        if self._publish is None:
            return
        self._connection.execute(statements.FORGET_IDS)
        for kind in kinds:
            rows = _event_rows(named_records) if kind == "event" else _name_rows(named_records, kind)
            self._connection.executemany(
                statements.INSERT_RECORD if kind == "event" else statements.INSERT_LABELLED, rows
            )

    def _write_names(self, named_records: NamedRecords, background: Executor, previous: Future[Any]) -> None:
        """Write the search terms; SQLite indexes the words of some while the next ones are worked out.

        Args:
            named_records: What has a name.
            background: Where SQLite is at work; it needs no interpreter for that.
            previous: What it is doing there now; the connection is for one thread at a time.
        """
        execute = self._connection.execute
        every = chain.from_iterable(search_terms_of(named_records, kind) for kind in WITH_NAME)
        while batch := list(islice(every, CHUNK)):
            previous.result()
            self._connection.executemany(statements.INSERT_FOLDED_NAME, batch)
            previous = background.submit(execute, statements.INDEX_NAMES, (batch[0][0], batch[-1][0]))
        previous.result()
        for statement in (statements.INDEX_LABELS, *statements.GATHER_WORDS):
            execute(statement)


def _hash(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def _event_rows(named_records: NamedRecords) -> Iterator[tuple[object, ...]]:
    """Rows of the events, without what stands beside them."""
    labels, at, length = named_records.labels, named_records.at, named_records.length
    for row, (depth, size) in enumerate(zip(named_records.depth, named_records.size, strict=True)):
        event, ((start, end), flags) = named_records.records[row], named_records.days[row]
        date = when_in_words(event.date, event.start_time, short=True, end_time=event.end_time)
        flags |= Flag.CANCELLED if event.status == "cancelled" else 0
        label = labels[row][:LABEL_LENGTH]
        yield row, event.id, "event", label, "", "", at[row], length[row], depth, size, start, end, date, flags, None


def _name_rows(named_records: NamedRecords, kind: str) -> Iterator[tuple[object, ...]]:
    """Rows of another kind, without what stands beside them and their days."""
    first, last = named_records.ranges.get(kind, (0, 0))
    records = named_records.records[first:last]
    return zip(
        range(first, last),
        [record.id for record in records],
        repeat(kind),
        [label[:LABEL_LENGTH] for label in named_records.labels[first:last]],
        named_records.at[first:last],
        named_records.length[first:last],
        [Flag.UNNAMED if kind == "participation" or getattr(r, "unnamed", None) else 0 for r in records],
    )
