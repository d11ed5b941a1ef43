"""Runs in the builder, main thread. A copy of it, where one can be made, works at the same time.

What relates the rows of a dataset: worked out record by record beside all else, or by that copy.
"""

from __future__ import annotations

import os
import threading
from array import array
from typing import TYPE_CHECKING, NamedTuple, Protocol

from convenings.domain.records import Event, Participation, Record
from convenings.domain.text import plain
from convenings.index.build.all_records import AllRecords
from convenings.index.build.related_rows import Relater
from convenings.index.build.row_lists import RelatedLists

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

CHUNK = 4096
"""Records that are gone through together."""
FEWEST, MOST = 5_000, 300_000
"""How many records a copy is made for: fewer are related in an instant, and of more it would take too much memory."""


class Related(NamedTuple):
    """What all rows are related to, ready to be written."""

    lists: RelatedLists
    reasons: list[str]
    """The reasons by their numbers, harmless texts of one line."""
    on_behalf: dict[int, array[int]]
    """Row of an organisation to those of the statements that people made at events to which they came for it."""


class Relating(Protocol):
    """Works out what the rows of a dataset are related to."""

    def add(self, some: list[tuple[int, Record]]) -> None:
        """Take up records, given with their rows, each once and before it is forgotten; the order matters not."""

    def result(self) -> Related:
        """What all rows are related to, once all records have been added; asked once."""


def relating(all_records: AllRecords) -> Relating:
    """What works out how the records of a dataset are related, which none must have been forgotten of."""
    number = len(all_records.records)
    # A copy has only the thread that makes it: what others were doing would stay half done in it.
    can_fork = hasattr(os, "fork") and threading.active_count() == 1
    return RelatingCopy(all_records) if can_fork and FEWEST <= number <= MOST else RelatingHere(all_records)


class RelatingHere:
    """Relates records as they are gone through."""

    def __init__(self, all_records: AllRecords) -> None:
        labels = all_records.named_records.labels[: all_records.ranges.get("event", (0, 0))[1]]
        self._relater = Relater(all_records.of(Event), all_records.rows, all_records.inferred, labels)
        for row, participation in all_records.of(Participation):
            self._relater.participation(row, participation)
        self.add = self._relater.relate
        self._ranges, self._number = all_records.ranges, len(all_records.records)

    def result(self) -> Related:
        """What all rows are related to."""
        pairs = self._relater.pairs
        lists = RelatedLists(pairs.by_row(), self._ranges, self._number)
        return Related(lists, list(map(plain, pairs.reasons.texts)), pairs.statements)


class RelatingCopy:
    """Has a copy of this process relate the records, on another core.

    A build of 100,000 records takes 12.5 instead of 15.3 s by it, and 317 MB instead of 194.
    """

    def __init__(self, all_records: AllRecords) -> None:
        # Imported here, as small datasets need none of it.
        from multiprocessing import get_context

        context = get_context("fork")
        self._receiving, sending = context.Pipe(duplex=False)
        self._process: ForkProcess = context.Process(
            target=_relate_all, args=(all_records, sending, os.getpid()), daemon=True
        )
        self._process.start()
        sending.close()

    def add(self, some: list[tuple[int, Record]]) -> None:
        """Nothing is to be done: the copy has all records."""

    def result(self) -> Related:
        """What all rows are related to.

        Raises:
            OSError: The copy has ended without a word.
        """
        try:
            related: Related = self._receiving.recv()
        except EOFError:
            self._process.join()
            raise OSError(f"the process that relates the records ended with {self._process.exitcode}") from None
        self._process.join()
        return related


def _relate_all(all_records: AllRecords, sending: Connection, builder: int) -> None:
    here = RelatingHere(all_records)
    for _, some in all_records.by_kind(CHUNK):
        if os.getppid() != builder:
            return
        here.add(some)
    sending.send(here.result())
