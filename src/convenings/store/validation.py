"""Everything that speaks against a batch of changes, before any of it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from convenings.domain.kinds import HIERARCHIES, KIND_OF_STRUCT, KINDS, TABLES, a_kind, kind_of
from convenings.domain.records import Record
from convenings.store import evidence_rules, rules
from convenings.store.batch import Batch, Place
from convenings.store.book import Book, Finding
from convenings.store.changes import ABSENT, TAKEN
from convenings.store.decoding import BadRecord, decode, explain
from convenings.store.faults import BadBatch, Fault
from convenings.store.rules_by_kind import Rule, rules_for
from convenings.store.splice import Lines


class BatchRecords(dict[str, Record]):
    """The records that a book has to know for a batch: its own, and those of the file, each decoded when asked for."""

    def __init__(self, lines: Lines, removed: Iterable[str]) -> None:
        super().__init__()
        self._lines = lines
        self._removed = frozenset(removed)
        self._stored: dict[str, Record | None] = {}

    def __contains__(self, ref: object) -> bool:
        if super().__contains__(ref):
            return True
        return isinstance(ref, str) and ref not in self._removed and self._lines.has(ref)

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield from (key for key in self._lines.every_key() if not key.startswith("@") and key not in self._removed)

    def get(self, ref: str, default: Any = None) -> Any:
        """A record; nothing also for a document that is none."""
        if (record := dict.get(self, ref)) is not None:
            return record
        if ref not in self._stored:
            data = None if ref in self._removed else self._lines.encoded(ref)
            try:
                self._stored[ref] = decode(kind_of(ref), data) if data is not None else None
            except BadRecord:
                self._stored[ref] = None
        return self._stored[ref]


class Checked(msgspec.Struct, frozen=True):
    """Records of a batch that are fit to be saved, and what is wrong with the others."""

    encoded: dict[str, bytes]
    """Id to the canonical bytes of its document."""
    faults: list[Fault]


def checked(batch: Batch, lines: Lines, file: str) -> Checked:
    """Everything that speaks against the records of a batch.

    Args:
        batch: The changes.
        lines: The dataset.
        file: Its name, for messages; a fault has the place of its record instead where the batch gives one.
    """
    redirects = {old: redirect.to for old, redirect in lines.redirects.items() if old not in batch.unmerge}
    records = BatchRecords(lines, batch.remove)
    unmerged = {ref for ref in batch.unmerge if ref in lines.redirects}
    book = Book(records=records, redirects=redirects | dict(batch.redirects), broken=unmerged)
    encoded: dict[str, bytes] = {}
    faults: list[Fault] = []
    fit: list[tuple[str, Record]] = []
    for is_there, each in ((False, batch.insert), (None, batch.upsert), (True, batch.update)):
        for record in each:
            try:
                kind, data, proper = _proper(record, file)
            except BadRecord as error:
                faults.append(_placed(error, batch.places, file))
                continue
            if is_there and not lines.has(record.id):
                faults.append(_fault(batch, file, kind, record.id, Finding("", *ABSENT)))
                continue
            if record.id in encoded or (is_there is False and (lines.has(record.id) or record.id in lines.redirects)):
                faults.append(_fault(batch, file, kind, record.id, Finding("", *TAKEN)))
                continue
            encoded[record.id] = data
            records[record.id] = proper
            fit.append((kind, proper))
    for kind, record in fit:
        findings = _rule_findings(kind, record, book, batch.is_complete)
        if _may_have_controls(encoded[record.id]):
            findings = [*_controls(record), *findings]
        faults += [_fault(batch, file, kind, record.id, finding) for finding in findings]
    faults += [_fault(batch, file, kind_of(ref), ref, finding) for ref, finding in _circles(fit, book)]
    return Checked(encoded, faults)


def refuse(faults: Sequence[Fault]) -> None:
    """Raise where there are faults.

    Raises:
        BadBatch: With all of them.
    """
    if faults:
        raise BadBatch(faults)


def _proper(record: Any, file: str) -> tuple[str, bytes, Record]:
    """Kind, canonical bytes and the record itself as the data model has it.

    Raises:
        BadRecord: It is none.
    """
    kind = KIND_OF_STRUCT.get(type(record))
    if kind is None:
        ref = record.get("id") if isinstance(record, Mapping) else None
        what = f"this is no record, but a {type(record).__name__}"
        hint = f"make it one of: {', '.join(each.__name__ for each in KINDS.values())}"
        raise BadRecord(what, file=file, table="", record=ref if isinstance(ref, str) else "", field="", hint=hint)
    ref = record.id if isinstance(record.id, str) else ""
    try:
        # Structs are not validated when they are made, so a record may hold a word that the data model does not have.
        proper: Record = _DECODERS[kind].decode(_ENCODER.encode(record))
        if kind_of(ref) == kind:
            return kind, _ENCODER.encode(proper), proper
    except UnicodeEncodeError as error:
        what = f"a text has half of a character (U+{ord(error.object[error.start]):04X})"
        field = next((path for path, text in _texts(record) if _is_halved(text)), "")
        hint = "write the whole character, or take it out"
        raise BadRecord(what, file=file, table=TABLES[kind], record=ref, field=field, hint=hint) from error
    except msgspec.ValidationError as error:
        raise explain(error, kind, file=file, record=ref) from error
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        what, hint = f"a value cannot be written as JSON ({error})", "use texts, numbers, lists and the model's structs"
        raise BadRecord(what, file=file, table=TABLES[kind], record=ref, field="", hint=hint) from error
    what, hint = f"this is no id of {a_kind(kind)}", f"write it as {kind}/name"
    raise BadRecord(what, file=file, table=TABLES[kind], record=ref, field="", hint=hint)


def rules_put_off(record: Record) -> Sequence[Rule]:
    """The rules that keep no record from being saved: evidence can be given later, and the check asks for it."""
    return _OF_SUPPORT if record.evidence else _OF_EVIDENCE


def _rule_findings(kind: str, record: Record, book: Book, is_complete: bool) -> list[Finding]:
    put_off = () if is_complete else rules_put_off(record)
    return [finding for rule in rules_for(kind, record) if rule not in put_off for finding in rule(kind, record, book)]


def _may_have_controls(document: bytes) -> bool:
    """Whether a pattern, which takes much longer than looking for single bytes, finds what may stand for a control."""
    is_in_doubt = b"\\" in document or b"\x7f" in document or b"\xc2" in document
    return is_in_doubt and _MAYBE_CONTROL.search(document) is not None


def _controls(record: Record) -> Iterator[Finding]:
    """No text has characters that steer a terminal; line breaks and tabs are none of them."""
    for path, text in _texts(record):
        if match := _CONTROL.search(text):
            what = f"the text has a control character (U+{ord(match.group()):04X})"
            yield Finding(path, what, "take it out, or write a blank for it")


def _circles(records: Sequence[tuple[str, Record]], book: Book) -> Iterator[tuple[str, Finding]]:
    """Records of a batch that would lie below themselves."""
    ending: set[str] = set()
    for kind, record in records:
        field = HIERARCHIES.get(kind)
        if field is None or getattr(record, field) is None:
            continue
        way: dict[str, None] = {}
        above: Record | None = record
        while above is not None and above.id not in ending and above.id not in way:
            way[above.id] = None
            above = book.get(getattr(above, field))
        if above is not None and above.id in way:
            chain = list(way)[list(way).index(above.id) :]
            what = f"the chain closes in itself: {' → '.join([*chain[:4], above.id])}"
            yield record.id, Finding(field, what, "take one of them out of it")
        # A union with the keys of a mapping would copy the whole set each time.
        ending.update(way)


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every text in a record."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, (list, tuple)):
        for at, item in enumerate(value):
            yield from _texts(item, f"{path}[{at}]")


def _is_halved(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _fault(batch: Batch, file: str, kind: str, ref: str, finding: Finding) -> Fault:
    return Fault(batch.places.get(ref, file), TABLES.get(kind, ""), ref, *finding)


def _placed(error: BadRecord, places: Mapping[str, Place], file: str) -> Fault:
    return Fault(places.get(error.record, file), error.table, error.record, error.field, error.what, error.hint)


_OF_SUPPORT = (evidence_rules.support,)
_OF_EVIDENCE = (*_OF_SUPPORT, rules.inferences)
_ENCODER = msgspec.json.Encoder()
_DECODERS: dict[str, msgspec.json.Decoder[Record]] = {
    kind: msgspec.json.Decoder(struct) for kind, struct in KINDS.items()
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MAYBE_CONTROL = re.compile(rb"\\(?:u00|[bf])|\x7f|\xc2[\x80-\x9f]")
