"""One run of the program, from arguments to exit code: here it is decided what a failure looks like."""

from __future__ import annotations

import os
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Protocol

from convenings.cli import parser
from convenings.cli.common import dataset_path
from convenings.cli.streams import log_stderr, tolerate_encoding
from convenings.domain.errors import BadInput, nearest
from convenings.store.paths import cache_dir

BAD = 2
"""Exit code of wrong use or bad input."""
INTERRUPTED = 130


class Explorer(Protocol):
    """What the program needs of the terminal interface; nothing but ``run`` and ``theme_names`` imports Textual."""

    OUR_THEMES: tuple[str, ...]

    def run(self, path: Path, *, fresh: bool = False, theme: str = "") -> int:
        """Open the explorer and give its exit code."""

    def key_table(self) -> list[tuple[str, str, str, str]]:
        """Keys as shown, id, label and help of every command."""

    def theme_names(self) -> list[str]:
        """Names of all themes."""


def run(argv: Sequence[str], explorer: Explorer) -> int:
    """Run the program and give its exit code; whatever goes wrong is one line on stderr."""
    tolerate_encoding()
    try:
        code = _run(argv, explorer)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BadInput as error:
        log_stderr(str(error))
        return BAD
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_stdout()
        return 0
    except sqlite3.Error as error:
        log_stderr(f"{cache_dir()}: the index of the dataset cannot be used ({error}); remove what is in that folder")
        return BAD
    except OSError as error:
        _abandon_stdout()
        where = error.filename if isinstance(error.filename, str) else "output"
        log_stderr(f"{where}: {(error.strerror or str(error)).lower()}; mend that, then try again")
        return BAD
    return code


def _run(argv: Sequence[str], explorer: Explorer) -> int:
    try:
        given = parser.parse(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if given.print_completion:
        from convenings.cli.completion import print_completion

        return print_completion(given.print_completion, explorer.OUR_THEMES)
    if given.keys:
        from convenings.cli.keys import keys

        return keys(explorer.key_table(), as_json=given.json)
    if given.command:
        module = import_module(f"convenings.cli.commands.{_MODULES[given.command]}")
        code: int = getattr(module, f"{given.command}_")(given)
        return code
    return _open(given, explorer)


_MODULES = {"search": "find", "list": "find", "show": "show", "check": "verify", "attach": "verify", "stats": "stats"}
"""Command to the module of its function, which has the name of the command and an underscore."""


def _open(given: Namespace, explorer: Explorer) -> int:
    """Open the explorer, once it is certain that it can be."""
    if given.theme == "?":
        print("\n".join(explorer.OUR_THEMES))
        return 0
    if given.json:
        raise BadInput("--json goes with a command or with --keys", hint="see convenings --help")
    path = dataset_path(given)
    if given.path and not path.exists() and (near := nearest(str(path), parser.COMMANDS)):
        raise BadInput("there is no such file or command", file=str(path), hint=f"perhaps '{near}' is meant")
    if why := _no_terminal():
        # A dataset that cannot be read is the greater fault of the two.
        from convenings.store.dataset import Dataset

        for _ in Dataset.open(path).scan():
            pass
        raise why
    if given.theme and given.theme not in explorer.OUR_THEMES and given.theme not in (names := explorer.theme_names()):
        hint = f"perhaps '{near}' is meant" if (near := nearest(given.theme, names)) else "--theme ? lists ours"
        raise BadInput(f"there is no theme '{given.theme}'", hint=hint)
    return explorer.run(path, fresh=given.fresh, theme=given.theme)


def _no_terminal() -> BadInput | None:
    """Why the explorer cannot be drawn; nothing where it can."""
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if stream is None or not stream.isatty():
            hint = "open it in a terminal, or use a command such as convenings list event"
            return BadInput(f"the explorer needs a terminal, and its {name} is none", hint=hint)
    if os.environ.get("TERM") == "dumb":
        what = "the explorer cannot draw on a terminal of type dumb"
        return BadInput(what, hint="set TERM to the type of your terminal")
    return None


def _abandon_stdout() -> None:
    """Let what is still buffered go nowhere, so that leaving doesn't fail on it again."""
    with suppress(OSError, ValueError, AttributeError):
        number = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
