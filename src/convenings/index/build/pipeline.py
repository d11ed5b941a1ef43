"""Fills an index from a dataset, in the order in which people can make use of it.

First the rows of the timeline, then those of everything with a name, then the words of the names; each of these can be
published before the next is begun. Then the dataset is read whole, for what rows say beside their labels, the text
behind them, and what relates them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

from convenings.domain.dates import date_in_words
from convenings.domain.kinds import WITH_NAME
from convenings.index.build.header import write_meta
from convenings.index.build.named_records import Directory, DirectoryReader, NotClearError
from convenings.index.build.search_terms import found_by
from convenings.index.rows import LABEL_LENGTH, Flag, Step
from convenings.index.sqlite import statements
from convenings.store.canonical import Info
from convenings.store.dataset import Dataset
from convenings.store.layout import Layout

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Progress = Callable[[str], None]
Publish = Callable[[int], None]
CHUNK = 4096
"""Rows whose words are indexed together."""


class Filler:
    """Fills one index.

    Args:
        connection: The index, with its tables; it may be used by more threads than one, one at a time.
        dataset: The dataset to read.
        stamp: What identifies the state of its file.
        progress: Told of each phase in a word.
        publish: Where given, called with each step short of the whole as soon as the index is as far as that.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        dataset: Dataset,
        stamp: Mapping[str, object],
        progress: Progress = lambda _: None,
        publish: Publish | None = None,
    ) -> None:
        self._connection = connection
        self._dataset = dataset
        self._stamp = stamp
        self._progress = progress
        self._publish = publish

    def fill(self) -> None:
        """Fill it.

        Raises:
            BadInput: The dataset has a record that cannot be read.
            sqlite3.Error: The index cannot be written.
        """
        layout = self._dataset.layout()
        info = self._dataset.info
        directory = self._list(layout, info)
        # Imported once the timeline is shown, as that takes longer than to write a small one.
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(max_workers=1) as background:
            self._write_rows(directory, (*WITH_NAME[1:], "participation"))
            published = background.submit(self._reached, Step.ROWS, directory, info, "names")
            self._write_names(directory, background, published)
        self._reached(Step.NAMES, directory, info)
        directory.records.clear()
        from convenings.index.build.all_records import read
        from convenings.index.build.complete import fill_whole

        self._progress("records")
        scan = self._dataset.scan(layout=layout)
        with ThreadPoolExecutor(max_workers=1) as background:
            content_hash = background.submit(_hash, layout.data)
            # Nobody but the scan is to hold the bytes, which it lets go of when it ends.
            del layout
            contents = read(self._dataset, directory, scan)
        fill_whole(self._connection, contents, info, self._stamp, content_hash.result(), self._progress)

    def _list(self, layout: Layout, info: Info) -> Directory:
        """Read what has a name; on the way, write and publish the timeline."""
        reader = DirectoryReader(layout, self._dataset.resolved_redirects())
        self._progress("events")
        try:
            directory = reader.events()
            self._write_rows(directory, ["event"])
            self._reached(Step.TIMELINE, directory, info, "rows")
            return reader.everything()
        except NotClearError as error:
            from convenings.index.build.all_records import explain

            explain(self._dataset, layout)
            raise AssertionError("what is wrong with a record was not found again") from error

    def _reached(self, step: int, directory: Directory, info: Info, phase: str = "") -> None:
        """Publish the index as far as it is, and tell of the next phase."""
        if self._publish is not None:
            if step < Step.NAMES:
                self._connection.execute(statements.INDEX_IDS)
            write_meta(self._connection, info, self._stamp, directory.ranges, len(directory.rows), step=step)
            self._publish(step)
        if phase:
            self._progress(phase)

    def _write_rows(self, directory: Directory, kinds: Iterable[str]) -> None:
        """Write the rows of some kinds as far as they are known, where somebody is to see them."""
        if self._publish is None:
            return
        self._connection.execute(statements.FORGET_IDS)
        for kind in kinds:
            rows = _events(directory) if kind == "event" else _listed(directory, kind)
            self._connection.executemany(
                statements.INSERT_RECORD if kind == "event" else statements.INSERT_LISTED, rows
            )

    def _write_names(self, directory: Directory, background: Executor, previous: Future[Any]) -> None:
        """Write what records are found by; SQLite indexes the words of some while the next ones are worked out.

        Args:
            directory: What has a name.
            background: Where SQLite is at work; it needs no interpreter for that.
            previous: What it is doing there now; the connection is for one thread at a time.
        """
        execute = self._connection.execute
        every = chain.from_iterable(found_by(directory, kind) for kind in WITH_NAME)
        while found := list(islice(every, CHUNK)):
            previous.result()
            self._connection.executemany(statements.INSERT_NAMED, found)
            previous = background.submit(execute, statements.INDEX_NAMES, (found[0][0], found[-1][0]))
        previous.result()
        for statement in (statements.INDEX_LABELS, *statements.GATHER_WORDS):
            execute(statement)


def _hash(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def _events(directory: Directory) -> Iterator[tuple[object, ...]]:
    """Rows of the events, without what stands beside them."""
    labels, at, length = directory.labels, directory.at, directory.length
    for row, (depth, size) in enumerate(zip(directory.depth, directory.size, strict=True)):
        event, ((start, end), inherited) = directory.records[row], directory.days[row]
        date = date_in_words(event.date, short=True) if event.date else ""
        flags = (Flag.INHERITED if inherited else 0) | (Flag.INFERRED if event.date_basis == "inferred" else 0)
        shown = labels[row][:LABEL_LENGTH]
        yield row, event.id, "event", shown, "", "", at[row], length[row], depth, size, start, end, date, flags


def _listed(directory: Directory, kind: str) -> Iterator[tuple[object, ...]]:
    """Rows of another kind, without what stands beside them and their days."""
    first, last = directory.ranges.get(kind, (0, 0))
    records = directory.records[first:last]
    return zip(
        range(first, last),
        [record.id for record in records],
        repeat(kind),
        [label[:LABEL_LENGTH] for label in directory.labels[first:last]],
        directory.at[first:last],
        directory.length[first:last],
        [Flag.UNNAMED if kind == "participation" or getattr(r, "unnamed", None) else 0 for r in records],
    )
