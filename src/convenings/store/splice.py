"""Changes of a canonical dataset file line by line: what stays is copied, only what changes is encoded.

A save of one record into 57 MB then costs reading and writing 57 MB, and no decoding. The one file stays the whole
truth: a journal beside it would take a record in a fraction of a millisecond, but whoever mails the file, or opens it
with plain TinyDB, would miss the last changes, and two files can come apart.

The bytes are canonical and sound (:func:`~convenings.store.proof.is_sound`, or written by
:func:`~convenings.store.canonical.encode`). Three things follow from that, on which this rests: each table's documents
stand one per line by ascending doc id; a line feed is never part of a text, so that a line which begins with ``}`` ends
a table; and every text is encoded in one way only, so that an id stands in the bytes exactly as it would be encoded.
Bytes that turn out to be otherwise all the same raise :class:`NotCanonical`, and are made canonical first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from convenings.domain.kinds import TABLES
from convenings.store import canonical
from convenings.store.changes import KIND_OF_TABLE
from convenings.store.line_spans import (
    ByteSpan,
    Line,
    NotCanonical,
    line_at,
    lines_of,
    record_lines,
    tables,
)

Document = dict[str, Any]
Pieces = list[bytes | memoryview]
"""What a file is to hold, in parts that follow each other."""

FEW = 8
"""Up to so many ids are searched in the bytes one by one, at about 0.5 ms a megabyte each; then all are decoded."""

_DOC_ID = re.compile(rb'"([1-9][0-9]*)": ')


_NO_SPAN = ByteSpan(0, 0)
_REDIRECTS = msgspec.json.Decoder(dict[str, canonical.Redirect])
_DOCUMENT = msgspec.json.Decoder(dict[str, Any])


class Lines:
    """The records of a file by id, each decoded when it is asked for, and what is to stand in their place.

    A document that is no record, or shares its id with one before it, goes by a key of its own, ``@`` and its place.

    Args:
        data: The bytes of the file.
        known: Lines of the same bytes, which have looked for the tables; what they change is not taken over.
    """

    def __init__(self, data: bytes, known: Lines | None = None) -> None:
        self._data = data
        self.spans: dict[str, ByteSpan] = known.spans if known else tables(data)
        """Table to where it stands in the bytes."""
        self._lines: dict[str, int] | None = None
        """Key to the first byte of the line, of all records; nothing as long as few ids were asked for."""
        self._searched: dict[str, Line | None] = {}
        """What the searches of few ids came to."""
        self._changed: dict[str, bytes | None] = {}
        """Key to the document that is to stand in a line of the file; nothing where the line goes."""
        self._places: dict[str, Line] = {}
        """Key to its line, for what has changed."""
        self._new: dict[str, dict[str, bytes]] = {}
        """Table to id, or key, to the document of each line that is added."""
        self._numbers: dict[str, int] = {}
        """Key to the doc id that a document of a new line is to have, where no other one has it."""
        self.redirects: dict[str, canonical.Redirect] = {}
        """Id that a merge took out of use to its document, as changed so far; :meth:`redirect` changes it."""
        self._redirect_lines: dict[str, Line] = {}
        for number, document in self._redirects():
            self.redirects[document.id] = document
            self._redirect_lines[document.id] = number

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be otherwise."""
        return bool(self._changed) or any(self._new.values())

    def has(self, ref: str) -> bool:
        """Whether there is a record with an id."""
        return ref in self._new.get(_table_of(ref), ()) or (
            self._changed[ref] is not None if ref in self._changed else self._line(ref) is not None
        )

    def encoded(self, key: str) -> bytes | None:
        """The bytes of a document; nothing where there is none."""
        new = self._new.get(_table_of(key), {}).get(key)
        if new is not None or key in self._changed:
            return new or self._changed[key]
        line = self._line(key)
        return self._bytes(line) if line else None

    def document(self, key: str) -> Document | None:
        """A document of its caller's own; nothing where there is none."""
        data = self.encoded(key)
        return None if data is None else _DOCUMENT.decode(data)

    def table(self, key: str) -> str:
        """The table of a document that there is."""
        line = self._line(key)
        return line.table if line else _table_of(key)

    def every_key(self) -> Iterator[str]:
        """The keys of all records, those that are added at the end."""
        changed = self._changed
        yield from (key for key in self._index() if changed.get(key, b"") is not None)
        for table, documents in self._new.items():
            if table in KIND_OF_TABLE:
                yield from documents

    def put(self, key: str, document: bytes) -> None:
        """Have a document in the place of the one with its key, or behind the last one of its table."""
        line = self._line(key)
        if line is None or self._changed.get(key, b"") is None:
            # What goes and comes again gets a line of its own.
            self._new.setdefault(_table_of(key), {})[key] = document
            return
        self._places[key] = line
        self._changed[key] = document

    def drop(self, key: str) -> None:
        """Take a document out."""
        if self._new.get(_table_of(key), {}).pop(key, None) is not None:
            return
        line = self._line(key)
        if line is not None:
            self._places[key] = line
            self._changed[key] = None

    def redirect(self, old: str, redirect: canonical.Redirect | None) -> None:
        """Have an id lead to another one, or no longer."""
        key = f"redirects {old}"
        if redirect is None:
            self.redirects.pop(old, None)
        else:
            self.redirects[old] = redirect
        line = self._redirect_lines.get(old)
        encoded = None if redirect is None else msgspec.json.encode(redirect)
        if line is not None and self._changed.get(key, b"") is not None:
            self._places[key] = line
            self._changed[key] = encoded
        elif encoded is None:
            self._new.get("redirects", {}).pop(key, None)
        else:
            self._new.setdefault("redirects", {})[key] = encoded

    def others(self, table: str) -> dict[str, Document]:
        """Key to document of a table that holds no records, ``imports`` or ``dataset``, as changed so far."""
        lines = {f"{table} {line.first}": line for line in self._lines_of(table)}
        self._places.update(lines)
        documents = {key: self._changed.get(key, self._bytes(line)) for key, line in lines.items()}
        documents |= self._new.get(table, {})
        return {key: _DOCUMENT.decode(document) for key, document in documents.items() if document is not None}

    def put_other(self, table: str, key: str, document: bytes | None) -> None:
        """Have a document in the place of the one with a key of :meth:`others`, or none; added where there is none."""
        if key in self._places:
            self._changed[key] = document
        elif document is None:
            self._new.get(table, {}).pop(key, None)
        else:
            self._new.setdefault(table, {})[key] = document

    def restore(self, key: str, table: str, document: bytes, number: int) -> None:
        """Have a document that once was there in a line with its doc id again; else as :meth:`put`."""
        if key in self._new.get(table, {}) or (self._changed.get(key, b"") is not None and self._line(key) is not None):
            self.put(key, document)
            return
        self._new.setdefault(table, {})[key] = document
        self._numbers[key] = number

    def changes(self) -> Iterator[tuple[str, int, str, bytes | None, bytes | None]]:
        """Table, doc id, key, and the documents before and after, of everything that is to be otherwise."""
        for key, document in self._changed.items():
            line = self._places[key]
            after = self._new.get(line.table, {}).get(key, document)
            if (before := self._bytes(line)) != after:
                yield line.table, _doc_id(self._data, line.first), key, before, after
        for table, documents in self._new.items():
            for key, document in documents.items():
                if key not in self._changed:
                    yield table, self._numbers.get(key, 0), key, None, document

    def pieces(self) -> Pieces:
        """The file as it is to be, none of what stays copied where no line goes."""
        edits: list[tuple[int, int, list[bytes]]] = []
        by_table: dict[str, dict[int, tuple[int, bytes | None]]] = {}
        for key, document in self._changed.items():
            line = self._places[key]
            by_table.setdefault(line.table, {})[line.first] = line.last, document
        names = {*by_table, *(table for table, new in self._new.items() if new)}
        for table in sorted(names, key=canonical.ORDER.index):
            documents = self._new.get(table, {})
            if self._numbers.keys() & documents.keys():
                edits.append(self._renumbered(table, by_table.get(table, {}), documents))
                continue
            added = list(documents.values())
            edits += self._edits_of(table, by_table.get(table, {}), added)
        # Slices of a view copy nothing, whatever the size of the file.
        view, at = memoryview(self._data), 0
        pieces: Pieces = []
        for first, last, new in edits:
            pieces += [view[at:first], *new]
            at = last
        return [*pieces, view[at:]]

    def _edits_of(
        self, table: str, changed: dict[int, tuple[int, bytes | None]], added: list[bytes]
    ) -> Iterator[tuple[int, int, list[bytes]]]:
        """First byte of what is replaced, byte after its last one, and what stands there then, in order."""
        data = self._data
        if table not in self.spans:
            before = canonical.ORDER[: canonical.ORDER.index(table)]
            at = max(self.spans[name].last for name in before if name in self.spans) + 1
            yield at, at, [b',\n"%b": {\n' % table.encode(), _numbered(added, 1), b"\n}"]
            return
        first, last = self.spans[table]
        if any(document is None for _, document in changed.values()):
            yield first, last, self._rewritten(table, changed, added)
            return
        for at in sorted(changed):
            end, document = changed[at]
            assert document is not None
            yield at, end, [b'"%d": ' % _doc_id(data, at), document]
        if not added:
            return
        if first == last:
            yield first, last, [b"\n", _numbered(added, 1), b"\n"]
        else:
            yield last - 1, last - 1, [b",\n", _numbered(added, self._last_number(table) + 1)]

    def _rewritten(self, table: str, changed: dict[int, tuple[int, bytes | None]], added: list[bytes]) -> list[bytes]:
        """The inside of a table of which some lines go."""
        rows = []
        for line in self._lines_of(table):
            end, document = changed.get(line.first, (line.last, b""))
            if document:
                rows.append(b'"%d": %b' % (_doc_id(self._data, line.first), document))
            elif document is not None:
                rows.append(self._data[line.first : end])
        if added:
            rows.append(_numbered(added, self._last_number(table) + 1))
        return [b"\n", b",\n".join(rows), b"\n"] if rows else []

    def _renumbered(
        self, table: str, changed: dict[int, tuple[int, bytes | None]], new: dict[str, bytes]
    ) -> tuple[int, int, list[bytes]]:
        """The whole of a table into which documents come back with the doc ids that they had."""
        rows: dict[int, bytes] = {}
        for line in self._lines_of(table):
            _, document = changed.get(line.first, (0, self._bytes(line)))
            if document is not None:
                rows[_doc_id(self._data, line.first)] = document
        last = max(rows, default=0)
        for key, document in new.items():
            number = self._numbers.get(key, 0)
            if not number or number in rows:
                number = last + 1
            last = max(last, number)
            rows[number] = document
        inside = b",\n".join([b'"%d": %b' % (number, rows[number]) for number in sorted(rows)])
        if table in self.spans:
            return *self.spans[table], [b"\n", inside, b"\n"]
        before = canonical.ORDER[: canonical.ORDER.index(table)]
        at = max(self.spans[name].last for name in before if name in self.spans) + 1
        return at, at, [b',\n"%b": {\n' % table.encode(), inside, b"\n}"]

    def _last_number(self, table: str) -> int:
        first, last = self.spans[table]
        return _doc_id(self._data, self._data.rfind(b"\n", first, last - 1) + 1)

    def _redirects(self) -> Iterator[tuple[Line, canonical.Redirect]]:
        first, last = self.spans.get("redirects", (0, 0))
        documents = _REDIRECTS.decode(b"{%b}" % self._data[first:last]).values()
        return zip(self._lines_of("redirects"), documents, strict=True)

    def _lines_of(self, table: str) -> Iterator[Line]:
        """Every line of a table."""
        return lines_of(self._data, table, self.spans.get(table, _NO_SPAN))

    def _line(self, key: str) -> Line | None:
        """Where the document with a key stands in the file."""
        if self._lines is None:
            if key not in self._searched and len(self._searched) < FEW:
                self._searched[key] = next(self._search(key), None)
            if key in self._searched:
                return self._searched[key]
        first = self._index().get(key)
        return None if first is None else line_at(self._data, self._table_at(first), first)

    def _index(self) -> dict[str, int]:
        if self._lines is None:
            self._lines = record_lines(self._data, self.spans)
        return self._lines

    def changed_keys(self) -> Iterator[str]:
        """The keys of the records that are to be otherwise than the file has them, those that are added at the end."""
        yield from (key for key, line in self._places.items() if line.table in KIND_OF_TABLE and self._changed.get(key))
        yield from (key for table, documents in self._new.items() if table in KIND_OF_TABLE for key in documents)

    def places_of(self, needle: bytes) -> Iterator[int]:
        """Where some bytes stand in the records of the file."""
        for table in KIND_OF_TABLE:
            first, last = self.spans.get(table, _NO_SPAN)
            while (first := self._data.find(needle, first, last)) >= 0:
                yield first
                first += len(needle)

    def matches_of(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Where a pattern matches in the records of the file."""
        for table in KIND_OF_TABLE:
            yield from pattern.finditer(self._data, *self.spans.get(table, _NO_SPAN))

    def keys_at(self, places: Iterable[int]) -> Iterator[str]:
        """Key of each record of the file in which a byte stands, each once; places ascend."""
        end = 0
        for at in places:
            if at >= end:
                line = line_at(self._data, self._table_at(at), at)
                end = line.last
                ref = _DOCUMENT.decode(self._bytes(line)).get("id")
                yield ref if isinstance(ref, str) and self._line(ref) == line else f"@{line.first}"

    def _table_at(self, at: int) -> str:
        return next(table for table, span in self.spans.items() if span.first <= at < span.last)

    def documents_with(self, needle: bytes) -> Iterator[tuple[str, bytes]]:
        """Kind and document, as the file has it, of every record in which some bytes stand."""
        return ((KIND_OF_TABLE[line.table], self._bytes(line)) for line in self._lines_with(needle))

    def _search(self, ref: str) -> Iterator[Line]:
        """Every line with a record that has an id."""
        try:
            needle = b'"id":' + msgspec.json.encode(ref)
        except UnicodeEncodeError:
            return
        # Also something inside a document may have an id, where that is no record that we know.
        yield from (line for line in self._lines_with(needle) if _DOCUMENT.decode(self._bytes(line)).get("id") == ref)

    def _lines_with(self, needle: bytes) -> Iterator[Line]:
        end = 0
        for at in self.places_of(needle):
            if at >= end:
                line = line_at(self._data, self._table_at(at), at)
                end = line.last
                yield line

    def _bytes(self, line: Line) -> bytes:
        """The document in a line."""
        return self._data[self._data.index(b" ", line.first) + 1 : line.last]


def _table_of(key: str) -> str:
    return TABLES.get(key.partition("/")[0], "")


def _numbered(documents: list[bytes], number: int) -> bytes:
    """Lines of documents, with doc ids from a number on."""
    return b",\n".join([b'"%d": %b' % (at, document) for at, document in enumerate(documents, number)])


def _doc_id(data: bytes, at: int) -> int:
    """The number that the line of a document begins with."""
    match = _DOC_ID.match(data, at)
    if match is None:
        raise NotCanonical
    return int(match[1])
