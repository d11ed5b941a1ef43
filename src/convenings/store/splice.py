"""Changes of a canonical dataset file line by line: what stays is copied, only what changes is encoded.

A save of one record into 57 MB then costs reading and writing 57 MB, and no decoding. The one file stays the whole
truth: a journal beside it would take a record in a fraction of a millisecond, but whoever mails the file, or opens it
with plain TinyDB, would miss the last changes, and two files can come apart.

The functions take bytes that are canonical and sound (:func:`~convenings.store.proof.is_sound`, or written by
:func:`~convenings.store.canonical.encode` after the same checks). Three things follow from that, on which they rest:
each table's documents stand one per line by ascending doc id; a line feed is never part of a text, so that a line which
begins with ``}`` ends a table; and every text is encoded in one way only, so that an id which is taken stands in the
bytes exactly as it would be encoded. Bytes that are found to be otherwise all the same raise :class:`NotCanonical`, and
the change is to be made the whole way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from convenings.domain.records import Record
from convenings.store import canonical, changes

Pieces = list[bytes | memoryview]
"""What a file is to hold, in parts that follow each other."""

FEW = 4
"""Up to so many ids are searched in the bytes one by one, at about 0.5 ms a megabyte each; for more all are decoded."""

_Edit = tuple[int, int, bytes]
"""First byte of what is replaced, byte after its last one, and what stands there then."""

_COMMA = ord(",")
_TABLE = re.compile(rb'"(\w+)": \{')
_DOC_ID = re.compile(rb'"([1-9][0-9]*)": ')


class NotCanonical(ValueError):
    """Bytes are not what a splice rests on."""


class _Id(msgspec.Struct, gc=False):
    """The only field of a document that tells whether an id is taken; no text where the document is no record."""

    id: Any = None


class ByteSpan(NamedTuple):
    """A table in the bytes of a file."""

    first: int
    """Byte after the brace that opens it."""
    last: int
    """The brace that closes it."""


_IDS = msgspec.json.Decoder(dict[str, dict[str, _Id]])


def insert(data: bytes, records: Iterable[Record], file: str) -> Pieces:
    """The file with records added; raises as :func:`~convenings.store.changes.insert`."""
    spans, records = tables(data), list(records)
    new: dict[str, list[changes.Document]] = defaultdict(list)
    for table, document in changes.free(records, _is_used_in(data, len(records)), file):
        new[table].append(document)
    edits = [_append(data, spans, table, new[table]) for table in sorted(new, key=canonical.ORDER.index)]
    return _pieces(data, edits)


def update(data: bytes, record: Record, file: str) -> Pieces:
    """The file with a record in the place of the one that has its id; raises as
    :func:`~convenings.store.changes.update`."""
    spans = tables(data)
    table, document = changes.documented(record, file)
    for first, last in _lines(data, record.id, *spans.get(table, (0, 0))):
        return _pieces(data, [(first, last, canonical.rows(table, [(_doc_id(data, first), document)]))])
    raise changes.absent(record.id, file)


def tables(data: bytes) -> dict[str, ByteSpan]:
    """Where the tables stand."""
    spans: dict[str, ByteSpan] = {}
    at = len(b"{\n") if data.startswith(b"{\n") else len(data)
    while match := _TABLE.match(data, at):
        first = match.end()
        # No text holds a line feed, so this is the end of the table.
        last = first if data.startswith(b"}", first) else data.find(b"\n}", first) + 1
        name = match[1].decode()
        if last < first or name in spans:
            break
        spans[name] = ByteSpan(first, last)
        if data.startswith(b"\n}\n", last + 1) and last + 4 == len(data):
            return spans
        if not data.startswith(b",\n", last + 1):
            break
        at = last + 3
    raise NotCanonical


def _append(data: bytes, spans: dict[str, ByteSpan], table: str, documents: list[Any]) -> _Edit:
    """Documents put behind the last one of a table."""
    if table not in spans:
        before = canonical.ORDER[: canonical.ORDER.index(table)]
        at = max(spans[name].last for name in before if name in spans) + 1
        return at, at, b",\n" + canonical.table(table, enumerate(documents, 1))
    first, last = spans[table]
    if first == last:
        return first, last, b"\n" + canonical.rows(table, enumerate(documents, 1)) + b"\n"
    number = _doc_id(data, data.rfind(b"\n", first, last - 1) + 1)
    return last - 1, last - 1, b",\n" + canonical.rows(table, enumerate(documents, number + 1))


def _doc_id(data: bytes, at: int) -> int:
    """The number that the line of a document begins with."""
    match = _DOC_ID.match(data, at)
    if match is None:
        raise NotCanonical
    return int(match[1])


def _pieces(data: bytes, edits: list[_Edit]) -> Pieces:
    """The bytes with some of them replaced, none of the rest copied; the edits are in order."""
    # Slices of a view copy nothing, whatever the size of the file.
    view, at = memoryview(data), 0
    pieces: Pieces = []
    for first, last, new in edits:
        pieces += [view[at:first], new]
        at = last
    return [*pieces, view[at:]]


def _is_used_in(data: bytes, count: int) -> Callable[[str], bool]:
    """Tells whether an id is that of a record or was before a merge, in the way that is quicker for so many."""
    if count <= FEW:
        return lambda ref: any(True for _ in _lines(data, ref, 0, len(data)))
    every = (document.id for table in _IDS.decode(data).values() for document in table.values())
    return {ref for ref in every if isinstance(ref, str)}.__contains__


def _lines(data: bytes, ref: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """First byte, and byte after the last one, of every line between two places that is a document with an id."""
    try:
        needle = b'"id":' + msgspec.json.encode(ref)
    except UnicodeEncodeError:
        return
    while (at := data.find(needle, first, last)) >= 0:
        begin, first = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        end = first - 1 if data[first - 1] == _COMMA else first
        # Also something inside a document may have an id, where that is no record that we know.
        document = msgspec.json.decode(memoryview(data)[data.index(b" ", begin) + 1 : end], type=dict[str, Any])
        if document.get("id") == ref:
            yield begin, end
