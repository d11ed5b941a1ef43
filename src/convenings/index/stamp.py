"""Which state of a dataset file an index is of, and where that index is kept."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.errors import BadInput
from convenings.store.paths import derived


def stamp_of(path: Path) -> dict[str, int]:
    """What identifies the state of a dataset file: size, modification time and inode.

    Raises:
        BadInput: There is no such file.
    """
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        from convenings.store.dataset import Dataset

        Dataset.open(path)
        raise BadInput(str(error), file=str(path)) from error
    return {"size": status.st_size, "mtime": status.st_mtime_ns, "inode": status.st_ino}


def index_path(path: Path) -> Path:
    """Where the index of a dataset is kept."""
    return derived(path, ".sqlite")
