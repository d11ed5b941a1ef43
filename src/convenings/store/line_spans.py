"""Where the tables and the documents of a canonical dataset file stand in its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from convenings.store.changes import KIND_OF_TABLE

_COMMA = ord(",")
_TABLE = re.compile(rb'"(\w+)": \{')
_LINE_FEED = re.compile(rb"\n")
_FIRST_ID = re.compile(rb'\n"[1-9][0-9]*": \{"id":"([^"\\]*)"')
"""The beginning of the line of a document whose first field is its id, as that of every record is."""


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


class Line(NamedTuple):
    """Where a document stands in the bytes, with its doc id and without the comma behind it."""

    table: str
    first: int
    last: int


def tables(data: bytes) -> dict[str, ByteSpan]:
    """Where the tables stand."""
    in_order = list(table_by_table(data))
    if len(spans := dict(in_order)) < len(in_order):
        raise NotCanonical
    return spans


def table_by_table(data: bytes) -> Iterator[tuple[str, ByteSpan]]:
    """Names of the tables and where they stand, in the order of the file; what follows is not looked at yet."""
    at = len(b"{\n") if data.startswith(b"{\n") else len(data)
    while match := _TABLE.match(data, at):
        first = match.end()
        # No text holds a line feed, so this is the end of the table.
        last = first if data.startswith(b"}", first) else data.find(b"\n}", first) + 1
        if last < first:
            break
        yield match[1].decode(), ByteSpan(first, last)
        if data.startswith(b"\n}\n", last + 1) and last + 4 == len(data):
            return
        at = last + 3 if data.startswith(b",\n", last + 1) else len(data)
    raise NotCanonical


def line_at(data: bytes, table: str, at: int) -> Line:
    """The line of a table in which a byte stands."""
    end = data.index(b"\n", at)
    return Line(table, data.rfind(b"\n", 0, at) + 1, end - 1 if data[end - 1] == _COMMA else end)


def lines_of(data: bytes, table: str, span: ByteSpan) -> Iterator[Line]:
    """Every line of a table."""
    at = span.first + 1
    while at < span.last:
        end = data.index(b"\n", at)
        yield Line(table, at, end - 1 if data[end - 1] == _COMMA else end)
        at = end + 1


def record_lines(data: bytes, spans: Mapping[str, ByteSpan]) -> dict[str, int]:
    """Every record by its id, with the first byte of its line, in the order of the file.

    A document that is no record, or shares its id with one before it, goes by a key of its own, ``@`` and its place.
    """
    records: dict[str, int] = {}
    for table in KIND_OF_TABLE:
        if table in spans:
            for ref, first in _ids_of(data, table, spans[table]):
                records[ref if isinstance(ref, str) and ref not in records else f"@{first}"] = first
    return records


def _ids_of(data: bytes, table: str, span: ByteSpan) -> Iterable[tuple[Any, int]]:
    """The id of each document of a table, and the first byte of its line."""
    ids = _FIRST_ID.findall(data, *span)
    # The last line feed stands before the brace.
    firsts = [match.end() for match in _LINE_FEED.finditer(data, span.first, span.last - 1)]
    if len(ids) == len(firsts):
        # Nearly every table is so, and this takes four tenths of the time of decoding.
        return zip(b"\n".join(ids).decode().split("\n"), firsts, strict=True) if ids else ()
    documents = _IDS.decode(b"{%b}" % data[span.first : span.last]).values()
    return zip((document.id for document in documents), firsts, strict=True)


_IDS = msgspec.json.Decoder(dict[str, _Id])
