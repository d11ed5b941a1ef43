"""The terminal interface: everything that imports Textual, behind a few functions."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

OUR_THEMES: tuple[str, ...] = ("convenings-dark", "convenings-light", "convenings-clear")
"""Names of the themes that come with the program."""

KeyRow = tuple[str, str, str, str]
"""Keys as they are shown, parted by spaces; id, label and help of their command."""

ESCAPE_MS = "25"
"""Milliseconds after which Escape is that key and not the first byte of another one; Textual would wait for 100.
Terminals that tell them apart themselves are not waited for at all."""


def run(path: Path, *, fresh: bool = False, theme: str = "") -> int:
    """Open the explorer on a dataset and stay until it is left; the process ends with it.

    Args:
        path: The dataset.
        fresh: Start anew instead of where the last session ended.
        theme: Name of a theme.

    Returns:
        Never: the process ends with the exit code of the application.

    Raises:
        BadInput: The dataset cannot be read.
    """
    import gc

    gc.disable()
    os.environ.setdefault("ESCDELAY", ESCAPE_MS)
    from convenings.index.open import empty_model, open_model, peek_model

    builder = None
    model = peek_model(path)
    if model is None or not model.complete:
        from convenings.index.build.process import SMALL, BuildProcess

        if path.stat().st_size < SMALL:
            model = open_model(path)
        else:
            builder = BuildProcess(path, waits=True)
            model = model or empty_model(path)
    from convenings.tui.app import ConveningsApp
    from convenings.workspace import open_workspace

    if builder is not None and builder.step > model.step:
        model = peek_model(path) or model
    app = ConveningsApp(open_workspace(model), fresh=fresh, theme=theme, builder=builder)
    app.run()
    begun_with = path
    while (following := app.next_dataset) is not None or app.is_to_open_again:
        path = following or path
        workspace = open_workspace(open_model(path))
        app = ConveningsApp(workspace, theme=theme, begun_with=begun_with, greeting=app.next_greeting)
        app.run()
        if following is None:
            break
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(app.return_code or 0)


def key_table(bound: Mapping[str, str] = MappingProxyType({})) -> tuple[list[KeyRow], tuple[str, ...]]:
    """Keys as shown, id, label and help of every command, and what is wrong with keys of the user's own.

    Imports no Textual.

    Args:
        bound: Id of a command to the keys that the user has bound to it.
    """
    from convenings.tui.commands.keymap import key_table as table

    return table(bound)


def theme_names() -> list[str]:
    """Names of all themes, ours first and then Textual's."""
    from textual.theme import BUILTIN_THEMES

    return [*OUR_THEMES, *BUILTIN_THEMES]
