"""``convenings copy``: a dataset to work in, from one that stays as it is."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, dataset_path, print_json
from convenings.cli.streams import log_stderr


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", metavar="PATH", type=Path, help="where the copy is made; never over anything")


def run(args: Namespace) -> int:
    """Copy the file; marks, notes and attached texts come along."""
    from convenings.store.copying import copy_dataset

    source, target = dataset_path(Namespace(dataset=args.dataset)), args.path
    copy = copy_dataset(source, target)
    if args.json:
        print_json({"file": str(copy.path), "from": str(source)})
    log_stderr(f"{copy.path}: a copy of {source}, to be changed by --dataset {copy.path}", name=False)
    return OK


COMMAND = Command(
    help="copy a dataset to work in, with your marks and notes; the bundled one where none is named",
    add_arguments=add_arguments,
    run=run,
    examples=("copy my-copy.json", "copy --dataset my-events.json my-copy.json"),
)
"""The command."""
