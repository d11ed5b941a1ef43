"""``convenings list``: all records of a kind."""

from __future__ import annotations

from argparse import Namespace

from convenings.cli.command import Command, Parser
from convenings.domain.kinds import KINDS


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("kind", metavar="KIND", values=list(KINDS), help=f"{', '.join(KINDS)}; singular or plural")
    parser.add_argument(
        "--filter", metavar="QUERY", default="", help="only what this line keeps: words, key:value, !not"
    )


def run(args: Namespace) -> int:
    """Print all records of a kind, in the order in which the explorer shows them."""
    from convenings.cli.commands.find import list_

    return list_(args)


COMMAND = Command(
    help="list all records of a kind",
    add_arguments=add_arguments,
    run=run,
    examples=("list events", "list participation --filter role:panellist"),
)
