"""Which rows the key ``date:`` selects: what is, or may be, on in a date, in an interval or at a time.

Events, memberships and sources have dates; everything else is in a date by the events it belongs to, any one of
several being enough: places and topics by what took place there, or was about them.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from convenings.domain.dates import Edtf, EdtfError, Moment, parse, parse_moment
from convenings.domain.days import MINUTES
from convenings.domain.kinds import DATE_FIELDS
from convenings.domain.query.days import date_in
from convenings.domain.query.tree import BadQuery, Field
from convenings.index.model import READ_TOGETHER, ReadModel
from convenings.index.selection import overlap

FAR = 1 << 60
"""Later than any day."""
MOST_WEST, MOST_EAST = -12 * 60, 14 * 60
"""Minutes by which the clocks of the world are ahead of UTC, at least and at most."""
EVENT_FIELDS = ("event", "occurrences.event")
"""Fields by which what is said, asked or done there points at an event."""
TAKING_PART = ("person", "organisation", "initiative")
PARTY_FIELDS = ("agent", "on_behalf_of")
"""Fields by which participations point at those kinds."""
OF_EVENTS = ("place", "topic")
"""Kinds that are in a date by the events that are related to them."""


class DatedRows:
    """What dates select of the rows of an index.

    Args:
        model: The read model.
    """

    def __init__(self, model: ReadModel) -> None:
        self._model = model
        self._events = cache(self._events_dated)

    def check(self, field: Field) -> None:
        """Refuse what cannot be answered.

        Raises:
            BadQuery: The value is no date, or its time cannot be compared with those that are recorded.
        """
        when = _date(field)
        if isinstance(when, Moment) and when.offset is not None and self._model.index.is_any_clock_local():
            what = "the times of some events are recorded without their distance to UTC"
            hint = f"leave it out, for the clock at each place: date:{field.value.partition('T')[0]}T{_clock(when)}"
            raise BadQuery(what, field.start, field.end, hint=hint)

    def select(self, field: Field, first: int, last: int) -> set[int]:
        """Rows from ``first`` up to, and without, ``last`` that a field selects.

        Raises:
            BadQuery: The value is no date.
        """
        model, events = self._model, self._events(field)
        rows = {row for row in events if first <= row < last}
        if isinstance(when := _date(field), Edtf):
            for kind in DATE_FIELDS.keys() - {"event"}:
                if span := overlap(model.range(kind), (first, last)):
                    rows.update(model.index.rows_between(span.start, span.stop, *bounds_of(when)))
        if not events:
            return rows
        if last > model.range("event")[1]:
            rows |= model.links.referring_to_any(events, first, last, EVENT_FIELDS)
        spans = [(max(first, start), min(last, stop)) for start, stop in map(model.range, TAKING_PART)]
        if spans := [(start, stop) for start, stop in spans if start < stop]:
            parties = model.links.referring_to_any(events, *model.range("participation"), ("event",))
            for start, stop in spans:
                rows |= self._taking_part(field, parties, events, start, stop)
        return rows | self._of_events(events, first, last)

    def dated(self, first: int, last: int) -> set[int]:
        """Rows from ``first`` up to, and without, ``last`` that have any days."""
        rows = set(self._model.index.rows_between(first, last, -FAR, FAR))
        if any(overlap(self._model.range(kind), (first, last)) for kind in OF_EVENTS):
            events = self._model.index.rows_between(*self._model.range("event"), -FAR, FAR)
            rows |= self._of_events(events, first, last)
        return rows

    def _of_events(self, events: Collection[int], first: int, last: int) -> set[int]:
        """Places and topics, from row ``first`` up to ``last``, of some events."""
        rows: set[int] = set()
        for kind in OF_EVENTS:
            if span := overlap(self._model.range(kind), (first, last)):
                rows |= self._model.links.related_to_any(events, span.start, span.stop)
        return rows

    def _events_dated(self, field: Field) -> Collection[int]:
        """The events that are, or may be, on in a date or at a time."""
        (first, last), when = self._model.range("event"), _date(field)
        if isinstance(when, Edtf):
            return self._model.index.rows_between(first, last, *bounds_of(when))
        minute = when.day * MINUTES + when.minute
        if when.offset is None:
            return self._model.index.rows_on_at(first, last, (when.day, when.day), minute, in_utc=False)
        minute -= when.offset
        # Of a day that is recorded without a clock nobody knows when it begins there.
        days = (minute + MOST_WEST) // MINUTES, (minute + MOST_EAST) // MINUTES
        return self._model.index.rows_on_at(first, last, days, minute, in_utc=True)

    def _taking_part(self, field: Field, parties: set[int], events: Collection[int], first: int, last: int) -> set[int]:
        """Rows from ``first`` up to ``last`` that any of some participations, which are at some events, points at."""
        model, when = self._model, _date(field)
        certain: set[int] = set()
        if isinstance(when, Edtf):
            bounds = bounds_of(when)
            # The first and the last day are those of an event, but of the days between them nothing is said.
            certain = set(model.index.rows_bounded_between(first, last, *bounds))
            rows = set(model.index.rows_between(first, last, *bounds)) - certain
            if len(rows) > READ_TOGETHER:
                rows &= model.links.related_to_any(events, first, last)
        else:
            rows = model.links.related_to_any(events, first, last)
        span = model.range("participation")
        return certain.union(
            row
            for row, pointing in model.referrers_of(rows).items()
            if not parties.isdisjoint(pointing.by(PARTY_FIELDS, *span))
        )


def _date(field: Field) -> Edtf | Moment:
    """What the value of a field says.

    Raises:
        BadQuery: It is no date.
    """
    try:
        return parse_moment(field.value) or parse(date_in(field.value) or field.value)
    except EdtfError as error:
        raise BadQuery(str(error), field.start, field.end) from error


def bounds_of(date: Edtf) -> tuple[int, int]:
    """First and last day of a date, an open end being farther than any day."""
    return -FAR if date.earliest is None else date.earliest, FAR if date.latest is None else date.latest


def _clock(when: Moment) -> str:
    return f"{when.minute // 60:02}:{when.minute % 60:02}"
