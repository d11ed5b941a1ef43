"""``convenings format``: a dataset written anew in canonical form."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, own_dataset_path, print_json
from convenings.cli.streams import log_stderr


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", metavar="DATASET", type=Path, nargs="?", help="dataset to rewrite")


def run(args: Namespace) -> int:
    """Write the dataset in canonical form and today's format, in one save under a lock.

    A file of an earlier format is kept beside it as it was. What is no record stays as it stands, for the check to
    name."""
    from convenings.store.dataset import Dataset

    path = own_dataset_path(args)
    dataset = Dataset.open(path)
    before, number = dataset.signature, dataset.info.format
    dataset.tidy()
    is_changed, copy = dataset.signature != before, dataset.former_copy
    if args.json:
        formats = {"format": dataset.info.format, "former_format": number, "copy": str(copy) if copy else None}
        print_json({"file": str(path), "changed": is_changed, **formats})
    state = "rewritten in canonical form" if is_changed else "in canonical form already, nothing is written"
    log_stderr(f"{path}: {state}", name=False)
    return OK


COMMAND = Command(
    help="rewrite a dataset in canonical form, one record per line, and in today's format",
    add_arguments=add_arguments,
    run=run,
    examples=("format my-events.json",),
)
