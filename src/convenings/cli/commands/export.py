"""``convenings export``: a dataset, or what a query selects of it, as a file or folder of another format."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from convenings.cli.command import Command, Parser
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, counted

if TYPE_CHECKING:
    from convenings.interchange.registry import Format
    from convenings.interchange.selection import Selection

FORMATS = ("json", "csv", "xlsx", "ics")
"""What completion offers."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "query",
        metavar="QUERY",
        nargs="*",
        default=[],
        offers="query",
        help="only what these words and key:value select, with what ties it and what it refers to; else everything",
    )
    parser.add_argument(
        "--format",
        metavar="F",
        default="",
        values=FORMATS,
        help="json (a dataset), csv (a folder), xlsx (a workbook for people) or ics; else as the name of the file ends",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        type=Path,
        help="file to write, or folder for csv; else standard output",
    )
    parser.add_argument(
        "--kind", metavar="K", default="", values=list(KINDS), help="only records of this kind are selected"
    )
    parser.add_argument(
        "--with-notes", action="store_true", help="your marks and notes, too, in a table or file of their own"
    )
    parser.add_argument("--force", action="store_true", help="replace what an earlier export wrote there")


def run(args: Namespace) -> int:
    """Write the export whole or not at all; what it could not hold is said on stderr."""
    from convenings.cli.common import NOTHING, OK, print_json
    from convenings.cli.streams import log_stderr
    from convenings.interchange.export import content, export, refusal, writer_for, writer_named

    if args.format:
        format_ = writer_named(args.format)
    else:
        by_ending = writer_for(args.output) if args.output else writer_named("json")
        if by_ending is None:
            raise BadInput("the name says no format", file=str(args.output), hint=f"--format {', '.join(FORMATS)}")
        format_ = by_ending
    if args.output is None:
        _refuse_stdout(format_, is_json=args.json)
    elif (bad := refusal(args.output, format_, replaces=args.force)) is not None:
        raise bad
    selection = _selection(args)
    if selection is None:
        return NOTHING
    if args.output is None:
        data, remarks = content(selection, format_)
        _print(data)
    else:
        export_ = export(selection, args.output, format_, replaces=args.force)
        remarks = export_.remarks
        if args.json:
            print_json(
                {
                    "file": export_.path,
                    "format": format_.export_name or format_.name,
                    "records": export_.records,
                    "notes": export_.beside,
                    "remarks": remarks,
                }
            )
        log_stderr(f"{export_.path}: {counted(export_.records) or 'nothing in it'}", name=False)
        if export_.beside:
            log_stderr(f"{export_.beside}: your marks and notes", name=False)
    for remark in remarks:
        log_stderr(remark, name=False)
    return OK


def _refuse_stdout(format_: Format, *, is_json: bool) -> None:
    """Refuse what standard output cannot take.

    Raises:
        BadInput: A folder, a file that is nothing for a terminal, or an object beside the export.
    """
    from convenings.cli.streams import is_terminal

    if format_.is_folder:
        raise BadInput("csv is a folder of files", hint="name it, as in convenings export --format csv -o my-events")
    if is_json and format_.name != "json":
        raise BadInput("standard output has the export, so --json has no place", hint="name a file by -o")
    if format_.is_binary and is_terminal():
        raise BadInput(f"{format_.name} is nothing for a terminal", hint="name a file by -o, or send it on by |")


def _selection(args: Namespace) -> Selection | None:
    """The records to write; nothing where the query selects none, which is said."""
    from convenings.cli.common import dataset_path, log_warnings, parse_kind
    from convenings.cli.streams import log_stderr
    from convenings.interchange.selection import selection, user_data_of, whole

    line, kind, path = " ".join(args.query), parse_kind(args.kind) if args.kind else "", dataset_path(args)
    if not (line.strip() or kind or args.with_notes):
        return whole(path)
    from convenings.index.open import open_model
    from convenings.presentation.matching import matching
    from convenings.workspace import Workspace

    with Workspace(open_model(path)) as workspace:
        user_data = user_data_of(workspace) if args.with_notes else None
        if not (line.strip() or kind):
            log_warnings(workspace.warnings)
            return whole(path, user_data)
        rows, total, left_out, reading, hint = matching(workspace, line, kind)
        refs = [row.id for row in workspace.model.load(rows)]
        log_warnings(workspace.warnings)
    what = f"{kind} records" if kind else "records"
    if not rows:
        none = f"none of {total} {what} fits {line}" if total else f"there is no {kind or 'record'} here"
        log_stderr(f"{none}, so nothing is written{f'; {hint}' if hint else ''}")
        return None
    log_stderr(f"{len(rows)} of {total} {what} selected{f', {reading}' if reading else ''}", name=False)
    if left_out:
        log_stderr(f"left out, as the query has no meaning for them: {', '.join(left_out)}", name=False)
    return selection(path, refs, user_data)


def _print(data: bytes) -> None:
    """Write bytes to standard output; on a terminal nothing in them is obeyed."""
    from convenings.cli.streams import as_utf8, harmless_json, is_terminal
    from convenings.domain.text import plain

    if is_terminal():
        as_utf8()
        text = data.decode("utf-8", "replace")
        is_json = data.startswith(b"{")
        print(harmless_json(text) if is_json else "\n".join(map(plain, text.splitlines())))
        return
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode("utf-8", "replace"))
    else:
        buffer.write(data)
        buffer.flush()


COMMAND = Command(
    help="write the dataset, or what a query selects, as JSON, CSV, a workbook or a calendar",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "export --format csv -o my-folder",
        "export -o workshops.xlsx type:workshop",
        "export --kind event -o seminars.ics 2023",
        "export -o speakers.json --with-notes role:speaker",
    ),
)
