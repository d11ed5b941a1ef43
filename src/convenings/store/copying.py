"""A copy of a dataset to work in, where the dataset itself is not to be changed."""

from __future__ import annotations

import os
from pathlib import Path

from convenings.domain.errors import BadInput
from convenings.store import files
from convenings.store.creating import create_file
from convenings.store.dataset import Dataset
from convenings.store.paths import bundled_dataset


def is_read_only(path: Path) -> bool:
    """Whether a dataset is not to be changed: the one that comes with the program, or one that may not be written."""
    try:
        is_bundled = path.samefile(bundled_dataset())
    except (OSError, BadInput):
        is_bundled = False
    return is_bundled or not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def copy_dataset(path: Path, target: Path) -> Dataset:
    """Copy a dataset to where it can be changed; marks, notes and attached texts come along, as they go by its id.

    Args:
        path: The dataset.
        target: Where the copy is to be; there is no file yet. A folder gets one of the same name.

    Raises:
        BadInput: The dataset cannot be read, or there is such a file, or none can be written there.
    """
    Dataset.open(path)
    data, _ = files.read(path)
    copy = target / path.name if target.is_dir() else target
    create_file(copy, data, is_canonical=False)
    return Dataset.open(copy)
