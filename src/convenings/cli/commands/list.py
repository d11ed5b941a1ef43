"""``convenings list``: all records of a kind, or those that a query selects."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from convenings.cli.command import Command, Parser
from convenings.domain.kinds import KINDS


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("kind", metavar="KIND", values=list(KINDS), help=f"{', '.join(KINDS)}; singular or plural")
    parser.add_argument(
        "--filter",
        metavar="QUERY",
        default="",
        help="only what this line keeps: words, key:value, !not, or, (brackets)",
    )


def run(args: Namespace) -> int:
    """Print all records of a kind, in the order in which the explorer shows them."""
    from convenings.cli.common import NOTHING, OK, dataset_path, parse_kind, print_array
    from convenings.cli.objects import record_object
    from convenings.cli.streams import log_stderr
    from convenings.domain.query.parser import parse
    from convenings.index.open import open_model
    from convenings.workspace import Workspace

    kind, query = parse_kind(args.kind), parse(args.filter)
    with Workspace(open_model(dataset_path(args))) as workspace:
        model = workspace.model
        first, last = model.range(kind)
        rows: Sequence[int] = workspace.matching(query, first, last) if query else range(first, last)
        for warning in workspace.warnings:
            log_stderr(warning)
        if args.json:
            print_array(record_object(model, row) for row in rows)
        elif rows:
            from convenings.cli.columns import table_of
            from convenings.cli.printing import Printer

            Printer().table(*table_of(model, kind, rows))
    total = last - first
    if not rows:
        log_stderr(f"none of {total} {kind} records fits {args.filter}" if total else f"there is no {kind} here")
    elif query and not args.json:
        log_stderr(f"{len(rows)} of {total}", name=False)
    return OK if rows else NOTHING


COMMAND = Command(
    help="list all records of a kind",
    add_arguments=add_arguments,
    run=run,
    examples=("list events", "list participation --filter role:panellist"),
)
