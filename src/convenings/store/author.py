"""The name under which a user's changes stand in journals: asked for once, else that of the login."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from convenings.domain.text import plain
from convenings.store import files
from convenings.store.folders import private_folder
from convenings.store.paths import data_dir

FILE = "author.txt"
"""Name of the file, in the folder of the user's own."""
MOST_OF_NAME = 100


def stored_author(folder: Path | None = None) -> str:
    """The name that the user has chosen; empty where none was asked for yet."""
    with suppress(OSError, UnicodeError):
        return _line(((folder or data_dir()) / FILE).read_text(encoding="utf-8"))
    return ""


def store_author(name: str, folder: Path | None = None) -> None:
    """Keep the name of the user.

    Raises:
        BadInput: It cannot be written.
    """
    place = folder or data_dir()
    private_folder(place)
    files.replace(place / FILE, f"{_line(name)}\n".encode("utf-8", "replace"), backup=False, mode=files.PRIVATE)


def author() -> str:
    """The name of the user, as chosen or as that of the login; empty where there is neither."""
    if name := stored_author():
        return name
    import getpass

    # A user without an entry, as in a container.
    with suppress(OSError, KeyError, ImportError):
        return _line(getpass.getuser())
    return ""


def _line(text: str) -> str:
    return plain(text).strip()[:MOST_OF_NAME]
