"""What changes of a dataset have in common: where redirects lead, whether a document fits, and how one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, TABLES, a_kind, kind_of
from convenings.store.decoding import explain

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
"""Name of a table to doc id (digits) to document."""

ABSENT = "there is no record with this id", "check the id"
"""What is wrong with an id, and a hint, where it is to be that of a record."""
TAKEN = "the id is taken", "choose another id, or update that record"
"""Likewise where another record has it, or had it before a merge."""

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


def redirects(tables: Tables) -> dict[str, str]:
    """Old id to new id."""
    return {str(value.get("id")): str(value.get("to")) for value in tables.get("redirects", {}).values()}


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
        raise refused(TABLES[kind], str(ref), f"this is no id of {a_kind(kind)}", f"write it as {kind}/name", file)


def absent(ref: str, file: str) -> BadInput:
    """The refusal to change a record that is not there."""
    return refused(TABLES.get(kind_of(ref), ""), ref, *ABSENT, file)


def duplicate_id(table: str, ref: str, file: str) -> BadInput:
    """The refusal to give a record an id that another one has, or had before a merge."""
    return refused(table, ref, *TAKEN, file)


def refused(table: str, ref: str, what: str, hint: str, file: str) -> BadInput:
    """The refusal of a change of a record."""
    return BadInput(what, file=file, place=", ".join(part for part in (table, ref) if part), hint=hint)
