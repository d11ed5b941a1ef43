"""Tables as JSON: a list of objects, an object of objects, either within an object, or an object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecodeError
from typing import Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.interchange.tables.cells import Sheet

_SPACE = re.compile(r"[ \t\r\n]*")


def fits_json(head: bytes, name: str) -> int:
    """How sure it is that a file is JSON with a table; see :class:`~convenings.interchange.registry.Format`."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if re.match(rb"\[\s*(?:\{|\])", start):
        return 30
    # A comment is no JSON, which this reader says better than none.
    if re.match(rb'(?://|/\*|\[\s*(?://|/\*)|\{\s*(?:"|//|/\*|\}))', start):
        return 20
    return 0


def fits_lines(head: bytes, name: str) -> int:
    """How sure it is that a file has a JSON object a line."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:4] if line.strip()]
    if not lines or not lines[0].lstrip().startswith(b"{"):
        return 0
    if name.casefold().endswith((".jsonl", ".ndjson", ".jsonlines")):
        return 60
    try:
        whole = [json.loads(line) for line in lines[:2]]
    except (ValueError, RecursionError):
        return 0
    return 45 if len(whole) == 2 and all(isinstance(each, dict) for each in whole) else 0


def sheets_of(data: bytes, name: str, *, by_line: bool = False) -> list[Sheet]:
    """The tables of a file; the first row of each has the names of all its objects.

    Args:
        data: Bytes of the file.
        name: Its name, for messages.
        by_line: Whether each line is an object of its own.

    Raises:
        BadInput: it is no JSON, or has no objects.
    """
    text, start = _decoded(data, name)
    try:
        tables = [_Table("", list(_by_line(text, name)))] if by_line else _tables(text, name)
        sheets = [_sheet(text, start, each) for table in tables for each in _inner(table) if each.items]
    except RecursionError:
        raise BadInput("its objects stand too deep in each other", file=name, hint="flatten them") from None
    if not sheets:
        raise BadInput("there is no list of objects in it", file=name, hint="a table is a list of objects")
    return sheets


def _decoded(data: bytes, name: str) -> tuple[str, int]:
    """Text of a file and how many bytes stand before it."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    encoding = "utf-8" if start else json.detect_encoding(data)
    try:
        return data[start:].decode(encoding), start if encoding == "utf-8" else -1
    except UnicodeDecodeError as error:
        raise BadInput(
            "the text is not UTF-8", file=name, place=f"byte {error.start}", hint="save it as UTF-8"
        ) from None


_Item = tuple[str, dict[str, Any], int, int]
"""Pointer, object, and its first character and that after its last."""


class _Table(msgspec.Struct):
    """Objects that are the rows of a table."""

    name: str
    """Under which they stand in the file."""
    items: list[_Item]
    strays: list[str] = []
    """Pointers of what stands among them and is no object."""


_SESSIONS = frozenset(
    ("sessions", "talks", "events", "meetings", "presentations", "lectures", "items", "rooms", "slots")
)
"""Names of lists in the objects of a list that only groups what stands in them."""
_LABELS = frozenset(("title", "subject", "summary", "topic", "date", "start"))


def _inner(table: _Table) -> list[_Table]:
    """A table; where its objects do no more than group those of lists in them, the tables of these."""
    lists = dict.fromkeys(
        name
        for _, value, _, _ in table.items
        for name, each in value.items()
        if name.casefold() in _SESSIONS and _has_objects(each)
    )
    is_titled = any("title" in value for _, value, _, _ in table.items)
    if not lists or is_titled:
        return [table]
    tables: list[_Table] = []
    for name in lists:
        inner = _Table(f"{table.name}/{name}".strip("/"), [])
        for pointer, value, start, end in table.items:
            around = {key: each for key, each in value.items() if isinstance(each, str) and key not in ("id", "sort")}
            for number, item in enumerate(value.get(name) or ()):
                place = f"{pointer}/{_escaped(name)}/{number}"
                if isinstance(item, dict):
                    inner.items.append((place, _grouped(around, item, table.name), start, end))
                else:
                    inner.strays.append(place)
        tables += _inner(inner)
    return tables


def _grouped(around: dict[str, str], item: dict[str, Any], group: str) -> dict[str, Any]:
    """An object with what its group says of it, and what it does not say itself."""
    return {("room" if key == "name" and "room" in group else key): each for key, each in around.items()} | item


def _decoder() -> json.JSONDecoder:
    def no_constant(word: str) -> None:
        raise ValueError(f"{word} is no JSON")

    # Numbers stay as they are written: 007 is none, and 1e3 is not 1000.
    return json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=no_constant)


def _tables(text: str, name: str) -> list[_Table]:
    """The lists of objects, and objects of objects, of a file."""
    decoder = _decoder()
    try:
        at = _after_space(text, 0)
        if text[at : at + 1] == "[":
            table, end = _of_list(decoder, text, at, "")
            tables = [table]
        else:
            tables, end = _of_object(decoder, text, at)
        _expect_end(text, end)
    except JSONDecodeError as error:
        raise _fault(text, error, name) from None
    except ValueError as error:
        raise BadInput(str(error), file=name, hint="write null, or a number") from None
    return tables


def _expect_end(text: str, end: int) -> None:
    rest = _after_space(text, end)
    if rest < len(text):
        raise JSONDecodeError("Extra data", text, rest)


def _fault(text: str, error: JSONDecodeError, name: str) -> BadInput:
    """What is wrong with JSON, for people."""
    place = f"line {error.lineno}, column {error.colno}"
    behind = text[error.pos : error.pos + 2]
    comment = re.compile(r"[\s,]*(//|/\*|#)").match(text, error.pos)
    if comment:
        place = f"line {text.count(chr(10), 0, comment.start(1)) + 1}"
        return BadInput("there is a comment, which JSON has none of", file=name, place=place, hint="take comments out")
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return BadInput("the file ends before its JSON does", file=name, place=place, hint="it may have been cut")
    before = text[: error.pos].rstrip()[-1:]
    if before == "," and behind[:1] in "]}":
        return BadInput("a comma stands before the end", file=name, place=place, hint="take it out")
    return BadInput("it is no JSON", file=name, place=place, hint="correct it there, or export it again")


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _of_list(decoder: json.JSONDecoder, text: str, at: int, pointer: str) -> tuple[_Table, int]:
    """Objects of the list that begins at a character, and the character after it."""
    table = _Table(pointer.removeprefix("/"), [])
    number, at = 0, _after_space(text, at + 1)
    if text[at : at + 1] == "]":
        return table, at + 1
    while True:
        value, end = decoder.raw_decode(text, at)
        if isinstance(value, dict):
            table.items.append((f"{pointer}/{number}", value, at, end))
        else:
            table.strays.append(f"{pointer}/{number}")
        number += 1
        at = _after_space(text, end)
        if text[at : at + 1] == "]":
            return table, at + 1
        if text[at : at + 1] != ",":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
        at = _after_space(text, at + 1)


def _members(decoder: json.JSONDecoder, text: str, at: int) -> Iterator[tuple[str, int, Any, int]]:
    """Name, first character, value and character after it, of each member of the object that begins at a character.

    What ends it comes as a last member without a name. A list is given as the table that its objects are.
    """
    if text[at : at + 1] != "{":
        raise JSONDecodeError("Expecting value", text, at)
    at = _after_space(text, at + 1)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            raise JSONDecodeError("Expecting property name", text, at)
        key, at = decoder.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at : at + 1] != ":":
            raise JSONDecodeError("Expecting ':' delimiter", text, at)
        at = _after_space(text, at + 1)
        if text[at : at + 1] == "[":
            value, end = _of_list(decoder, text, at, f"/{_escaped(key)}")
        else:
            value, end = decoder.raw_decode(text, at)
        yield key, at, value, end
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
            if text[at : at + 1] == "}":
                raise JSONDecodeError("Expecting property name", text, at)
        elif text[at : at + 1] != "}":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
    yield "", at, None, at + 1


def _of_object(decoder: json.JSONDecoder, text: str, at: int) -> tuple[list[_Table], int]:
    """Tables in the object that begins at a character, and the character after it."""
    *members, (_, _, _, end) = _members(decoder, text, at)
    tables = [value for _, _, value, _ in members if isinstance(value, _Table) and value.items]
    objects = [(f"/{_escaped(key)}", value, a, b) for key, a, value, b in members if isinstance(value, dict)]
    is_wrapping = len(objects) == 1 and any(map(_has_objects, objects[0][1].values()))
    if (
        not is_wrapping
        and objects
        and len(objects) == len(members)
        and _is_table([value for _, value, _, _ in objects])
    ):
        # The name under which an object stands is often stated nowhere else.
        return [_Table("", [(place, _with_name(place, value), a, b) for place, value, a, b in objects])], end
    for pointer, value, start, after in objects:
        inner = [each for each in value.values() if isinstance(each, dict)]
        if len(inner) == len(value) > 1 and _is_table(inner):
            places = [f"{pointer}/{_escaped(key)}" for key in value]
            items = [(place, _with_name(place, each), start, after) for place, each in zip(places, inner, strict=True)]
            tables.append(_Table(pointer[1:], items))
        for key, each in value.items():
            if isinstance(each, list) and any(isinstance(item, dict) for item in each):
                place = f"{pointer}/{_escaped(key)}"
                tables.append(
                    _Table(
                        place[1:],
                        [(f"{place}/{n}", item, start, after) for n, item in enumerate(each) if isinstance(item, dict)],
                        [f"{place}/{n}" for n, item in enumerate(each) if not isinstance(item, dict)],
                    )
                )
    if not tables and members:
        # One object alone is a table of one row.
        row = {key: value for key, _, value, _ in members if not isinstance(value, _Table)}
        tables = [_Table("", [("", row, at, end)])] if row else []
    return tables, end


def _has_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _with_name(pointer: str, value: dict[str, Any]) -> dict[str, Any]:
    """An object with the name under which it stands as its id, unless it has one."""
    return {"id": _key(pointer)} | value


def _is_table(values: list[dict[str, Any]]) -> bool:
    """Whether objects have names in common, as the rows of a table do."""
    first = set(values[0])
    return bool(first) and all(first & set(value) for value in values)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _key(pointer: str) -> str:
    """The name in which a JSON Pointer ends."""
    return pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _by_line(text: str, name: str) -> Iterator[_Item]:
    """The object of each line."""
    decoder = _decoder()
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value, end = decoder.raw_decode(line, _after_space(line, 0))
                _expect_end(line, end)
            except ValueError:
                raise BadInput("the line is no JSON", file=name, place=f"line {number}", hint="correct it") from None
            if not isinstance(value, dict):
                raise BadInput("the line is no object", file=name, place=f"line {number}", hint="each line is one")
            yield f"line={number}", value, at, at + len(line.rstrip())
        at += len(line) + 1


def _sheet(text: str, start: int, table: _Table) -> Sheet:
    """Objects as rows of one table."""
    items = table.items
    flat = [_flat(value) for _, value, _, _ in items]
    names = list(dict.fromkeys(name for row in flat for name in row))
    rows = [names, *([row.get(name, "") for name in names] for row in flat)]
    spans, lines, done, size, line = [(0, 0)], [1], 0, max(start, 0), 1
    for _, _, first, last in items:
        # Several objects may be parts of one that is shown whole.
        if first >= done:
            size += len(text[done:first].encode("utf-8", "replace"))
            line += text.count("\n", done, first)
            length = len(text[first:last].encode("utf-8", "replace"))
            begin, begin_line = size, line
            size, line, done = size + length, line + text.count("\n", first, last), last
        spans.append((begin, begin + length) if start >= 0 else (0, 0))
        lines.append(begin_line)
    pointers = ["", *(pointer for pointer, _, _, _ in items)]
    return Sheet(table.name, rows, spans, lines, pointers, strays=table.strays)


def _flat(value: dict[str, Any]) -> dict[str, str]:
    """An object as cells by name, objects within it two levels down."""
    row: dict[str, str] = {}
    for name, each in value.items():
        if isinstance(each, dict):
            for inner, deep in each.items():
                if isinstance(deep, dict):
                    row |= {f"{name}.{inner}.{key}": _text(value) for key, value in deep.items()}
                else:
                    row[f"{name}.{inner}"] = _text(deep)
        else:
            row[name] = _text(each)
    return row


def _text(value: Any) -> str:
    """A value as the text of a cell; a list stays one, which the reader of people takes apart."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value in ([], {}):
        return ""
    return json.dumps(value, ensure_ascii=False)
