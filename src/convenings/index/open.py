"""Opening the index of a dataset: as far as it is built, or built first, in memory where no file can be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import msgspec

from convenings.domain.errors import BadInput
from convenings.index.model import ReadModel
from convenings.index.rows import Step
from convenings.index.sqlite import statements
from convenings.index.stamp import index_path, stamp_of

ATTEMPTS = 3
"""How often a dataset that is being saved meanwhile is read."""


def open_model(path: Path, rejected_hash: str = "") -> ReadModel:
    """Open the index of the dataset at ``path``, building it first where it is missing or stale.

    Args:
        path: The dataset.
        rejected_hash: Content hash of an index that was found not to be of this file, whatever its stamp says.

    Raises:
        BadInput: The dataset cannot be read.
    """
    for _ in range(ATTEMPTS):
        model = _built(path, rejected_hash)
        if not model.is_stale():
            return model
        model.close()
    hint = "wait until the program that writes it has finished"
    raise BadInput("the file changes while it is read", file=str(path), hint=hint)


def peek_model(path: Path, rejected_hash: str = "") -> ReadModel | None:
    """The index of the dataset as far as it is built, without building anything; none where nothing is there.

    Args:
        path: The dataset.
        rejected_hash: As for :func:`open_model`.

    Raises:
        BadInput: There is no such dataset.
    """
    stamp, target = stamp_of(path), index_path(path)
    connection = _open_fresh(target, stamp, rejected_hash=rejected_hash)
    for step in (Step.NAMES, Step.ROWS, Step.TIMELINE) if connection is None else ():
        if (connection := _open_fresh(target.with_suffix(statements.EARLY[step]), stamp, step)) is not None:
            break
    return None if connection is None else _model_on(connection, path)


def empty_model(path: Path) -> ReadModel:
    """A model without rows, to be shown while the index is being built.

    Raises:
        BadInput: There is no such dataset.
    """
    stamp = msgspec.json.encode(stamp_of(path)).decode()
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(statements.SCHEMA)
    meta = {
        "title": path.name,
        "description": "",
        "records": 0,
        "redirects": 0,
        "step": Step.NOTHING,
        "ranges": "{}",
    }
    meta["days"] = "[null, null]"
    connection.executemany(statements.INSERT_META, [*meta.items(), ("stamp", stamp)])
    return _model_on(connection, path)


def _model_on(connection: sqlite3.Connection, path: Path) -> ReadModel:
    """The model of an open index, which is closed where the dataset cannot be opened."""
    try:
        return ReadModel(connection, path)
    except OSError as error:
        connection.close()
        what = f"the file cannot be read ({error.strerror})"
        raise BadInput(what, file=str(path), hint="check that it is there and that you may read it") from error


def _built(path: Path, rejected_hash: str) -> ReadModel:
    stamp = stamp_of(path)
    target = index_path(path)
    connection = _open_fresh(target, stamp, rejected_hash=rejected_hash)
    if connection is None:
        from convenings.index.build.publish import build, fill_memory
        from convenings.store.dataset import Dataset

        dataset = Dataset.open(path)
        try:
            build(dataset, target, stamp)
            connection = _open_fresh(target, stamp)
        except OSError:
            connection = None
        connection = connection or fill_memory(dataset, stamp)
    return _model_on(connection, path)


def _open_fresh(
    target: Path, stamp: Mapping[str, object], step: int = Step.WHOLE, *, rejected_hash: str = ""
) -> sqlite3.Connection | None:
    """The index at ``target`` if it is of this state of the dataset, as far as that, and not rejected_hash."""
    connection = None
    try:
        if not target.is_file():
            return None
        connection = sqlite3.connect(
            f"{target.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        meta = dict(connection.execute(statements.ALL_META))
        fresh = meta["schema"] == statements.WRITTEN_BY and msgspec.json.decode(meta["stamp"]) == stamp
        if fresh and meta["step"] >= step and (not rejected_hash or meta["content"] != rejected_hash):
            return connection
    except (sqlite3.Error, OSError, KeyError, ValueError):
        pass
    if connection is not None:
        connection.close()
    return None
