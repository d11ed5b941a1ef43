"""``convenings import``: other people's files as records of a dataset."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput
from convenings.domain.kinds import TABLES

if TYPE_CHECKING:
    from convenings.interchange.reports import FileReport, ImportReport
    from convenings.interchange.run import Preparation

_BAD = 2
_DATES = ("day-first", "month-first", "year-first", "excel", "excel-1904")
_MOST_LINES = 10
"""Skipped things of a file that are said on the terminal; all of them are in the JSON and the file of the skipped."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="*", help="file or folder to import; - is standard input"
    )
    parser.add_argument(
        "--into",
        metavar="DATASET",
        type=Path,
        help="dataset to import into, made where there is none; else NAME.convenings.json beside the first FILE",
    )
    parser.add_argument("--format", metavar="F", default="", help="format of the files, where they do not show it")
    parser.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help="field for a column of a table, or a file with such lines or a JSON object of them; may be repeated",
    )
    parser.add_argument(
        "--dates",
        metavar="ORDER",
        default="",
        choices=("", *_DATES),
        values=_DATES,
        help="how dates such as 3/4/2020 are to be read: day-first, month-first or year-first; numbers such as 43894: "
        "excel for days since 1900, excel-1904 for days since 1904",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would come in, and write nothing")
    parser.add_argument("--strict", action="store_true", help="write nothing where anything is bad or skipped")
    parser.add_argument(
        "--prune", action="store_true", help="remove what the newer version of a file has no longer, where it is unused"
    )
    parser.add_argument(
        "--with-contacts", action="store_true", help="take e-mail, telephone, home address, birth and gender, too"
    )
    parser.add_argument(
        "--save-skipped",
        metavar="PATH",
        type=Path,
        help="write what was skipped to a new file of the same format, to be corrected and imported",
    )
    parser.add_argument(
        "--save-map",
        metavar="PATH",
        type=Path,
        help="write what each column of a table was taken for to a new file, to be changed and given to --map",
    )
    parser.add_argument("--formats", action="store_true", help="list the formats that can be read and written")


def run(args: Namespace) -> int:
    """Import the files and say what came in; the exit code says whether anything could be read."""
    from convenings.interchange import process
    from convenings.interchange.run import Options, Preparation

    if args.formats:
        return _list_formats(args)
    if not args.files:
        raise BadInput("no file is named", hint="name a file, as in convenings import talks.csv")
    options = Options(
        format=args.format,
        settled=_settled(args),
        with_contacts=args.with_contacts,
        strict=args.strict,
        prune=args.prune,
        dry_run=args.dry_run,
    )
    stdin = sys.stdin.buffer if sys.stdin is not None and not sys.stdin.isatty() else None
    preparation = Preparation(args.files, args.into or args.dataset, options, stdin=stdin, reader=process.read_in_copy)
    preparation.run()
    # Before anything else is written, as it may be refused.
    if args.save_map:
        _save_maps(preparation.report, args.save_map)
    if args.save_skipped:
        _save_leftovers(preparation.leftovers, preparation.report, args.save_skipped)
    report = preparation.save()
    if args.json:
        print_json(report.as_object())
    _narrate(report)
    if args.dry_run:
        _show_guess(preparation)
    if not report.is_read:
        return _BAD
    return NOTHING if args.strict and not report.is_sound else OK


def _settled(args: Namespace) -> dict[str, str]:
    """What the user settled for tables.

    Raises:
        BadInput: A mapping is neither a pair nor a file with pairs.
    """
    settled = {"dates": args.dates} if args.dates else {}
    for text in args.map:
        pairs = _pairs(text)
        settled |= {f"map.{column}": field for column, field in pairs.items()}
    return settled


def _pairs(text: str) -> dict[str, str]:
    """Column to field, of ``column=field`` or of a file with JSON or with a line for each."""
    import msgspec

    from convenings.store import files

    path = Path(text)
    if "=" in text and not path.is_file():
        column, _, field = text.rpartition("=")
        return {column.strip(): field.strip()}
    data = files.read(path)[0]
    try:
        return msgspec.json.decode(data, type=dict[str, str])
    except (msgspec.DecodeError, UnicodeDecodeError):
        lines = data.decode("utf-8", "replace").splitlines()
    pairs = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        column, equals, field = line.rpartition("=")
        if not equals:
            hint = "write column = field on each line, or one JSON object"
            raise BadInput("there is no = in this line", file=str(path), place=f"line {number}", hint=hint)
        pairs[column.strip()] = field.strip()
    return pairs


def _save_maps(report: ImportReport, path: Path) -> None:
    """Write what the columns of each table were taken for; of the second file with a number in its name, and so on.

    Raises:
        BadInput: There is such a file already, or it cannot be written.
    """
    import msgspec

    from convenings.store import files

    tables = [each for each in report.files if each.mapping]
    for number, each in enumerate(tables, 1):
        target = _numbered(path, number)
        files.create(target, msgspec.json.format(msgspec.json.encode(each.mapping)) + b"\n")
        log_stderr(f"{target}: what the columns of {each.file} were taken for", name=False)
    if not tables:
        log_stderr(f"{path}: no table was read, so it is not written", name=False)


def _numbered(path: Path, number: int) -> Path:
    """Where the first, the second and so on of several files of one kind go."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def _save_leftovers(leftovers: Mapping[str, bytes], report: ImportReport, path: Path) -> None:
    """Write what is left of each file; that of the second one with a number in its name, and so on.

    Args:
        leftovers: File to what is left of it; of a dataset nothing, as its records make no sense alone.
        report: Of all files.
        path: Where to.

    Raises:
        BadInput: There is such a file already, or it cannot be written.
    """
    from convenings.store import files

    for number, (name, data) in enumerate(leftovers.items(), 1):
        target = _numbered(path, number)
        files.create(target, data)
        log_stderr(f"{target}: what was skipped of {name}", name=False)
    for each in report.files:
        if each.skipped and each.file not in leftovers:
            what = "what was skipped is not saved, as it can only be corrected in its dataset"
            log_stderr(f"{each.file}: {what}", name=False)
    if not any(each.skipped for each in report.files):
        log_stderr(f"{path}: nothing was skipped, so it is not written", name=False)


def _narrate(report: ImportReport) -> None:
    """Say on stderr what came of each file."""
    for each in report.files:
        if each.error:
            log_stderr(each.error)
            _say_skipped(each)
        else:
            _narrate_file(each)
    for remark in report.remarks:
        log_stderr(remark, name=False)
    if report.is_written:
        log_stderr(f"{report.dataset}: {'made' if report.is_new else 'saved'}", name=False)
    elif report.is_read:
        log_stderr(f"{report.dataset}: nothing is written", name=False)


def _say_skipped(each: FileReport) -> None:
    _say("skipped", [f"{skipped.place}: {skipped.reason}" for skipped in each.skipped])


def _narrate_file(each: FileReport) -> None:
    counts = [
        f"{word} {', '.join(_quantity(number, kind) for kind, number in numbers.items())}"
        for word in ("made", "updated", "unchanged", "removed")
        if (numbers := getattr(each, word))
    ]
    log_stderr(f"{each.file}: {each.format}: {'; '.join(counts) or 'there is nothing in it'}", name=False)
    _say_skipped(each)
    _say(
        "changed here and in the file",
        [f"{one.record}, {one.field}: here '{one.ours}', in the file '{one.theirs}'" for one in each.conflicts],
    )
    gone = [f"{one.label} ({one.record}){f', as {one.reason}' if one.reason else ''}" for one in each.gone]
    _say("no longer in the file, and still here", gone)
    for words, numbers in (("no field for", each.no_home), ("left out", each.left_out)):
        if numbers:
            log_stderr(f"  {words}: {', '.join(f'{name} ({n:,})' for name, n in numbers.items())}", name=False)
    for remark in each.remarks:
        log_stderr(f"  {remark}", name=False)


def _show_guess(preparation: Preparation) -> None:
    """Say what the columns of tables were taken for, and the first records as they would come in."""
    from convenings.presentation.samples import samples

    for each in preparation.report.files:
        for column, field in each.mapping.items():
            log_stderr(f"{each.file}: column {column}: {field}", name=False)
    for sample in samples(preparation.first_records(), preparation.target.records):
        log_stderr(f"{sample.kind} {sample.label}", name=False)
        for field, text in sample.lines:
            log_stderr(f"  {field}: {text}", name=False)


def _quantity(number: int, kind: str) -> str:
    return f"{number:,} {kind if number == 1 else TABLES[kind]}"


def _say(words: str, lines: list[str]) -> None:
    for line in lines[:_MOST_LINES]:
        log_stderr(f"  {words}: {line}", name=False)
    if len(lines) > _MOST_LINES:
        log_stderr(f"  {words}: {len(lines) - _MOST_LINES:,} more", name=False)


def _list_formats(args: Namespace) -> int:
    from convenings.interchange.registry import FORMATS

    if args.json:
        print_json(
            [
                {"name": f.name, "title": f.title, "in": bool(f.reader), "out": bool(f.writer), "loses": f.loses}
                for f in FORMATS
            ]
        )
        return OK
    from convenings.cli.printing import Column, Printer

    columns = (Column("format", style="bold"), Column("title"), Column("in"), Column("out"), Column("what is lost"))
    rows = [(f.name, f.title, "yes" if f.reader else "", "yes" if f.writer else "", f.loses) for f in FORMATS]
    Printer().table(columns, rows)
    return OK


COMMAND = Command(
    help="turn files of others (tables, calendars, schedules) into records of a dataset",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "import my-events.json --into all.json",
        "import my-events.json --into all.json --dry-run",
        "import --formats",
    ),
)
