"""``convenings search``: records by words."""

from __future__ import annotations

from argparse import Namespace

from convenings.cli.command import Command, Parser
from convenings.domain.kinds import KINDS


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", metavar="WORDS", nargs="+", help="words in any order; key:value narrows, ! negates")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="at most so many records (default: 50)")
    parser.add_argument(
        "--kind",
        metavar="K",
        action="append",
        default=[],
        values=list(KINDS),
        help="only records of this kind; may be repeated",
    )


def run(args: Namespace) -> int:
    """Print what some words find, best first."""
    from convenings.cli.commands.find import search_

    return search_(args)


COMMAND = Command(
    help="find records by any form of a name, by a word of their text, or by key:value",
    add_arguments=add_arguments,
    run=run,
    examples=("search hao ming huang", "search moderator --kind person --limit 5"),
)
