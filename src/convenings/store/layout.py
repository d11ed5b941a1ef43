"""Where the documents of a dataset file stand in its bytes, and what is wrong with bytes that are no such file."""

from __future__ import annotations

import gc
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from convenings.domain.errors import BadInput

T = TypeVar("T")

_MEMBER = re.compile(rb'\s*,?\s*("(?:[^"\\]|\\.)*")\s*:\s*')
_END = re.compile(rb"\s*\}")
_AT_BYTE = re.compile(r" \(byte (\d+)\)$")
_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])
_PLAIN = msgspec.json.Decoder(dict[str, dict[str, dict[str, Any]]])
PIECE = 1 << 16
"""Bytes that are decoded together."""
_MARK = b"\xef\xbb\xbf"
"""The byte order mark, which Windows puts before a text."""
_RESTORE = "restore it from its backup (.convenings.bak) or from where it came"
_MAKE = "'convenings import' makes a dataset of a table, calendar or schedule, 'convenings draft' of a report"
_CHOOSE = f"choose a dataset file that Convenings wrote; {_MAKE}"


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the garbage collector from walking over what is being decoded, which holds no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Layout:
    """The tables of a TinyDB file with the places of their documents, whatever the white space between them.

    Args:
        data: the bytes of the file.
        file: its name, for messages.
        table: where ``data`` are those of one table alone, as :meth:`place` tells of them, its name; places then count
            from its first byte.

    Raises:
        BadInput: the bytes are empty, cut off, not UTF-8 (with the byte), not JSON (with line and column), or not an
            object of tables, each of which stands there once, that are objects of documents.
    """

    def __init__(self, data: bytes, file: str, *, table: str = "") -> None:
        self.data = data
        self.file = file
        self._tables: dict[str, msgspec.Raw] = {}
        self._braces: dict[str, int] = {}
        """Table to the offset of the brace that opens it."""
        if table:
            # The file was checked when the places of its tables were found.
            self._tables[table], self._braces[table] = msgspec.Raw(data), 0
            return
        self._tables = _decode(_RAW, data, file)
        for name, content in self._tables.items():
            if bytes(memoryview(content)[:1]) != b"{":
                what, hint = "the table is not an object of numbered documents", 'write it as {"1": {...}}'
                raise BadInput(what, file=file, place=name, hint=hint)
        self._braces.update((name, at) for name, at, _ in self._members(self._tables, data.index(b"{"), "the file"))

    @property
    def tables(self) -> list[str]:
        """Names of the tables, in the order of the file."""
        return list(self._tables)

    def place(self, table: str) -> tuple[int, int]:
        """Offset and length in bytes of the object that is a table."""
        return self._braces[table], len(memoryview(self._tables[table]))

    def documents(self, table: str) -> dict[str, msgspec.Raw]:
        """Doc id to the undecoded bytes of the document, for all of a table; none where there is no such table."""
        return _RAW.decode(self._tables[table]) if table in self._tables else {}

    def decoded(self, table: str, decoder: msgspec.json.Decoder[dict[str, T]]) -> list[T]:
        """Every document of a table, decoded all at once, in the order of :meth:`spans`; a doc id that stands twice is
        for those to find.

        Raises:
            msgspec.MsgspecError: a document is not what the decoder reads.
        """
        return list(decoder.decode(self._tables[table]).values()) if table in self._tables else []

    def spans(self, table: str) -> Iterator[tuple[str, int, int]]:
        """Doc id, offset and length in bytes of every document of a table, in the order of the file.

        Raises:
            BadInput: a doc id stands twice, of which JSON readers keep only the last one, or is no number.
        """
        return self._members(self.documents(table), self._braces.get(table, 0), table, numbered=True)

    def _members(
        self, members: Mapping[str, msgspec.Raw], brace: int, place: str, *, numbered: bool = False
    ) -> Iterator[tuple[str, int, int]]:
        """Key, offset and length of the members of the object that opens with the brace, if it has any."""
        data, at, previous = self.data, brace + 1, ""
        for key, raw in members.items():
            if numbered and not (key.isascii() and key.isdigit() and key[0] != "0"):
                what, hint = f"the doc id '{key}' is not a plain number", "number the documents from 1"
                raise BadInput(what, file=self.file, place=place, hint=hint)
            # As the program writes it, which needs no pattern, or else as JSON may be written.
            usual = f',\n"{key}": '.encode()
            if data.startswith(usual, at):
                at += len(usual)
            else:
                match = _MEMBER.match(data, at)
                if match is None or (match[1][1:-1] != key.encode() and _unescaped(match[1]) != key):
                    raise self._twice(previous or key, place)
                at = match.end()
            # msgspec keeps the last of two equal keys, at the place of the first: the bytes here are then others.
            document, previous = memoryview(raw), key
            if not data.startswith(document, at):
                raise self._twice(key, place)
            length = len(document)
            yield key, at, length
            at += length
        if members and not _END.match(data, at):
            raise self._twice(previous, place)

    def _twice(self, near: str, place: str) -> BadInput:
        what = f"a key stands twice in one object, at or near '{near}', so that one of the two would be lost"
        return BadInput(what, file=self.file, place=place, hint="give each its own key")


def parse(data: bytes, file: str) -> dict[str, dict[str, dict[str, Any]]]:
    """The tables of a TinyDB file, decoded.

    Raises:
        BadInput: as for :class:`Layout`, or a document is not an object.
    """
    with collector_off():
        return _decode(_PLAIN, data, file)


def _decode(decoder: msgspec.json.Decoder[T], data: bytes, file: str) -> T:
    if data.startswith(_MARK):
        # What some editors put before a text is none of it; with blanks in its place all else stays where it is.
        data = b" " * len(_MARK) + data[len(_MARK) :]
    _check_text(data, file)
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        what = "the file is JSON, but not an object of tables of numbered documents"
        raise BadInput(what, file=file, hint=_CHOOSE) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise _malformed(data, error, file) from error


def _check_text(data: bytes, file: str) -> None:
    """Refuse bytes that hold nothing, or that are not UTF-8."""
    if not data or data.isspace():
        raise BadInput("the file is empty", file=file, hint=_RESTORE)
    if not data.isascii() and (at := _no_text(data)) >= 0:
        hint = "save it as UTF-8" if _begins_like_ours(data) else f"{_MAKE}; a dataset is UTF-8"
        raise BadInput("the text is not UTF-8", file=file, place=f"byte {at} ({_place(data, at)})", hint=hint)


def _begins_like_ours(data: bytes) -> bool:
    """Whether a file may be a damaged dataset, rather than a file of another format."""
    return data.removeprefix(_MARK).lstrip()[:1] == b"{"


def _no_text(data: bytes) -> int:
    """Where bytes are not UTF-8, or -1; a piece at a time, as the whole text would take several times the room."""
    decoder = getincrementaldecoder("utf-8")()
    view = memoryview(data)
    for start in range(0, len(data), PIECE):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(view[start : start + PIECE], final=start + PIECE >= len(data))
        except UnicodeDecodeError as error:
            return start - pending + error.start
    return -1


def _malformed(data: bytes, error: Exception, file: str) -> BadInput:
    """What is wrong with bytes that are no JSON, with line and column."""
    if isinstance(error, RecursionError):
        return BadInput("the file is nested too deeply", file=file, hint=_CHOOSE)
    message = str(error).removeprefix("JSON is malformed: ")
    byte = _AT_BYTE.search(message)
    if byte:
        at, what = int(byte[1]), f"the file is not JSON ({message[: byte.start()]})"
        hint = f"correct it there, or {_RESTORE}" if _begins_like_ours(data) else f"{_MAKE}; a damaged one: {_RESTORE}"
        return BadInput(what, file=file, place=_place(data, at), hint=hint)
    # msgspec says neither whether the file ends too early nor where; the standard library does, which no start loads.
    import json

    try:
        json.loads(data)
    except json.JSONDecodeError:
        what = "the file is cut off before its end"
        return BadInput(what, file=file, place=_place(data, len(data.rstrip())), hint=_RESTORE)
    except RecursionError:
        return BadInput("the file is nested too deeply", file=file, hint=_CHOOSE)
    return BadInput("the file has an escape that is no character", file=file, hint="write that character as it is")


def _place(data: bytes, at: int) -> str:
    """Line and column of a byte, both from 1."""
    before = data[data.rfind(b"\n", 0, at) + 1 : at]
    line = data.count(b"\n", 0, at) + 1
    return f"line {line}, column {len(before.decode('utf-8', 'replace')) + 1}"


def _unescaped(key: bytes) -> object:
    return msgspec.json.decode(key)
