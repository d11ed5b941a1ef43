"""What was copied last, in a file: where a terminal takes no text for the clipboard, it can be had from there."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.errors import BadInput
from convenings.store import files

COPIED = "copied.txt"
"""Name of the file, in the folder of the user's own."""


def write_copied(folder: Path, text: str) -> Path:
    """Write what is copied to a file that only the user may read; gives where it is.

    Raises:
        BadInput: The file cannot be written.
    """
    path = folder / COPIED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise BadInput("the file cannot be written", file=str(path), hint="allow yourself to write there") from error
    files.replace(path, f"{text}\n".encode("utf-8", "replace"), backup=False)
    return path
