"""``convenings redo``: what was undone last, done again."""

from __future__ import annotations

from argparse import Namespace

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, own_dataset_path
from convenings.cli.taking_back import print_undone


def add_arguments(parser: Parser) -> None:
    """Declare no arguments beside those that every command takes."""


def run(args: Namespace) -> int:
    """Do it in one save, over nothing that somebody else has changed since, and say what it was."""
    from convenings.store.dataset import Dataset
    from convenings.store.undoing import redo

    dataset = Dataset.open(own_dataset_path(args))
    print_undone(args, dataset, "did again", redo)
    return OK


COMMAND = Command(
    help="do again what was undone last",
    add_arguments=add_arguments,
    run=run,
    examples=("redo --dataset my-events.json",),
)
"""The command."""
