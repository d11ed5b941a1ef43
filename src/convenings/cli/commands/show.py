"""``convenings show``: one record with everything tied to it, and the passages it rests on."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, print_json, workspace_of
from convenings.cli.streams import log_stderr

if TYPE_CHECKING:
    from convenings.cli.printing import Printer
    from convenings.presentation.passages import Passage
    from convenings.presentation.profile.value import Entry, Profile
    from convenings.workspace import Workspace

NEAREST = 3
"""How many ids are named in place of one that is unknown."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("id", metavar="ID", help="id of a record, such as person/huang-haoming")


def run(args: Namespace) -> int:
    """Print one record."""
    with workspace_of(args) as workspace:
        model = workspace.model
        row = model.row_of(args.id)
        if row is None:
            near = _nearest(workspace, args.id)
            hint = f"perhaps {near} is meant" if near else "look for it with convenings search"
            log_stderr(f"there is no record '{args.id}'; {hint}")
            return NOTHING
        if (current_id := model.one(row).id) != args.id:
            log_stderr(f"'{args.id}' is '{current_id}' now")
        if args.json:
            from convenings.cli.objects import links, record_object

            print_json(record_object(model, row) | {"links": links(model, row)})
        else:
            _print(workspace, row)
    return OK


def _nearest(workspace: Workspace, ref: str) -> str:
    """The ids most like an unknown one, in words."""
    from convenings.domain.kinds import kind_of
    from convenings.domain.text import words

    kind = kind_of(ref)
    name = " ".join(words(ref.partition("/")[2] if kind else ref))
    hits = workspace.search(name, NEAREST, [kind] if kind else ()) or workspace.search(name, NEAREST)
    return " or ".join(workspace.model.one(hit.row).id for hit in hits)


def _print(workspace: Workspace, row: int) -> None:
    from convenings.cli.printing import Printer
    from convenings.domain.kinds import GLYPHS
    from convenings.presentation.passages import passages
    from convenings.presentation.profile.compose import profile

    printer, about = Printer(), profile(workspace.model, row)
    printer.line((f"{GLYPHS[about.kind]} {about.title}", "bold"), *_numbers(about))
    printer.line((f"{about.kind}, {about.ref}", "dim"))
    for entry in about.facts:
        _print_entry(printer, entry, indent=0)
    for section in about.sections:
        count = len(section.entries)
        printer.heading(section.title, section.number if count == section.total else f"{count} of {section.number}")
        for entry in section.entries:
            _print_entry(printer, entry, indent=2)
    if about.cited:
        printer.heading("Evidence", str(len(about.cited)))
    for passage in passages(workspace, about):
        _print_passage(printer, passage)


def _print_entry(printer: Printer, entry: Entry, *, indent: int) -> None:
    """A line of a profile: text, note, what is not known or inferred, when, numbers, and where it leads."""
    parts = [(entry.text, "")] if entry.text else []
    if entry.note:
        parts.append((f"  {entry.note}" if parts else entry.note, "dim"))
    if entry.unknown:
        parts.append((f"{'  ' if parts else ''}◌ {entry.unknown}", "italic"))
    if entry.basis == "inferred":
        parts.append(("  (inferred)", "italic"))
    if entry.when:
        parts.append((f"  {entry.when}", "dim"))
    parts += _numbers(entry)
    if entry.ref and indent:
        parts.append((f"  {entry.ref}", "dim"))
    printer.line(*parts, indent=indent)


def _numbers(citing: Entry | Profile) -> list[tuple[str, str]]:
    return [(f"  [{', '.join(map(str, citing.numbers))}]", "dim")] if citing.numbers else []


def _print_passage(printer: Printer, passage: Passage) -> None:
    """A passage: where it is, what the digest says of its paragraph, and its words where the text is attached."""
    supports = f"  supports {', '.join(passage.fields)}"
    note = f"  inferred: {passage.note}" if passage.basis == "inferred" else f"  {passage.note}"
    parts = ((f"[{passage.number}] ", "bold"), (passage.place, ""), (supports, "dim"), (note.rstrip(), "italic"))
    printer.line(*parts, indent=2)
    printer.line((passage.digest, ""), indent=6)
    if passage.state in ("ambiguous", "lost"):
        printer.line((f"passage {passage.state} in the attached text", "dim"), indent=6)
    elif passage.state is not None:
        moved = f" (moved to paragraph {passage.text_paragraph})" if passage.state == "moved" else ""
        printer.line((f"“{passage.text}”{moved}", "dim"), indent=6)


COMMAND = Command(
    help="print one record with everything tied to it and its evidence",
    add_arguments=add_arguments,
    run=run,
    examples=("show person/fu-changbo", "show event/shenzhen-seminar --json"),
)
