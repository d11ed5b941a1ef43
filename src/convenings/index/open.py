"""Opening the index of a dataset: as far as it is built, or built first, in memory where no file can be written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from convenings.domain.errors import BadInput
from convenings.index import seal
from convenings.index.model import ReadModel
from convenings.index.sqlite import file
from convenings.index.sqlite.reader import IndexReader
from convenings.index.stamp import index_path, stamp_of

ATTEMPTS = 3
"""How often a dataset that is being saved meanwhile is read."""


def open_model(path: Path, rejected_hash: str = "") -> ReadModel:
    """Open the index of the dataset at ``path``, building it first where it is missing or stale.

    Args:
        path: The dataset.
        rejected_hash: Content hash of an index that is not of this file, whatever its stamp says.

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
    reader = file.open_fresh(target, stamp, rejected_hash=rejected_hash) or file.open_early(target, stamp)
    if reader is None:
        return None
    model = _model_on(reader, path)
    # The dataset may have been replaced in between, and its records would be read at the places of the former ones.
    if model.is_stale():
        model.close()
        return None
    return model


def discard_damaged(path: Path) -> bool:
    """Remove what there is of an index of the dataset, and is damaged, so that it is built anew; whether there was any.

    To be asked when reading an index has failed, whatever the failure looks like: the index is derived, and only where
    it is as it was written is the fault in the program, or in the dataset.
    """
    target = index_path(path)
    damaged = [index for index in (target, *file.early_copies(target)) if seal.is_damaged(index)]
    for index in damaged:
        for each in (index, seal.seal_of(index)):
            with suppress(OSError):
                each.unlink(missing_ok=True)
    return bool(damaged)


def empty_model(path: Path) -> ReadModel:
    """A model without rows, to be shown while the index is being built.

    Raises:
        BadInput: There is no such dataset.
    """
    return _model_on(file.empty(path.name, stamp_of(path)), path)


def _model_on(reader: IndexReader, path: Path) -> ReadModel:
    """The model of an open index, which is closed where the dataset cannot be opened."""
    try:
        return ReadModel(reader, path)
    except OSError as error:
        reader.close()
        what = f"the file cannot be read ({error.strerror})"
        raise BadInput(what, file=str(path), hint="check that it is there and that you may read it") from error


def _built(path: Path, rejected_hash: str) -> ReadModel:
    """The model of the index in its file, or else of one that is built now."""
    stamp, target = stamp_of(path), index_path(path)
    reader = file.open_fresh(target, stamp, rejected_hash=rejected_hash)
    if reader is None:
        # Only here, so that whoever opens a finished index loads nothing that builds one.
        from convenings.index.build.publish import build, fill_memory
        from convenings.store.dataset import Dataset

        dataset = Dataset.open(path)
        try:
            build(dataset, target, stamp)
            reader = file.open_fresh(target, stamp)
        except OSError:
            reader = None
        reader = reader or IndexReader(fill_memory(dataset, stamp))
    return _model_on(reader, path)
