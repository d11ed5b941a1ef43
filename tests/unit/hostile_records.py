"""Records of every kind with hostile texts in every field, for properties of what writes and reads them."""

from __future__ import annotations

import msgspec.inspect
from hypothesis import strategies as st

from convenings.domain.kinds import KINDS
from convenings.domain.record_values import Import
from convenings.domain.records import Record

TEXTS = st.text(
    st.one_of(
        st.sampled_from("'\"=+-@\t\r\n\x00\x1b\x7f\x85\\,;[{</&\u202e\ufeff\ufffe＝à漢"), st.characters(codec="utf-8")
    ),
    max_size=12,
)


def values(kind: msgspec.inspect.Type) -> st.SearchStrategy[object]:
    """Values of a type of the data model."""
    match kind:
        case msgspec.inspect.UnionType(types):
            return st.one_of(*map(values, types))
        case msgspec.inspect.NoneType():
            return st.none()
        case msgspec.inspect.StrType():
            return TEXTS
        case msgspec.inspect.LiteralType(words):
            return st.sampled_from(words)
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.IntType():
            return st.integers(-(2**63), 2**63 - 1)
        case msgspec.inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case msgspec.inspect.ListType(item_type=item):
            return st.lists(values(item), max_size=2)
        case msgspec.inspect.TupleType(item_types=items):
            return st.tuples(*map(values, items))
        case msgspec.inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(values(key), values(value), max_size=2)
        case msgspec.inspect.StructType(cls=struct):
            return documents(struct)
    raise AssertionError(f"no values of {kind}")


def documents(struct: type) -> st.SearchStrategy[object]:
    """Documents of a struct, any field of which may be at its default."""
    info = msgspec.inspect.type_info(struct)
    assert isinstance(info, msgspec.inspect.StructType)
    fields = {field.name: values(field.type) for field in info.fields}
    required = {field.name: fields.pop(field.name) for field in info.fields if field.required}
    return st.fixed_dictionaries(required, optional=fields).map(lambda chosen: struct(**chosen))


def _has_id(record: object) -> bool:
    return bool(getattr(record, "id", ""))


def record_lists() -> st.SearchStrategy[list[Record]]:
    """Some records, kind by kind, no two of which have the same id."""
    kinds = list(KINDS.values())
    records = st.sampled_from(kinds).flatmap(documents).filter(_has_id)
    lists = st.lists(records, max_size=3, unique_by=lambda record: record.id)  # type: ignore[attr-defined]
    return lists.map(lambda records: sorted(records, key=lambda record: kinds.index(type(record))))  # type: ignore[arg-type]


IMPORTS = st.lists(documents(Import), max_size=2, unique_by=lambda each: each.source)  # type: ignore[attr-defined]
