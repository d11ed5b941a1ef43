"""``convenings set``: one field of all records that a query selects, in one save."""

from __future__ import annotations

from argparse import Namespace

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, own_dataset_path, parse_kind, workspace_of
from convenings.cli.edits import add_edit_arguments
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, kind_of


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("field", metavar="FIELD", help="field to write; FIELD+ adds to a list, and FIELD- takes out")
    parser.add_argument(
        "values", metavar="VALUE", nargs="+", help="what it is to be; several for a list; '' empties the field"
    )
    parser.add_argument(
        "--filter", metavar="QUERY", required=True, offers="query", help="which records: words, key:value, !not, or"
    )
    parser.add_argument("--kind", metavar="KIND", default="", values=list(KINDS), help="only records of this kind")
    add_edit_arguments(parser)


def run(args: Namespace) -> int:
    """Print each record before and after, and save all of them at once; undo takes them back at once."""
    from convenings.cli.edits import carry_out, edited
    from convenings.domain.edits import Change
    from convenings.presentation.matching import matching
    from convenings.presentation.naming import resolver
    from convenings.store.dataset import Dataset
    from convenings.store.editing import Editor

    path = own_dataset_path(args)
    kind = parse_kind(args.kind) if args.kind else ""
    name = args.field.removesuffix("+").removesuffix("-").partition(".")[0]
    having = [each for each in KINDS if name in KINDS[each].__struct_fields__]
    if not args.filter.strip():
        raise BadInput("no filter is given", hint="say which records, as in --filter 'type:talk'")
    with workspace_of(args) as workspace:
        rows, _, _, reading, advice = matching(workspace, args.filter, kind)
        if reading:
            # What changes data is not to rest on a guess at what was meant.
            raise BadInput(f"nothing fits '{args.filter}', but {reading}", hint="write it so, if that is meant")
        refs = [workspace.model.one(row).id for row in rows]
        chosen = [ref for ref in refs if kind or not having or kind_of(ref) in having]
        if left_out := len(refs) - len(chosen):
            log_stderr(f"{left_out} left out that have no field '{name}'", name=False)
        editor, resolve = Editor(Dataset.open(path)), resolver(lambda: workspace)
        records = [record for ref in chosen if (record := editor.record(ref)) is not None]
        changes = [Change(record, edited(record, {args.field: args.values}, resolve)) for record in records]
    if not records:
        log_stderr(f"no record fits {args.filter}{f'; {advice}' if advice else ''}")
        return NOTHING
    return carry_out(args, editor, changes)


COMMAND = Command(
    help="write one field of all records that a query selects, in one save",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "set type talk --filter type:speech --kind event --dataset my-events.json --dry-run",
        "set language en --filter type:speech --kind event --dataset my-events.json --why 'as the programme says'",
    ),
)
"""The command."""
