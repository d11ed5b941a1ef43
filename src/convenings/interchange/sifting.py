"""Records of a reading that a dataset can hold: those that break a rule are left out, with what depends on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from typing import Any

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT, REFERENCES, kind_of
from convenings.domain.records import Event, Labelled, Record, Source
from convenings.domain.references import has_parts, ids_in, references
from convenings.interchange.outcome import place_of
from convenings.interchange.reading import Skipped
from convenings.store import rules
from convenings.store.book import Book, Finding, is_set
from convenings.store.rules_by_kind import Rule, rules_for
from convenings.store.validation import rules_put_off

_FIELD = re.compile(r"(\w+)(?:\[(\d+)\])?")
"""The name of a field in the way to what is wrong, and the number of an item of it."""
MOST_MENDED = 20
"""Values of one record that are left out; one with more that break a rule is none."""


class FirstLook:
    """Looks at the records of a file as they arrive: which of them keep all rules that ask for no other record.

    Nearly all do, and are not looked at again once all are there, as long as what they refer to is there as well.

    Args:
        source: The record that stands for the file, as far as it is there before the file is read.
        redirects: Of the dataset into which the records go.
    """

    def __init__(self, source: Source, redirects: Mapping[str, str]) -> None:
        self._source = source
        self._book = Book(records={source.id: source}, redirects=dict(redirects))
        self._sound: set[str] = set()
        """Ids of the records that keep these rules."""
        self._references: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        """Kinds to ids that must be those of records of one of them."""

    def look(self, kind: str, record: Record) -> None:
        """Look at a record; one with the id of an earlier one takes its place."""
        self._sound.discard(record.id)
        if self._asks_for_others(record) or self._breaks_rule(kind, record):
            return
        self._sound.add(record.id)
        for field, kinds in REFERENCES[kind].items():
            if value := getattr(record, field):
                self._references[kinds].update(ids_in(value))

    def left(self, records: Iterable[str], book: Book) -> list[str]:
        """Ids of the records that are to be looked at once all are there: all of them where anything has changed.

        Args:
            records: Ids of the records of the file.
            book: All records.
        """
        source = book.get(self._source.id)
        is_same = isinstance(source, Source) and _measures(source) == _measures(self._source)
        if is_same and all(_leads(ref, kinds, book) for kinds, refs in self._references.items() for ref in refs):
            return [ref for ref in records if ref not in self._sound]
        return list(records)

    def _asks_for_others(self, record: Record) -> bool:
        """Whether a rule has to see what is not here: an event above it, parts, another source."""
        if has_parts(record) or (isinstance(record, Event) and record.super_event is not None):
            return True
        if any(piece.source != self._source.id for piece in record.evidence):
            return True
        return isinstance(record, Labelled) and any(description.by for description in record.descriptions)

    def _breaks_rule(self, kind: str, record: Record) -> bool:
        is_merged = record.id in self._book.redirects
        return _first_finding(kind, record, self._book, is_merged=is_merged, spared=rules.references) is not None


def _measures(source: Source) -> tuple[str, str, int]:
    """By what of a source its evidence is measured."""
    return source.id, source.type, source.paragraphs


def _leads(ref: str, kinds: Container[str], book: Book) -> bool:
    """Whether an id leads to a record of one of some kinds."""
    target = book.resolve(ref)
    return kind_of(target) in kinds and target in book.records


def sift(
    records: Mapping[str, Record],
    others: Mapping[str, Record],
    redirects: Mapping[str, str],
    first_look: FirstLook | None = None,
) -> tuple[dict[str, Record], list[Skipped]]:
    """The records that keep the rules of the data model, and what was left out of them, or altogether, and why.

    An optional value that breaks a rule is left out, and so is an optional reference to a record that is; a record that
    cannot be without it goes.

    Args:
        records: Id to record, of a reading.
        others: Id to record, of the dataset into which they go.
        redirects: Of that dataset.
        first_look: What a look at them as they arrived came to.
    """
    sound, skipped = dict(records), list[Skipped]()
    book = Book(records={**others, **sound}, redirects=dict(redirects))
    waiting: Iterable[str] = list(sound) if first_look is None else first_look.left(sound, book)
    while waiting:
        lost = set()
        for ref in waiting:
            finding = _first_finding(KIND_OF_STRUCT[type(sound[ref])], sound[ref], book, is_merged=ref in redirects)
            if finding is None:
                continue
            record, sentences = _mended(sound[ref], finding, book, is_merged=ref in redirects)
            skipped += [Skipped(place_of(sound[ref]), sentence) for sentence in sentences]
            if record is None:
                lost.add(ref)
                del sound[ref]
            else:
                sound[ref] = book.records[ref] = record
        if not lost:
            break
        # What an event lost may be what a session of it was measured by, so all that points at a loss is looked at.
        waiting = _without(sound, lost)
        book = Book(records={**others, **sound}, redirects=dict(redirects))
    return sound, skipped


def _mended(record: Record, first: Finding, book: Book, *, is_merged: bool) -> tuple[Record | None, list[str]]:
    """A record without the optional values that break a rule, and what is wrong; nothing where it cannot be without.

    Args:
        record: As it was read.
        first: The first thing that is wrong with it.
        book: All records.
        is_merged: Whether another record stands for it.
    """
    kind = KIND_OF_STRUCT[type(record)]
    sentences: list[str] = []
    mended: Record | None = record
    finding: Finding | None = first
    while mended is not None and finding is not None:
        mended = _without_value(mended, finding.field) if len(sentences) < MOST_MENDED else None
        fate = "; the record is left out" if mended is None else f"; this {kind} came in without it"
        sentences.append(f"{finding.field}: {finding.what}{fate}" if finding.field else f"{finding.what}{fate}")
        finding = _first_finding(kind, mended, book, is_merged=is_merged) if mended is not None else None
    return mended, sentences


def _first_finding(
    kind: str, record: Record, book: Book, *, is_merged: bool, spared: Rule | None = None
) -> Finding | None:
    put_off = rules_put_off(record)
    for rule in rules_for(kind, record):
        # What was merged goes into the record that stands for it; and what may be saved may come back.
        if rule is spared or rule in put_off or (is_merged and rule is rules.identity):
            continue
        for finding in rule(kind, record, book):
            return finding
    return None


def _without_value(record: Record, field: str) -> Record | None:
    """A record without an optional value, or an item of one; nothing where it must have it, or has none."""
    match = _FIELD.match(field)
    name = match[1].removesuffix("_basis") if match else ""
    infos = {info.name: info for info in msgspec.structs.fields(type(record))}
    if match is None or name not in infos or name == "id" or infos[name].required:
        return None
    value = getattr(record, name)
    if isinstance(value, list) and match[2]:
        number = int(match[2])
        is_first_evidence = name == "evidence" and (number == 0 or value[number].basis == "stated")
        return None if is_first_evidence else _changed(record, {name: [*value[:number], *value[number + 1 :]]})
    if name == "evidence" or not is_set(value):
        return None
    return _changed(record, {name: [] if isinstance(value, list) else infos[name].default})


def _changed(record: Record, changes: dict[str, Any]) -> Record:
    """A record with other values; where one is empty now, nothing is said to support it any more."""
    empty = {name for name, value in changes.items() if not is_set(value)}
    for name in empty:
        if f"{name}_basis" in record.__struct_fields__:
            changes[f"{name}_basis"] = None
    if empty and "evidence" not in changes:
        changes["evidence"] = [
            piece if empty.isdisjoint(piece.fields) else msgspec.structs.replace(piece, fields=fields)
            for piece in record.evidence
            if (fields := [name for name in piece.fields if name not in empty])
        ]
    return msgspec.structs.replace(record, **changes)


def _without(sound: dict[str, Record], lost: Collection[str]) -> list[str]:
    """Take optional references to lost records out; gives the ids of all that referred to one."""
    affected = []
    for ref, record in sound.items():
        if any(target in lost for _, target in references(record)):
            affected.append(ref)
            sound[ref] = _unlinked(record, lost)
    return affected


def _unlinked(record: Record, lost: Collection[str]) -> Record:
    """A record without its optional references to lost ones; required ones stay, for the rules to name."""
    changes: dict[str, Any] = {}
    required = {info.name for info in msgspec.structs.fields(type(record)) if info.required}
    for name in REFERENCES[KIND_OF_STRUCT[type(record)]]:
        value = getattr(record, name)
        if name in required or not any(ref in lost for ref in ids_in(value)):
            continue
        changes[name] = None if isinstance(value, str) else [item for item in value if ids_in([item])[0] not in lost]
    return _changed(record, changes) if changes else record
