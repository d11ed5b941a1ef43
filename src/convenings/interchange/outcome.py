"""What came of reading a file, as bytes that one process gives to another one, which makes records of them again in
:mod:`~convenings.interchange.arrivals`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Import
from convenings.domain.records import Record, Source
from convenings.interchange.reading import Reading, Skipped
from convenings.store.canonical import Info

Runs = list[tuple[str, msgspec.Raw]]
"""Kinds, each with its records in a run."""


class Part(msgspec.Struct):
    """Records that are done before the end of the file, as they are sent."""

    records: Runs
    keys: dict[str, str]
    """Ids of them, each with the key by which the file knows the thing."""
    skipped: list[Skipped]
    """What of them cannot be sent."""


class Summary(msgspec.Struct, kw_only=True):
    """What a reader says of a file besides its records; the fields are those of
    :class:`~convenings.interchange.reading.Reading`."""

    format: str
    """Name of the format that read it."""
    source: Source
    skipped: list[Skipped]
    remarks: list[str]
    no_home: dict[str, int]
    left_out: dict[str, int]
    mapping: dict[str, str]
    info: Info | None
    redirects: dict[str, str]
    imports: list[Import]


class Rest(Summary, kw_only=True):
    """What is sent at the end, with the records that no part had."""

    records: Runs
    keys: dict[str, str]
    """Without those of records that a part had."""


_ENCODER = msgspec.msgpack.Encoder()
_UNFIT = (UnicodeEncodeError, TypeError, OverflowError, RecursionError)
"""What is raised for a record that cannot be sent."""


def encode(reading: Reading, format_name: str) -> bytes:
    """What a reading gives, as the bytes of a :class:`Rest`; a record with text that is no Unicode is skipped and
    told."""
    skipped = list(reading.skipped)
    by_kind = _by_kind(reading.records.values())
    try:
        # The records of a large table are written where they are sent from, and not copied there.
        return _ENCODER.encode(_rest(reading, format_name, skipped, by_kind))
    except _UNFIT:
        runs = {kind: msgspec.Raw(_encoded(records, skipped)) for kind, records in by_kind.items()}
        return _ENCODER.encode(_rest(reading, format_name, skipped, runs))


def encode_part(records: Iterable[Record], keys: dict[str, str]) -> bytes:
    """Records and their keys as the bytes of a :class:`Part`; one with text that is no Unicode is skipped and told."""
    by_kind: dict[str, Any] = _by_kind(records)
    try:
        return _ENCODER.encode(Part(list(by_kind.items()), keys, []))
    except _UNFIT:
        skipped: list[Skipped] = []
        runs = [(kind, msgspec.Raw(_encoded(each, skipped))) for kind, each in by_kind.items()]
        return _ENCODER.encode(Part(runs, _clean(keys), _clean(skipped)))


def _by_kind(records: Iterable[Record]) -> dict[str, list[Record]]:
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(KIND_OF_STRUCT[type(record)], []).append(record)
    return by_kind


def _rest(reading: Reading, format_name: str, skipped: list[Skipped], runs: dict[str, Any]) -> Rest:
    return Rest(
        format=format_name,
        source=_clean(reading.source),
        records=list(runs.items()),
        keys=_clean(reading.keys_left()),
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
    except _UNFIT:
        sound = []
        for record in records:
            try:
                sound.append(msgspec.Raw(_ENCODER.encode(record)))
            except _UNFIT:
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


def place_of(record: Record) -> str:
    """Where in the file a record stands, for people: its pointer, or else its id."""
    pointers = (piece.pointer for piece in record.evidence if piece.pointer)
    return next(pointers, record.id)
