"""Events stand as a tree in time, whatever their references do; the rest stands by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Record,
)
from convenings.index.build.row_order import DayRange, TreeRow, day_range, event_clocks, event_days, event_tree
from tests.unit.indexing import opened


def _slug(ref: str) -> str:
    return ref.partition("/")[2]


def event(
    slug: str,
    whole: str | None = None,
    date: str | None = None,
    position: int | None = None,
    start_time: str | None = None,
    place: str | None = None,
    end_time: str | None = None,
) -> Event:
    parent, where = whole and f"event/{whole}", place and f"place/{place}"
    return Event(
        id=f"event/{slug}",
        label=slug,
        type="fair",
        super_event=parent,
        date=date,
        position=position,
        start_time=start_time,
        end_time=end_time,
        place=where,
    )


def indented(tree: list[TreeRow]) -> list[str]:
    """A tree as indented lines."""
    return ["." * tree_row.depth + _slug(tree_row.event.id) for tree_row in tree]


def test_spans() -> None:
    assert day_range("2021-03") == DayRange(737850, 737880)
    assert day_range("../2021-03-04") == DayRange(None, 737853)
    assert day_range("2021-03-04/..") == DayRange(737853, None)
    for text in (None, "", "March", "2021-13", "00000"):
        assert day_range(text) == DayRange(None, None)


def test_by_earliest_day_and_undated_last() -> None:
    events = [event("none"), event("late", date="2022"), event("early", date="2020-05"), event("earlier", date="2020")]
    assert indented(event_tree(events)) == ["earlier", "early", "late", "none"]


def test_same_day_stands_by_label_and_what_has_no_day_as_in_the_file() -> None:
    assert indented(event_tree([event(name, date="2020") for name in "cÀb"])) == ["À", "b", "c"]
    numbered = [event(f"Session {n}", date="2020") for n in (10, 9, 1)]
    assert indented(event_tree(numbered)) == ["Session 1", "Session 9", "Session 10"]
    assert indented(event_tree([event(name) for name in "cab"])) == ["c", "a", "b"]


def test_within_a_day_by_time_then_place_then_label() -> None:
    day = "2021-03-10"
    events = [
        event("evening", date=f"{day}T20:00:00+08:00"),
        event("late", date=day, start_time="17:00"),
        event("b", date=day, start_time="09:00", place="two"),
        event("z", date=day, start_time="09:00", place="one"),
        event("a", date=day, start_time="09:00", place="two"),
        event("no time", date=day),
        event("morning", date=f"{day}T08:30:59"),
        event("day before", date="2021-03-09", start_time="23:59"),
    ]
    expected = ["day before", "no time", "morning", "a", "b", "z", "late", "evening"]
    assert indented(event_tree(events, {"place/one": "west", "place/two": "east"})) == expected
    assert indented(event_tree(events)) == ["day before", "no time", "morning", "z", "a", "b", "late", "evening"]


def test_parts_stand_by_time_on_the_day_of_their_whole() -> None:
    events = [
        event("whole", date="2021-03-10"),
        event("no time", "whole"),
        event("noon", "whole", start_time="12:30"),
        event("nine", "whole", start_time="09:00"),
        event("ten", "whole", "2021-03-10", start_time="10:00"),
        event("next", date="2021-03-11"),
    ]
    assert indented(event_tree(events)) == ["whole", ".nine", ".ten", ".noon", ".no time", "next"]


def test_a_time_comes_before_a_position_and_what_has_none_stays_behind_what_it_followed() -> None:
    events = [
        event("whole", date="2021-03-10"),
        event("third", "whole", position=3, start_time="11:00"),
        event("second", "whole", position=2),
        event("first", "whole", position=1, start_time="09:00"),
        event("between", "whole", start_time="10:00"),
    ]
    assert indented(event_tree(events)) == ["whole", ".first", ".second", ".between", ".third"]


def test_positions_that_begin_anew_each_day() -> None:
    events = [event(f"{day}{n}", "whole", f"2021-03-0{day}", n) for n in (1, 2) for day in (2, 1)]
    assert indented(event_tree([event("whole"), *events])) == ["whole", ".11", ".12", ".21", ".22"]


def test_what_ended_by_a_day_stands_before_what_is_later() -> None:
    events = [
        event("new", date="2021"),
        event("unknown start", date="/1950"),
        event("open start", date="../1990"),
        event("last day", date="1990-12-31"),
        event("ancient", date="-0551"),
        event("deep", date="Y-17000"),
        event("undated"),
    ]
    expected = ["deep", "ancient", "unknown start", "open start", "last day", "new", "undated"]
    assert indented(event_tree(events)) == expected


def clocks(events: list[Event], rooms: tuple[str, ...] = ()) -> dict[str, tuple[str, str]]:
    """Label of each event that begins at a time to when it begins and ends, as hours and minutes of its first day."""
    tree, days = event_tree(events), event_days(events)
    spans = {}
    for clock in event_clocks(tree, days, rooms):
        midnight = clock.start // 1440 * 1440
        times = [f"{(at - midnight) // 60:02}:{(at - midnight) % 60:02}" for at in (clock.start, clock.finish)]
        spans[tree[clock.row].event.label] = (times[0], times[1])
    return spans


def test_an_end_that_is_recorded_holds_though_something_begins_before_it() -> None:
    day = "2021-03-10"
    events = [
        event("whole", date="2021-03-10/2021-03-11", start_time="09:00", end_time="17:00"),
        event("long", "whole", day, start_time="10:00", end_time="12:00", place="hall"),
        event("between", "whole", day, start_time="11:00", place="hall"),
        event("night", "whole", day, start_time="23:00", end_time="01:30", place="hall"),
    ]
    assert clocks(events, ("hall",)) == {
        "whole": ("09:00", "41:00"),
        "long": ("10:00", "12:00"),
        "between": ("11:00", "23:00"),
        "night": ("23:00", "25:30"),
    }


def test_a_part_lasts_until_the_next_at_its_place_and_the_whole_until_its_day_ends() -> None:
    day = "2021-03-10"
    events = [
        event("whole", date=day, start_time="09:00"),
        event("one", "whole", start_time="09:00"),
        event("two", "whole", day, start_time="12:30"),
        event("elsewhere", "whole", day, start_time="10:00", place="annexe"),
        event("alone", date=day, start_time="11:00"),
        event("no time", "whole", day),
    ]
    assert clocks(events) == {
        "whole": ("09:00", "24:00"),
        "one": ("09:00", "12:30"),
        "two": ("12:30", "24:00"),
        "elsewhere": ("10:00", "24:00"),
        "alone": ("11:00", "24:00"),
        "no time": ("09:00", "24:00"),
    }


def test_in_a_room_one_thing_follows_the_other_whatever_they_are_part_of() -> None:
    day = "2021-03-10"
    events = [
        event("one", date=day, start_time="09:00", place="room"),
        event("twin", date=day, start_time="09:00", place="room"),
        event("two", date=day, start_time="10:00", place="room"),
        event("city", date=day, start_time="09:00", place="city"),
        event("other city", date=day, start_time="10:00", place="city"),
        event("next day", date="2021-03-11", start_time="08:00", place="room"),
    ]
    assert clocks(events, ("place/room",)) == {
        "one": ("09:00", "10:00"),
        "twin": ("09:00", "10:00"),
        "two": ("10:00", "24:00"),
        "city": ("09:00", "24:00"),
        "other city": ("10:00", "24:00"),
        "next day": ("08:00", "24:00"),
    }


def test_a_time_on_one_of_several_days_is_on_none_of_them() -> None:
    events = [
        event("month", date="2021-03", start_time="09:00"),
        event("days", date="2021-03-10/2021-03-11", start_time="09:00"),
        event("part", "days", start_time="10:00"),
    ]
    assert clocks(events) == {"days": ("09:00", "48:00")}


def test_undated_whole_stands_at_the_earliest_of_its_parts() -> None:
    events = [
        event("whole"),
        event("between", date="2021"),
        event("part", "whole", "2020"),
        event("last", "whole", "2022"),
    ]
    assert indented(event_tree(events)) == ["whole", ".part", ".last", "between"]


def test_parts_with_a_position_stand_first_and_by_it() -> None:
    events = [
        event("whole"),
        event("dated", "whole", "0001-01-01"),
        event("b", "whole", None, 2),
        event("a", "whole", None, 1),
    ]
    assert indented(event_tree(events)) == ["whole", ".a", ".b", ".dated"]


def test_orphans_stand_at_the_top() -> None:
    tree = event_tree([event("orphan", "nowhere"), event("child", "orphan")])
    assert indented(tree) == ["orphan", ".child"]
    assert [tree_row.size for tree_row in tree] == [2, 1]


@pytest.mark.parametrize("chain", ["a", "ab", "abc"])
def test_cycles_lose_no_event(chain: str) -> None:
    events = [event(name, chain[at - 1]) for at, name in enumerate(chain)] + [event("below", "a"), event("free")]
    tree = event_tree(events)
    assert sorted(_slug(tree_row.event.id) for tree_row in tree) == sorted([*chain, "below", "free"])
    assert sum(tree_row.size for tree_row in tree if tree_row.depth == 0) == len(events)


def test_five_thousand_levels() -> None:
    events = [event("0"), *(event(str(n), str(n - 1)) for n in range(1, 5000))]
    tree = event_tree(events[::-1])
    assert [tree_row.depth for tree_row in tree] == list(range(5000))
    assert [tree_row.size for tree_row in tree] == list(range(5000, 0, -1))


def test_five_thousand_events_in_one_ring() -> None:
    tree = event_tree([event(str(n), str((n + 1) % 5000)) for n in range(5000)])
    assert len({tree_row.event.id for tree_row in tree}) == 5000


@st.composite
def forests(draw: st.DrawFn) -> list[Event]:
    """Events with wholes that are there, that are not, or that lead back to them."""
    names = [str(n) for n in range(draw(st.integers(0, 8)))]
    dates = st.none() | st.sampled_from(["2020", "2021", "2022", "never"])
    whole = st.none() | st.sampled_from([*names, "nowhere"])
    return [event(name, draw(whole), draw(dates), draw(st.none() | st.integers(1, 3))) for name in names]


@given(forests())
def test_every_event_once_and_every_part_within_its_whole(events: list[Event]) -> None:
    tree = event_tree(events)
    assert sorted(tree_row.event.id for tree_row in tree) == sorted(event.id for event in events)
    for at, tree_row in enumerate(tree):
        rows = range(at, at + tree_row.size)
        assert rows.stop <= len(tree)
        assert all(tree[row].depth > tree_row.depth for row in rows[1:])
        assert rows.stop == len(tree) or tree[rows.stop].depth <= tree_row.depth
        if tree_row.depth:
            above = next(tree[row] for row in range(at - 1, -1, -1) if tree[row].depth == tree_row.depth - 1)
            assert tree_row.event.super_event == above.event.id


@given(forests())
def test_only_roots_orphans_and_rings_stand_at_the_top(events: list[Event]) -> None:
    by_id = {event.id: event for event in events}
    for tree_row in event_tree(events):
        if tree_row.depth == 0 and tree_row.event.super_event in by_id:
            seen, ref = set(), tree_row.event.super_event
            while ref in by_id and ref not in seen:
                seen.add(ref)
                ref = by_id[ref].super_event or ""
            assert ref in seen, "it has a whole that ends in a root, so it belongs below that"


def test_kinds_stand_by_name_and_unnamed_parties_beside_those_who_took_part(tmp_path: Path) -> None:
    def part(slug: str, agent: str | None, unnamed: str | None = None) -> Participation:
        return Participation(id=f"participation/{slug}", event="event/e", role="speaker", agent=agent, unnamed=unnamed)

    people = [Person(id=f"person/{label.lower()}", label=label) for label in ("Zoe", "Ève", "adam", "Mia")]
    content: list[Record] = [
        event("e"),
        *people,
        Organisation(id="organisation/b", label="B", type="company"),
        Organisation(id="organisation/a", label="a", type="company"),
        part("named", "person/zoe"),
        part("other", "person/adam"),
        part("guests", None, "guests"),
        part("donors", None, "Donors"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert [model.one(row).label for row in model.everything("speakers")] == ["adam", "Zoe", "Donors", "guests"]
        assert [model.one(row).label for row in range(*model.range("person"))] == ["Ève", "Mia", "adam", "Zoe"]
        assert [model.one(row).label for row in model.everything("organisations")] == ["a", "B"]
