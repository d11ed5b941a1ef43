"""The writer of datasets: the records of a selection as a file that can be opened, in canonical form."""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from convenings.domain.kinds import TABLES
from convenings.domain.records import FORMAT
from convenings.interchange.selection import Selection
from convenings.store import canonical


def write(selection: Selection, target: BinaryIO) -> list[str]:
    """Write a dataset; records of a kind have numbers from 1 on, in their order."""
    info = msgspec.structs.replace(selection.info, format=FORMAT)
    tables: dict[str, dict[int, Any]] = {"dataset": {1: info}}
    if selection.redirects:
        ids = (canonical.Redirect(id=old, to=new) for old, new in selection.redirects.items())
        tables["redirects"] = dict(enumerate(ids, 1))
    if selection.imports:
        tables["imports"] = dict(enumerate(selection.imports, 1))
    for kind in selection.counts():
        tables[TABLES[kind]] = dict(enumerate(selection.of_kind(kind), 1))
    target.write(canonical.encode(tables))
    return []


def write_notes(selection: Selection, target: BinaryIO) -> None:
    """Write the user's marks and notes as a file of their own: they are no part of a dataset.

    A list of objects with ``id`` and ``label`` of the record, ``marked`` where it is, and ``note`` where it has one.
    """
    user_data = selection.user_data
    assert user_data is not None
    entries = [
        {"id": ref, "label": selection.label(ref)}
        | ({"marked": True} if ref in user_data.marks else {})
        | ({"note": user_data.notes[ref]} if ref in user_data.notes else {})
        for ref in user_data.refs
    ]
    target.write(msgspec.json.format(msgspec.json.encode(entries), indent=2) + b"\n")
