"""``convenings draft``: what the rules find in a report; nothing of it is kept."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, print_json


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="report: plain text or Markdown in UTF-8")


def run(args: Namespace) -> int:
    """Print the draft of each report."""
    from convenings.drafting.draft_json import as_json
    from convenings.drafting.drafter import draft

    drafts = [as_json(draft(_text(path)), path.name) for path in args.files]
    if args.json:
        print_json(drafts[0] if len(drafts) == 1 else drafts)
    else:
        for each in drafts:
            _print(each)
    return OK


def _text(path: Path) -> str:
    from convenings.store.files import read
    from convenings.store.sources import read_text

    return read_text(read(path)[0], str(path))


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
    numbers = (
        f"{len(draft[kind])} {kind}" for kind in ("organisations", "questions", "statements")
    )
    printer.line((f"also {', '.join(numbers)}; --json has all, with their places in the text", ""))


COMMAND = Command(
    help="draft records from reports, without a network and without keeping anything",
    add_arguments=add_arguments,
    run=run,
    examples=("draft report.txt", "draft report.txt --json"),
)
