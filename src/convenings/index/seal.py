"""Whether the file of an index still is what its builder wrote, to the byte.

SQLite answers from a damaged file as long as it can, and what it answers may be anything. So each index has a seal
beside it: the state its file was in when it got its name, and the sum of its bytes. Nobody writes to an index, so to
look at the state is enough; the bytes are summed only where the state is another one, as after a copy. The time of the
last change of anything is part of it, which no program can set back.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from io import FileIO
from pathlib import Path

import msgspec

ENDING = ".seal"
CHUNK = 1 << 20

FileState = tuple[int, int, int, int]
"""Size in bytes, times of the last change of content and of anything in nanoseconds, inode."""


class Seal(msgspec.Struct, array_like=True):
    """What is kept beside an index."""

    state: FileState
    checksum: int
    """CRC-32 of the bytes."""


def seal_of(index: Path) -> Path:
    """Where the seal of an index is."""
    return index.with_name(index.name + ENDING)


def state_of(status: os.stat_result) -> FileState:
    """What identifies a state of a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def checksum(index: Path) -> int:
    """The sum of the bytes of a file.

    Raises:
        OSError: It cannot be read.
    """
    total = 0
    with FileIO(index) as file:
        while chunk := file.read(CHUNK):
            total = zlib.crc32(chunk, total)
    return total


def write(index: Path, state: FileState, total: int) -> None:
    """Seal an index.

    Raises:
        OSError: The seal cannot be written.
    """
    temporary = index.with_name(f"{index.name}.{os.getpid()}.seal.part")
    temporary.write_bytes(msgspec.json.encode(Seal(state, total)))
    os.replace(temporary, seal_of(index))  # noqa: PTH105


def _read(index: Path) -> Seal:
    with FileIO(seal_of(index)) as file:
        return msgspec.json.decode(file.read(), type=Seal)


def is_damaged(index: Path) -> bool:
    """Whether there is a file that does not have the bytes that were sealed; all of them are looked at."""
    try:
        total = checksum(index)
        return _read(index).checksum != total
    except FileNotFoundError:
        return index.is_file()
    except (OSError, ValueError):
        return True


def is_whole(index: Path) -> bool:
    """Whether a file still has the bytes that were sealed; false also where nobody sealed it, or it cannot be read."""
    try:
        seal = _read(index)
        state = state_of(index.stat())
        if state == seal.state:
            return True
        if state[0] != seal.state[0] or checksum(index) != seal.checksum:
            return False
    except (OSError, ValueError):
        return False
    # Where it cannot be kept, the next one sums the bytes again.
    with suppress(OSError):
        write(index, state, seal.checksum)
    return True
