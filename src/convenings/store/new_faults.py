"""What the check would say of a dataset once some records are otherwise, and does not say of it as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from convenings.domain.claims import claim_of
from convenings.domain.kinds import TABLES, kind_of
from convenings.domain.records import Event, Record, Source
from convenings.domain.references import references
from convenings.store import rules
from convenings.store.book import Book
from convenings.store.decoding import BadRecord, decode
from convenings.store.faults import Fault
from convenings.store.splice import FEW, Lines
from convenings.store.validation import BatchRecords

_Place = tuple[str, str, str, str]
"""Id, field, what is wrong, and what to do."""


def new_faults(lines: Lines, put: Sequence[Record], removed: Iterable[str], file: str) -> list[Fault]:
    """Faults that would be new, of the records themselves and of those that refer to them.

    Args:
        lines: The dataset.
        put: Records as they are to be, new ones among them.
        removed: Ids of records that are to go.
        file: Name of the dataset, for messages.
    """
    gone = frozenset(removed)
    redirects = {old: redirect.to for old, redirect in lines.redirects.items()}
    before = Book(records=BatchRecords(lines, ()), redirects=redirects)
    after = Book(records=BatchRecords(lines, gone), redirects=redirects)
    after.records.update({record.id: record for record in put})
    ids = {*after.records.keys(), *gone}
    dependents = _dependents(lines, gone | {record.id for record in put if _concerns_others(record, before)})
    former = set(_faults(before, [*ids, *dependents]))
    faults = [fault for fault in _faults(after, [*ids, *dependents]) if fault not in former]
    faults += _doubles(lines, put, gone, before, after)
    return [Fault(file, TABLES.get(kind_of(ref), ""), ref, field, what, hint) for ref, field, what, hint in faults]


def _faults(book: Book, ids: Iterable[str]) -> Iterator[_Place]:
    for ref in ids:
        record = book.records.get(ref)
        if record is not None:
            for rule in rules.RULES:
                yield from ((ref, *finding) for finding in rule(kind_of(ref), record, book))


def _concerns_others(record: Record, before: Book) -> bool:
    """Whether a change of a record can make others wrong: sessions by a date, evidence by what its source is.

    What a record is called, as most changes are of, concerns nobody; and a hub has thousands that refer to it.
    """
    former = before.records.get(record.id)
    if isinstance(record, Event) and isinstance(former, Event):
        return (record.date, record.super_event) != (former.date, former.super_event)
    return isinstance(record, Source) and former is not None


def _dependents(lines: Lines, ids: Collection[str]) -> list[str]:
    """Ids of the records that refer to some records; sessions without a date depend on what theirs refers to."""
    dependents: dict[str, None] = {}
    wanted = set(ids)
    while wanted:
        further = set()
        for record in _records_with(lines, [msgspec.json.encode(ref) for ref in wanted]):
            is_new = record.id not in ids and record.id not in dependents
            if is_new and any(ref in wanted for _, ref in references(record)):
                dependents[record.id] = None
                if isinstance(record, Event) and record.date is None and record.super_event in wanted:
                    further.add(record.id)
        wanted = further
    return list(dependents)


def _doubles(lines: Lines, put: Sequence[Record], gone: Collection[str], before: Book, book: Book) -> Iterator[_Place]:
    """Records that say what another one says already, or have the identifier of another one of their kind."""
    holders: dict[tuple[object, ...], str] = {}
    keepers: dict[tuple[object, ...], str] = {}
    needles: dict[bytes, None] = {}
    for record in put:
        former = before.records.get(record.id)
        former_keys = set() if former is None else set(_keys(former, before))
        for key in _keys(record, book):
            # What was so before is no fault of this change.
            if key in former_keys:
                keepers[key] = record.id
            elif holders.setdefault(key, record.id) != record.id:
                yield _double(record.id, key, holders[key])
        needles |= {msgspec.json.encode(ref): None for name, ref in references(record) if name in _CLAIMING}
        needles |= {msgspec.json.encode(identifier): None for identifier in record.identifiers}
    yield from (_double(ref, key, keepers[key]) for key, ref in holders.items() if key in keepers)
    changed = {record.id for record in put}
    for record in _records_with(lines, list(needles)) if holders else ():
        if record.id not in changed and record.id not in gone:
            yield from (_double(holders[key], key, record.id) for key in _keys(record, book) if key in holders)


def _keys(record: Record, book: Book) -> Iterator[tuple[object, ...]]:
    """What no two records have in common."""
    if (claim := claim_of(record, book.resolve)) is not None:
        yield "", claim
    for identifier in record.identifiers:
        yield kind_of(record.id), identifier.scheme, identifier.value


def _double(ref: str, key: tuple[object, ...], other: str) -> _Place:
    if len(key) == 2:
        return ref, "", f"this says the same as '{other}'", "keep one of them, with the evidence of both"
    what = f"'{other}' has the same {key[1]}, {key[2]}"
    return ref, "identifiers", what, "merge the two, or correct the identifier of one"


_CLAIMING = ("event", "subject")
"""Fields by which a record that says the same has to point at the same."""


def _records_with(lines: Lines, needles: Sequence[bytes]) -> Iterator[Record]:
    """Records in which some bytes stand, and others where that is quicker; what cannot be read is none."""
    documents = (
        {document: kind for needle in needles for kind, document in lines.documents_with(needle)}
        if len(needles) <= FEW
        else {lines.encoded(key) or b"": kind_of(key) for key in lines.every_key()}
    )
    for document, kind in documents.items():
        try:
            yield decode(kind, document)
        except (BadRecord, LookupError):
            continue
