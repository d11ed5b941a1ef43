"""What came of reading a file, as it arrives from whoever reads it: typed records again, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from convenings.domain.kinds import KINDS
from convenings.domain.record_values import Evidence
from convenings.domain.records import Record
from convenings.interchange.outcome import Part, Rest, Runs, Summary
from convenings.interchange.reading import Skipped
from convenings.interchange.sifting import FirstLook
from convenings.store import decoding


class Outcome(Summary, kw_only=True):
    """What came of reading a file."""

    records: dict[str, Record]
    keys: dict[str, str]
    """Id of each record to the key by which the file knows the thing."""
    hashes: dict[str, str]
    """Id of each record to its :func:`record_hash`."""
    first_look: FirstLook
    """What a first look at the records came to."""


class Arrivals:
    """Makes records of the bytes that a reader gives, each part while the next one is being read.

    Args:
        first_look: Looks at the records as they arrive.
    """

    def __init__(self, first_look: FirstLook) -> None:
        self._first_look = first_look
        self._records: dict[str, dict[str, Record]] = {}
        """Kind, in the order in which the file has the first of each, to its records by id."""
        self._keys: dict[str, str] = {}
        self._hashes: dict[str, str] = {}
        self._skipped: list[Skipped] = []
        self._wholes: dict[str, Evidence] = {}
        """Pointer to an element of the file to the first evidence that points there."""

    def take(self, part: bytes) -> None:
        """Take a part; a record that does not fit the data model is skipped and told."""
        each = msgspec.msgpack.decode(part, type=Part)
        self._skipped += each.skipped
        self._put(each.records, each.keys)

    def outcome(self, rest: bytes) -> Outcome:
        """What came of the file, once the rest is there, too."""
        wire = msgspec.msgpack.decode(rest, type=Rest)
        self._put(wire.records, wire.keys)
        return Outcome(
            format=wire.format,
            source=wire.source,
            records={ref: record for records in self._records.values() for ref, record in records.items()},
            keys=self._keys,
            skipped=wire.skipped + self._skipped,
            remarks=wire.remarks,
            no_home=wire.no_home,
            left_out=wire.left_out,
            mapping=wire.mapping,
            info=wire.info,
            redirects=wire.redirects,
            imports=wire.imports,
            hashes=self._hashes,
            first_look=self._first_look,
        )

    def _put(self, runs: Runs, keys: dict[str, str]) -> None:
        for kind, run in runs:
            records = self._records.setdefault(kind, {})
            for each in _decoded(kind, run, self._skipped):
                # As JSON once, for both looks at its text.
                record, encoded = each, _JSON.encode(each)
                if _may_steer(encoded):
                    record = _without_controls(each)
                    encoded = _JSON.encode(record)
                # By the id as the record has it, which is then there once and not once for each of its keys.
                if (key := keys.pop(record.id, None)) is not None:
                    self._keys[record.id] = key
                self._hashes[record.id] = _hash(encoded)
                self._first_look.look(kind, record)
                self._share(record.evidence)
                records[record.id] = record
        self._keys |= keys

    def _share(self, evidence: list[Evidence]) -> None:
        """Let records of one element have one evidence, as their reader did: a tenth of the memory of a large table."""
        if evidence:
            shared = self._wholes.setdefault(evidence[0].pointer, evidence[0])
            if shared is not evidence[0] and shared == evidence[0]:
                evidence[0] = shared


def record_hash(record: Record) -> str:
    """What tells whether a record is still as it was imported."""
    return _hash(_JSON.encode(record))


def _hash(encoded: bytes) -> str:
    return sha256(encoded).hexdigest()[:16]


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


def _may_steer(encoded: bytes) -> bool:
    """Whether a record, as JSON, may have characters that steer a terminal; line breaks and tabs are none of them."""
    # To look for three bytes takes a tenth of the time of the pattern, which most records are spared by it.
    is_likely = b"\\" in encoded or b"\x7f" in encoded or b"\xc2" in encoded
    return is_likely and _MAYBE_CONTROL.search(encoded) is not None


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


_JSON = msgspec.json.Encoder()
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MAYBE_CONTROL = re.compile(rb"\\(?:u00|[bf])|\x7f|\xc2[\x80-\x9f]")
"""How one of them may stand in JSON."""
