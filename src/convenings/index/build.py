"""Builds the index of a dataset: read every record once, work out order, ties and words, write one SQLite file."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from convenings.domain.errors import BadInput
from convenings.domain.labels import label as label_of
from convenings.domain.records import TABLES, Event, Participation, Record, kind_of
from convenings.domain.references import references
from convenings.domain.text import plain
from convenings.index import sql
from convenings.index.describe import Describer, when
from convenings.index.order import FAR, Placed, Span, event_tree, in_order, span_of
from convenings.index.redirected import resolved
from convenings.index.rows import PANE_NAMES, Flag
from convenings.index.ties import find_ties, lineage
from convenings.store.dataset import Dataset

LABEL_LENGTH = 400
"""Code points of a label that the index keeps; the whole text stays in the dataset."""

APART = frozenset({"visit"})
"""Events that need not take place within the time of what they are part of."""

LEFT_BEHIND = 3600.0
"""Seconds after which an index that nobody writes to any more was left by a build that was killed."""

Progress = Callable[[str], None]


def build(
    dataset: Dataset,
    target: Path,
    stamp: Mapping[str, object],
    progress: Progress = lambda _: None,
    *,
    early: bool = False,
) -> None:
    """Write the index of ``dataset`` to ``target``, whole or not at all.

    Args:
        dataset: The dataset to read.
        target: Where the index goes; its folder is made.
        stamp: What identifies the state of the dataset file, kept in the index.
        progress: Told of each phase in a word.
        early: First put an index of the rows alone in place, which can be shown while the rest is being worked out.

    Raises:
        BadInput: The dataset has a record that cannot be read.
        OSError: The index cannot be written.
    """
    rows = target.with_suffix(sql.ROWS)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        try:
            connection.executescript(sql.PRAGMAS_WRITE + sql.SCHEMA)
            publish = partial(_publish, connection, temporary, rows) if early else None
            _fill(connection, dataset, stamp, progress, publish)
            connection.commit()
        except sqlite3.Error as error:
            raise OSError(f"the index could not be written: {error}") from error
        finally:
            connection.close()
        # SQLite was told not to wait for the disk; a name given before the pages arrive could outlive a power cut.
        with Path(temporary).open("rb+") as written:
            os.fsync(written.fileno())
        Path(temporary).replace(target)
        with contextlib.suppress(OSError):
            rows.unlink(missing_ok=True)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()


def _publish(connection: sqlite3.Connection, temporary: str, target: Path) -> None:
    """Put a copy of what is written so far in place."""
    connection.commit()
    copy = Path(f"{temporary}.rows.part")
    try:
        shutil.copyfile(temporary, copy)
        copy.replace(target)
    finally:
        copy.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove what builds that were killed have left; one that is still being written is younger than that."""
    for left in target.parent.glob(f"{target.name}*.part"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < time.time() - LEFT_BEHIND:
                left.unlink()


def fill_memory(dataset: Dataset, stamp: Mapping[str, object]) -> sqlite3.Connection:
    """The same index in memory, for where no file can be written."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        connection.executescript(sql.SCHEMA)
        _fill(connection, dataset, stamp, lambda _: None)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


@dataclass
class _Arranged:
    """A dataset read and put in order."""

    ordered: list[Record]
    records: dict[str, Record]
    places: dict[str, tuple[int, int]]
    redirects: dict[str, str]
    labels: dict[str, str]
    tree: Sequence[Placed]
    taking_part: set[str]
    rows: dict[str, int] = field(init=False)
    ranges: dict[str, tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = {record.id: row for row, record in enumerate(self.ordered)}
        self.ranges = _ranges(self.ordered, self.taking_part)


def _fill(
    connection: sqlite3.Connection,
    dataset: Dataset,
    stamp: Mapping[str, object],
    progress: Progress,
    publish: Callable[[], None] | None = None,
) -> None:
    """Fill an index: rows first, which can be shown, then what relates them, then the words they are found by."""
    progress("reading")
    arranged = _arrange(dataset)
    progress("rows")
    describer = Describer(arranged.records, arranged.labels)
    _write_rows(connection, arranged, describer)
    _write_meta(connection, dataset, arranged, stamp, complete=publish is None)
    if publish is not None:
        publish()
    progress("ties")
    _write_ties(connection, arranged)
    _write_links(connection, arranged)
    _write_orderings(connection, arranged.ranges)
    progress("words")
    _write_words(connection, arranged, describer)
    connection.execute(sql.COMPLETE)


def _arrange(dataset: Dataset) -> _Arranged:
    records: dict[str, Record] = {}
    places: dict[str, tuple[int, int]] = {}
    redirects = {old: dataset.resolve(old) for old in dataset.redirects()}
    for kind, at, length, record in dataset.scan():
        _refuse(kind, record, records, str(dataset.path))
        records[record.id] = resolved(record, redirects) if redirects else record
        places[record.id] = (at, length)
    labels = _labels(records)
    tree = event_tree([r for r in records.values() if isinstance(r, Event)])
    taking_part = {r.agent for r in records.values() if isinstance(r, Participation) and r.agent}
    ordered = list(in_order(records, tree, taking_part, labels))
    return _Arranged(ordered, records, places, redirects, labels, tree, taking_part)


def _write_rows(connection: sqlite3.Connection, arranged: _Arranged, describer: Describer) -> None:
    spans = _event_spans(arranged.records)
    labels, places, tree = arranged.labels, arranged.places, arranged.tree

    def rows() -> Iterator[tuple[object, ...]]:
        for row, record in enumerate(arranged.ordered):
            first, last, date, flags = _dated(record, describer, spans)
            depth, size = tree[row][1:] if row < len(tree) else (0, 1)
            kind, label = record.id.partition("/")[0], plain(labels[record.id])[:LABEL_LENGTH]
            side, context = plain(describer.side(record)), plain(describer.context(record))
            yield row, record.id, kind, label, side, context, *places[record.id], depth, size, first, last, date, flags

    connection.executemany(sql.INSERT_RECORD, rows())
    connection.executescript(sql.INDEXES)
    connection.executemany(sql.INSERT_REDIRECT, arranged.redirects.items())


def _write_words(connection: sqlite3.Connection, arranged: _Arranged, describer: Describer) -> None:
    named: list[tuple[object, ...]] = []
    bodies: list[tuple[object, ...]] = []
    facets: list[tuple[str, str, int]] = []
    for row, record in enumerate(arranged.ordered):
        facets += [(key, value, row) for key, value in describer.facets(record)]
        found = describer.found_by(record)
        if found.extra:
            named.append((row, found.label, found.alias, found.extra))
        if found.body:
            bodies.append((row, found.body))
    connection.executemany(sql.INSERT_FACET, sorted(facets))
    connection.executemany(sql.INSERT_NAMED, named)
    connection.execute(sql.FILL_NAME)
    connection.executemany(sql.INSERT_BODY, bodies)


def _write_meta(
    connection: sqlite3.Connection,
    dataset: Dataset,
    arranged: _Arranged,
    stamp: Mapping[str, object],
    *,
    complete: bool,
) -> None:
    info = dataset.info
    meta = {
        "schema": sql.WRITTEN_BY,
        "stamp": json.dumps(stamp, sort_keys=True),
        "ranges": json.dumps(arranged.ranges),
        "title": plain(info.title),
        "description": plain(info.description),
        "records": len(arranged.ordered),
        "redirects": len(arranged.redirects),
        "complete": int(complete),
    }
    connection.executemany(sql.INSERT_META, meta.items())


def _refuse(kind: str, record: Record, records: Mapping[str, Record], file: str) -> None:
    """Refuse a record that its id would hide: one of another kind's name, or of a name that is taken."""
    place = ", ".join(part for part in (TABLES[kind], record.id, "field id") if part)
    if kind_of(record.id) != kind:
        raise BadInput(f"'{record.id}' is no id of a {kind}", file=file, place=place, mend=f"begin it with {kind}/")
    if record.id in records:
        raise BadInput("the id stands twice", file=file, place=place, mend="give each its own id")


def _labels(records: Mapping[str, Record]) -> dict[str, str]:
    labels: dict[str, str] = {}

    def name(ref: str) -> str:
        found = records.get(ref)
        return getattr(found, "label", ref) if found else ref

    for ref, record in records.items():
        labels[ref] = label_of(record, name)
    return labels


def _ranges(ordered: list[Record], taking_part: set[str]) -> dict[str, tuple[int, int]]:
    """Kind, and pane, to the rows it takes: first, and one past the last."""
    ranges: dict[str, tuple[int, int]] = {}
    for row, record in enumerate(ordered):
        kind = record.id.partition("/")[0]
        ranges[kind] = (ranges.get(kind, (row, 0))[0], row + 1)
    people, parties = ranges.get("person", (0, 0)), ranges.get("participation", (0, 0))
    silent = sum(ordered[row].id not in taking_part for row in range(*people))
    unnamed = sum(1 for row in range(*parties) if getattr(ordered[row], "agent", None) is None)
    first = people[0] + silent if people[1] else parties[0]
    last = parties[0] + unnamed if parties[1] else people[1]
    ranges["events"] = ranges.get("event", (0, 0))
    ranges["speakers"] = (first, last)
    ranges["organisations"] = ranges.get("organisation", (0, 0))
    ranges["questions"] = ranges.get("question", (0, 0))
    return ranges


def _write_ties(connection: sqlite3.Connection, arranged: _Arranged) -> None:
    rows = arranged.rows
    codes: dict[str, int] = {}
    panes = len(PANE_NAMES)
    pane_of = bytearray([panes]) * len(arranged.ordered)
    for pane, name in enumerate(PANE_NAMES):
        first, last = arranged.ranges[name]
        pane_of[first:last] = bytes([pane]) * (last - first)
    counts = array("I", bytes(4 * (panes + 1) * len(pane_of)))

    def pairs() -> Iterator[tuple[int, int, int]]:
        for a, b, why in find_ties(arranged.records).items():
            row, other = rows.get(a), rows.get(b)
            if row is not None and other is not None:
                counts[row * (panes + 1) + pane_of[other]] += 1
                yield row, other, codes.setdefault(why, len(codes))

    connection.executemany(sql.INSERT_TIE, sorted(pairs()))
    connection.executemany(sql.INSERT_WHY, ((code, plain(text)) for text, code in codes.items()))
    numbers = (counts[at : at + panes] for at in range(0, len(counts), panes + 1))
    connection.executemany(sql.INSERT_COUNTS, ((row, *found) for row, found in enumerate(numbers) if any(found)))


def _write_links(connection: sqlite3.Connection, arranged: _Arranged) -> None:
    rows = arranged.rows
    connection.executemany(
        sql.INSERT_LINK,
        sorted(
            (rows[target], name, row)
            for row, record in enumerate(arranged.ordered)
            for name, target in references(record)
            if target in rows
        ),
    )


def _event_spans(records: Mapping[str, Record]) -> dict[str, tuple[Span, bool]]:
    """Event to its days, and whether it has them only from what it is part of."""
    parents = {
        r.id: r.super_event for r in records.values() if isinstance(r, Event) and r.super_event and r.type not in APART
    }
    spans: dict[str, tuple[Span, bool]] = {}
    for record in records.values():
        if isinstance(record, Event):
            for whole in lineage(parents, record.id):
                found = records.get(whole)
                if isinstance(found, Event) and found.date:
                    spans[record.id] = (span_of(found.date), whole != record.id)
                    break
    return spans


def _dated(
    record: Record, describer: Describer, spans: Mapping[str, tuple[Span, bool]]
) -> tuple[int | None, int | None, str, int]:
    """Earliest day, latest day, EDTF and flags of a record."""
    if isinstance(record, Event):
        span, inherited = spans.get(record.id, (Span(None, None), False))
        flags = Flag.INHERITED if inherited else 0
        return (
            span.first,
            span.last,
            when(record.date, short=True) if record.date else "",
            flags | (Flag.INFERRED if record.date_basis == "inferred" else 0),
        )
    days = [span_of(date) for date in describer.days.get(record.id, ())]
    first = min((d.first for d in days if d.first is not None), default=None)
    last = max((d.last for d in days if d.last is not None), default=None)
    unnamed = isinstance(record, Participation) and record.agent is None
    return first, last, "", Flag.UNNAMED if unnamed or getattr(record, "unnamed", None) else 0


def _write_orderings(connection: sqlite3.Connection, ranges: Mapping[str, tuple[int, int]]) -> None:
    """The other orders in which a pane can be shown, each as packed unsigned 32-bit row numbers."""
    for pane in PANE_NAMES[1:]:
        for name, statement in sql.ORDERINGS.items():
            rows = array("I", (row for (row,) in connection.execute(statement, (*ranges[pane], FAR))))
            connection.execute(sql.INSERT_ORDERING, (pane, name, rows.tobytes()))
