"""``convenings undo``: the last step that is not undone, taken back."""

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
    from convenings.store.undoing import undo

    dataset = Dataset.open(own_dataset_path(args))
    print_undone(args, dataset, "undid", undo)
    return OK


COMMAND = Command(
    help="take back the last change that is not undone: an edit, an import, a merge, a change of many",
    add_arguments=add_arguments,
    run=run,
    examples=("undo --dataset my-events.json",),
)
"""The command."""
