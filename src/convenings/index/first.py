"""The first rows of a large dataset: what the panes list, shown while everything else is still being read.

Only four tables are read, of their records only what an order and a label ask for, and of the participations who takes
part: a fraction of the whole work. What a row says beside its label and what it is related to is not known yet.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from convenings.domain.records import TABLES
from convenings.domain.text import fold, plain
from convenings.index import sql
from convenings.index.meta import write_meta
from convenings.index.order import APART, Placed, Span, event_days, event_tree, in_order, ranges_of
from convenings.index.rows import LABEL_LENGTH, Flag
from convenings.index.when import when
from convenings.store.canonical import Info
from convenings.store.layout import Layout


class _Listed(msgspec.Struct, gc=False):
    id: str
    label: str


class _Event(_Listed):
    type: str
    date: str | None = None
    date_basis: str | None = None
    super_event: str | None = None
    position: int | None = None


class _Organisation(_Listed):
    unnamed: str | None = None


class _Occurrence(msgspec.Struct, gc=False):
    event: str


class _Question(_Listed):
    number: int | None = None
    occurrences: list[_Occurrence] = []


class _Participation(msgspec.Struct, gc=False):
    id: str
    agent: str | None = None
    unnamed: str | None = None

    @property
    def label(self) -> str:
        return self.unnamed or "unnamed"


_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "event": msgspec.json.Decoder(_Event),
    "person": msgspec.json.Decoder(_Listed),
    "participation": msgspec.json.Decoder(_Participation),
    "organisation": msgspec.json.Decoder(_Organisation),
    "question": msgspec.json.Decoder(_Question),
}


class NotClearError(Exception):
    """Something is wrong with a record; reading the whole says what."""


def fill_first(connection: sqlite3.Connection, info: Info, layout: Layout, stamp: Mapping[str, object]) -> None:
    """Fill an index with what the panes list.

    Raises:
        BadInput: A table of these does not hold numbered documents.
        NotClearError: Something is wrong with a record.
    """
    records: list[Any] = []
    places: dict[str, tuple[int, int]] = {}
    try:
        for kind, decoder in _DECODERS.items():
            for _, __, at, length in layout.positions(TABLES[kind]):
                records.append(record := decoder.decode(layout.data[at : at + length]))
                places[record.id] = at, length
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotClearError from error
    if len(places) < len(records):
        raise NotClearError
    labels = [plain(record.label) for record in records]
    tree = event_tree([record for record in records if isinstance(record, _Event)])
    number = {ref: at for at, ref in enumerate(places)}
    events = [number[placed.event.id] for placed in tree]
    taking_part = {record.agent for record in records if isinstance(record, _Participation) and record.agent}
    order = in_order(records, events, taking_part, labels, [fold(label) for label in labels])
    # A participation that has an agent is in no pane.
    order = [at for at in order if getattr(records[at], "agent", None) is None]
    ordered = [records[at] for at in order]
    connection.executemany(sql.INSERT_RECORD, _rows(ordered, tree, [labels[at] for at in order], places))
    connection.execute(sql.INDEX_IDS)
    write_meta(connection, info, stamp, ranges_of(ordered, taking_part), len(ordered), complete=False)


def _rows(
    ordered: Sequence[Any], tree: Sequence[Placed], labels: Sequence[str], places: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[object, ...]]:
    days = event_days([placed.event for placed in tree], APART)
    for row, record in enumerate(ordered):
        ref = record.id
        depth, size, first, last, date, flags = 0, 1, None, None, "", 0
        if row < len(tree):
            depth, size = tree[row][1:]
            (first, last), inherited = days.get(ref, (Span(None, None), False))
            date = when(record.date, short=True) if record.date else ""
            flags = (Flag.INHERITED if inherited else 0) | (Flag.INFERRED if record.date_basis == "inferred" else 0)
        elif isinstance(record, _Participation) or getattr(record, "unnamed", None):
            flags = Flag.UNNAMED
        kind, label = ref.partition("/")[0], labels[row][:LABEL_LENGTH]
        yield row, ref, kind, label, "", "", *places[ref], depth, size, first, last, date, flags
