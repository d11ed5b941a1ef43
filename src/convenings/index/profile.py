"""One record whole: its facts, everything tied to it in groups, what is not known, each with its evidence.

The same profile is drawn by the explorer and printed by the command line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from convenings.domain.records import Evidence, Gap, Name, Record
from convenings.domain.text import plain
from convenings.index.model import ReadModel

MOST_ENTRIES = 60
"""Entries of a section that are listed; the rest is counted."""
MOST_REFERRERS = 2000
"""Records pointing at a record that are looked at."""
GAPS = "Not known"


BEING_READ = "what relates to it is being read …"
"""All that a profile adds to names while the index is being built."""


class Entry(NamedTuple):
    """One line of a profile: a text, perhaps a link, a muted note, and the numbers of its evidence."""

    text: str
    ref: str = ""
    """Id of the record that the line leads to; empty where it leads nowhere."""
    note: str = ""
    numbers: tuple[int, ...] = ()
    unknown: str = ""
    """What the source does not say, shown as such."""
    basis: str = "stated"


class Section(NamedTuple):
    """A group of entries under a heading."""

    title: str
    entries: list[Entry]
    total: int
    """How many there are, listed or not."""

    @property
    def is_gaps(self) -> bool:
        """Whether it says what is not known."""
        return self.title == GAPS


class Cited(NamedTuple):
    """A passage that a profile cites, under its number."""

    number: int
    evidence: Evidence
    ref: str
    """Id of the record whose evidence it is."""
    fields: tuple[str, ...]
    """Fields it supports there."""


@dataclass
class Profile:
    """What is known of one record."""

    ref: str
    kind: str
    title: str
    numbers: tuple[int, ...] = ()
    """Of evidence that supports the record itself, and none of its facts that are listed: its name, its text."""
    facts: list[Entry] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)

    def entries(self) -> Iterable[Entry]:
        """Facts, then the entries of all sections."""
        yield from self.facts
        for section in self.sections:
            yield from section.entries


class Maker:
    """Collects a profile while the record's kind says what belongs in it."""

    def __init__(self, model: ReadModel, row: int) -> None:
        self.model = model
        self.row = row
        self.record = model.record(row)
        self.about = Profile(self.record.id, model.one(row).kind, plain(model.one(row).label))
        self._numbers: dict[tuple[str, int, int, int], int] = {}
        self._referrers: dict[int, dict[str, list[int]]] = {}

    def cite(self, record: Record, *fields: str, evidence: Iterable[Evidence] | None = None) -> tuple[int, ...]:
        """Numbers of the evidence of a record: of some of its fields, or of all of it; new passages get new numbers."""
        numbers: dict[int, None] = {}
        for found in record.evidence if evidence is None else evidence:
            if fields and not set(fields) & set(found.fields):
                continue
            key = (found.source, found.paragraph, found.start, found.end)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                self.about.cited.append(Cited(self._numbers[key], found, record.id, tuple(found.fields)))
            numbers[self._numbers[key]] = None
        return tuple(numbers)

    def basis(self, record: Record, *fields: str) -> str:
        """``inferred`` where evidence for one of the fields is."""
        inferred = any(e.basis == "inferred" and set(fields) & set(e.fields) for e in record.evidence)
        return "inferred" if inferred else "stated"

    def fact(
        self, text: str, *fields: str, ref: str = "", note: str = "", unknown: str = "", basis: str | None = None
    ) -> None:
        """A line about the record itself, supported by the evidence for ``fields``."""
        if text or unknown:
            found = basis or (self.basis(self.record, *fields) if fields else "stated")
            numbers = self.cite(self.record, *fields) if fields else ()
            self.about.facts.append(Entry(plain(text), ref, plain(note), numbers, plain(unknown), found))

    def names(self, names: Iterable[Name]) -> None:
        """Other names, one line each."""
        for name in names:
            kind = "abbreviation" if name.type == "abbreviation" else "also"
            said = f"{kind}: {name.value}"
            if kind == "also" and plain(name.value) == self.about.title:
                said = "so called in the source"
            self.fact(said, "names", basis=name.basis)

    def entry(self, ref: str, note: str = "", unknown: str = "", cited: Record | None = None, *fields: str) -> Entry:
        """A line that leads to a record."""
        numbers = self.cite(cited, *fields) if cited is not None else ()
        basis = self.basis(cited, *fields) if cited is not None and fields else "stated"
        return Entry(plain(self.model.label(ref)), ref, plain(note), numbers, unknown, basis)

    def section(self, title: str, entries: Iterable[Entry]) -> None:
        """A group of lines; an empty group is left out."""
        found = list(entries)
        if found:
            self.about.sections.append(Section(title, found[:MOST_ENTRIES], len(found)))

    def referring(self, *fields: str, row: int | None = None) -> list[Record]:
        """Records that point at this one (or at ``row``) by one of some fields, in row order, each once.

        A field is named with its kind: ``participation.agent``.
        """
        return [self.model.record(found) for found in self.referring_rows(*fields, row=row)]

    def referring_rows(self, *fields: str, row: int | None = None) -> list[int]:
        """The same as rows."""
        row = self.row if row is None else row
        if (by_field := self._referrers.get(row)) is None:
            by_field = self._referrers[row] = self._read_referrers(row)
        return sorted({found for name in fields for found in by_field.get(name, ())})

    def _read_referrers(self, row: int) -> dict[str, list[int]]:
        by_field: dict[str, list[int]] = {}
        for name, found in self.model.referrers(row, MOST_REFERRERS):
            by_field.setdefault(f"{self.model.one(found).kind}.{name}", []).append(found)
        return by_field

    def gaps(self, also: Iterable[Entry] = ()) -> None:
        """What is not known of the record: said last."""
        entries = list(also)
        entries += [self.entry(gap.id, "", "", gap) for gap in self.referring("gap.about") if isinstance(gap, Gap)]
        self.section(GAPS, entries)


def profile(model: ReadModel, row: int) -> Profile:
    """Profile of the record in a row."""
    from convenings.index.profiles import COMPOSERS

    maker = Maker(model, row)
    if not model.complete:
        # What points at the record is not known yet, nor what is called how: nothing may be said to be missing.
        maker.names(getattr(maker.record, "names", ()))
        maker.fact("", unknown=BEING_READ)
        return maker.about
    COMPOSERS[maker.about.kind](maker)
    known = len(maker.about.cited)
    maker.about.numbers = tuple(number for number in maker.cite(maker.record) if number > known)
    return maker.about
