"""What a query with a time of day selects."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Occurrence
from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Statement,
)
from tests.unit.indexing import opened, selected


def _programme() -> list[Record]:
    """A day with sessions in two rooms, an evening far away, and people who come again after years."""

    def event(slug: str, **fields: str) -> Event:
        return Event(id=f"event/{slug}", label=slug, type="workshop", **fields)  # type: ignore[arg-type]

    def speaker(slug: str, event: str, agent: str, *behalf: str) -> Participation:
        ref = f"participation/{slug}"
        return Participation(id=ref, event=f"event/{event}", role="speaker", agent=agent, on_behalf_of=list(behalf))

    day, hall, annexe = "2021-03-10", "place/hall", "place/annexe"
    return [
        Place(id=hall, label="Hall", type="room"),
        Place(id=annexe, label="Annexe", type="room"),
        event("days", date="2021-03-10/2021-03-11"),
        event("nine", date=day, start_time="09:00", place=hall),
        event("noon", date=day, start_time="12:30", place=hall),
        event("other", date=day, start_time="09:30", place=annexe),
        event("untimed", date=day, place=hall),
        event("month", date="2021-03"),
        event("since", date="2020/.."),
        event("until", date="../1990"),
        event("ancient", date="-0551"),
        event("again", date="2023-05-04"),
        Person(id="person/ana", label="Ana"),
        Person(id="person/bo", label="Bo"),
        Organisation(id="organisation/lab", label="Lab", type="company"),
        speaker("ana", "nine", "person/ana"),
        speaker("ana-again", "again", "person/ana", "organisation/lab"),
        speaker("bo", "until", "person/bo"),
        speaker("bo-noon", "noon", "person/bo", "organisation/lab"),
        Statement(id="statement/dues", type="opinion", summary="Dues", event="event/noon"),
        Question(
            id="question/cost",
            label="Cost?",
            text="Cost?",
            form="direct",
            occurrences=[Occurrence(event="event/nine", act="raised", explicit=True)],
        ),
    ]


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        ("event", "date:2021-03-10T08:59", {"days", "untimed", "month", "since"}),
        ("event", "date:2021-03-10T09:00", {"days", "untimed", "month", "since", "nine"}),
        ("event", "date:2021-03-10T12:29:59", {"days", "untimed", "month", "since", "nine", "other"}),
        ("event", "date:2021-03-10T12:30", {"days", "untimed", "month", "since", "noon", "other"}),
        ("event", "date:2021-03-11T12:30", {"days", "month", "since"}),
        ("event", "!date:2021-03-10T12:30", {"nine", "until", "ancient", "again"}),
        ("event", "date:2021-03-10 place:hall", {"nine", "noon", "untimed"}),
        ("event", "date:-0551", {"until", "ancient"}),
        ("event", "date:-0600/-0500", {"until", "ancient"}),
        ("event", "date:1985", {"until"}),
        ("person", "date:2021-03-10T10:00", {"ana"}),
        ("person", "date:2021-03-10T13:00", {"bo"}),
        ("person", "date:2021", {"ana", "bo"}),
        ("person", "date:2022", set()),
        ("person", "!date:2022", {"ana", "bo"}),
        ("person", "date:2023", {"ana"}),
        ("person", "date:1800", {"bo"}),
        ("person", "date:2000", set()),
        ("person", "date:2022/2024", {"ana"}),
        ("organisation", "date:2022", set()),
        ("organisation", "date:2023", {"lab"}),
        ("participation", "date:2021-03-10T10:00", {"ana"}),
        ("participation", "date:2021-03-10", {"ana", "bo-noon"}),
        ("statement", "date:2021-03-10T13:00", {"dues"}),
        ("statement", "date:2021-03-10T10:00", set()),
        ("question", "date:2021-03-10T10:00", {"cost"}),
        ("question", "date:2021-03-10T13:00", set()),
    ],
)
def test_what_is_on_at_a_time(tmp_path: Path, kind: str, query: str, expected: set[str]) -> None:
    with opened(tmp_path / "set.json", _programme()) as model:
        assert selected(model, kind, query) == expected


def test_an_instant_is_compared_with_times_whose_distance_to_utc_is_recorded(tmp_path: Path) -> None:
    content: list[Record] = [
        Event(id=f"event/{slug}", label=slug, type="workshop", date=date)
        for slug, date in (
            ("shenzhen", "2021-03-11T08:00:00+08:00"),
            ("lima", "2021-03-10T20:00:00-05:00"),
            ("day", "2021-03-11"),
            ("before", "2021-03-09"),
        )
    ]
    with opened(tmp_path / "set.json", content) as model:
        for query in ("date:2021-03-11T00:30Z", "date:2021-03-11T08:30+08:00", "date:2021-03-10T19:30-05:00"):
            assert selected(model, "event", query) == {"shenzhen", "day"}
        assert selected(model, "event", "date:2021-03-11T01:00Z") == {"shenzhen", "lima", "day"}
        # By the clock at each place it is eight in Shenzhen alone.
        assert selected(model, "event", "date:2021-03-11T08:00") == {"shenzhen", "day"}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("date:2021-03-10T09:00Z", "without their distance to UTC"),
        ("date:2021-03-10T9", "the time is not one"),
        ("date:2021-03-10T25:00", "the time is not one"),
        ("date:2021-03-10T09:00/2021-03-11", "an interval has no times"),
    ],
)
def test_a_time_is_refused_rather_than_taken_for_its_day(tmp_path: Path, query: str, says: str) -> None:
    with opened(tmp_path / "set.json", _programme()) as model, pytest.raises(BadInput, match=says):
        selected(model, "event", query)
