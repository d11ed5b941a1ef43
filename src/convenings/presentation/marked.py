"""What the user has marked or written a note on, as it goes into a report: Markdown, or the cells of a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from convenings.domain.csv_text import cell
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.places import place_in_words
from convenings.domain.record_values import Evidence
from convenings.domain.records import Source
from convenings.domain.text import plain
from convenings.index.model import ReadModel
from convenings.workspace import Workspace

MARK, NOTE = "*", "✎"
"""What stands beside a record that is marked, and beside one with a note."""
FORMATS = (".md", ".csv", ".json")
"""Endings of the files that can be written."""
HEADINGS = ("record", "kind", "context", "marked", "note", "citation", "id")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#+!|~&])")
_BEGINS_BLOCK = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-=])")


class MarkedRecord(msgspec.Struct, frozen=True):
    """A record of the user's own choice."""

    id: str
    kind: str
    label: str
    context: str
    """What tells it from its namesakes."""
    marked: bool
    note: str
    """The user's own words on it, as they were written; empty where there are none."""
    citation: str
    """Source, date and paragraph that it rests on first; empty where it rests on none."""

    def cells(self) -> tuple[str, ...]:
        """The cells below :data:`HEADINGS`."""
        marked = "yes" if self.marked else ""
        return self.label, self.kind, self.context, marked, self.note, self.citation, self.id

    def as_object(self) -> dict[str, Any]:
        """The object that JSON has for it."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built


def marked_rows(workspace: Workspace) -> list[int]:
    """Rows of all that is marked or has a note, kind by kind, in row order."""
    model, rows = workspace.model, sorted(workspace.marked() | workspace.noted())
    order = {kind: at for at, kind in enumerate(KINDS)}
    return [row.row for row in sorted(model.load(rows), key=lambda row: (order[row.kind], row.row))]


def marked_records(workspace: Workspace, rows: Sequence[int]) -> Iterator[MarkedRecord]:
    """Some rows with what the user has added to them."""
    model, marked, notes = workspace.model, workspace.marked(), workspace.notes()
    for row, record in zip(model.load(rows), model.records(rows), strict=True):
        citation = _citation(model, record.evidence)
        note = notes.get(row.row, "")
        yield MarkedRecord(row.id, row.kind, row.label, row.secondary, row.row in marked, note, citation)


def _citation(model: ReadModel, evidence: Iterable[Evidence]) -> str:
    """Where the first passage stands that a record rests on."""
    for piece in evidence:
        source = model.find(piece.source)
        if isinstance(source, Source):
            dated = f" ({source.published})" if source.published else ""
            inferred = ", inferred" if piece.basis == "inferred" else ""
            return plain(f"{source.title or source.label}{dated}, {place_in_words(piece, source)}{inferred}")
    return ""


def as_file(ending: str, title: str, records: Sequence[MarkedRecord]) -> str:
    """The text of a file of records, in the form that its ending names.

    Raises:
        BadInput: It names none of :data:`FORMATS`.
    """
    match ending.casefold():
        case ".md":
            return "\n".join(as_markdown(title, records)) + "\n"
        case ".csv":
            lines = io.StringIO(newline="")
            csv.writer(lines).writerows([HEADINGS, *(map(cell, record.cells()) for record in records)])
            return lines.getvalue()
        case ".json":
            return (
                msgspec.json.format(msgspec.json.encode([each.as_object() for each in records]), indent=2).decode()
                + "\n"
            )
    raise BadInput(f"no form ends in '{ending}'", hint=f"end the name in {', '.join(FORMATS)}")


def as_markdown(title: str, records: Iterable[MarkedRecord]) -> Iterator[str]:
    """Lines of a Markdown text: a heading for each kind, an item for each record, its note below as a quotation.

    No text of a record or a note is markup.
    """
    yield f"# {_escaped(title)}"
    kind = ""
    for record in records:
        if record.kind != kind:
            kind = record.kind
            yield from ("", f"## {TABLES[kind].capitalize()}", "")
        context = f", {_escaped(record.context)}" if record.context else ""
        citation = f". {_escaped(record.citation)}" if record.citation else ""
        yield f"- **{_escaped(record.label)}**{context}{citation} (`{record.id.replace('`', '')}`)"
        if record.note:
            yield ""
            yield from (f"  > {_escaped(line)}".rstrip() for line in plain(record.note, "\n").strip("\n").split("\n"))
            yield ""


def user_fields(ref: str, marks: Iterable[str], notes: Mapping[str, str]) -> dict[str, Any]:
    """What JSON says of a record beside what the dataset does: nothing where the user has added nothing."""
    fields: dict[str, Any] = {"marked": True} if ref in marks else {}
    return fields | ({"note": notes[ref]} if ref in notes else {})


def user_signs(workspace: Workspace) -> dict[str, str]:
    """Id to the signs of a record that is marked or has a note."""
    marked, noted = workspace.marked(), workspace.noted()
    return {
        row.id: f"{MARK if row.row in marked else ''}{NOTE if row.row in noted else ''}"
        for row in workspace.model.load(sorted(marked | noted))
    }


def sign(marked: bool, noted: bool) -> str:
    """The one cell before a record: that it is marked, or that it has a note."""
    return MARK if marked else NOTE if noted else " "


def _escaped(text: str) -> str:
    """A text of one line in which nothing is Markdown or HTML."""
    line = _MARKUP.sub(r"\\\1", plain(text))
    return _BEGINS_BLOCK.sub(lambda m: f"{m[1] or m[4] or ''}{m[2] or ''}\\{m[3] or m[5]}", line)
