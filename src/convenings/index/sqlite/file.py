"""Opens the files of an index, and makes an empty index in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import msgspec

from convenings.index import seal
from convenings.index.rows import Step
from convenings.index.sqlite import statements
from convenings.index.sqlite.reader import IndexReader


def open_fresh(
    target: Path, stamp: Mapping[str, object], step: int = Step.WHOLE, *, rejected_hash: str = ""
) -> IndexReader | None:
    """The index in a file, for reading; None where there is none that can be used.

    Args:
        target: The file.
        stamp: What identifies the state of the dataset file that it must be of.
        step: How far it must be at least, a :class:`~convenings.index.rows.Step`.
        rejected_hash: Content hash of an index that is not of the dataset, whatever its stamp says.
    """
    connection = None
    try:
        if not target.is_file():
            return None
        # Nobody writes to a file that has this name: SQLite need not lock it, nor look for a journal.
        address = f"{target.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        meta = dict(connection.execute(statements.ALL_META))
        fresh = meta["schema"] == statements.INDEX_VERSION and msgspec.json.decode(meta["stamp"]) == stamp
        fresh = fresh and meta["step"] >= step and (not rejected_hash or meta["content"] != rejected_hash)
        if fresh and seal.is_whole(target):
            return IndexReader(connection)
    # Of a damaged file nothing is certain, not even the types of what it holds.
    except (sqlite3.Error, OSError, KeyError, ValueError, TypeError):
        pass
    if connection is not None:
        connection.close()
    return None


def early_copies(target: Path) -> list[Path]:
    """Where copies of an index that is still being built are, the furthest first.

    Args:
        target: The file of the whole index.
    """
    return [target.with_suffix(statements.EARLY[step]) for step in (Step.NAMES, Step.ROWS, Step.TIMELINE)]


def open_early(target: Path, stamp: Mapping[str, object]) -> IndexReader | None:
    """The furthest copy of an index that is still being built; None where there is none yet.

    Args:
        target: The file of the whole index.
        stamp: What identifies the state of the dataset file that it must be of.
    """
    for step in (Step.NAMES, Step.ROWS, Step.TIMELINE):
        if (reader := open_fresh(target.with_suffix(statements.EARLY[step]), stamp, step)) is not None:
            return reader
    return None


def empty(title: str, stamp: Mapping[str, object]) -> IndexReader:
    """An index without rows, in memory.

    Args:
        title: Stands for the dataset's title, which nobody has read yet.
        stamp: What identifies the state of the dataset file.
    """
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(statements.SCHEMA)
    meta = {
        "title": title,
        "description": "",
        "id": "",
        "sample": "[]",
        "stamp": msgspec.json.encode(stamp).decode(),
        "records": 0,
        "redirects": 0,
        "format": 0,
        "step": Step.NOTHING,
        "ranges": "{}",
        "days": statements.NO_DAYS,
    }
    connection.executemany(statements.INSERT_META, meta.items())
    return IndexReader(connection)
