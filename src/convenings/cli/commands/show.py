"""``convenings show``: one record with everything tied to it, and the passages it rests on."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING

from convenings.cli.common import FOUND, NOTHING, dataset_path, print_json
from convenings.cli.objects import links, record_object
from convenings.cli.streams import log_stderr
from convenings.domain.kinds import GLYPHS, kind_of
from convenings.domain.records import Evidence, Source
from convenings.domain.text import words
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.presentation.profile.builder import Entry, Profile
from convenings.presentation.profile.compose import profile

if TYPE_CHECKING:
    from convenings.cli.printing import Printer
    from convenings.store.user_data import UserData

NEAREST = 3
"""How many ids are named in place of one that is unknown."""


def show_(given: Namespace) -> int:
    """Print one record."""
    with closing(open_model(dataset_path(given))) as model:
        row = model.row_of(given.id)
        if row is None:
            near = _near(model, given.id)
            hint = f"perhaps {near} is meant" if near else "look for it with convenings search"
            log_stderr(f"there is no record '{given.id}'; {hint}")
            return NOTHING
        if (now := model.one(row).id) != given.id:
            log_stderr(f"'{given.id}' is '{now}' now")
        if given.json:
            print_json(record_object(model, row) | {"links": links(model, row)})
        else:
            _print(model, profile(model, row))
    return FOUND


def _near(model: ReadModel, ref: str) -> str:
    """The ids most like an unknown one, in words."""
    from convenings.index.search import Search

    kind = kind_of(ref)
    name = " ".join(words(ref.partition("/")[2] if kind else ref))
    search = Search(model)
    hits = search(name, NEAREST, [kind] if kind else ()) or search(name, NEAREST)
    return " or ".join(model.one(hit.row).id for hit in hits)


def _print(model: ReadModel, about: Profile) -> None:
    from convenings.cli.printing import Printer
    from convenings.store.user_data import UserData

    printer, user_data = Printer(), UserData.open()
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
    for cited in about.cited:
        _passage(printer, model, user_data, cited.number, cited.evidence)
    for warning in user_data.warnings:
        log_stderr(warning)


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


def _passage(printer: Printer, model: ReadModel, user_data: UserData, number: int, evidence: Evidence) -> None:
    """A passage: where it is, what the digest says of its paragraph, and its words where the text is attached."""
    source = model.find(evidence.source)
    known = source if isinstance(source, Source) else None
    total = f" of {known.paragraphs}" if known else ""
    where = f"{known.label if known else evidence.source}, paragraph {evidence.paragraph}{total}"
    supports = f"  supports {', '.join(evidence.fields)}"
    inferred = f"  inferred: {evidence.note}" if evidence.basis == "inferred" else f"  {evidence.note}"
    printer.line((f"[{number}] ", "bold"), (where, ""), (supports, "dim"), (inferred.rstrip(), "italic"), indent=2)
    digest = next((p.digest for p in known.digest if p.number == evidence.paragraph), "") if known else ""
    printer.line((digest or "no digest of this paragraph", ""), indent=6)
    if (text := user_data.attached_text(evidence.source)) is not None:
        printer.line((_words(evidence, text), "dim"), indent=6)


def _words(evidence: Evidence, text: str) -> str:
    """The passage itself out of the attached text, with its state where that is not exact."""
    from convenings.store.sources import locate, paragraphs

    parts = paragraphs(text)
    found = locate(evidence, parts)
    if found.state in ("ambiguous", "lost"):
        return f"passage {found.state} in the attached text"
    passage = parts[found.paragraph - 1][found.start : found.end]
    moved = f" (moved to paragraph {found.paragraph})" if found.state == "moved" else ""
    return f"“{passage}”{moved}"
