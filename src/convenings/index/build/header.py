"""Runs in the builder, main thread and background thread.

What an index says of itself, besides its rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from convenings.domain.text import plain
from convenings.index.questions import EventDays
from convenings.index.rows import Flag, Step
from convenings.index.sqlite import statements
from convenings.store.canonical import Info

YEAR = 366
LEAST_SPAN_WITH_OUTLIERS = 50 * YEAR
"""Days; events nearer to each other stand on one axis well enough."""
FAR_AWAY = 10
"""How many times the time that all other events take lies between them and an outlier, at least."""
MOST_OUTLIERS = 3
"""Events; of more that are far away from others, nobody would say that they lie off."""


def write_meta(
    connection: sqlite3.Connection,
    info: Info,
    stamp: Mapping[str, object],
    ranges: Mapping[str, tuple[int, int]],
    records: int,
    *,
    redirects: int = 0,
    sample: Sequence[int] = (),
    step: int = Step.WHOLE,
    content_hash: str = "",
    common_role: str = "",
) -> None:
    """Write what the read model asks for when it opens an index, the rows of which are written.

    Args:
        connection: The index.
        info: What the dataset says of itself.
        stamp: What identifies the state of the dataset file.
        ranges: Kind, and pane, to its rows: the first, and one past the last.
        records: How many rows there are.
        redirects: How many ids were taken out of use.
        sample: What a dataset without an id is known by.
        step: How far the index is, a :class:`~convenings.index.rows.Step`.
        content_hash: The SHA-256 of the file, known once all of it is read.
        common_role: The role of each of very many participations, where that is the same.
    """
    meta = {
        "schema": statements.INDEX_VERSION,
        "stamp": _json(stamp),
        "content": content_hash,
        "ranges": _json(ranges),
        "days": _json(event_days(connection, ranges["events"])),
        "title": plain(info.title),
        "description": plain(info.description),
        "id": info.id,
        "sample": _json(sample),
        "records": records,
        "redirects": redirects,
        "format": info.format,
        "step": step,
        "common_role": common_role,
    }
    connection.executemany(statements.INSERT_META, meta.items())


def event_days(connection: sqlite3.Connection, rows: tuple[int, int]) -> EventDays:
    """How the events, which are in some rows, lie in time."""
    first, last = connection.execute(statements.EVENT_SPAN, rows).fetchone()
    (has_times,) = connection.execute(statements.IS_ANY_CLOCK).fetchone()
    (has_ends,) = connection.execute(statements.HAS_ENDS).fetchone()
    (longest_date,) = connection.execute(statements.LONGEST_DATE, rows).fetchone()
    days = EventDays(
        (first, last),
        (first, last),
        has_times=bool(has_times),
        has_ends=bool(has_ends),
        longest_date=longest_date,
    )
    if first is None or last - first < LEAST_SPAN_WITH_OUTLIERS:
        return days
    # Parts that have the days of their whole are no events of their own here.
    ends = [
        [_Ends(*line) for line in connection.execute(statement, (*rows, int(Flag.INHERITED), MOST_OUTLIERS + 2))]
        for statement in (statements.FIRST_EVENTS, statements.LAST_EVENTS)
    ]
    early, late = _number_of_outliers(*ends)
    if not early and not late:
        return days
    main_span = ends[0][early].first, ends[1][late].last
    outliers = [each.row for each in (*ends[0][:early], *ends[1][:late])]
    return msgspec.structs.replace(days, main_span=main_span, outliers=outliers)


class _Ends(NamedTuple):
    """An event, and its first and last day."""

    row: int
    first: int
    last: int


def _number_of_outliers(earliest: Sequence[_Ends], latest: Sequence[_Ends]) -> tuple[int, int]:
    """How many of the earliest events, and of the latest, are far from all others.

    An event is so where the time between it and the others is many times the time that all of these take.
    """
    early = late = 0
    while early + late < MOST_OUTLIERS and len(earliest) - early - late > 2:
        first, last = earliest[early], latest[late]
        if earliest[early + 1].first - first.last >= FAR_AWAY * max(last.last - earliest[early + 1].first, YEAR):
            early += 1
        elif last.first - latest[late + 1].last >= FAR_AWAY * max(latest[late + 1].last - first.first, YEAR):
            late += 1
        else:
            break
    return early, late


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
