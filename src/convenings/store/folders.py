"""Folders that are a user's own."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.errors import BadInput


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into, unless it is there.

    Raises:
        BadInput: It cannot be made.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BadInput("the folder cannot be made", file=str(folder), hint="allow yourself to write there") from error
