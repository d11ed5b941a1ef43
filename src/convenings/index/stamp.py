"""Which state of a dataset file an index is of, and where that index is kept."""

from __future__ import annotations

import os
from pathlib import Path

from convenings.domain.errors import BadInput
from convenings.store.paths import derived


def stamp_of(path: Path) -> dict[str, int]:
    """What identifies the state of a dataset file: size, times of the last change of content and of anything, inode.

    The time of any change, which no program can set, tells also what was written by one that set the other time back.

    Raises:
        BadInput: There is no such file.
    """
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        from convenings.store.dataset import Dataset

        Dataset.open(path)
        raise BadInput(str(error), file=str(path)) from error
    return {"size": status.st_size, "mtime": status.st_mtime_ns, "ctime": change_time(status), "inode": status.st_ino}


def has_content(path: Path, content_hash: str) -> bool:
    """Whether the bytes of a file have this SHA-256; so it is taken of a file that cannot be read. Reads all of it."""
    from convenings.store import files

    try:
        return files.content_hash(path) == content_hash
    except OSError:
        return True


def change_time(status: os.stat_result) -> int:
    """When anything of a file was changed last, in nanoseconds; Windows says when it was made."""
    return status.st_ctime_ns


def index_path(path: Path) -> Path:
    """Where the index of a dataset is kept."""
    return derived(path, ".sqlite")
