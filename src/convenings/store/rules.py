"""The rules that one record keeps, beside all the others; each rule says what is wrong, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import msgspec

from convenings.domain import dates
from convenings.domain.basis import inferred_fields
from convenings.domain.errors import nearest
from convenings.domain.kinds import DATE_FIELDS, OCCURRENCE_REFERENCES, REFERENCES, kind_of
from convenings.domain.record_values import Bearing, Evidence, Occurrence
from convenings.domain.records import (
    UNSUPPORTED_FIELDS,
    Event,
    Participation,
    Record,
    Source,
    Statement,
)
from convenings.domain.references import ids_in, parts_of
from convenings.store.changes import chain_ends
from convenings.store.sources import SourceText

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HASH = re.compile(r"[0-9a-f]{16}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")

BASIS_OF = {"attested_basis": ("first_attested", "last_attested")}
"""Field that holds a basis to the fields it is of, where it is not called by the one."""
NEAR_LIMIT = 2000
"""Among how many ids the nearest one to a wrong one is looked for; more would take longer than the help is worth."""
NEAR_COMPARISONS = 100_000
"""How many ids are compared with wrong ones altogether, which takes a second or two."""


class Finding(NamedTuple):
    """What is wrong with a record."""

    field: str
    """The field and the way to it, items counted from 0; empty where the whole record is meant."""
    what: str
    hint: str


@dataclass
class Book:
    """All records of a dataset by id."""

    records: dict[str, Record] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids of documents that are no records; a reference to one of them resolves all the same."""
    outer_dates: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    """Id of an event to id and date of the nearest event with a date, itself or above it, as far as known."""
    _ends: dict[str, str] | None = None
    _ids: dict[str, list[str]] | None = None
    _nearest: dict[str, str] = field(default_factory=dict)
    _comparisons: int = 0

    def resolve(self, ref: str) -> str:
        """The id that stands for an id after all merges."""
        if self._ends is None:
            self._ends = chain_ends(self.redirects)
        return self._ends.get(ref, ref)

    def get(self, ref: str | None) -> Record | None:
        """The record that an id stands for."""
        return self.records.get(self.resolve(ref)) if ref else None

    def near(self, ref: str) -> str:
        """The id in the dataset most like one that is not, of the same kind; an empty string where there is none."""
        if ref not in self._nearest:
            if self._ids is None:
                self._ids = {}
                for other in self.records:
                    self._ids.setdefault(kind_of(other), []).append(other)
            alike = self._ids.get(kind_of(ref), [])
            self._comparisons += len(alike)
            is_worth_it = len(alike) <= NEAR_LIMIT and self._comparisons <= NEAR_COMPARISONS
            self._nearest[ref] = nearest(ref, alike) if is_worth_it else ""
        return self._nearest[ref]


def identity(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """The id is the kind, a slash and a name of small letters, digits and hyphens."""
    prefix, _, slug = record.id.partition("/")
    if prefix != kind:
        yield Finding("id", f"'{record.id}' is no id of a {kind}", f"begin it with {kind}/")
    elif not _SLUG.fullmatch(slug):
        hint = f"write {kind}/ and small letters a to z, digits and single hyphens"
        yield Finding("id", f"'{record.id}' is not a proper id", hint)
    if record.id in book.redirects:
        yield Finding("id", f"the id redirects to '{book.redirects[record.id]}'", "remove the redirect or the record")


def filled(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """What every record of its kind has is not empty."""
    for name in _required(type(record)):
        value = getattr(record, name)
        if not _has(value.strip() if isinstance(value, str) else value):
            yield Finding(name, f"the {name} is empty", "write one")


def references(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Every id that a record holds leads to a record of a kind that belongs there."""
    yield from _references("", record, REFERENCES[kind], book)
    for path, part in parts_of(record):
        if isinstance(part, Occurrence):
            yield from _references(f"{path}.", part, OCCURRENCE_REFERENCES, book)
    for path, evidence, _ in _evidence(record):
        yield from _references(f"{path}.", evidence, {"source": ("source",)}, book)


def _references(
    prefix: str, holder: msgspec.Struct, allowed: Mapping[str, tuple[str, ...]], book: Book
) -> Iterator[Finding]:
    for name, kinds in allowed.items():
        for ref in ids_in(getattr(holder, name)):
            target = book.resolve(ref)
            if kind_of(target) not in kinds:
                yield Finding(prefix + name, f"'{ref}' does not belong here", f"name a record of kind {_or(kinds)}")
            elif target not in book.records and target not in book.broken:
                near = book.near(ref)
                hint = f"perhaps '{near}' is meant" if near else "add that record, or take the reference out"
                yield Finding(prefix + name, f"there is no record '{ref}'", hint)


def when(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Dates are EDTF, have a basis, and a session lies within the date of its event."""
    # Only dates that can be read are compared with each other.
    sound = True
    for name in DATE_FIELDS.get(kind, ()):
        value = getattr(record, name)
        try:
            if value is not None:
                dates.parse(value)
        except dates.EdtfError as error:
            sound = False
            what, _, hint = str(error).partition("; ")
            yield Finding(name, what, hint or "write it like 2018-06-20")
    if not isinstance(record, Event):
        return
    if record.start_time is not None and not _TIME.fullmatch(record.start_time):
        yield Finding("start_time", f"'{record.start_time}' is not a time", "write it like 09:00")
    if record.date is None:
        return
    if record.date_basis is None:
        yield Finding("date_basis", "the date has no basis", "write stated or inferred")
    outer = _outer_date(record, book)
    if sound and outer and not dates.within(record.date, outer[1]):
        what = f"{record.date} lies outside the date of '{outer[0]}', {outer[1]}"
        yield Finding("date", what, "mend one of the two dates")


def _outer_date(event: Event, book: Book) -> tuple[str, str] | None:
    """Id and date of the nearest event above that has a date that can be read."""
    # Parents may close in a circle, which the check reports elsewhere.
    visited: set[str] = set()
    above, outer = book.get(event.super_event), None
    while isinstance(above, Event) and above.id not in visited and above.id != event.id:
        if above.id in book.outer_dates:
            outer = book.outer_dates[above.id]
            break
        visited.add(above.id)
        if above.date is not None:
            try:
                dates.parse(above.date)
                outer = above.id, above.date
            except dates.EdtfError:
                pass
            break
        above = book.get(above.super_event)
    # Else each event of a long chain would go all the way up.
    if above is None or above.id != event.id:
        book.outer_dates |= dict.fromkeys(visited, outer)
    return outer


def parties(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """A participation is somebody's, named or not; nobody is both named and unnamed."""
    if not isinstance(record, (Participation, Statement)):
        return
    agents = record.agent if isinstance(record, Participation) else record.agents
    has_agent, is_unnamed = _has(agents), _has(record.unnamed)
    if has_agent and is_unnamed:
        yield Finding("unnamed", "there is an agent and an unnamed party", "keep one of the two")
    if isinstance(record, Participation) and not has_agent and not is_unnamed:
        yield Finding("agent", "there is neither an agent nor an unnamed party", "name one of the two")


def support(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Every record, occurrence and bearing has evidence, and every claim is among what the record's supports."""
    if not record.evidence:
        yield Finding("evidence", "the record has no evidence", "say where the source supports it")
    else:
        fields = {name for evidence in record.evidence for name in evidence.fields}
        for name, default in _claims(type(record)):
            value = getattr(record, name)
            if _has(value) and value != default and name not in fields:
                yield Finding(name, "no evidence supports this field", "name it in the fields of the evidence for it")
    for path, part in parts_of(record):
        if not part.evidence:
            hint = "say where the source supports it"
            yield Finding(f"{path}.evidence", f"the {type(part).__name__.lower()} has no evidence", hint)


def inferences(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """What is said to be inferred has inferred evidence, which says from what; a bearing has a reason besides."""
    inferred = inferred_fields(record)
    for name in record.__struct_fields__:
        if name.endswith("_basis") and getattr(record, name) == "inferred":
            fields = BASIS_OF.get(name, (name.removesuffix("_basis"),))
            if not inferred.intersection(fields):
                hint = f"give evidence for {_or(fields)} with basis inferred and a note, or write stated"
                yield Finding(name, "it is inferred, and no evidence is", hint)
    if any(name.basis == "inferred" for name in getattr(record, "names", ())) and "names" not in inferred:
        hint = "give evidence for names with basis inferred and a note, or write stated"
        yield Finding("names", "a name is inferred, and no evidence is", hint)
    for path, part in parts_of(record):
        if isinstance(part, Bearing):
            yield from _bearing(path, part)
    if isinstance(record, Statement):
        questions = [book.resolve(bearing.question) for bearing in record.questions]
        if len(set(questions)) < len(questions):
            hint = "make one of them, with the evidence of both"
            yield Finding("questions", "two bearings are on one question", hint)


def _bearing(path: str, bearing: Bearing) -> Iterator[Finding]:
    if bearing.basis == "stated":
        return
    if not bearing.reason.strip():
        yield Finding(f"{path}.reason", "the inference has no reason", "say why the claim bears on the question")
    if bearing.evidence and all(piece.basis == "stated" for piece in bearing.evidence):
        hint = "give it evidence with basis inferred, or write stated"
        yield Finding(f"{path}.basis", "it is inferred, and no evidence is", hint)


def evidence(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Evidence points at a possible passage, names fields that are there, and says what an inference rests on."""
    for path, piece, holder in _evidence(record):
        for name in piece.fields:
            if name not in holder.__struct_fields__:
                near = nearest(name, holder.__struct_fields__)
                hint = f"perhaps '{near}' is meant" if near else "name a field of the record"
                yield Finding(f"{path}.fields", f"there is no field '{name}' to support", hint)
            elif not _has(getattr(holder, name)):
                yield Finding(f"{path}.fields", f"the field '{name}' is not set", "set it, or take it out here")
        source = book.get(piece.source)
        if isinstance(source, Source) and not 1 <= piece.paragraph <= source.paragraphs:
            what = f"there is no paragraph {piece.paragraph} in '{source.id}'"
            yield Finding(f"{path}.paragraph", what, f"write a number from 1 to {source.paragraphs}")
        if not 0 <= piece.start < piece.end:
            what = f"from {piece.start} to {piece.end} there is no passage"
            yield Finding(f"{path}.start", what, "count code points from 0, the end after the start")
        if not _HASH.fullmatch(piece.passage_hash):
            hint = "write the first 16 hexadecimal digits of the passage's SHA-256, in small letters"
            yield Finding(f"{path}.passage_hash", f"'{piece.passage_hash}' is no passage hash", hint)
        # Why a bearing is inferred stands in its reason.
        if piece.basis == "inferred" and not piece.note.strip() and not isinstance(holder, Bearing):
            yield Finding(f"{path}.note", "the inference has no note", "say what it was inferred from")


def digest(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """The digest of a source has one entry for each of its paragraphs, in order."""
    if not isinstance(record, Source):
        return
    numbers = [paragraph.number for paragraph in record.digest]
    # Any number may be written there: it is only compared with.
    if len(numbers) != record.paragraphs or any(n != number for n, number in enumerate(numbers, 1)):
        wrong = next((n for n, number in enumerate(numbers, 1) if n != number), len(numbers) + 1)
        what = f"the digest has {len(numbers)} entries for {record.paragraphs} paragraphs and goes wrong at {wrong}"
        yield Finding("digest", what, f"give one entry for each paragraph from 1 to {record.paragraphs}")
    for index, paragraph in enumerate(record.digest):
        if not paragraph.digest.strip():
            hint = "say in a sentence what the paragraph says"
            yield Finding(f"digest[{index}].digest", "the entry is empty", hint)
        end = 0
        for number, part in enumerate(paragraph.parts):
            path = f"digest[{index}].parts[{number}]"
            if not part.digest.strip():
                yield Finding(f"{path}.digest", "the entry is empty", "say in a sentence what the stretch says")
            if not end <= part.start < part.end:
                what = f"from {part.start} to {part.end} there is no stretch behind the one before"
                yield Finding(f"{path}.start", what, "count code points from 0, the parts in order")
            end = max(end, part.end)


def locators(record: Record, book: Book, texts: Mapping[str, SourceText]) -> Iterator[Finding]:
    """Every passage stands in the attached text of its source exactly where the evidence says.

    Args:
        record: the record.
        book: all records.
        texts: id of a source to its text.
    """
    for path, piece, _ in _evidence(record):
        text = texts.get(book.resolve(piece.source))
        location = text.locate(piece) if text is not None else None
        if location is None or location.state == "exact":
            continue
        if location.state == "moved":
            where = f"paragraph {location.paragraph}, {location.start} to {location.end}"
            yield Finding(path, f"the passage has moved to {where}", "look at it there, then write that place")
        elif location.state == "ambiguous":
            hint = "look at these places, then write the right one"
            yield Finding(path, "the passage is not here, and stands in several other places", hint)
        elif location.state == "unsearched":
            hint = "compare the attached text with the one the dataset was made from"
            what = "the passage is not near its place; the attached text is too long and too unlike to look everywhere"
            yield Finding(path, what, hint)
        else:
            hint = "compare the attached text with the one the dataset was made from"
            yield Finding(path, "the passage is lost: the attached text has it nowhere", hint)


RULES = (identity, filled, references, when, parties, support, inferences, evidence, digest)
"""The rules that hold without the texts of sources, in the order in which a record's faults are listed."""


def _evidence(record: Record) -> Iterator[tuple[str, Evidence, Record | Occurrence | Bearing]]:
    """Path, evidence, and what it is evidence of, for a record and its parts."""
    for index, piece in enumerate(record.evidence):
        yield f"evidence[{index}]", piece, record
    for path, part in parts_of(record):
        for index, piece in enumerate(part.evidence):
            yield f"{path}.evidence[{index}]", piece, part


@cache
def _claims(struct: type[Record]) -> tuple[tuple[str, object], ...]:
    """Fields that carry a claim, with their defaults."""
    return tuple(
        (info.name, info.default)
        for info in msgspec.structs.fields(struct)
        if info.name not in UNSUPPORTED_FIELDS and not info.name.endswith("_basis")
    )


@cache
def _required(struct: type[Record]) -> tuple[str, ...]:
    """Fields that every record of a kind has, besides its id."""
    return tuple(info.name for info in msgspec.structs.fields(struct) if info.required and info.name != "id")


def _has(value: object) -> bool:
    """Whether a field is set to something."""
    return value is not None and value != "" and value != []


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
