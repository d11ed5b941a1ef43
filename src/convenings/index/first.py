"""The first rows of a large dataset: the timeline, then all panes, shown while everything else is still being read.

Only the tables of the panes are read, of their records only what an order and a label ask for, and of the
participations who takes part: a fraction of the whole work. What a row says beside its label and what it is related to
is not known yet.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from convenings.domain.records import TABLES
from convenings.domain.text import plain
from convenings.index import sql
from convenings.index.meta import write_meta
from convenings.index.order import APART, Placed, Span, event_days, event_tree, in_order, ranges_of
from convenings.index.rows import LABEL_LENGTH, Flag, Step
from convenings.index.when import when
from convenings.store.canonical import Info
from convenings.store.layout import Layout

T = TypeVar("T")


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


def _table(struct: type[T]) -> msgspec.json.Decoder[dict[str, T]]:
    return msgspec.json.Decoder(dict.__class_getitem__((str, struct)))


_DECODERS: dict[str, msgspec.json.Decoder[dict[str, Any]]] = {
    "event": _table(_Event),
    "person": _table(_Listed),
    "participation": _table(_Participation),
    "organisation": _table(_Organisation),
    "question": _table(_Question),
}


READ = {Step.TIMELINE: ("event",), Step.ROWS: tuple(_DECODERS)}
"""Kinds that are read for each step."""


class NotClearError(Exception):
    """Something is wrong with a record; reading the whole says what."""


def fill_first(
    connection: sqlite3.Connection, step: int, info: Info, layout: Layout, stamp: Mapping[str, object]
) -> None:
    """Fill an index with what the panes list.

    Args:
        connection: The index.
        step: How far it is to be filled, a key of :data:`READ`.
        info: What the dataset says of itself.
        layout: The bytes of the dataset.
        stamp: What identifies the state of the file.

    Raises:
        BadInput: A table of these does not hold numbered documents.
        NotClearError: Something is wrong with a record.
    """
    records: list[Any] = []
    places: dict[str, tuple[int, int]] = {}
    taking_part: set[str] = set()
    try:
        for kind in READ[step]:
            for record, (_, _, at, length) in layout.decoded(TABLES[kind], _DECODERS[kind]):
                if kind == "participation" and record.agent is not None:
                    # One that has an agent is in no pane.
                    taking_part.add(record.agent)
                    continue
                records.append(record)
                places[record.id] = at, length
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotClearError from error
    if len(places) < len(records):
        raise NotClearError
    labels = [plain(record.label) for record in records]
    tree = event_tree([record for record in records if isinstance(record, _Event)])
    number = {ref: at for at, ref in enumerate(places)}
    order = in_order(records, [number[placed.event.id] for placed in tree], taking_part, labels)
    ordered = [records[at] for at in order]
    connection.executemany(sql.INSERT_RECORD, _rows(ordered, tree, [labels[at] for at in order], places))
    connection.execute(sql.INDEX_IDS)
    write_meta(connection, info, stamp, ranges_of(ordered, taking_part), len(ordered), step=step)


def _rows(
    ordered: Sequence[Any], tree: Sequence[Placed], labels: Sequence[str], places: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[object, ...]]:
    days = event_days([placed.event for placed in tree], APART)
    undated = Span(None, None), False
    for row, ((event, depth, size), label) in enumerate(zip(tree, labels, strict=False)):
        (first, last), inherited = days.get(event.id, undated)
        date = when(event.date, short=True) if event.date else ""
        flags = (Flag.INHERITED if inherited else 0) | (Flag.INFERRED if event.date_basis == "inferred" else 0)
        shown = label[:LABEL_LENGTH]
        yield row, event.id, "event", shown, "", "", *places[event.id], depth, size, first, last, date, flags
    for row in range(len(tree), len(ordered)):
        ref = ordered[row].id
        at, length = places[ref]
        flags = Flag.UNNAMED if getattr(ordered[row], "unnamed", None) or ref.startswith("participation/") else 0
        shown = labels[row][:LABEL_LENGTH]
        yield row, ref, ref.partition("/")[0], shown, "", "", at, length, 0, 1, None, None, "", flags
