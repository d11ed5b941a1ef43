"""The arguments of the program: one parser for the explorer and its options, one with every command beside them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from convenings import __version__
from convenings.cli.command import Parser
from convenings.cli.commands import COMMANDS, load
from convenings.domain.errors import BadInput, nearest

SHELLS = ("bash", "zsh", "fish", "tcsh")
"""Shells that completion can be printed for."""

_HELP = {"-h", "--help"}
_HELP_COMMAND = "help"

_CSV_HELP = (
    "print CSV (RFC 4180, UTF-8) with every value whole; a cell that a spreadsheet would take for a formula, as it "
    "begins with = + - @, a tab or a line break, begins with an apostrophe"
)

_DESCRIPTION = """\
A terminal explorer for events and what came out of them: who met, who spoke,
what was asked, and where that is written. Without a command it opens the
explorer on DATASET, or on the dataset that comes with it."""

_EPILOG = """\
A first argument that is no command is a DATASET; write ./list for a file of
that name. CONVENINGS_DATASET names the dataset where none is given.
Exit codes: 0 found or done, 1 nothing found or check failed, 2 wrong use or
bad input.

examples:
  convenings                        open the explorer
  convenings my-events.json         on a dataset of your own
  convenings search moderator
  convenings help list              what a command takes"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments, with ``command`` empty where the explorer is to be opened.

    Raises:
        BadInput: Wrong use.
        SystemExit: Help or version was printed.
    """
    argv = _without_help_command(argv)
    # Made once and then completed: a parser takes argparse a millisecond, and the explorer waits for it.
    parser = _program_parser()
    position = command_position(argv, parser)
    if position is None:
        if _HELP & {*argv}:
            return _with_commands(parser, COMMANDS).parse_args(["--help"])
        return _parsed(_with_dataset(parser), argv)
    # Only the command at hand is loaded, unless help is to list them all.
    names = COMMANDS if _HELP & {*argv[:position]} else argv[position : position + 1]
    args = _parsed(_with_commands(parser, names), argv)
    if args.fresh or args.theme or args.themes:
        raise BadInput("--fresh and --theme go with the explorer, not with a command", hint="leave them out")
    if args.json and args.csv:
        parser.commands[args.command].error("--json and --csv exclude each other")
    return args


def _parsed(parser: Parser, argv: Sequence[str]) -> argparse.Namespace:
    """The arguments, where all of them are declared; else the parser of the command refuses the first that is not."""
    args, unknown = parser.parse_known_args(argv)
    if unknown:
        parser.commands.get(args.command, parser).refuse(unknown[0])
    return args


def _without_help_command(argv: Sequence[str]) -> Sequence[str]:
    """``help`` and ``help COMMAND`` as the options that they stand for.

    Raises:
        BadInput: There is no such command.
    """
    if not argv or argv[0] != _HELP_COMMAND:
        return argv
    topics = [word for word in argv[1:] if not word.startswith("-")]
    if not topics:
        return ["--help"]
    if topics[0] not in COMMANDS:
        near = nearest(topics[0], COMMANDS)
        hint = f"perhaps '{near}' is meant" if near else f"there are {', '.join(COMMANDS)}"
        raise BadInput(f"there is no command '{topics[0]}'", hint=hint)
    return [topics[0], "--help"]


def command_position(argv: Sequence[str], parser: Parser) -> int | None:
    """Where in some arguments the command stands, if the first of them, options of the program aside, is one."""
    with_value = {name for each in parser.arguments if each.action.nargs is None for name in each.action.option_strings}
    is_value = False
    for position, argument in enumerate(argv):
        if is_value or (argument.startswith("-") and argument not in ("-", "--")):
            is_value = not is_value and argument in with_value
        else:
            return position if argument in COMMANDS else None
    return None


def explorer_parser() -> Parser:
    """The parser where there is no command."""
    return _with_dataset(_program_parser())


def commands_parser(names: Iterable[str] = COMMANDS, themes: Sequence[str] = ()) -> Parser:
    """The parser with commands.

    Args:
        names: Which commands; each of them is loaded.
        themes: Names of themes that completion offers.
    """
    return _with_commands(_program_parser(themes), names)


def _with_dataset(parser: Parser) -> Parser:
    parser.set_defaults(command="")
    parser.add_argument("path", metavar="DATASET", type=Path, nargs="?", help="dataset to open")
    return parser


def _with_commands(parser: Parser, names: Iterable[str]) -> Parser:
    subparsers = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=Parser, prog="convenings"
    )
    for name in names:
        command = load(name)
        examples = "".join(f"\n  convenings {example}" for example in command.examples)
        subparser = subparsers.add_parser(
            name,
            help=command.help,
            description=f"{command.help[0].upper()}{command.help[1:]}.",
            epilog=f"examples:{examples}" if examples else None,
        )
        _add_shared_arguments(subparser)
        if command.takes_csv:
            subparser.add_argument("--csv", action="store_true", default=False, help=_CSV_HELP)
        command.add_arguments(subparser)
        parser.commands[name] = subparser
    return parser


def _program_parser(themes: Sequence[str] = ()) -> Parser:
    """The program's own options."""
    parser = Parser(
        prog="convenings",
        usage="convenings [DATASET] [--fresh] [--theme NAME]\n       convenings COMMAND [--json] [--dataset PATH] ...",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("--fresh", action="store_true", help="start afresh instead of where you left off")
    parser.add_argument(
        "--theme", metavar="NAME", default="", values=(*themes, "list"), help="theme of the explorer; list names ours"
    )
    parser.add_argument("--themes", action="store_true", help="list our themes")
    parser.add_argument("--keys", action="store_true", help="list every command of the explorer with its keys and id")
    parser.add_argument("--print-completion", choices=SHELLS, default="", help="print completion for a shell")
    parser.add_argument("--version", action="version", version=f"convenings {__version__}")
    parser.set_defaults(json=False, csv=False, dataset=None)
    _add_shared_arguments(parser)
    return parser


def _add_shared_arguments(parser: Parser) -> None:
    """What every command takes; left unset where absent, so that a command doesn't undo what stood before it."""
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    parser.add_argument("--dataset", metavar="PATH", type=Path, default=argparse.SUPPRESS, help="the dataset to use")
