"""Columns of the CSV file of a kind, derived from its struct, and the cells in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Literal

import msgspec

from convenings.domain.csv_text import EMPTY, escaped_json, exact_cell, value_of
from convenings.domain.kinds import DATE_FIELDS, KINDS, REFERENCES, TABLES
from convenings.domain.record_values import Import

ColumnType = Literal["string", "integer", "number", "boolean", "array", "object"]
"""As a Table Schema names them."""


class Column(msgspec.Struct, frozen=True):
    """A field of a record, as a column."""

    name: str
    type: ColumnType
    default: Any
    """What an empty cell stands for."""
    is_required: bool
    values: tuple[str, ...] = ()
    """Of a closed list, its words."""

    def cell(self, value: Any) -> str:
        """The text of the cell of a value."""
        if value is None:
            return ""
        if self.type == "string":
            # Not to be there is another thing, and a row without any text none.
            return exact_cell(value) if value or not (self.is_required or self.default is None) else EMPTY
        if value == self.default and self.type in ("array", "object"):
            return ""
        return escaped_json(_ENCODER.encode(value).decode())

    def value(self, cell: str) -> Any:
        """The value of a cell, in builtins; the default of one that is empty.

        Raises:
            ValueError: It is not of this type.
        """
        if self.type == "string":
            return value_of(cell) if cell else self.default
        if not cell.strip():
            return self.default
        # A spreadsheet writes booleans in its own way.
        text = cell.strip().lower() if self.type == "boolean" else cell
        return msgspec.json.decode(text)


_ENCODER = msgspec.json.Encoder()


@cache
def columns_of(struct: type[msgspec.Struct]) -> tuple[Column, ...]:
    """Columns of the documents of a struct, in the order of its fields."""
    import msgspec.inspect

    info = msgspec.inspect.type_info(struct)
    assert isinstance(info, msgspec.inspect.StructType)
    return tuple(map(_column, info.fields))


def _column(field: Any) -> Column:
    import msgspec.inspect as types

    options = field.type.types if isinstance(field.type, types.UnionType) else (field.type,)
    (value,) = (option for option in options if not isinstance(option, types.NoneType))
    by_type: Mapping[type, ColumnType] = {
        types.StrType: "string",
        types.LiteralType: "string",
        types.IntType: "integer",
        types.FloatType: "number",
        types.BoolType: "boolean",
        types.ListType: "array",
    }
    words = tuple(map(str, value.values)) if isinstance(value, types.LiteralType) else ()
    factory: Callable[[], Any] | Any = field.default_factory
    default = factory() if factory is not msgspec.NODEFAULT else field.default
    if default is msgspec.NODEFAULT:
        default = "" if by_type.get(type(value)) == "string" else None
    return Column(field.encode_name, by_type.get(type(value), "object"), default, field.required, words)


FIRST, LAST = ("id", "label"), ("descriptions", "identifiers", "links", "evidence")
"""Fields that come first, as people look for them, and last, as they are long."""


def kind_columns(kind: str) -> tuple[Column, ...]:
    """Columns of a kind."""
    columns = {column.name: column for column in columns_of(KINDS[kind])}
    names = [*FIRST, *(name for name in columns if name not in FIRST + LAST), *LAST]
    return tuple(columns[name] for name in names if name in columns)


def import_columns() -> tuple[Column, ...]:
    """Columns of what is known of an import; the records of all of them stand in a table of their own."""
    return tuple(column for column in columns_of(Import) if column.name != "records")


IMPORTS, IMPORT_RECORDS, NOTES = "imports", "import_records", "notes"
"""Tables that hold no records, by the names of their files."""
IMPORT_RECORD_HEADINGS = ("source", "id", "key", "hash")
NOTE_HEADINGS = ("id", "label", "marked", "note")


def schema_of(kind: str, others: Collection[str]) -> dict[str, Any]:
    """The Table Schema of a kind.

    Args:
        kind: The kind.
        others: Kinds that have a table beside it.
    """
    fields = []
    for column in kind_columns(kind):
        constraints: dict[str, Any] = {"required": True} if column.is_required else {}
        if column.name == "id":
            constraints["unique"] = True
        if column.values:
            constraints["enum"] = list(column.values)
        field: dict[str, Any] = {"name": column.name, "type": column.type}
        if column.name in DATE_FIELDS.get(kind, ()):
            field["description"] = "Extended Date/Time Format (ISO 8601-2): a month stays a month"
        fields.append(field | ({"constraints": constraints} if constraints else {}))
    keys = []
    for column in kind_columns(kind):
        targets = REFERENCES[kind].get(column.name, ())
        # Of what may point at several kinds no schema can say at which.
        if column.type == "string" and len(targets) == 1 and targets[0] in others:
            keys.append({"fields": column.name, "reference": {"resource": TABLES[targets[0]], "fields": "id"}})
    schema: dict[str, Any] = {"fields": fields, "primaryKey": "id"}
    return schema | ({"foreignKeys": keys} if keys else {})


def text_schema(names: tuple[str, ...]) -> dict[str, Any]:
    """The Table Schema of a table of texts."""
    return {"fields": [{"name": name, "type": "string"} for name in names]}
