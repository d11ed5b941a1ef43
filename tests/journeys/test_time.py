"""Events in time: order and times within a day, and an axis that fits what is dated and says what it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import (
    Event,
    Organisation,
    Person,
    Place,
    Record,
)
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, User, open_explorer
from tests.unit.weekend import SATURDAY, dataset, event, weekend

LONG = "A title that goes on " * 7 + "and ends well"


def line(user: User, label: str) -> str:
    """The line of the timeline with a text, below the ticks."""
    lines = user.lines(user.region("timeline"))[2:]
    return next((text for text in lines if label in text), f"no line with {label} in {lines}")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_sessions_stand_by_time_which_is_shown_without_seconds(size: tuple[int, int], tmp_path: Path) -> None:
    """However the file orders them; a long title takes neither time nor axis away, and keeps its end."""
    async with open_explorer(size, dataset(tmp_path, *weekend(LONG))) as user:
        assert user.rows("timeline") == ["conference", "opening", "second", "supper", LONG, "farewell"]
        user.expect_screen("09:00", "10:30", "19:00", "3 to 4 Feb 2018", "well ", "3 Feb ", "4 Feb ", "16:00")
        user.expect_not_on_screen("16:00:30")
        user.expect_sound()


async def test_a_weekend_fills_the_axis_and_hours_are_its_ticks(tmp_path: Path) -> None:
    """A dataset of two days has two days of axis, and zooming goes on to hours and says which day it is."""
    async with open_explorer(WIDE, dataset(tmp_path, *weekend(LONG))) as user:
        header = user.lines(user.region("timeline"))[1]
        assert "3 Feb" in header
        assert "12:00" in header
        assert "2018" not in header
        await user.press("down", *["+"] * 6)
        header = user.lines(user.region("timeline"))[1]
        assert "3 Feb 0" in header or "3 Feb 1" in header
        assert ":00" in header
        assert "◆" in line(user, "opening")
        for later in ("supper", "farewell"):
            assert "›" in line(user, later)
        await user.find("supper")
        await user.press("0", *["+"] * 6)
        assert "‹" in line(user, "opening")
        user.expect_sound()


@pytest.mark.parametrize("size", [MEDIUM, WIDE])
async def test_one_event_far_off_is_named_and_does_not_stretch_the_axis(size: tuple[int, int], tmp_path: Path) -> None:
    """The axis opens on the others, a mark at its edge shows where it is, and minus and zero show all of the time."""
    others = [event(f"meeting {year}", f"{year}-05-04") for year in (2018, 2019, 2020, 2021)]
    async with open_explorer(size, dataset(tmp_path, event("mistyped", "0202-05-04"), *others)) as user:
        user.expect_screen("one event, mistyped, is 1,816 years earlier", "2019")
        assert "‹" in line(user, "mistyped")
        assert line(user, "mistyped").count("◆") == 0
        await user.press("0")
        assert "◆" in line(user, "mistyped")
        user.expect_screen("1000")
        await user.press("0")
        assert "‹" in line(user, "mistyped")
        await user.press("-")
        await user.press(*["-"] * 12)
        user.expect_crumb("All of the time is shown already")
        await user.press(*["+"] * 12)
        user.expect_sound()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_nothing_dated_has_no_axis(size: tuple[int, int], tmp_path: Path) -> None:
    """Nothing is invented where no event has a date, nor where there is no event."""
    undated: list[Record] = [event("first"), event("second")]
    others: list[Record] = [Person(id="person/a", label="A"), Organisation(id="organisation/b", label="B", type="unit")]
    for name, records in (("undated", undated), ("others", others)):
        (tmp_path / name).mkdir()
        async with open_explorer(size, dataset(tmp_path / name, *records)) as user:
            pane = user.four_panes.timeline
            assert not pane.has_axis
            assert not pane.header
            user.expect_not_on_screen("20", "Jan ")
            await user.press("1", "+")
            user.expect_crumb("No event here has a date")
            user.expect_sound()


async def test_what_ended_before_stands_before(tmp_path: Path) -> None:
    """A date with an open or unknown start stands by its end."""
    events = [event("new", "2021"), event("ended", "../1990"), event("long ago", "/1950"), event("undated")]
    async with open_explorer(NARROW, dataset(tmp_path, *events)) as user:
        assert user.rows("timeline") == ["long ago", "ended", "new", "undated"]


async def test_what_is_on_at_a_time_is_a_filter(tmp_path: Path) -> None:
    """The filter of a pane, of the command line and of the palette mean the same by a time."""
    async with open_explorer(WIDE, dataset(tmp_path, *weekend(LONG))) as user:
        await user.filter(f"date:{SATURDAY}T10:15 place:hall")
        assert user.rows("timeline") == ["opening"]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_events_of_one_name_and_day_are_told_apart_by_place(size: tuple[int, int], tmp_path: Path) -> None:
    places: list[Record] = [Place(id=f"place/{name}", label=name, type="city") for name in ("Brno", "Graz")]
    fairs = [
        Event(id=f"event/{p.id[6:]}", label="Spring fair", type="fair", date=SATURDAY, date_basis="stated", place=p.id)
        for p in places
    ]
    async with open_explorer(size, dataset(tmp_path, *places, *fairs)) as user:
        user.expect_screen("Spring fair, at Brno", "Spring fair, at Graz")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_row_says_from_when_to_when_and_where_and_its_day_once(size: tuple[int, int], tmp_path: Path) -> None:
    """Of the sessions of a day only the first on the screen says which day it is; what is called off says so."""
    whole = "event/conference"
    path = dataset(
        tmp_path,
        *weekend(),
        Place(id="place/attic", label="Attic", type="room"),
        event("late talk", SATURDAY, start_time="20:00", end_time="20:25", super_event=whole, place="place/attic"),
        event("later talk", SATURDAY, start_time="21:00", end_time="21:50", super_event=whole, status="cancelled"),
    )
    async with open_explorer(size, path) as user:
        assert "20:00–20:25" in line(user, "late talk")
        assert "Attic" in line(user, "late talk")
        assert "21:00–21:50" in line(user, "later talk (cancelled)")
        days = [text for text in user.lines(user.region("timeline")) if "3 Feb " in text and ":00" in text]
        assert len(days) - ("12:00" in days[0]) == 1
        user.expect_sound()
