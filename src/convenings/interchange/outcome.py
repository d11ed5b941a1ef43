"""What came of reading a file, as bytes that one process gives to another one, and as typed records again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT, KINDS
from convenings.domain.record_values import Import
from convenings.domain.records import Record, Source
from convenings.interchange.reading import Reading, Skipped
from convenings.store import decoding
from convenings.store.canonical import Info


class Outcome(msgspec.Struct, kw_only=True):
    """What came of reading a file; the fields are those of :class:`~convenings.interchange.reading.Reading`."""

    format: str
    """Name of the format that read it."""
    source: Source
    records: dict[str, Record]
    keys: dict[str, str]
    skipped: list[Skipped]
    remarks: list[str]
    no_home: dict[str, int]
    left_out: dict[str, int]
    mapping: dict[str, str]
    info: Info | None
    redirects: dict[str, str]
    imports: list[Import]


class _Wire(msgspec.Struct, kw_only=True):
    """An outcome as it is sent."""

    format: str
    source: Source
    records: list[tuple[str, msgspec.Raw]]
    """Kind, and the records of it in a run."""
    keys: dict[str, str]
    skipped: list[Skipped]
    remarks: list[str]
    no_home: dict[str, int]
    left_out: dict[str, int]
    mapping: dict[str, str]
    info: Info | None
    redirects: dict[str, str]
    imports: list[Import]


_ENCODER = msgspec.msgpack.Encoder()


def encode(reading: Reading, format_name: str) -> bytes:
    """What a reading gives, as bytes; a record with text that is no Unicode is skipped and told."""
    skipped = list(reading.skipped)
    by_kind: dict[str, Any] = {}
    for record in reading.records.values():
        by_kind.setdefault(KIND_OF_STRUCT[type(record)], []).append(record)
    try:
        # The records of a large table are written where they are sent from, and not copied there.
        return _ENCODER.encode(_wire(reading, format_name, skipped, by_kind))
    except (UnicodeEncodeError, TypeError, OverflowError, RecursionError):
        runs = {kind: msgspec.Raw(_encoded(records, skipped)) for kind, records in by_kind.items()}
        return _ENCODER.encode(_wire(reading, format_name, skipped, runs))


def _wire(reading: Reading, format_name: str, skipped: list[Skipped], runs: dict[str, Any]) -> _Wire:
    return _Wire(
        format=format_name,
        source=_clean(reading.source),
        records=list(runs.items()),
        keys=_clean(reading.keys),
        skipped=_clean(skipped),
        remarks=_clean(reading.remarks),
        no_home=_clean(dict(reading.no_home)),
        left_out=_clean(dict(reading.left_out)),
        mapping=_clean(reading.mapping),
        info=_clean(reading.info),
        redirects=reading.redirects,
        imports=reading.imports,
    )


def _encoded(records: list[Record], skipped: list[Skipped]) -> bytes:
    try:
        return _ENCODER.encode(records)
    except (UnicodeEncodeError, TypeError, OverflowError, RecursionError):
        sound = []
        for record in records:
            try:
                sound.append(msgspec.Raw(_ENCODER.encode(record)))
            except (UnicodeEncodeError, TypeError, OverflowError, RecursionError):
                skipped.append(Skipped(place_of(record), "a text in it is no Unicode text"))
        return _ENCODER.encode(sound)


def _clean(value: Any) -> Any:
    """A value that can be encoded: what is no Unicode in its texts becomes question marks."""
    try:
        _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _cleaned(value)
    return value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(each) for key, each in value.items()}
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: _cleaned(getattr(value, name)) for name in value.__struct_fields__})
    return value


def decode(data: bytes) -> Outcome:
    """An outcome from its bytes; a record that does not fit the data model is skipped and told."""
    wire = msgspec.msgpack.decode(data, type=_Wire)
    skipped = wire.skipped
    records: dict[str, Record] = {}
    for kind, run in wire.records:
        for record in harmless(list(_decoded(kind, run, skipped))):
            records[record.id] = record
    return Outcome(
        format=wire.format,
        source=wire.source,
        records=records,
        keys=wire.keys,
        skipped=skipped,
        remarks=wire.remarks,
        no_home=wire.no_home,
        left_out=wire.left_out,
        mapping=wire.mapping,
        info=wire.info,
        redirects=wire.redirects,
        imports=wire.imports,
    )


def _decoded(kind: str, run: msgspec.Raw, skipped: list[Skipped]) -> Iterable[Record]:
    struct: Any = KINDS[kind]
    try:
        whole: list[Record] = msgspec.msgpack.decode(run, type=list[struct])
        return whole
    except msgspec.ValidationError:
        sound = []
        for document in msgspec.msgpack.decode(run):
            try:
                sound.append(msgspec.convert(document, struct))
            except msgspec.ValidationError as error:
                bad = decoding.explain(error, kind, file="", record=str(document.get("id", "")))
                skipped.append(Skipped(bad.record, f"{bad.field}: {bad.what}" if bad.field else bad.what))
        return sound


def harmless(records: list[Record]) -> list[Record]:
    """Records without the characters that steer a terminal; line breaks and tabs are none of them."""
    sound: list[Record] = []
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        if _MAYBE_CONTROL.search(_JSON.encode(some)):
            some = [_without_controls(one) if _MAYBE_CONTROL.search(_JSON.encode(one)) else one for one in some]
        sound += some
    return sound


def _without_controls(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, list):
        return [_without_controls(each) for each in value]
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {name: _without_controls(each) for name, each in fields.items()}
        return msgspec.structs.replace(value, **{name: each for name, each in changed.items() if each != fields[name]})
    return value


_AT_ONCE = 500
"""Records that are looked through together; the text of all of them would take as much room as they do."""
_JSON = msgspec.json.Encoder()
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MAYBE_CONTROL = re.compile(rb"\\(?:u00|[bf])|\x7f|\xc2[\x80-\x9f]")
"""How one of them may stand in JSON."""


def place_of(record: Record) -> str:
    """Where in the file a record stands, for people: its pointer, or else its id."""
    pointers = (piece.pointer for piece in record.evidence if piece.pointer)
    return next(pointers, record.id)
