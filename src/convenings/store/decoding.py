"""From the bytes of one document to a typed record, and from what is wrong with it to a sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from convenings.domain.errors import BadInput, nearest
from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.records import FORMAT, Record

# What msgspec says, and where: "Expected `str`, got `int` - at `$.evidence[0].basis`".
_MESSAGE = r"(?s:(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?)"
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "nothing",
}


@cache
def _decoder(kind: str, number: int) -> msgspec.json.Decoder[Record]:
    return msgspec.json.Decoder(struct_of(kind, number))


def struct_of(kind: str, number: int) -> type[Record]:
    """What a record of a kind is in a file of the format with a number."""
    if number == FORMAT:
        return KINDS[kind]
    # Nearly every file is of today's format: what reads others is loaded for those.
    from convenings.store.format1 import FORMER

    return FORMER.get(kind, KINDS[kind])


class BadRecord(BadInput):
    """A document that is no record of its table."""

    def __init__(self, what: str, *, file: str, table: str, record: str, field: str, hint: str) -> None:
        place = f"{table}, {record}" + (f", field {field}" if field else "")
        super().__init__(what, file=file, place=place, hint=hint)
        self.table = table
        self.record = record
        """Id of the record, or ``document N`` where it has none."""
        self.field = field
        """The field and the way to it, such as ``evidence[0].basis``; empty where the whole document is meant."""


def decode(
    kind: str, data: bytes | memoryview | msgspec.Raw, *, number: int = FORMAT, file: str = "", doc_id: str = ""
) -> Record:
    """A record of today's format from the JSON of its document.

    Args:
        kind: one of :data:`~convenings.domain.records.KINDS`.
        data: the UTF-8 bytes of the document.
        number: the format of the file that it is from.
        file: name of the file, for messages.
        doc_id: its number in the table, for messages where it has no id.

    Raises:
        BadRecord: a field or a value is not of the data model.
    """
    try:
        record = _decoder(kind, number).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        ref = loose_id(data) or f"document {doc_id}".strip()
        raise explain(error, kind, number=number, file=file, record=ref) from error
    if number == FORMAT:
        return record
    from convenings.store.format1 import upgraded

    return upgraded(record)


def loose_id(data: bytes | memoryview | msgspec.Raw) -> str:
    """The id of a document that need not be a valid record; an empty string where it has none."""
    try:
        document = msgspec.json.decode(data)
    except (ValueError, RecursionError):
        return ""
    value = document.get("id") if isinstance(document, dict) else None
    return value if isinstance(value, str) else ""


def explain(error: Exception, kind: str, *, number: int = FORMAT, file: str, record: str) -> BadRecord:
    """What is wrong with a record, in words: the field, and the nearest word that would be right."""
    match = re.fullmatch(_MESSAGE, str(error))
    what, path = (match["what"], match["path"] or "") if match else (str(error), "")
    # Only the names in the path lead to a type; the numbers of items do not.
    field = path.removeprefix(".")
    annotation = _annotation(struct_of(kind, number), re.findall(r"\w*[A-Za-z_]\w*", field))
    hint = "write it as the data model has it"
    if case := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        what, hint = f"there is no field '{case[1]}' here", _choice(case[1], _fields(annotation))
        field = f"{field}.{case[1]}".removeprefix(".")
    elif case := re.fullmatch(r"Object missing required field `(.*)`", what):
        what, hint = f"the field '{case[1]}' is missing", "add it"
        field = f"{field}.{case[1]}".removeprefix(".")
    elif case := re.fullmatch(r"Invalid enum value '?(.*?)'?", what, re.DOTALL):
        name = re.sub(r"\[.*", "", field.rpartition(".")[2])
        what, hint = f"'{case[1]}' is not a known {name}", _choice(case[1], _literals(annotation))
    elif case := re.fullmatch(r"Expected `(.*)`, got `(.*)`", what):
        expected = " or ".join(_WORDS.get(word, word) for word in case[1].split(" | "))
        what, hint = f"this is {_WORDS.get(case[2], case[2])}", f"write {expected}"
    return BadRecord(what, file=file, table=TABLES[kind], record=record, field=field, hint=hint)


def _choice(word: str, candidates: tuple[str, ...]) -> str:
    near = nearest(word, candidates)
    return f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(candidates)}"


def _annotation(struct: type[msgspec.Struct], path: list[str]) -> Any:
    """Type at a path of field names below a struct."""
    annotation: Any = struct
    for name in path:
        inner = _struct_in(annotation)
        annotation = get_type_hints(inner).get(name) if inner else None
    return annotation


def _struct_in(annotation: Any) -> type[msgspec.Struct] | None:
    """The struct that a type is, or is a list or an optional of."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    return next((struct for part in get_args(annotation) if (struct := _struct_in(part))), None)


def _fields(annotation: Any) -> tuple[str, ...]:
    struct = _struct_in(annotation)
    return struct.__struct_fields__ if struct else ()


def _literals(annotation: Any) -> tuple[str, ...]:
    """The words that a type admits."""
    if get_origin(annotation) is Literal:
        return tuple(str(word) for word in get_args(annotation))
    return tuple(word for part in get_args(annotation) for word in _literals(part))
