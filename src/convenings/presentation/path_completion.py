"""How a path that is being typed may go on: what lies in the folder that it has come to."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from convenings.domain.text import fold, plain
from convenings.store.files import MARK

_OWN_ENDING = re.compile(r"bak|journal|lock|tmp|bak\.tmp|format[0-9]+(-[0-9]+)?")
MOST_WAYS = 200
"""At most this many are offered."""
MOST_SEEN = 20_000
"""Entries of a folder that are looked at, which takes a few hundredths of a second."""


class Way(msgspec.Struct, frozen=True):
    """One way in which a path may go on."""

    path: str
    """The whole line, in the words of what was typed (``~`` stays); a folder ends in the separator."""
    name: str
    """What was added, harmless for a terminal."""
    is_folder: bool


def path_ways(typed: str, *, only_folders: bool = False) -> list[Way]:
    """What lies in the folder that a path has come to and begins as its last part does: folders first, by name.

    Case and accents are no matter, and what begins with a dot is offered where a dot is typed; backups, journals and
    locks, which are put beside a file, where their own ending is. Nothing is offered of a folder that cannot be read.

    Args:
        typed: The path as far as it is typed.
        only_folders: Whether files are left out.
    """
    if typed in ("~", ".."):
        return [Way(f"{typed}{os.sep}", f"{typed}{os.sep}", is_folder=True)]
    folder, beginning = split(typed)
    ways: list[tuple[bool, str, Way]] = []
    wanted = fold(beginning)
    try:
        with os.scandir(_real(folder or ".")) as entries:
            for number, entry in enumerate(entries):
                if number >= MOST_SEEN:
                    break
                name = entry.name
                if (name.startswith(".") and not beginning.startswith(".")) or len(beginning) <= _own_from(name):
                    continue
                if not (name.startswith(beginning) or (wanted and fold(name).startswith(wanted))) or not _is_text(name):
                    continue
                is_folder = entry.is_dir()
                if is_folder or not only_folders:
                    end = os.sep if is_folder else ""
                    way = Way(f"{folder}{name}{end}", f"{plain(name)}{end}", is_folder)
                    ways.append((not is_folder, fold(name), way))
    except (OSError, ValueError):
        return []
    return [way for _, _, way in sorted(ways, key=lambda each: each[:2])[:MOST_WAYS]]


def common_path(ways: Sequence[Way]) -> str:
    """As much of a path as all ways to go on have in common; empty where there is none."""
    paths = [way.path for way in ways]
    # What the least and the greatest begin with, all between them do.
    first, last = min(paths, default=""), max(paths, default="")
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:length]


def split(typed: str) -> tuple[str, str]:
    """The folder that a path names, with its separator, and what is typed of a name in it."""
    at = max(typed.rfind(separator) for separator in {os.sep, os.altsep or os.sep}) + 1
    return typed[:at], typed[at:]


def path_from(typed: str) -> Path:
    """The path that a line names: white space around it is none of it, and ``~`` is the home of the user."""
    return Path(_real(typed.strip()))


def _own_from(name: str) -> int:
    """Where that begins in a name by which it is a file put beside another one; -1 for any other file."""
    _, mark, ending = name.rpartition(f"{MARK}.")
    is_own = bool(mark) and _OWN_ENDING.fullmatch(ending) is not None
    return len(name) - len(mark) - len(ending) if is_own else -1


def _real(path: str) -> str:
    return os.path.expanduser(path)  # noqa: PTH111 (a home that is not to be found is no error)


def _is_text(name: str) -> bool:
    """Whether a name can be shown and typed: some systems let files be called by bytes that are no text."""
    return not any("\ud800" <= char <= "\udfff" for char in name) and "\n" not in name and "\r" not in name
