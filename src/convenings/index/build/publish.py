"""Runs in the builder, main thread and background thread.

Builds the index of a dataset: the first rows, to be shown at once, then everything, each as a file of its own.
"""

from __future__ import annotations

import contextlib
import os
import platform
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from convenings.index import seal
from convenings.index.build.pipeline import IndexPipeline, Progress
from convenings.index.sqlite import statements
from convenings.store.dataset import Dataset
from convenings.store.files import PRIVATE

WAIT_FOR_ANOTHER = 20.0
"""Seconds to wait for another process that builds the same index after it has last written anything."""
LOOK_EVERY = 0.5
"""Seconds between looks at it."""
LEFT_BEHIND = 3600.0
"""Seconds after which an unfinished index that nobody writes to any more is what a killed build left behind."""


def build(
    dataset: Dataset,
    target: Path,
    stamp: Mapping[str, object],
    on_progress: Progress = lambda _: None,
    *,
    early: bool = False,
) -> None:
    """Write the index of ``dataset`` to ``target``, completely or not at all.

    Args:
        dataset: The dataset to read.
        target: Where the index goes; its folder is made.
        stamp: What identifies the state of the dataset file, kept in the index.
        on_progress: Called with the name of each phase as it begins.
        early: Put copies in place of what there is of the index, which can be shown while the rest is worked out.

    Raises:
        BadInput: The dataset has a record that cannot be read.
        OSError: The index cannot be written.
    """
    # The early copies have names of their own, so that whoever reads one never sees it change.
    mode = _mode_of(dataset)
    with atomic_index(target, mode=mode) as connection:

        def publish(step: int) -> None:
            connection.commit()
            with atomic_index(target.with_suffix(statements.EARLY[step]), "", mode=mode) as copy:
                connection.backup(copy)

        IndexPipeline(connection, dataset, stamp, on_progress, publish if early else None).run()
    for ending in statements.EARLY.values():
        early_copy = target.with_suffix(ending)
        for path in (early_copy, seal.seal_of(early_copy)):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def sole_builder(target: Path, on_wait: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Be the only process that builds an index, once the others are done.

    One that does nothing more, as it was stopped, is not waited for: to build twice costs time, and nothing else.

    Args:
        target: The index.
        on_wait: Called when there is another one.

    An exclusive transaction in an empty database beside the index is the lock: SQLite is loaded already, while to
    import the library that locks datasets takes a tenth of the time until the timeline can be shown.

    Raises:
        OSError: Nothing can be written there.
    """
    try:
        lock = sqlite3.connect(target.with_suffix(".lock"), timeout=LOOK_EVERY, isolation_level=None)
        try:
            if not _is_locked(lock):
                on_wait()
                give_up = time.monotonic() + WAIT_FOR_ANOTHER
                while not _is_locked(lock) and time.monotonic() < give_up:
                    if _is_being_built(target):
                        give_up = time.monotonic() + WAIT_FOR_ANOTHER
            yield
        finally:
            lock.close()
    except sqlite3.Error as error:
        raise OSError(f"the index could not be written: {error}") from error


def _is_locked(lock: sqlite3.Connection) -> bool:
    """Whether the lock was to be had, within a moment."""
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _is_being_built(target: Path) -> bool:
    """Whether somebody has written to an unfinished index in the last seconds."""
    for remnant in target.parent.glob(f"{target.stem}.*.part"):
        with contextlib.suppress(OSError):
            if remnant.stat().st_mtime > time.time() - 2 * LOOK_EVERY:
                return True
    return False


@contextlib.contextmanager
def atomic_index(
    target: Path, schema: str = statements.SCHEMA + statements.PREPARE, *, mode: int = PRIVATE
) -> Iterator[sqlite3.Connection]:
    """An empty index, which takes its name, and who may read it, once it is complete and on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    temporary = target.with_name(f"{target.name}.{_machine()}.{os.getpid()}.{time.monotonic_ns()}.part")
    try:
        # SQLite would make it as readable as any file is by custom.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        connection = sqlite3.connect(temporary, check_same_thread=False)
        try:
            connection.executescript(statements.PRAGMAS_WRITE + schema)
            yield connection
            connection.commit()
        except sqlite3.Error as error:
            raise OSError(f"the index could not be written: {error}") from error
        finally:
            connection.close()
        total = seal.checksum(temporary)
        # SQLite was told not to wait for the disk; a name given before the pages arrive could outlive a power cut.
        temporary.chmod(mode)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
            # Before the name as well, so that nobody finds this index with the seal of another one.
            seal.write(target, seal.state_of(os.fstat(file.fileno())), total)
        temporary.replace(target)
        seal.write(target, seal.state_of(target.stat()), total)
    finally:
        temporary.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove what builds that were killed have left, of any dataset; one that is still written is younger than that."""
    for remnant in target.parent.glob("*.*.*.part"):
        with contextlib.suppress(OSError):
            if _is_of_dead_process(remnant) or remnant.stat().st_mtime < time.time() - LEFT_BEHIND:
                remnant.unlink()


def _machine() -> str:
    """What tells this machine from others that may have the same cache."""
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _is_of_dead_process(remnant: Path) -> bool:
    """Whether an unfinished index is of a process of this machine that is no more."""
    *_, machine, process, _, _ = ("", "", *remnant.name.split("."))
    if os.name == "nt" or machine != _machine() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    return False


def _mode_of(dataset: Dataset) -> int:
    """Who may read the index of a dataset: whoever may read that."""
    return PRIVATE | stat.S_IMODE(dataset.path.stat().st_mode) & 0o044


def discard(target: Path, process: int) -> None:
    """Remove what a process that was ended had written of an index."""
    for remnant in target.parent.glob(f"{target.stem}.*.{process}.*.part"):
        with contextlib.suppress(OSError):
            remnant.unlink()


def fill_memory(dataset: Dataset, stamp: Mapping[str, object]) -> sqlite3.Connection:
    """The index of a dataset in memory, for where no file can be written."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        connection.executescript(statements.SCHEMA + statements.PREPARE)
        IndexPipeline(connection, dataset, stamp).run()
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection
