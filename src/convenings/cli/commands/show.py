"""``convenings show``: one record with everything tied to it, and the passages it rests on."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from convenings.cli.common import FOUND, NOTHING, dataset_path, print_json
from convenings.cli.objects import links, record_object
from convenings.cli.streams import log_stderr
from convenings.domain.kinds import GLYPHS, kind_of
from convenings.domain.text import words
from convenings.index.open import open_model
from convenings.presentation.profile.builder import Entry, Profile
from convenings.presentation.profile.compose import profile
from convenings.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from convenings.cli.printing import Printer
    from convenings.presentation.passages import Passage

NEAREST = 3
"""How many ids are named in place of one that is unknown."""


def show_(given: Namespace) -> int:
    """Print one record."""
    with open_workspace(open_model(dataset_path(given))) as workspace:
        model = workspace.model
        row = model.row_of(given.id)
        if row is None:
            near = _near(workspace, given.id)
            hint = f"perhaps {near} is meant" if near else "look for it with convenings search"
            log_stderr(f"there is no record '{given.id}'; {hint}")
            return NOTHING
        if (now := model.one(row).id) != given.id:
            log_stderr(f"'{given.id}' is '{now}' now")
        if given.json:
            print_json(record_object(model, row) | {"links": links(model, row)})
        else:
            _print(workspace, profile(model, row))
        for warning in workspace.user_data.warnings:
            log_stderr(warning)
    return FOUND


def _near(workspace: Workspace, ref: str) -> str:
    """The ids most like an unknown one, in words."""
    kind = kind_of(ref)
    name = " ".join(words(ref.partition("/")[2] if kind else ref))
    hits = workspace.search(name, NEAREST, [kind] if kind else ()) or workspace.search(name, NEAREST)
    return " or ".join(workspace.model.one(hit.row).id for hit in hits)


def _print(workspace: Workspace, about: Profile) -> None:
    from convenings.cli.printing import Printer
    from convenings.presentation.passages import passages

    printer = Printer()
    printer.line((f"{GLYPHS[about.kind]} {about.title}", "bold"), *_numbers(about))
    printer.line((f"{about.kind}, {about.ref}", "dim"))
    for entry in about.facts:
        _entry(printer, entry, indent=0)
    for section in about.sections:
        shown = len(section.entries)
        printer.heading(section.title, section.number if shown == section.total else f"{shown} of {section.number}")
        for entry in section.entries:
            _entry(printer, entry, indent=2)
    if about.cited:
        printer.heading("Evidence", str(len(about.cited)))
    for passage in passages(workspace, about):
        _print_passage(printer, passage)


def _entry(printer: Printer, entry: Entry, *, indent: int) -> None:
    """A line of a profile: text, note, what is not known or inferred, numbers of its evidence, and where it leads."""
    parts = [(entry.text, "")] if entry.text else []
    if entry.note:
        parts.append((f"  {entry.note}" if parts else entry.note, "dim"))
    if entry.unknown:
        parts.append((f"{'  ' if parts else ''}◌ {entry.unknown}", "italic"))
    if entry.basis == "inferred":
        parts.append(("  (inferred)", "italic"))
    parts += _numbers(entry)
    if entry.ref and indent:
        parts.append((f"  {entry.ref}", "dim"))
    printer.line(*parts, indent=indent)


def _numbers(cited: Entry | Profile) -> list[tuple[str, str]]:
    return [(f"  [{', '.join(map(str, cited.numbers))}]", "dim")] if cited.numbers else []


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
