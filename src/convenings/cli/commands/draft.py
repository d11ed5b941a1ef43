"""``convenings draft``: what the rules find in a report, printed, or put into the queue of a dataset."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, log_warnings, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput

BAD = 2
"""Exit code where a report could not be read."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="report: text, Markdown, HTML, DOCX or PDF")
    parser.add_argument(
        "--into",
        metavar="DATASET",
        type=Path,
        help="dataset whose queue it goes into, to be gone through by convenings review; made where there is none",
    )


def run(args: Namespace) -> int:
    """Print the draft of each report, or put each into the queue of a dataset."""
    if args.into:
        return _draft_into(args)
    drafts = [_draft(path) for path in args.files]
    if args.json:
        print_json(drafts[0] if len(drafts) == 1 else drafts)
    else:
        for each in drafts:
            _print(each)
    return OK


def _draft_into(args: Namespace) -> int:
    """Queue the reports; one that cannot be read is said, and holds up no other."""
    from convenings.drafting.keeping import draft_into
    from convenings.drafting.reading import read_and_draft

    objects, problems = [], 0
    for path in args.files:
        try:
            result = draft_into(args.into, path, read_and_draft(path))
        except BadInput as error:
            problems += 1
            log_stderr(str(error))
            continue
        log_warnings(result.warnings)
        new = "" if result.is_new else ", drafted before"
        if result.carried_over:
            new += f", decisions kept of {result.former}: {result.carried_over}"
        log_stderr(f"{path}: {result.open} of {result.total} drafts open ({result.source}{new})", name=False)
        objects.append({"file": str(path), "source": result.source, "open": result.open, "total": result.total})
    if args.json:
        print_json(objects)
    return BAD if problems else OK


def _draft(path: Path) -> dict[str, Any]:
    """The draft of a file, with offsets in its text, or, where it is no plain text, in the ``content`` beside it."""
    from convenings.drafting.draft_json import as_json
    from convenings.drafting.reading import read_and_draft

    drafted = read_and_draft(path, is_file_text=True, may_fork=True)
    value = as_json(drafted.draft, path.name)
    return value if drafted.is_file_text else value | {"content": drafted.report.text}


def _print(draft: dict[str, Any]) -> None:
    """Print a draft for people to read: who, as what, for whom, and what else was found."""
    from convenings.cli.printing import Column, Printer

    printer = Printer()
    main = draft["events"][0]
    printer.heading(draft["text"])
    where = f"{main['date'] or 'date not found'}, {main['place'] or 'place not found'}"
    printer.line((main["name"], "bold"), (f" · {where}", ""))
    rows = [
        (
            person["name"],
            "; ".join(person["roles"]) or ("was not there" if person["present"] is False else "no role found"),
            "; ".join(", ".join(filter(None, post.values())) for post in person["posts"]),
        )
        for person in draft["people"]
    ]
    printer.table((Column("person"), Column("role"), Column("title and organisation")), rows)
    numbers = (f"{len(draft[kind])} {kind}" for kind in ("organisations", "questions", "statements"))
    printer.line((f"also {', '.join(numbers)}; --json has all, with their places in the text", ""))


COMMAND = Command(
    help="draft records from reports, without a network; what you accept of them is kept",
    add_arguments=add_arguments,
    run=run,
    examples=("draft report.txt", "draft report.txt --json", "draft report.txt --into my-events.json"),
)
