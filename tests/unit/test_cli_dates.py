"""Dates and times as the command line shows, counts and takes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convenings.domain.records import Event, Place
from tests.unit.cli_records import Run
from tests.unit.weekend import SATURDAY, dataset, event, weekend


def test_the_command_line_shows_times_in_order_and_what_is_on(run: Run, tmp_path: Path) -> None:
    """``list event`` has the times, and takes one."""
    path = dataset(tmp_path, *weekend())
    code, out, _ = run("list", "event", "--dataset", path)
    assert code == 0
    starts = [
        out.index(text) for text in ("3 to 4 Feb 2018", "3 Feb 2018, 09:00", "3 Feb 2018, 10:30", "19:00", "11:00")
    ]
    assert starts == sorted(starts)
    assert "16:00:30" not in out
    code, out, _ = run("list", "event", "--filter", f"date:{SATURDAY}T10:15", "--dataset", path)
    assert code == 0
    assert "opening" in out
    assert "supper" not in out
    assert "second" not in out
    code, _, err = run("list", "event", "--filter", f"date:{SATURDAY}T10:15Z", "--dataset", path)
    assert code == 2
    assert "without their distance to UTC" in err


def test_the_profile_of_a_room_says_when_each_event_is(run: Run, tmp_path: Path) -> None:
    """A list of titles alone would tell nobody when to come."""
    code, out, _ = run("show", "place/hall", "--dataset", dataset(tmp_path, *weekend()))
    assert code == 0
    assert "3 February 2018, 09:00, part of conference" in out
    assert "3 February 2018, 10:30, part of conference" in out


def test_the_day_of_a_session_is_marked_as_inferred_where_that_of_its_event_is(run: Run, tmp_path: Path) -> None:
    """It has no day of its own, and what it has instead is no surer than where it comes from."""
    whole = Event(id="event/whole", label="whole", type="fair", date=SATURDAY, date_basis="inferred")
    talk = event("talk", start_time="09:00", super_event="event/whole", place="place/hall")
    path = dataset(tmp_path, Place(id="place/hall", label="Hall", type="room"), whole, talk)
    assert "3 February 2018 (inferred), 09:00, part of whole" in run("show", "place/hall", "--dataset", path)[1]


@pytest.mark.parametrize(
    ("dates", "earliest", "latest", "words"),
    [
        (["2018-02", "2023-09-16"], "2018-02", "2023-09-16", "2018-02 to 2023-09-16"),
        (["2018-21", "201X"], "201X", "201X", "201X to 201X"),
        (["1920-11-29/1921", "2015-03-30/.."], "1920-11-29", "2015-03-30/..", "1920-11-29 to 2015-03-30 or later"),
        (["../1990", "2018-06-20T09:00:00Z"], "../1990", "2018-06-20", "1990 or earlier to 2018-06-20"),
        (["/1950~"], "../1950~", "1950~", "1950~ or earlier to 1950~"),
        (["-0551", "Y17000"], "-0551", "Y17000", "-0551 to Y17000"),
        ([], None, None, "Dates  none"),
        (["soon"], None, None, "Dates  none"),
    ],
)
def test_stats_are_no_more_exact_than_the_dates(
    run: Run, tmp_path: Path, dates: list[str], earliest: str | None, latest: str | None, words: str
) -> None:
    """No first of a month for a month, and an open end is said to be one."""
    path = dataset(tmp_path, *(event(f"e{at}", date) for at, date in enumerate(dates)), event("undated"))
    counts = json.loads(run("stats", "--json", "--dataset", path)[1])["dates"]
    assert (counts["earliest"], counts["latest"]) == (earliest, latest)
    assert words in run("stats", "--dataset", path)[1]
