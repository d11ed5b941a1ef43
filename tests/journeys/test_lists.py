"""Which lists stand beside the timeline: those that the dataset fills, or those that somebody chooses."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.record_values import Evidence
from convenings.domain.records import Organisation, Participation, Person, Place, Record, Statement
from convenings.domain.state import Lens, Pin
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, open_explorer
from tests.unit import factory
from tests.unit.two_years import two_years
from tests.unit.weekend import dataset, event


async def test_rooms_and_tracks_stand_where_there_are_no_organisations_and_no_questions(tmp_path: Path) -> None:
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        user.expect_screen("2 Speakers", "3 Places", "4 Topics", "5 Profile")
        user.expect_not_on_screen("Organisations", "Questions", "0 organisations", "none")
        await user.press("3")
        user.expect_active("places")
        await user.press("4")
        user.expect_active("topics")
        user.expect_sound()


async def test_a_pinned_room_shows_its_sessions_its_speakers_and_its_tracks(tmp_path: Path) -> None:
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await user.press("3", "g", "enter")
        user.expect_crumb("▶ Anchor")
        sessions = ["Welcome", "How to splice a rope", "Farewell", "Ropes a year on"]
        user.expect_rows("timeline", sessions)
        user.expect_rows("speakers", ["Ada", "Bo"])
        user.expect_rows("topics", ["Ropes"])
        assert user.reason("topics", "topic/ropes") == "2 events"
        await user.press("1", "slash")
        await user.type("date:2020-02-01T10:00")
        await user.press("enter")
        user.expect_rows("timeline", ["How to splice a rope"])


async def test_who_spoke_in_both_years(tmp_path: Path) -> None:
    """Two pins of one kind are compared."""
    async with open_explorer(MEDIUM, dataset(tmp_path, *two_years())) as user:
        await user.find("quay 2020")
        await user.press("p")
        await user.find("quay 2021")
        await user.press("p")
        user.expect_rows("speakers", ["Ada"])
        user.expect_crumb("what both share")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_organisations_alone_have_all_the_room(size: tuple[int, int], tmp_path: Path) -> None:
    """Without events there is no timeline, and the first list is where everybody starts."""
    bodies: list[Record] = [
        Organisation(id=f"organisation/{name}", label=f"Society of {name}", type="association") for name in "abc"
    ]
    async with open_explorer(size, dataset(tmp_path, *bodies)) as user:
        user.expect_active("organisations")
        user.expect_not_on_screen("Timeline", "Speakers", "Questions")
        await user.press("1")
        user.expect_crumb("No events are recorded in this dataset")
        await user.press("3")
        user.expect_crumb("Nothing else is recorded here that could be listed")
        await user.press("tab", "tab")
        user.expect_active("organisations")
        user.expect_sound()


async def test_another_kind_is_listed_by_a_key_and_stays_for_the_session(tmp_path: Path) -> None:
    """What is in the way goes; the palette and a click on a count bring it back."""
    path = tmp_path / "set.json"
    factory.write(path, factory.records())
    async with open_explorer(WIDE, path) as user:
        user.expect_screen("2 Speakers", "3 Organisations", "4 Questions")
        await user.press("3", "v")
        user.expect_screen("2 Speakers", "3 Places", "4 Questions")
        user.expect_active("places")
        await user.press("v", "v", "v")
        user.expect_active("statements")
        user.expect_screen("3 Statements")
        assert user.explorer.state.lists == ("speakers", "statements", "questions")
        await user.find("organisations")
        user.expect_active("organisations")
        user.expect_screen("3 Organisations")
        user.expect_sound()


async def test_statements_are_listed_pinned_and_related(tmp_path: Path) -> None:
    note = Evidence(source="source/none", paragraph=1, start=0, end=1, passage_hash="", fields=["summary"])
    talk = two_years()
    said = [
        Statement(id="statement/a", type="opinion", summary="Ropes rot.", event="event/knots", agents=["person/bo"],
                  topics=["topic/ropes"], evidence=[note]),
        Statement(id="statement/b", type="report", summary="Lamps shine.", event="event/signal-lamps"),
    ]  # fmt: skip
    async with open_explorer(MEDIUM, dataset(tmp_path, *talk, *said)) as user:
        await user.find("statements")
        user.expect_active("statements")
        user.expect_rows("statements", ["Ropes rot.", "Lamps shine."])
        await user.press("g", "enter")
        user.expect_rows("timeline", ["Quay 2020", "Knots"])
        user.expect_rows("speakers", ["Bo"])


async def test_a_record_of_a_list_that_is_not_on_the_screen_is_read_in_the_profile(tmp_path: Path) -> None:
    """The palette changes no pane; a pin there holds."""
    path = tmp_path / "set.json"
    records = [
        *factory.records(),
        Place(id="place/attic", label="Attic", type="room"),
        event("attic talk", "2021-05-04", super_event="event/day", place="place/attic"),
    ]
    factory.write(path, records)
    async with open_explorer(NARROW, path) as user:
        await user.find("attic")
        await user.press("p", "1")
        user.expect_crumb("▶ ")
        assert user.explorer.state.lists == ()


async def test_the_lists_are_tabs_where_the_first_of_all_has_no_rows(tmp_path: Path) -> None:
    """Of a calendar of rooms without people, too."""
    rooms: list[Record] = [Place(id="place/attic", label="Attic", type="room")]
    talk = event("talk", "2020-02-01", place="place/attic", start_time="10:00")
    async with open_explorer(MEDIUM, dataset(tmp_path, *rooms, talk)) as user:
        user.expect_screen("2 Places", "Attic")
        user.expect_not_on_screen("Speakers")


async def test_a_pin_of_a_kind_that_no_list_showed_stands_in_its_list_now(tmp_path: Path) -> None:
    """Kept sessions have rooms pinned beside all lists."""
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        state = user.explorer.state
        user.explorer.restore(replace(state, lens=Lens((Pin("other", "place/buoy"),))))
        await user.settle()
        user.expect_rows("speakers", ["Cai"])
        assert user.explorer.state.lens.pinned("places") == ("place/buoy",)


async def test_a_role_that_everybody_has_is_said_once(tmp_path: Path) -> None:
    """Of a programme that names no roles each is inferred: the border says so, and rows say which session."""
    names = [Person(id=f"person/p{n}", label=f"Pilot {n:02}") for n in range(12)]
    roles = [
        Participation(
            id=f"participation/{n}", event=f"event/{('knots', 'welcome')[n % 2]}", agent=f"person/p{n // 2}",
            role="speaker", role_basis="inferred",
        )
        for n in range(24)
    ]  # fmt: skip
    others = [each for each in two_years() if not isinstance(each, Participation)]
    async with open_explorer(WIDE, dataset(tmp_path, *others, *names, *roles)) as user:
        await user.find("knots")
        user.expect_screen("12 of 12 related · each speaker (inferred)")
        assert user.reason("speakers", "person/p3") == "speaker (inferred)"
        line = next(line for line in user.lines(user.region("speakers")) if "Pilot 03" in line)
        assert "speaker" not in line
        await user.find("anchor")
        line = next(line for line in user.lines(user.region("speakers")) if "Pilot 03" in line)
        assert "in Welcome" in line
        assert "speaker" not in line
        user.expect_sound()
