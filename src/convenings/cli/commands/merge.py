"""``convenings merge``: records that are one, and records that were taken for one by mistake."""

from __future__ import annotations

from argparse import Namespace

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, own_dataset_path, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "ids", metavar="ID", nargs="+", offers="ids", help="records that are one; all go into the last one, which stays"
    )
    parser.add_argument("--undo", action="store_true", help="make the IDs, which merges took out of use, records again")


def run(args: Namespace) -> int:
    """Merge in one save; names, identifiers, links and evidence of all are kept, and all ids go on leading there."""
    from convenings.store.dataset import Dataset

    dataset = Dataset.open(own_dataset_path(args))
    if args.undo:
        restored = dataset.unmerge(*args.ids).unmerged
        lines = [f"{ref}: a record of its own again" for ref in restored]
        value: object = restored
    else:
        *olds, new = args.ids
        if not olds:
            raise BadInput("there is nothing to merge into that record", hint="name the records that go, then that one")
        merged = dataset.merge_all((old, new) for old in olds).merged
        lines = [f"{old}: is {into} now" for old, into in merged.items()]
        value = merged
    if args.json:
        print_json(value)
    for line in lines:
        log_stderr(line, name=False)
    return OK


COMMAND = Command(
    help="merge records into one that keeps the names and the evidence of all, or undo that",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "merge organisation/unit organisation/trust --dataset my-events.json",
        "merge --undo organisation/unit --dataset my-events.json",
    ),
)
