"""``convenings new``: a dataset without records."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, print_json
from convenings.cli.streams import log_stderr


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", metavar="PATH", type=Path, help="where the dataset is made; never over anything")
    parser.add_argument("--title", metavar="T", default="", help="what it is called; the name of the file where absent")


def run(args: Namespace) -> int:
    """Make the file, with an id by which notes and marks follow it."""
    from convenings.store.dataset import Dataset

    path: Path = args.path
    title = args.title or path.name.removesuffix(".json").removesuffix(".convenings").replace("-", " ").strip()
    dataset = Dataset.create(path, title or path.name)
    if args.json:
        print_json({"file": str(path), "id": dataset.info.id, "title": dataset.info.title})
    log_stderr(f"{path}: made, add records by convenings add or import --into", name=False)
    return OK


COMMAND = Command(
    help="make a dataset without records",
    add_arguments=add_arguments,
    run=run,
    examples=("new spring.json", "new spring.json --title 'Meetings of spring'"),
)
