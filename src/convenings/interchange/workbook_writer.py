"""The writer of workbooks (XLSX): a sheet a kind, for people; what points at another record stands as its name.

Every cell is a text or a number, never a formula or a link. Rows are written one after the other and not kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from convenings.domain.basis import inferred_fields, mark_basis
from convenings.domain.csv_text import FORMULA_STARTS
from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.record_values import (
    Bearing,
    Count,
    Description,
    Identifier,
    Link,
    Name,
    Occurrence,
    Paragraph,
    VoteCount,
)
from convenings.domain.records import Event, Membership, Organisation, Participation, Person, Record
from convenings.domain.references import all_evidence
from convenings.domain.text import fold
from convenings.interchange.selection import Selection

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""Of a cell, counted as UTF-16 has them."""
MOST_ROWS = 1_048_576
ENDING = "…"
FIRST = {
    "event": ("date", "start_time", "end_time", "zone", "status", "type", "place", "super_event"),
    "person": ("honorific", "given", "family"),
    "participation": ("agent", "unnamed", "role", "role_as_stated", "event", "on_behalf_of", "title_as_stated"),
    "membership": ("person", "title", "organisation", "start", "end", "first_attested", "last_attested"),
    "relation": ("subject", "type", "object"),
    "statement": ("type", "agents", "unnamed", "event"),
}
"""Kind to the fields that come first, after the name."""
LAST = ("summary", "descriptions", "digest", "identifiers", "links")
"""Fields that come last, as they are long or for machines."""
WIDTHS = {"label": 44, "date": 22, "descriptions": 60, "summary": 60, "text": 60, "id": 30, "people": 44}
WIDTH = 18
"""Characters across of a column that has no width of its own."""
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | float
CellOf = Callable[[Record], Cell]


def write(selection: Selection, target: BinaryIO) -> list[str]:
    """Write a workbook."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    sheets = Sheets(selection)
    try:
        heading = book.add_format({"bold": True, "bottom": 1})
        as_text = book.add_format({"quote_prefix": True})
        for kind in selection.counts():
            sheets.fill(book.add_worksheet(TABLES[kind]), kind, heading, as_text)
        _fill_about(book.add_worksheet("about"), selection, heading)
    finally:
        book.close()
    return sheets.remarks()


class Sheets:
    """What stands in the sheets of a selection.

    Args:
        selection: The records.
    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._parts: dict[str, list[Participation]] = defaultdict(list)
        """Id of an event, person or organisation to the participations in it, or of it."""
        self._members: dict[str, list[Membership]] = defaultdict(list)
        self._number_cut = 0
        self._rows_left_out = 0
        for record in selection.records.values():
            if isinstance(record, Participation):
                for ref in {record.event, record.agent, *record.on_behalf_of} - {None}:
                    self._parts[ref or ""].append(record)
            elif isinstance(record, Membership):
                self._members[record.person].append(record)

    def remarks(self) -> list[str]:
        """What the workbook could not hold."""
        remarks = [
            "a workbook is for people: of evidence it has the names of the sources, and it cannot be imported without "
            "loss; json and csv can"
        ]
        if self._number_cut:
            remarks.append(f"{self._number_cut} texts were cut at {MOST_CHARACTERS:,} characters, the most of a cell")
        if self._rows_left_out:
            remarks.append(f"{self._rows_left_out} records were left out, as a sheet has {MOST_ROWS:,} rows at most")
        return remarks

    def fill(self, sheet: Worksheet, kind: str, heading: CellFormat, as_text: CellFormat) -> None:
        """Fill the sheet of a kind: headings that stay in sight, then a row for each record."""
        records = self._ordered(kind)
        columns = self._columns(kind, records)
        for at, (name, _) in enumerate(columns):
            sheet.set_column(at, at, WIDTHS.get(name, WIDTH))
            sheet.write_string(0, at, name.replace("_", " "), heading)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, min(len(records), MOST_ROWS - 1), len(columns) - 1)
        self._rows_left_out += max(0, len(records) - MOST_ROWS + 1)
        for number, record in enumerate(records[: MOST_ROWS - 1], 1):
            for at, (_, cell_of) in enumerate(columns):
                value = cell_of(record)
                if not isinstance(value, str):
                    sheet.write_number(number, at, value)
                elif value:
                    text = self._text(value)
                    is_formula = text.lstrip(" ").startswith(FORMULA_STARTS)
                    sheet.write_string(number, at, text, as_text if is_formula else None)

    def _text(self, text: str) -> str:
        """A text as a cell can hold it."""
        text = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
        if len(text) * 2 > MOST_CHARACTERS and len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
            self._number_cut += 1
            room = MOST_CHARACTERS - len(ENDING)
            text = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + ENDING
        # What is marked up so would be written as it stands, as formatted text.
        return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text

    def _ordered(self, kind: str) -> list[Record]:
        """Records of a kind as people look for them: what was asked for first; events by time, others by name."""
        records = list(self._selection.of_kind(kind))
        if kind == "event":
            records.sort(key=_time_of)
        elif "label" in KINDS[kind].__struct_fields__:
            records.sort(key=lambda record: fold(str(getattr(record, "label", ""))))
        return sorted(records, key=lambda record: record.id not in self._selection.chosen)

    def _columns(self, kind: str, records: Sequence[Record]) -> list[tuple[str, CellOf]]:
        """Headings and what stands below them; fields that no record has are left out."""
        names = [
            name
            for name in KINDS[kind].__struct_fields__
            if name not in ("id", "label", "evidence") and not name.endswith("_basis")
        ]
        first = FIRST.get(kind, ())
        ordered = [*first, *(name for name in names if name not in first and name not in LAST)]
        used = {name for name in names if any(_has(getattr(record, name)) for record in records)}
        columns: list[tuple[str, CellOf]] = [("label", self._label)]
        columns += [(name, self._field(name)) for name in ordered if name in used]
        if kind in ("event", "organisation"):
            columns.append(("people", self._people))
        elif kind == "person":
            columns += [("took part in", self._events), ("organisations", self._organisations)]
        columns += [(name, self._field(name)) for name in LAST if name in used]
        columns.append(("sources", self._sources))
        if self._selection.user_data is not None:
            columns += [("marked", self._mark), ("note", self._note)]
        if not self._selection.is_whole:
            columns.append(("asked for", lambda record: "yes" if record.id in self._selection.chosen else ""))
        return [*columns, ("id", lambda record: record.id)]

    # What stands in a cell

    def _label(self, record: Record) -> str:
        return self._selection.label(record.id)

    def _field(self, name: str) -> CellOf:
        def cell_of(record: Record) -> Cell:
            value = getattr(record, name)
            is_inferred = name in inferred_fields(record) or getattr(record, f"{name}_basis", None) == "inferred"
            if isinstance(value, (int, float)) and not is_inferred and abs(value) < _EXACT:
                return value
            return mark_basis(self._in_words(value), "inferred" if is_inferred else None)

        return cell_of

    def _in_words(self, value: Any) -> str:
        """A value of the data model as people read it."""
        match value:
            case None:
                return ""
            case str():
                return self._selection.label(value) if value in self._selection.records else value
            case list():
                return "; ".join(filter(None, map(self._in_words, value)))
            case Name():
                return value.value
            case Count():
                return value.as_stated
            case Identifier():
                return f"{value.scheme}={value.value}"
            case Link():
                return value.url
            case Description():
                return value.text
            case VoteCount():
                return f"{value.option} {value.value}"
            case Bearing():
                return mark_basis(self._in_words(value.question), value.basis)
            case Occurrence():
                who = self._in_words(value.agents)
                return f"{self._in_words(value.event)} ({', '.join(filter(None, (value.act, who)))})"
            case Paragraph():
                return f"{value.number} {value.digest}"
        return str(value)

    def _people(self, record: Record) -> str:
        """Who took part in an event, or came for an organisation."""
        parts = self._parts.get(record.id, ())
        if isinstance(record, Organisation):
            parts = [part for part in parts if record.id in part.on_behalf_of]
        return "; ".join(dict.fromkeys(map(self._party, parts)))

    def _party(self, part: Participation) -> str:
        who = self._selection.label(part.agent) if part.agent else f"{part.unnamed or ''} (not named)"
        behalf = self._in_words(part.on_behalf_of)
        return f"{who} ({mark_basis(part.role, part.role_basis)}{f', for {behalf}' if behalf else ''})"

    def _events(self, record: Record) -> str:
        parts = self._parts.get(record.id, ())
        events = (f"{self._selection.label(part.event)} ({mark_basis(part.role, part.role_basis)})" for part in parts)
        return "; ".join(dict.fromkeys(events))

    def _organisations(self, record: Record) -> str:
        assert isinstance(record, Person)
        came_for = (ref for part in self._parts.get(record.id, ()) for ref in part.on_behalf_of)
        refs = [*came_for, *(each.organisation for each in self._members.get(record.id, ()))]
        return "; ".join(map(self._selection.label, dict.fromkeys(refs)))

    def _sources(self, record: Record) -> str:
        return "; ".join(map(self._selection.label, dict.fromkeys(piece.source for piece in all_evidence(record))))

    def _mark(self, record: Record) -> str:
        user_data = self._selection.user_data
        return "yes" if user_data is not None and record.id in user_data.marks else ""

    def _note(self, record: Record) -> str:
        user_data = self._selection.user_data
        return user_data.notes.get(record.id, "") if user_data is not None else ""


_EXACT = 10**15
"""Whole numbers from here on are no longer exact in a workbook, and stand as texts."""


def _fill_about(sheet: Worksheet, selection: Selection, heading: CellFormat) -> None:
    """What the dataset says of itself, and how many records there are."""
    info = selection.info
    texts = {"title": info.title, "description": info.description, "licence": info.licence}
    rows: dict[str, Cell] = {name: text for name, text in texts.items() if text}
    rows.update((TABLES[kind], number) for kind, number in selection.counts().items())
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 1, 80)
    for number, (name, value) in enumerate(rows.items()):
        sheet.write_string(number, 0, name, heading)
        if isinstance(value, str):
            sheet.write_string(number, 1, _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", value)[: MOST_CHARACTERS // 2])
        else:
            sheet.write_number(number, 1, value)


def _time_of(record: Record) -> tuple[bool, str, str, str]:
    """By what events are sorted: those without a date last."""
    assert isinstance(record, Event)
    return not record.date, (record.date or "").lstrip("./"), record.start_time or "", fold(record.label)


def _has(value: Any) -> bool:
    return value is not None and value != "" and value != []
