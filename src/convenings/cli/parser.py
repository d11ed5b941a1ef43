"""The arguments of the program: one parser for the explorer and its options, one with every command beside them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from convenings import __version__
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS

COMMANDS = {
    "search": "find records by any form of a name, by a word of their text, or by key:value",
    "show": "print one record with everything tied to it and its evidence",
    "list": "list all records of a kind",
    "check": "check that a dataset keeps what it promises",
    "attach": "keep the text of a source, so that evidence opens the real passage",
    "stats": "count what a dataset holds, and what it leaves open",
}
"""Name to a line of help for every command."""

SHELLS = ("bash", "zsh", "tcsh")
"""Shells that completion can be printed for."""

_WITH_VALUE = ("--theme", "--dataset", "--print-completion")

_DESCRIPTION = """\
A terminal explorer for events and what came out of them: who met, who spoke,
what was asked, and where that is written. Without a command it opens the
explorer on DATASET, or on the dataset that comes with it."""

_EPILOG = """\
A first argument that is no command is a DATASET; write ./list for a file of
that name. CONVENINGS_DATASET names the dataset where none is given.
Exit codes: 0 found or done, 1 nothing found or check failed, 2 wrong use or
bad input."""


class Parser(argparse.ArgumentParser):
    """A parser that refuses wrong use as everything else here is refused: by one sentence."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(
            *args,  # type: ignore[arg-type]
            **{"allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter, **kwargs},  # type: ignore[arg-type]
        )

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments.

        Raises:
            BadInput: always.
        """
        raise BadInput(message, hint=f"see {self.prog} --help")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments, with ``command`` empty where the explorer is to be opened.

    Raises:
        BadInput: wrong use.
        SystemExit: help or version was printed.
    """
    if command_in(argv):
        given = commands_parser().parse_args(argv)
        if given.fresh or given.theme:
            raise BadInput("--fresh and --theme go with the explorer, not with a command", hint="leave them out")
        return given
    if "-h" in argv or "--help" in argv:
        return commands_parser().parse_args(["--help"])
    return explorer_parser().parse_args(argv)


def command_in(argv: Sequence[str]) -> str:
    """The command that some arguments begin with, options aside; an empty string where they name none."""
    is_value = False
    for argument in argv:
        if is_value or (argument.startswith("-") and argument not in ("-", "--")):
            is_value = not is_value and argument in _WITH_VALUE
        else:
            return argument if argument in COMMANDS else ""
    return ""


def explorer_parser() -> Parser:
    """The parser where there is no command."""
    parser = _top()
    parser.set_defaults(command="")
    parser.add_argument("path", metavar="DATASET", type=Path, nargs="?", help="dataset to open")
    return parser


def commands_parser() -> Parser:
    """The parser with every command."""
    parser = _top()
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=Parser, prog="convenings"
    )
    made = {
        name: commands.add_parser(name, help=line, description=f"{line[0].upper()}{line[1:]}.")
        for name, line in COMMANDS.items()
    }
    for command in made.values():
        _shared(command)

    search = made["search"]
    search.add_argument("words", metavar="WORDS", nargs="+", help="words in any order; key:value narrows, ! negates")
    search.add_argument("--limit", metavar="N", type=int, default=50, help="at most so many records (default: 50)")
    search.add_argument(
        "--kind", metavar="K", action="append", default=[], help="only records of this kind; may be repeated"
    )

    made["show"].add_argument("id", metavar="ID", help="id of a record, such as person/huang-haoming")

    made["list"].add_argument("kind", metavar="KIND", help=f"{', '.join(KINDS)}; singular or plural")
    made["list"].add_argument(
        "--filter", metavar="QUERY", default="", help="only what this line keeps: words, key:value, !not"
    )

    check = made["check"]
    check.add_argument("path", metavar="DATASET", type=Path, nargs="?", help="dataset to check")
    check.add_argument(
        "--source", metavar="FILE", type=Path, action="append", default=[],
        help="also look every passage up in this text of a source; may be repeated",
    )  # fmt: skip

    attach = made["attach"]
    attach.add_argument("files", metavar="FILE", type=Path, nargs="*", help="text of a source, known by its contents")
    attach.add_argument("--source", metavar="ID", default="", help="the source that the one FILE is the text of")
    attach.add_argument("--detach", metavar="ID", default="", help="remove the text of this source")
    return parser


def _top() -> Parser:
    """The program's own options."""
    parser = Parser(
        prog="convenings",
        usage="convenings [DATASET] [--fresh] [--theme NAME]\n       convenings COMMAND [--json] [--dataset PATH] ...",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("--fresh", action="store_true", help="start anew instead of where the last session ended")
    parser.add_argument("--theme", metavar="NAME", default="", help="theme of the explorer; ? lists them")
    parser.add_argument("--keys", action="store_true", help="list every command of the explorer with its keys and id")
    parser.add_argument("--print-completion", choices=SHELLS, default="", help="print completion for a shell")
    parser.add_argument("--version", action="version", version=f"convenings {__version__}")
    parser.set_defaults(json=False, dataset=None)
    _shared(parser)
    return parser


def _shared(parser: Parser) -> None:
    """What every command takes; left unset where absent, so that a command doesn't undo what stood before it."""
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    parser.add_argument("--dataset", metavar="PATH", type=Path, default=argparse.SUPPRESS, help="the dataset to use")
