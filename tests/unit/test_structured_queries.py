"""Keys, lists and searches over what a structured file brought: times, status, language, source, words of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from convenings.domain.records import Membership
from convenings.store import canonical
from tests.unit import structured
from tests.unit.cli_records import Run, records_of


@pytest.fixture
def eels(tmp_path: Path) -> Path:
    path = tmp_path / "eels.json"
    path.write_bytes(canonical.encode(structured.tables()))
    return path


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A dataset with two imports, of which the later brought one person."""
    tables = structured.tables()
    brought = {"person/bo-aberg": ["bo", "0" * 16], "person/gone": ["gone", "0" * 16]}
    tables["imports"]["2"] = tables["imports"]["1"] | {"at": "2026-11-27T08:00:00Z", "records": brought}
    path = tmp_path / "older.json"
    path.write_bytes(canonical.encode(tables))
    return path


def ids(run: Run, path: Path, kind: str, line: str) -> list[str]:
    out = run("list", kind, "--filter", line, "--json", "--dataset", path)[1]
    return [record["id"] for record in json.loads(out)]


def test_events_have_start_end_zone_and_status(run: Run, eels: Path) -> None:
    events = {record["id"]: record for record in records_of(run, "event", "--dataset", eels)}

    def times(ref: str) -> tuple[Any, ...]:
        return tuple(events[ref][name] for name in ("start", "end", "zone", "status"))

    assert times("event/on-eels") == ("2021-02-06T14:00", "2021-02-06T14:50", "Europe/Brussels", None)
    assert times("event/late-eels") == ("2021-02-08T00:30", "2021-02-08T01:15", "Europe/Brussels", "cancelled")
    assert times("event/eel-days") == ("2021-02-06", "2021-02-07", "Europe/Brussels", None)
    assert times("event/motion") == (None, None, None, None)
    assert json.loads(run("show", "event/on-eels", "--json", "--dataset", eels)[1])["zone"] == "Europe/Brussels"


def test_a_session_without_a_date_is_on_the_one_day_of_its_event(run: Run, tmp_path: Path) -> None:
    tables = structured.tables()
    tables["events"]["1"]["date"] = "2021-02-06"
    for name in ("date", "date_basis"):
        del tables["events"]["2"][name]
    path = tmp_path / "day.json"
    path.write_bytes(canonical.encode(tables))
    talk = {record["id"]: record for record in records_of(run, "event", "--dataset", path)}["event/on-eels"]
    assert (talk["date"], talk["start"], talk["end"]) == (None, "2021-02-06T14:00", "2021-02-06T14:50")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("date:2021-02-06T14:00 place:hall", {"event/on-eels"}),
        ("date:2021-02-06T14:49 place:hall", {"event/on-eels"}),
        ("date:2021-02-06T14:50 place:hall", set()),
        ("date:2021-02-06T13:59 place:hall", set()),
        ("date:2021-02-08T01:00 room:hall", {"event/late-eels"}),
        ("date:2021-02-06T14:00+01:00 place:hall", {"event/on-eels"}),
        ("date:2021-02-06T13:10Z place:hall", {"event/on-eels"}),
        ("date:2021-02-06T14:00Z place:hall", set()),
        ("status:cancelled", {"event/late-eels"}),
        ("!status:cancelled place:hall", {"event/on-eels"}),
        ("status:tentative", set()),
        ("language:en", {"event/on-eels"}),
        ("track:fish", {"event/on-eels"}),
        ("source:eels", {"event/eel-days", "event/on-eels", "event/late-eels", "event/motion"}),
        ("source:source/schedule type:motion", {"event/motion"}),
        ("source:rivers", set()),
    ],
)
def test_what_keys_select_of_the_events(run: Run, eels: Path, line: str, expected: set[str]) -> None:
    assert set(ids(run, eels, "event", line)) == expected


def test_what_the_last_import_brought_is_new(run: Run, eels: Path, older: Path) -> None:
    assert len(ids(run, eels, "event", "is:new")) == 4
    assert ids(run, older, "person", "is:new") == ["person/bo-aberg"]
    assert ids(run, older, "event", "is:new") == []
    assert len(ids(run, older, "event", "!is:new")) == 4


def test_people_of_a_room_and_of_a_track_are_related_to_it(run: Run, eels: Path) -> None:
    assert ids(run, eels, "person", "room:hall") == ["person/bo-aberg"]
    assert ids(run, eels, "person", "track:fish") == ["person/bo-aberg"]


def test_the_words_of_others_and_identifiers_are_found(run: Run, tmp_path: Path) -> None:
    tables = structured.tables()
    tables["events"]["2"]["descriptions"][0]["text"] = "<p>About <b>glass</b> eels &amp; <i>nets</i></p>"
    tables["people"]["1"]["identifiers"] = [{"scheme": "orcid", "value": "0000-0002-1825-0097"}]
    path = tmp_path / "words.json"
    path.write_bytes(canonical.encode(tables))
    for line in ("glass", '"glass eels"', "nets"):
        assert ids(run, path, "event", line) == ["event/on-eels"]
    assert ids(run, path, "event", "b") == []
    assert [hit["id"] for hit in json.loads(run("search", "0000-0002-1825-0097", "--json", "--dataset", path)[1])] == [
        "person/bo-aberg"
    ]


def test_a_cancelled_event_is_not_shown_as_held(run: Run, eels: Path) -> None:
    out = run("list", "event", "--dataset", eels)[1]
    (late,) = [line for line in out.splitlines() if line.endswith(" event/late-eels")]
    assert "8 Feb 2021, 00:30–01:15" in late
    assert "cancelled" in late
    headings = run("list", "event", "--csv", "--dataset", eels)[1].splitlines()[0]
    assert headings == "event,date,type,place,status,id"
    assert "cancelled" in run("search", "late", "--dataset", eels)[1]


def test_a_list_of_what_was_all_held_has_no_column_for_that(run: Run, eels: Path) -> None:
    out = run("list", "event", "--filter", "!status:cancelled", "--dataset", eels)[1]
    assert "status" not in out.splitlines()[0]


def test_memberships_say_when_they_were_held(run: Run, eels: Path, tmp_path: Path) -> None:
    assert "since May 2019" in run("list", "membership", "--dataset", eels)[1]
    assert ids(run, eels, "membership", "date:2024") == ["membership/bo"]
    assert ids(run, eels, "membership", "date:2018") == []
    (member,) = [record for record in structured.schedule() if isinstance(record, Membership)]
    assert member.end == ".."
    tables = structured.tables()
    tables["memberships"]["1"] |= {"end": "2021-03", "first_attested": "2020"}
    path = tmp_path / "held.json"
    path.write_bytes(canonical.encode(tables))
    out = run("list", "membership", "--csv", "--dataset", path)[1].splitlines()
    assert out[0] == "person,title,organisation,held,attested,id"
    assert out[1] == "Bo Åberg,treasurer,Eel Club,May 2019 to Mar 2021,from 2020,membership/bo"
    assert ids(run, path, "membership", "date:2021-04") == []
