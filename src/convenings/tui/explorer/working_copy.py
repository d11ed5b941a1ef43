"""A copy to work in, of a dataset that may not be written: offered at the first change, which then goes on there."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

from convenings.domain.errors import BadInput
from convenings.domain.text import plain
from convenings.index.open import open_model
from convenings.presentation.path_completion import path_from
from convenings.store.copying import copy_dataset, is_read_only
from convenings.store.dataset import Dataset
from convenings.tui.dialogs.path_prompt import PathPrompt
from convenings.tui.explorer.host import Host

TITLE = "This dataset may not be written: where shall a copy to work in be?"
TITLE_AGAIN = "This dataset may not be written: enter goes on in your copy of it"


def in_working_copy(host: Host, go_on: Callable[[], None]) -> None:
    """Go on with a change, in a copy where the dataset itself may not be written; nothing where none is wanted."""
    path = host.context.model.path
    if not is_read_only(path):
        go_on()
        return

    def take(line: str | None) -> None:
        if not line:
            host.say("Nothing is changed: this dataset may not be written")
            return
        copy = path_from(line)
        try:
            if not copy.exists():
                copy_dataset(path, copy)
            host.reloader.replace_model(open_model(copy))
        except BadInput as error:
            host.say(plain(f"No copy was made: {error}"))
            return
        go_on()
        host.say(plain(f"You work in the copy {copy}"))

    begin = _place(path)
    title = TITLE_AGAIN if begin.exists() else TITLE
    host.app.push_screen(PathPrompt(title, str(begin), lambda line: _refusal(path, line), is_made=True), take)


def _place(path: Path) -> Path:
    """Where a copy made before is, or nothing: in the user's home, or in the folder where the program was started."""
    try:
        folder = Path.home()
    except RuntimeError:
        folder = Path.cwd()
    if not os.access(folder, os.W_OK):
        folder = Path.cwd()
    names = (f"{path.stem}{f'-{number}' if number > 1 else ''}.json" for number in count(1))
    places = (folder / name for name in names)
    return next(place for place in places if not place.exists() or _is_copy(path, place))


def _is_copy(path: Path, other: Path) -> bool:
    """Whether a file is a dataset that was copied from this one, and can be worked in."""
    try:
        return (
            not is_read_only(other) and bool(own := Dataset.open(path).info.id) and own == Dataset.open(other).info.id
        )
    except (BadInput, OSError):
        return False


def _refusal(path: Path, line: str) -> str:
    """Why one cannot work in a copy there, in a sentence; empty where one can."""
    copy = path_from(line)
    try:
        if copy.exists():
            return "" if _is_copy(path, copy) else "There is such a file already; choose another name"
        return "" if copy.parent.is_dir() else "There is no such folder"
    except (OSError, ValueError):
        return "This path cannot be read"
