"""What can be written into a record: each field with its type, its words and what it may point at, from the data model.

Forms, and commands that take a field and a value, go by this; nothing of it is written a second time anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import inspect

from convenings.domain import dates
from convenings.domain.errors import BadInput, nearest
from convenings.domain.kinds import (
    BEARING_REFERENCES,
    DATE_FIELDS,
    DESCRIPTION_REFERENCES,
    KINDS,
    OCCURRENCE_REFERENCES,
    REFERENCES,
    References,
    a_kind,
)
from convenings.domain.labels import ONGOING
from convenings.domain.record_values import Bearing, Description, Evidence, Occurrence
from convenings.domain.records import Record

Sort = Literal[
    "text", "choice", "yes or no", "whole number", "number", "date", "time", "zone", "reference", "part",
]  # fmt: skip
"""What one value is: ``choice`` one of a closed list, ``date`` EDTF, ``time`` ``HH:MM``, ``reference`` an id, ``part``
a value with fields of its own."""

SHORT: Mapping[str, str] = {"names": "value", "links": "url", "descriptions": "text"}
"""Field that holds parts to the one of their fields for which a plain text stands."""
NOT_TYPED = frozenset({"id", "evidence", "digest", "text_hash", "paragraphs"})
"""Fields that nobody types: identity, what a passage is picked for, and what is worked out of a file."""
Resolve = Callable[[str, Sequence[str]], str]
"""Gives the id for what somebody typed for a record of some kinds, an id or a name; raises BadInput where it names none
or several."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a kind of record, or of a part of one."""

    name: str
    sort: Sort
    is_list: bool = False
    """Whether it holds any number of such values."""
    is_required: bool = False
    """Whether every record has it, and not empty."""
    choices: tuple[str, ...] = ()
    """The closed list, in its order."""
    kinds: tuple[str, ...] = ()
    """Of a reference, the kinds that it may point at."""
    parts: tuple[Field, ...] = ()
    """The fields of a part."""
    struct: type[msgspec.Struct] | None = None
    """Of what struct a part is."""
    empty: Any = None
    """What it is where nothing is written: nothing, an empty text, a default word or number."""

    @property
    def is_typed(self) -> bool:
        """Whether somebody types it."""
        return self.name not in NOT_TYPED

    @property
    def words(self) -> str:
        """What it is called on a screen: ``on behalf of``."""
        return self.name.replace("_", " ")


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """Every field of a kind of record, in the order of the data model; the id and evidence stand among them."""
    return _fields(KINDS[kind], REFERENCES[kind], DATE_FIELDS.get(kind, ()))


def field_of(kind: str, name: str) -> Field:
    """A field of a kind of record that can be typed.

    Raises:
        BadInput: There is none of this name.
    """
    fields = {field.name: field for field in fields_of(kind) if field.is_typed}
    if name in fields:
        return fields[name]
    near = nearest(name.replace(" ", "_"), fields)
    hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(fields)}"
    raise BadInput(f"{a_kind(kind)} has no field '{name}' to be written here", hint=hint)


def text_of(field: Field, value: Any) -> str:
    """A value as somebody would type it; of a list one item a line, nothing where the field is empty."""
    if value is None or value == [] or value == "":
        return ""
    if field.is_list:
        return "\n".join(_item_text(field, item) for item in value)
    return _item_text(field, value)


def value_of(field: Field, text: str, resolve: Resolve) -> Any:
    """The value that a text stands for: of a list each line an item.

    Args:
        field: What it is written into.
        text: What somebody typed; empty text empties the field.
        resolve: Finds records by what is typed for them.

    Raises:
        BadInput: It is no such value; ``what`` and ``hint`` say why in words, ``place`` is the field.
    """
    if field.is_list:
        return list_of(field, text.split("\n"), resolve)
    text = text.strip()
    if not text:
        if field.is_required:
            raise BadInput(f"the {field.words} is empty", place=field.name, hint="write one")
        return field.empty
    return _item(field, text, resolve)


def list_of(field: Field, texts: Sequence[str], resolve: Resolve) -> list[Any]:
    """The items that texts stand for, blank ones left out and references each once; raises as :func:`value_of`."""
    items = [_item(field, text.strip(), resolve) for text in texts if text.strip()]
    if field.is_required and not items:
        raise BadInput(f"the {field.words} is empty", place=field.name, hint="write one")
    return list(dict.fromkeys(items)) if field.sort in ("reference", "choice") else items


def record_with(record: Record, values: Mapping[str, Any]) -> Record:
    """A record with other values in some of its fields, typed by the data model.

    What it no longer says needs no evidence: fields that are emptied go from those that its evidence supports.

    Raises:
        BadInput: A value is not of its field's type.
    """
    for name, value in values.items():
        try:
            msgspec.convert(msgspec.to_builtins(value), _annotations(type(record))[name])
        except msgspec.ValidationError as error:
            raise BadInput(str(error).lower().replace("`", "'"), place=name, hint="write it otherwise") from error
    changed = msgspec.structs.replace(record, **values)
    empty = {name for name in values if getattr(changed, name) in (None, "", [])} - {"evidence"}
    if not empty or "evidence" in values:
        return changed
    evidence = [_without(piece, empty) for piece in changed.evidence]
    return msgspec.structs.replace(changed, evidence=[piece for piece in evidence if piece.fields] or evidence)


def _without(piece: Evidence, names: Collection[str]) -> Evidence:
    """Evidence that no longer supports some fields."""
    return msgspec.structs.replace(piece, fields=[name for name in piece.fields if name not in names])


@cache
def _annotations(struct: type[msgspec.Struct]) -> dict[str, Any]:
    from typing import get_type_hints

    return get_type_hints(struct)


def _fields(struct: type[msgspec.Struct], references: References, date_names: Sequence[str]) -> tuple[Field, ...]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    return tuple(_field(field, struct, references.get(field.name, ()), date_names) for field in info.fields)


def _field(field: inspect.Field, struct: type[msgspec.Struct], kinds: tuple[str, ...], dates_: Sequence[str]) -> Field:
    types = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
    only = next(each for each in types if not isinstance(each, inspect.NoneType))
    is_list = isinstance(only, inspect.ListType)
    item = only.item_type if isinstance(only, inspect.ListType) else only
    choices: tuple[str, ...] = ()
    parts: tuple[Field, ...] = ()
    part: type[msgspec.Struct] | None = None
    sort: Sort = "text"
    match item:
        case inspect.LiteralType():
            sort, choices = "choice", _words_of(struct, field.name)
        case inspect.BoolType():
            sort = "yes or no"
        case inspect.IntType():
            sort = "whole number"
        case inspect.FloatType():
            sort = "number"
        case inspect.StructType():
            part = item.cls
            sort, parts = "part", _fields(part, _REFERENCES_OF_PARTS.get(part, {}), ())
        case _ if kinds:
            sort = "reference"
        case _ if field.name in dates_:
            sort = "date"
        case _ if field.name in ("start_time", "end_time"):
            sort = "time"
        case _ if field.name == "zone":
            sort = "zone"
    empty = [] if is_list else None if field.default is msgspec.NODEFAULT else field.default
    return Field(
        name=field.name,
        sort=sort,
        is_list=is_list,
        is_required=field.required,
        choices=choices,
        kinds=kinds if sort == "reference" else (),
        parts=parts,
        struct=part,
        empty=empty,
    )


def _words_of(struct: type[msgspec.Struct], name: str) -> tuple[str, ...]:
    """The words of a closed list as the data model orders them, which msgspec does not keep."""
    from typing import get_args, get_origin

    def words(annotation: Any) -> tuple[str, ...]:
        if get_origin(annotation) is Literal:
            return tuple(map(str, get_args(annotation)))
        return tuple(word for part in get_args(annotation) for word in words(part))

    return words(_annotations(struct)[name])


_REFERENCES_OF_PARTS: Mapping[type[msgspec.Struct], References] = {
    Occurrence: OCCURRENCE_REFERENCES,
    Bearing: BEARING_REFERENCES,
    Description: DESCRIPTION_REFERENCES,
    Evidence: {"source": ("source",)},
}


def _item_text(field: Field, value: Any) -> str:
    if field.sort == "yes or no":
        return "yes" if value else "no"
    if field.sort != "part":
        return str(value)
    if field.name == "identifiers":
        return f"{value.scheme}={value.value}"
    short = SHORT.get(field.name)
    if short and "\n" not in getattr(value, short) and value == type(value)(**{short: getattr(value, short)}):
        return str(getattr(value, short))
    return msgspec.json.encode(value).decode()


def _item(field: Field, text: str, resolve: Resolve) -> Any:
    def wrong(what: str, hint: str) -> BadInput:
        return BadInput(what, place=field.name, hint=hint)

    match field.sort:
        case "choice":
            return _choice(field, text)
        case "yes or no":
            word = text.casefold()
            if word not in _YES and word not in _NO:
                raise wrong(f"'{text}' is neither yes nor no", "write yes or no")
            return word in _YES
        case "whole number":
            if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
                raise wrong(f"'{text}' is no whole number", "write digits")
            return int(text)
        case "number":
            if not re.fullmatch(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?", text):
                raise wrong(f"'{text}' is no number", "write digits, with a point where it has a fraction")
            return float(text)
        case "date":
            return _date(field, text)
        case "time":
            if not (match := re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text)):
                raise wrong(f"'{text}' is not a time", "write it like 09:00")
            return f"{int(match[1]):02}:{match[2]}"
        case "reference":
            try:
                return resolve(text, field.kinds)
            except BadInput as error:
                raise wrong(error.what, error.hint) from error
        case "part":
            return _part(field, text)
        case _:
            return text


_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


def _choice(field: Field, text: str) -> str:
    word = next((each for each in field.choices if each.casefold() == text.casefold()), "")
    if word:
        return word
    near = nearest(text, field.choices)
    hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(field.choices)}"
    raise BadInput(f"'{text}' is not a known {field.words}", place=field.name, hint=hint)


def _date(field: Field, text: str) -> str:
    if text == ONGOING and field.name == "end":
        return text
    try:
        dates.parse(text)
    except dates.EdtfError as error:
        what, _, hint = str(error).partition("; ")
        raise BadInput(what, place=field.name, hint=hint or "write it like 2018-06-20") from error
    return text


def _part(field: Field, text: str) -> Any:
    """A part from the text that stands for it, or from its JSON."""
    struct: Any = field.struct
    short = SHORT.get(field.name)
    if text.startswith("{"):
        try:
            return msgspec.json.decode(text, type=struct)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            names = ", ".join(part.name for part in field.parts)
            raise BadInput(f"these are no {field.words}", place=field.name, hint=f"its fields are: {names}") from error
    if field.name == "identifiers":
        scheme, sign, value = text.partition("=")
        if not (sign and scheme.strip() and value.strip()):
            raise BadInput(
                f"'{text}' is no identifier", place=field.name, hint="write scheme=value, as in orcid=0000-1"
            )
        return struct(scheme=scheme.strip(), value=value.strip())
    if short:
        return struct(**{short: text})
    if field.name == "attendance" or field.name == "count":
        return struct(as_stated=text)
    names = ", ".join(part.name for part in field.parts)
    hint = f'write it as JSON, {{"{field.parts[0].name}": ...}}, of {names}'
    raise BadInput(f"one text is too little for {field.words}", place=field.name, hint=hint)
