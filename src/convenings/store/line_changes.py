"""What becomes of single documents of a dataset file, and where two states of a file differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from convenings.domain.edits import Change
from convenings.domain.kinds import kind_of
from convenings.domain.records import Record
from convenings.store.changes import KIND_OF_TABLE
from convenings.store.decoding import decode
from convenings.store.line_spans import ByteSpan, NotCanonical, tables
from convenings.store.splice import Lines

NOTHING = msgspec.Raw(b"null")
"""In place of a document that is not there."""


class LineChange(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What becomes of one document."""

    table: str
    number: int
    """Its doc id; of one that goes, the one that it had."""
    id: str
    """Of a record its id, of a redirect the one that leads elsewhere, of an import its source; else empty."""
    before: msgspec.Raw = NOTHING
    """Its canonical JSON."""
    after: msgspec.Raw = NOTHING

    @property
    def is_of_record(self) -> bool:
        """Whether it is a record, and no other document."""
        return self.table not in ("dataset", "redirects", "imports")


class _Names(msgspec.Struct, gc=False):
    """What a document may be called by."""

    id: object = None
    source: object = None


_LINE = re.compile(rb'"([0-9]+)": (.*?),?', re.DOTALL)
_NAMES = msgspec.json.Decoder(_Names)


def name_of(table: str, document: bytes | memoryview) -> str:
    """What a document is called by; see :attr:`LineChange.id`."""
    try:
        names = _NAMES.decode(document)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ""
    name = names.source if table == "imports" else "" if table == "dataset" else names.id
    return name if isinstance(name, str) else ""


def changes_of(lines: Lines) -> list[LineChange]:
    """What some lines are to be otherwise."""
    return [
        LineChange(
            table,
            number,
            # The key of a record is its id, as far as the file has it once.
            key if table in KIND_OF_TABLE and not key.startswith("@") else name_of(table, after or before or b""),
            NOTHING if before is None else msgspec.Raw(before),
            NOTHING if after is None else msgspec.Raw(after),
        )
        for table, number, key, before, after in lines.changes()
    ]


def change_of(change: LineChange) -> Change:
    """What becomes of a record, decoded.

    Raises:
        BadRecord: It is none of the data model.
    """
    return Change(_record(change, change.before), _record(change, change.after))


def _record(change: LineChange, document: msgspec.Raw) -> Record | None:
    return None if document == NOTHING else decode(kind_of(change.id), document)


def differences(before: bytes, after: bytes) -> list[LineChange]:
    """The documents in which two canonical files differ, in time that grows with their size alone.

    Raises:
        NotCanonical: One of them is not canonical.
    """
    spans, new_spans = tables(before), tables(after)
    changes: list[LineChange] = []
    for table in {**spans, **new_spans}:
        lines, new_lines = _lines(before, spans.get(table)), _lines(after, new_spans.get(table))
        # Nearly all lines are in both, and need not be looked at.
        gone = dict(_documents(table, lines - new_lines))
        for number, name, document in _in_order(table, new_lines - lines):
            _, former = gone.pop(name or str(number), (0, NOTHING))
            if bytes(former) != document:
                changes.append(LineChange(table, number, name, former, msgspec.Raw(document)))
        changes += [LineChange(table, number, name, former) for name, (number, former) in gone.items()]
    return changes


def _lines(data: bytes, span: ByteSpan | None) -> set[bytes]:
    if span is None or span.first == span.last:
        return set()
    return {line.removesuffix(b",") for line in data[span.first + 1 : span.last - 1].split(b"\n")}


def _documents(table: str, lines: set[bytes]) -> Iterator[tuple[str, tuple[int, msgspec.Raw]]]:
    for number, name, document in _in_order(table, lines):
        yield name or str(number), (number, msgspec.Raw(document))


def _in_order(table: str, lines: set[bytes]) -> Sequence[tuple[int, str, bytes]]:
    documents = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise NotCanonical
        documents.append((int(match[1]), name_of(table, match[2]), match[2]))
    return sorted(documents)
