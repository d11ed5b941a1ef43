"""Records that were saved since an index was made, shown through it until it is made anew behind the screen."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from convenings.domain.records import Labelled, Record
from convenings.domain.text import plain
from convenings.index.model import ReadModel


def show_edited(model: ReadModel, records: Iterable[Record]) -> None:
    """Have a model answer with records as they are now: each whole, and its row with its label.

    Where they stand in lists, and what they are related to, is as the index has it. What it does not have yet is left
    out.
    """
    for record in records:
        number = model.row_of(record.id)
        if number is None:
            continue
        row = model.one(number)
        if isinstance(record, Labelled):
            row = replace(row, label=plain(record.label))
        model.edited[number] = row, record
        model.keep(row)
