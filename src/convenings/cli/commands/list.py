"""``convenings list``: all records, or those of a kind, or those that a query selects."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from convenings.cli.command import Command, Parser
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS

if TYPE_CHECKING:
    from convenings.workspace import Workspace


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "kind",
        metavar="KIND",
        nargs="?",
        default="",
        values=list(KINDS),
        help=f"{', '.join(KINDS)}; singular or plural; all of them where absent",
    )
    parser.add_argument(
        "--filter",
        metavar="QUERY",
        default="",
        offers="query",
        help="only what this line keeps: words, key:value, !not, or, (brackets)",
    )

    parser.add_argument(
        "--md", action="store_true", default=False, help="print Markdown, each record with its source and your note"
    )
    parser.add_argument(
        "--notes",
        action="store_true",
        default=False,
        help="add your marks and notes to the table and to --csv; so does a filter with is:marked or is:noted",
    )


def run(args: Namespace) -> int:
    """Print records kind by kind, each kind in the order in which the explorer shows it."""
    from convenings.cli.common import NOTHING, OK, dataset_path, parse_kind, print_array
    from convenings.cli.objects import record_object
    from convenings.cli.streams import log_stderr
    from convenings.domain.query.parser import parse
    from convenings.domain.query.tree import fields
    from convenings.index.evaluate import is_of_user
    from convenings.index.open import open_model
    from convenings.presentation.event_times import WholeEvents
    from convenings.presentation.marked import user_fields
    from convenings.presentation.matching import matching
    from convenings.workspace import Workspace

    if args.md and (args.json or args.csv):
        raise BadInput("--md stands alone", hint="leave out --json and --csv")
    kind, query = parse_kind(args.kind) if args.kind else "", parse(args.filter)
    with Workspace(open_model(dataset_path(args))) as workspace:
        model = workspace.model
        rows, total, left_out, reading, hint = matching(workspace, args.filter, kind)
        if args.json:
            marks, notes = workspace.user_data.marks(workspace.user_data_key), workspace.notes()
            refs = {model.one(row).id: note for row, note in notes.items()}
            marks = {model.one(row).id for row in model.rows_of(marks).values()}
            wholes = WholeEvents(model)
            objects = (record_object(model, row, wholes) for row in rows)
            extra = {"reading": reading} if reading else {}
            print_array(each | user_fields(each["id"], marks, refs) | extra for each in objects)
        elif args.md:
            _print_markdown(workspace, rows)
        else:
            asks_user = args.notes or any(is_of_user(field) for field in fields(query))
            _print_rows(workspace, kind, rows, is_csv=args.csv, has_notes=asks_user)
        for warning in workspace.warnings:
            log_stderr(warning)
    what = f"{kind} records" if kind else "records"
    if not rows:
        none = f"none of {total} {what} fits {args.filter}{f'; {hint}' if hint else ''}"
        log_stderr(none if total else f"there is no {kind or 'record'} here")
    elif query:
        log_stderr(f"{len(rows)} of {total}{f', {reading}' if reading else ''}", name=False)
    if left_out:
        log_stderr(f"left out, as the filter has no meaning for them: {', '.join(left_out)}", name=False)
    return OK if rows else NOTHING


def _print_rows(workspace: Workspace, kind: str, rows: Sequence[int], *, is_csv: bool, has_notes: bool) -> None:
    """Print a table or CSV, where wanted with what the user has added."""
    from convenings.cli.columns import NOTE_HEADINGS, csv_of, table_of, with_notes

    if is_csv:
        from convenings.cli.tabular import print_csv

        headings, lines = csv_of(workspace.model, kind, rows)
        if has_notes:
            headings, lines = (*headings[:-1], *NOTE_HEADINGS, headings[-1]), with_notes(workspace, rows, lines)
        print_csv(headings, lines)
    elif rows:
        from convenings.cli.printing import Column, Printer

        columns, lines = table_of(workspace.model, kind, rows)
        if has_notes:
            columns[-1:-1] = map(Column, NOTE_HEADINGS)
            lines = with_notes(workspace, rows, lines)
        Printer().table(columns, lines)


def _print_markdown(workspace: Workspace, rows: Sequence[int]) -> None:
    from convenings.cli.streams import as_utf8
    from convenings.presentation.marked import as_markdown, marked_records

    as_utf8()
    if rows:
        for line in as_markdown(workspace.model.title, marked_records(workspace, rows)):
            print(line)


COMMAND = Command(
    help="list all records, or those of a kind, or those that a query selects",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "list events",
        "list participation --filter role:panellist",
        "list --filter basis:inferred",
        "list person --filter 'role:panellist event:shenzhen' --csv",
        "list statement --filter type:recommendation --md",
    ),
    takes_csv=True,
)
