"""One run of the program, from arguments to exit code: here it is decided what a failure looks like."""

from __future__ import annotations

import os
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from convenings.cli.commands import COMMANDS, load
from convenings.cli.common import OK, dataset_path
from convenings.cli.parser import parse
from convenings.cli.streams import abandon, fill_closed_streams, log_stderr, tolerate_encoding
from convenings.domain.errors import BadInput, nearest
from convenings.store.paths import cache_dir

BAD = 2
"""Exit code of wrong use or bad input."""
INTERRUPTED = 130
COMPLETE = "--complete"
"""What completion of a shell begins its questions with; no option for people."""


class Explorer(Protocol):
    """What the program needs of the terminal interface; nothing but ``run`` and ``theme_names`` imports Textual."""

    OUR_THEMES: tuple[str, ...]

    def run(self, path: Path, *, fresh: bool = False, theme: str = "") -> int:
        """Open the explorer and give its exit code."""

    def key_table(self, bound: Mapping[str, str]) -> tuple[list[tuple[str, str, str, str]], tuple[str, ...]]:
        """Keys as shown, id, label and help of every command, with the user's own, and what is wrong with those."""

    def theme_names(self) -> list[str]:
        """Names of all themes."""


def run(argv: Sequence[str], explorer: Explorer) -> int:
    """Run the program and give its exit code; whatever goes wrong is one line on stderr."""
    fill_closed_streams()
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
        abandon(sys.stdout)
        return OK
    except sqlite3.Error as error:
        log_stderr(f"{cache_dir()}: the index of the dataset cannot be used ({error}); remove what is in that folder")
        return BAD
    except OSError as error:
        abandon(sys.stdout)
        file = error.filename if isinstance(error.filename, str) else "output"
        log_stderr(f"{file}: {(error.strerror or str(error)).lower()}; put that right, then try again")
        return BAD
    return code


def _run(argv: Sequence[str], explorer: Explorer) -> int:
    if argv and argv[0] == COMPLETE:
        from convenings.cli.offers import print_offers

        return print_offers(argv[1:])
    try:
        args = parse(argv)
    except SystemExit as stop:
        return int(stop.code or OK)
    if args.print_completion:
        from convenings.cli.completion import print_completion

        return print_completion(args.print_completion, explorer.OUR_THEMES)
    if args.keys:
        from convenings.cli.keys import print_keys

        return print_keys(explorer.key_table, as_json=args.json)
    if args.command:
        try:
            return load(args.command).run(args)
        except (KeyboardInterrupt, BrokenPipeError):
            raise
        except Exception as error:
            _mend_index(args, error)
            raise
    return _open(args, explorer)


def _mend_index(args: Namespace, error: Exception) -> None:
    """Remove an index that is damaged, after something has failed; what it looked like does not tell.

    Raises:
        BadInput: There was one. What is printed already may be wrong, so the command is not carried on.
    """
    from convenings.index.open import discard_damaged

    path = dataset_path(args)
    if isinstance(error, BadInput) and error.file != str(path):
        return
    if discard_damaged(path):
        what = "its index in the cache was damaged, and has been removed"
        raise BadInput(what, file=str(path), hint="give the command again, which builds the index again") from error


def _open(args: Namespace, explorer: Explorer) -> int:
    """Open the explorer, once it is certain that it can be."""
    if args.themes or args.theme in ("?", "list"):
        print("\n".join(explorer.OUR_THEMES))
        return OK
    if args.json:
        raise BadInput("--json goes with a command or with --keys", hint="see convenings --help")
    path = dataset_path(args)
    if args.path and not path.exists() and (near := nearest(str(path), COMMANDS)):
        raise BadInput("there is no such file or command", file=str(path), hint=f"perhaps '{near}' is meant")
    if reason := _no_terminal():
        # A dataset that cannot be read is the greater fault of the two.
        from convenings.store.dataset import Dataset

        for _ in Dataset.open(path).scan():
            pass
        raise reason
    if args.theme and args.theme not in explorer.OUR_THEMES and args.theme not in (names := explorer.theme_names()):
        hint = f"perhaps '{near}' is meant" if (near := nearest(args.theme, names)) else "--themes lists ours"
        raise BadInput(f"there is no theme '{args.theme}'", hint=hint)
    return explorer.run(path, fresh=args.fresh, theme=args.theme)


def _no_terminal() -> BadInput | None:
    """Why the explorer cannot be drawn; nothing where it can."""
    if os.environ.get("TEXTUAL_DRIVER"):
        # As in a browser: whoever names the driver takes what is drawn, and sends the keys, by other ways.
        return None
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if stream is None or not stream.isatty():
            hint = "open it in a terminal, or use a command such as convenings list event"
            return BadInput(f"the explorer needs a terminal, and its {name} is none", hint=hint)
    if os.environ.get("TERM") == "dumb":
        what = "the explorer cannot draw on a terminal of type dumb"
        return BadInput(what, hint="set TERM to the type of your terminal")
    return None
