"""``convenings show``: records with everything tied to them, and the passages they rest on."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, print_array, print_json, workspace_of
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput
from convenings.domain.text import plain

if TYPE_CHECKING:
    from convenings.cli.printing import Printer
    from convenings.presentation.passages import Passage, Support
    from convenings.presentation.profile.value import Entry, Listing, Profile
    from convenings.workspace import Workspace

STDIN = "-"
"""In place of ids: they are on standard input."""
NEAREST = 3
"""How many ids are named in place of one that is unknown."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "ids",
        metavar="ID",
        nargs="+",
        offers="ids",
        help=f"id of a record, such as person/huang-haoming; {STDIN} reads ids from standard input, one per line",
    )


def run(args: Namespace) -> int:
    """Print one record after the other; where one of them is missing, that is said and the exit code is 1."""
    refs = [ref for argument in args.ids for ref in (_ids_of_stdin() if argument == STDIN else (argument,))]
    with workspace_of(args) as workspace:
        rows = [row for ref in refs if (row := _row(workspace, ref)) is not None]
        if args.json:
            _print_objects(workspace, rows, is_array=args.ids == [STDIN] or len(args.ids) > 1)
        elif args.csv:
            from convenings.cli.tabular import print_csv

            print_csv(("id", "field", "value"), _fields(workspace, rows))
        else:
            for at, row in enumerate(rows):
                _print(workspace, row, is_first=not at)
    return OK if rows and len(rows) == len(refs) else NOTHING


def _ids_of_stdin() -> list[str]:
    """The ids on standard input, blank lines left out.

    Raises:
        BadInput: It is not text.
    """
    try:
        return [line.strip() for line in (sys.stdin or ()) if line.strip()]
    except UnicodeDecodeError as error:
        raise BadInput("the ids on standard input are not UTF-8", hint="write one id per line") from error


def _row(workspace: Workspace, ref: str) -> int | None:
    """Row of a record by id; that there is none, or that another stands for it, is said."""
    row = workspace.model.row_of(ref)
    if row is None:
        near = _nearest(workspace, ref)
        hint = f"perhaps {near} is meant" if near else "look for it with convenings search"
        log_stderr(f"there is no record '{ref}'; {hint}")
    elif (current_id := workspace.model.one(row).id) != ref:
        log_stderr(f"'{ref}' is '{current_id}' now")
    return row


def _print_objects(workspace: Workspace, rows: list[int], *, is_array: bool) -> None:
    """One record as an object, several as an array of them."""
    from convenings.cli.objects import record_object, related_objects
    from convenings.presentation.event_times import WholeEvents

    model = workspace.model
    wholes = WholeEvents(model)
    objects = (
        record_object(model, row, wholes) | {"related": related_objects(model, row)} | _user_fields(workspace, row)
        for row in rows
    )
    if is_array:
        print_array(objects)
    elif rows:
        print_json(next(objects))


def _user_fields(workspace: Workspace, row: int) -> dict[str, Any]:
    """What the user has added to a record, for JSON."""
    from convenings.presentation.marked import user_fields

    ref = workspace.model.one(row).id
    marks = (ref,) if row in workspace.marked() else ()
    notes = workspace.notes()
    return user_fields(ref, marks, {ref: notes[row]} if row in notes else {})


def _fields(workspace: Workspace, rows: list[int]) -> Iterator[tuple[str, str, str]]:
    """Id, path and value of everything that some records say."""
    from convenings.cli.objects import record_object
    from convenings.cli.tabular import flattened

    for row in rows:
        fields = record_object(workspace.model, row) | _user_fields(workspace, row)
        ref = fields.pop("id")
        yield from ((ref, path, value) for path, value in flattened(fields))


def _nearest(workspace: Workspace, ref: str) -> str:
    """The ids most like an unknown one, in words."""
    from convenings.domain.kinds import kind_of
    from convenings.domain.text import words

    kind = kind_of(ref)
    name = " ".join(words(ref.partition("/")[2] if kind else ref))
    hits = workspace.search(name, NEAREST, [kind] if kind else ()) or workspace.search(name, NEAREST)
    return " or ".join(workspace.model.one(hit.row).id for hit in hits)


def _print(workspace: Workspace, row: int, *, is_first: bool) -> None:
    from convenings.cli.printing import Printer
    from convenings.domain.kinds import GLYPHS
    from convenings.presentation.passages import passages
    from convenings.presentation.profile.compose import profile

    printer, about = Printer(), profile(workspace.model, row)
    if not is_first:
        printer.space()
    printer.line((f"{GLYPHS[about.kind]} {about.title}", "bold"), *_numbers(about))
    marked = ", marked" if row in workspace.marked() else ""
    printer.line((f"{about.kind}, {about.ref}{marked}", "dim"))
    for entry in about.facts:
        _print_entry(printer, entry, indent=0)
    if note := workspace.notes().get(row, ""):
        printer.heading("Your note")
        for line in plain(note, "\n").split("\n"):
            printer.line((line, ""), indent=2)
    for section in about.sections:
        count = len(section.entries)
        printer.heading(section.title, section.number if count == section.total else f"{count} of {section.number}")
        for entry in section.entries:
            _print_entry(printer, entry, indent=2)
        if section.listing and count < section.total:
            printer.line((f"all: convenings {_list_command(section.listing)}", "dim"), indent=2)
    if about.cited:
        cited = passages(workspace, about)
        number = len(about.cited)
        printer.heading(
            "Evidence",
            f"{number}, in {len(cited)} passage{'s' * (len(cited) > 1)}" if len(cited) < number else str(number),
        )
        for passage in cited:
            _print_passage(printer, passage)


def _print_entry(printer: Printer, entry: Entry, *, indent: int) -> None:
    """A line of a profile: text, note, what is not known or inferred, when, numbers, and where it leads."""
    parts = [(entry.text, "")] if entry.text else []
    if entry.note:
        parts.append((f"  {entry.note}" if parts else entry.note, "dim"))
    if entry.is_marked_last:
        parts.append((f"{' ' if parts else ''}(inferred)", "italic"))
    if entry.unknown:
        parts.append((f"{'  ' if parts else ''}◌ {entry.unknown}", "italic"))
    if entry.when:
        parts.append((f"  {entry.when}", "dim"))
    parts += _numbers(entry)
    if entry.listing:
        parts.append((f"  {_list_command(entry.listing)}", "dim"))
    elif entry.ref and indent:
        parts.append((f"  {entry.ref}", "dim"))
    printer.line(*parts, indent=indent)


def _list_command(listing: Listing) -> str:
    """What to type to have a list."""
    return f"list {listing.kind} --filter '{listing.filter}'"


def _numbers(citing: Entry | Profile) -> list[tuple[str, str]]:
    return [(f"  [{', '.join(map(str, citing.numbers))}]", "dim")] if citing.numbers else []


def _print_passage(printer: Printer, passage: Passage) -> None:
    """A passage: where it is, its digest, its words where the text is attached, and what it supports by number."""
    first, *others = passage.supports
    printer.line((f"[{first.number}] ", "bold"), (passage.place, ""), indent=2)
    if passage.pointer:
        _print_element(printer, passage)
    else:
        _print_words(printer, passage)
    printer.line(*_support(first), indent=6)
    for support in others:
        printer.line((f"[{support.number}] ", "bold"), *_support(support), indent=2)


def _print_element(printer: Printer, passage: Passage) -> None:
    """The piece of a structured file, or why it is not to be had."""
    from convenings.presentation.passages import element_state

    for line in passage.lines:
        printer.line((line, ""), indent=6 + len(line) - len(line.lstrip(" ")))
    printer.line((element_state(passage), "dim"), indent=6)


def _print_words(printer: Printer, passage: Passage) -> None:
    """The digest of a passage, and its words where the text is attached."""
    printer.line((passage.digest, ""), indent=6)
    if passage.state == "unsearched":
        where = "neither at its place nor nearby; convenings check looks everywhere"
        printer.line((f"passage {where}", "dim"), indent=6)
    elif passage.state in ("ambiguous", "lost"):
        printer.line((f"passage {passage.state} in the attached text", "dim"), indent=6)
    elif passage.state is not None:
        moved = f" (moved to paragraph {passage.text_paragraph})" if passage.state == "moved" else ""
        printer.line((f"“{passage.text}”{moved}", "dim"), indent=6)


def _support(support: Support) -> tuple[tuple[str, str], tuple[str, str]]:
    """What a passage supports, and from what that is inferred."""
    words = f"“{support.words}” " if support.words else ""
    note = f"  inferred: {support.note}" if support.basis == "inferred" else f"  {support.note}"
    return (f"{words}supports {support.claim}", "dim"), (note.rstrip(": "), "italic")


COMMAND = Command(
    help="print records, each with everything tied to it and its evidence",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "show person/fu-changbo",
        "show event/beijing-workshop event/shenzhen-seminar --json",
        "show event/round-table --csv",
    ),
    takes_csv=True,
)
