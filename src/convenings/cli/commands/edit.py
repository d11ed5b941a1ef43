"""``convenings edit``: fields of one record."""

from __future__ import annotations

from argparse import Namespace

from convenings.cli.command import Command, Parser
from convenings.cli.common import own_dataset_path, workspace_of
from convenings.cli.edits import add_edit_arguments
from convenings.domain.errors import BadInput


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("id", metavar="ID", offers="ids", help="record to edit")
    parser.add_argument(
        "fields",
        metavar="FIELD=VALUE",
        nargs="+",
        help="a list by repeating its field, or FIELD+=VALUE and FIELD-=VALUE; what lies deeper as attendance.min=120",
    )
    add_edit_arguments(parser)


def run(args: Namespace) -> int:
    """Print what the record was and is, and save it."""
    from convenings.cli.edits import carry_out, edited
    from convenings.domain.edits import Change
    from convenings.presentation.naming import resolver
    from convenings.store.dataset import Dataset
    from convenings.store.editing import Editor

    texts: dict[str, list[str]] = {}
    for word in args.fields:
        path, sign, value = word.partition("=")
        if not sign or not path.strip("+-"):
            raise BadInput(f"'{word}' is no field with a value", hint="write field=value, as in label='Ana Lima'")
        texts.setdefault(path, []).append(value)
    path = own_dataset_path(args)
    with workspace_of(args) as workspace:
        editor = Editor(Dataset.open(path))
        record = editor.record(args.id)
        if record is None:
            raise BadInput(f"there is no record '{args.id}'", hint="look for it with convenings search")
        after = edited(record, texts, resolver(lambda: workspace))
    return carry_out(args, editor, [Change(record, after)])


COMMAND = Command(
    help="write fields of one record",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "edit event/day label='Rivers for a day' date=2021-05-04 --dataset my-events.json",
        "edit event/day topics+=Water --source source/report --passage 'A day on rivers' --dataset my-events.json",
    ),
)
"""The command."""
