"""Changes of a dataset's tables, as documents; each either succeeds or raises before it has changed anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.kinds import HIERARCHIES, KIND_OF_STRUCT, KINDS, TABLES, kind_of
from convenings.domain.records import Record
from convenings.domain.references import map_document
from convenings.store.decoding import explain

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
"""Name of a table to doc id (digits) to document."""

KIND_OF_TABLE = {table: kind for kind, table in TABLES.items()}
"""Name of a table to the kind of its records."""


def follow(ref: str, redirects: Mapping[str, str]) -> str:
    """The id at the end of a chain of redirects; a chain that closes in itself ends where it would begin again."""
    visited = set()
    while ref in redirects and ref not in visited:
        visited.add(ref)
        ref = redirects[ref]
    return ref


def chain_ends(redirects: Mapping[str, str]) -> dict[str, str]:
    """Each id that redirects, with what :func:`follow` gives for it; each link of a chain is followed once."""
    ends: dict[str, str] = {}
    for start in redirects:
        way: dict[str, None] = {}
        at = start
        while at in redirects and at not in ends and at not in way:
            way[at] = None
            at = redirects[at]
        if at in way:
            # Whoever stands in a circle comes back to itself; whoever leads into it ends where it enters.
            links = list(way)
            circle = links[links.index(at) :]
            ends |= zip(circle, circle, strict=True)
        end = ends.get(at, at)
        for ref in way:
            ends.setdefault(ref, end)
    return ends


def insert(tables: Tables, records: Iterable[Record], file: str) -> None:
    """Add records; their ids must be free, and free of redirects."""
    # An id that was merged away still leads somewhere, so it is not free.
    every = [document for _, _, document in _records(tables)] + list(tables.get("redirects", {}).values())
    ids = {ref for document in every if isinstance(ref := document.get("id"), str)}
    for table, document in free(records, ids.__contains__, file):
        _append(tables, table, document)


def free(records: Iterable[Record], is_used: Callable[[str], bool], file: str) -> list[tuple[str, Document]]:
    """Table and document of records that are to be added, all of whose ids are free."""
    new: dict[str, tuple[str, Document]] = {}
    for record in records:
        table, document = documented(record, file)
        if record.id in new or is_used(record.id):
            raise duplicate_id(table, record.id, file)
        new[record.id] = table, document
    return list(new.values())


def update(tables: Tables, record: Record, file: str) -> None:
    """Put a record in the place of the one that has its id."""
    _, document = documented(record, file)
    table, doc_id = _find(tables, record.id, file)
    tables[table][doc_id] = document


def remove(tables: Tables, ref: str, file: str) -> None:
    """Take out a record, and the redirects that lead to it."""
    table, doc_id = _find(tables, ref, file)
    del tables[table][doc_id]
    if "redirects" in tables:
        old = redirects(tables)
        ends = chain_ends(old)
        others = {key: value for key, value in tables["redirects"].items() if ends.get(str(value.get("id"))) != ref}
        tables["redirects"] = others


def merge(tables: Tables, old: str, new: str, file: str) -> None:
    """Let one record stand for another one of its kind: the other one goes, and what referred to it refers to this."""
    table, doc_id = _find(tables, old, file)
    other, _ = _find(tables, new, file)
    if table != other or old == new:
        hint = "name two different records of one kind"
        raise _refused(table, old, f"it cannot be merged into '{new}'", hint, file)
    # What lies below the old record would then lie below itself.
    if old in _above(tables, new):
        hint = "give that record another parent first"
        raise _refused(table, old, f"it cannot be merged into '{new}', which lies below it", hint, file)
    del tables[table][doc_id]
    for name, key, document in list(_records(tables)):
        tables[name][key] = map_document(document, KIND_OF_TABLE[name], lambda ref: new if ref == old else ref)
    # Chains stay one step long where a merge can keep them so.
    for key, document in tables.get("redirects", {}).items():
        if document.get("to") == old:
            tables["redirects"][key] = document | {"to": new}
    _append(tables, "redirects", {"id": old, "to": new})


def redirects(tables: Tables) -> dict[str, str]:
    """Old id to new id."""
    return {str(value.get("id")): str(value.get("to")) for value in tables.get("redirects", {}).values()}


def documented(record: Record, file: str) -> tuple[str, Document]:
    """Table and document of a record whose fields fit the data model and whose id fits its kind."""
    kind = KIND_OF_STRUCT[type(record)]
    document: Document = msgspec.to_builtins(record)
    check_document(document, kind, "", file)
    return TABLES[kind], document


def check_document(document: Document, kind: str, doc_id: object, file: str) -> None:
    """Raise where a document does not fit the data model or its id does not fit its kind.

    Args:
        document: the document.
        kind: what it is to be a record of.
        doc_id: its number in the table, for the message where it has no id.
        file: name of the file, for the message.
    """
    ref = document.get("id")
    # Structs are not validated when they are made, so a record may hold a word that the data model does not have.
    try:
        msgspec.convert(document, KINDS[kind])
    except msgspec.ValidationError as error:
        record = ref if isinstance(ref, str) else f"document {doc_id}".strip()
        raise explain(error, kind, file=file, record=record) from error
    if kind_of(str(ref)) != kind:
        raise _refused(TABLES[kind], str(ref), f"this is no id of a {kind}", f"write it as {kind}/name", file)


def _records(tables: Tables) -> Iterator[tuple[str, str, Document]]:
    """Table, doc id and document of every record."""
    for table in KIND_OF_TABLE:
        for doc_id, document in tables.get(table, {}).items():
            yield table, doc_id, document


def _find(tables: Tables, ref: str, file: str) -> tuple[str, str]:
    """Table and doc id of a record."""
    table = TABLES.get(kind_of(ref), "")
    for doc_id, document in tables.get(table, {}).items():
        if document.get("id") == ref:
            return table, doc_id
    raise absent(ref, file)


def absent(ref: str, file: str) -> BadInput:
    """The refusal to change a record that is not there."""
    return _refused(TABLES.get(kind_of(ref), ""), ref, "there is no record with this id", "check the id", file)


def duplicate_id(table: str, ref: str, file: str) -> BadInput:
    """The refusal to give a record an id that another one has, or had before a merge."""
    return _refused(table, ref, "the id is taken", "choose another id, or update that record", file)


def _append(tables: Tables, table: str, document: Document) -> None:
    documents = tables.setdefault(table, {})
    documents[str(max(map(int, documents), default=0) + 1)] = document


def _above(tables: Tables, ref: str) -> set[str]:
    """Ids of the records that a record lies below."""
    kind = kind_of(ref)
    field, old = HIERARCHIES.get(kind, ""), redirects(tables)
    parents = {document.get("id"): document.get(field) for document in tables.get(TABLES[kind], {}).values()}
    above: set[str] = set()
    while (parent := parents.get(ref)) and (parent := follow(parent, old)) not in above:
        above.add(parent)
        ref = parent
    return above


def _refused(table: str, ref: str, what: str, hint: str, file: str) -> BadInput:
    return BadInput(what, file=file, place=", ".join(part for part in (table, ref) if part), hint=hint)
