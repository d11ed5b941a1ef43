"""Builds the index of a dataset: the first rows, to be shown at once, then the whole, each as a file of its own."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from convenings.index import sql
from convenings.index.first import NotClearError, fill_first
from convenings.index.rows import Step
from convenings.store.dataset import Dataset

LEFT_BEHIND = 3600.0
"""Seconds after which an index that nobody writes to any more was left by a build that was killed."""

Progress = Callable[[str], None]


def build(
    dataset: Dataset,
    target: Path,
    stamp: Mapping[str, object],
    progress: Progress = lambda _: None,
    *,
    early: bool = False,
) -> None:
    """Write the index of ``dataset`` to ``target``, whole or not at all.

    Args:
        dataset: The dataset to read.
        target: Where the index goes; its folder is made.
        stamp: What identifies the state of the dataset file, kept in the index.
        progress: Told of each phase in a word.
        early: First put indexes of the rows of the panes in place, which can be shown while the rest is worked out.

    Raises:
        BadInput: The dataset has a record that cannot be read.
        OSError: The index cannot be written.
    """
    layout = dataset.layout()
    if early:
        for phase, step in (("events", Step.TIMELINE), ("rows", Step.ROWS)):
            progress(phase)
            early_target = target.with_suffix(sql.EARLY[step])
            with contextlib.suppress(NotClearError), put_in_place(early_target) as connection:
                fill_first(connection, step, dataset.info, layout, stamp)
    from convenings.index.contents import read
    from convenings.index.whole import fill_whole

    progress("records")
    scan = dataset.scan(layout=layout)
    del layout
    contents = read(dataset, scan)
    with put_in_place(target) as connection:
        fill_whole(connection, contents, dataset.info, stamp, progress)
    for ending in sql.EARLY.values():
        with contextlib.suppress(OSError):
            target.with_suffix(ending).unlink(missing_ok=True)


@contextlib.contextmanager
def put_in_place(target: Path) -> Iterator[sqlite3.Connection]:
    """An empty index, which takes its name once it is whole and on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    temporary = target.with_name(f"{target.name}.{os.getpid()}.{time.monotonic_ns()}.part")
    try:
        connection = sqlite3.connect(temporary, check_same_thread=False)
        try:
            connection.executescript(sql.PRAGMAS_WRITE + sql.SCHEMA)
            yield connection
            connection.commit()
        except sqlite3.Error as error:
            raise OSError(f"the index could not be written: {error}") from error
        finally:
            connection.close()
        # SQLite was told not to wait for the disk; a name given before the pages arrive could outlive a power cut.
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove what builds that were killed have left; one that is still being written is younger than that."""
    for left in target.parent.glob(f"{target.name}.*.part"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < time.time() - LEFT_BEHIND:
                left.unlink()


def fill_memory(dataset: Dataset, stamp: Mapping[str, object]) -> sqlite3.Connection:
    """The same index in memory, for where no file can be written."""
    from convenings.index.contents import read
    from convenings.index.whole import fill_whole

    contents = read(dataset)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        connection.executescript(sql.SCHEMA)
        fill_whole(connection, contents, dataset.info, stamp)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection
