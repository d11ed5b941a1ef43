"""Profiles of what a structured file brought: times, status, others' words, links, identifiers, votes, places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from convenings.index.model import ReadModel
from convenings.presentation.profile.value import Profile
from convenings.store import canonical
from convenings.store.dataset import Dataset
from tests.unit import structured
from tests.unit.indexing import opened
from tests.unit.profiles import about, lines, section


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    path = tmp_path_factory.mktemp("structured") / "eels.json"
    tables = structured.tables()
    talk = tables["events"]["2"]
    talk |= {"type_as_stated": "devroom talk", "summary": "Eels at large."}
    talk["descriptions"][0]["text"] = "<p>All <b>eels</b>.</p><p>And &lt;nets&gt;.</p>"
    tables["memberships"]["1"] |= {"post": "Seat 3", "area": "place/hall", "on_behalf_of": "organisation/club"}
    path.write_bytes(canonical.encode(tables))
    records = [record for _, _, _, record in Dataset.open(path).scan()]
    with opened(path, records) as whole:
        yield whole


def headings(profile: Profile) -> list[str]:
    return [each.title for each in profile.sections]


def test_a_talk_says_from_when_to_when_in_which_zone_and_what_the_file_calls_it(model: ReadModel) -> None:
    talk = about(model, "event/on-eels")
    facts = [entry.text for entry in talk.facts]
    assert facts[0] == "talk (inferred) · 6 February 2021, 14:00–14:50 (Europe/Brussels)"
    assert "in the source: devroom talk" in facts
    assert "in English" in facts
    assert "in other systems: eels.example talk 7" in facts


def test_the_words_of_others_stand_under_whose_they_are(model: ReadModel) -> None:
    talk = about(model, "event/on-eels")
    abstract = section(talk, "Abstract, in the words of Bo Åberg")
    assert [entry.text for entry in abstract] == ["All eels.", "And <nets>."]
    assert abstract[-1].numbers
    assert next(each for each in talk.sections if each.title.startswith("Abstract")).number == ""
    assert "Eels at large." in [entry.text for entry in talk.facts]


def test_links_have_their_address_beside_what_they_are_called(model: ReadModel) -> None:
    (link,) = section(about(model, "event/on-eels"), "Links")
    assert (link.text, link.note, link.url) == (
        "Recording",
        "video: https://eels.example/talks/7",
        "https://eels.example/talks/7",
    )


def test_a_cancelled_talk_says_so_first_wherever_it_is(model: ReadModel) -> None:
    late = about(model, "event/late-eels")
    assert late.facts[0].text == "cancelled"
    assert late.facts[1].text == "talk · 8 February 2021, 00:30–01:15 (Europe/Brussels)"
    parts = {entry.ref: entry.note for entry in section(about(model, "event/eel-days"), "Parts")}
    assert parts == {"event/on-eels": "talk", "event/late-eels": "talk, cancelled"}
    (role,) = [e for e in section(about(model, "person/bo-aberg"), "Roles") if e.ref == "event/late-eels"]
    assert role.when.startswith("cancelled, 8 February 2021, 00:30–01:15")
    (there,) = [e for e in section(about(model, "place/hall"), "Events") if e.ref == "event/late-eels"]
    assert there.note == "talk, cancelled"


def test_a_motion_counts_its_votes_and_voters_say_how_they_voted(model: ReadModel) -> None:
    motion = about(model, "event/motion")
    assert "votes: yes 3, no 1" in lines(motion)
    (voter,) = section(motion, "Who else took part")
    assert voter.note == "voted yes"
    assert "voted yes" in lines(about(model, "participation/vote"))


def test_a_membership_says_when_it_was_held_and_for_what(model: ReadModel) -> None:
    (tie,) = section(about(model, "person/bo-aberg"), "Organisations")
    assert tie.note == "treasurer, Seat 3, for Hall, on behalf of Eel Club, since May 2019"
    facts = [entry.text for entry in about(model, "membership/bo").facts]
    assert "since May 2019" in facts
    assert not [fact for fact in facts if "attested" in fact]


def test_a_place_says_how_many_it_holds_and_where_it_is(model: ReadModel) -> None:
    facts = [entry.text for entry in about(model, "place/hall").facts]
    assert {"room for 80", "at 50.8, 4.4"} <= {*facts}


def test_what_a_file_calls_a_role_is_said_where_it_says_more(model: ReadModel) -> None:
    assert "in the source: presenter" in lines(about(model, "participation/bo"))


def test_evidence_of_every_field_supports_each(model: ReadModel) -> None:
    hall = about(model, "place/hall")
    assert all(entry.numbers == (1,) for entry in hall.facts)
    talk = about(model, "event/on-eels")
    # The type rests on what infers it besides.
    assert talk.facts[0].numbers == (1,)
    assert {cited.fields for cited in talk.cited[:1]} == {("*",)}


def test_a_source_that_states_any_organisation_has_it_missed_elsewhere(model: ReadModel) -> None:
    source = about(model, "source/schedule")
    assert "structured file, application/json" in lines(source)
    assert "organisation not stated" in lines(about(model, "event/on-eels"))
    assert "states the organisation of nobody" not in lines(source)


def test_a_schedule_that_knows_no_organisation_says_so_itself_and_nobody_in_it_does(tmp_path: Path) -> None:
    path = tmp_path / "eels.json"
    tables = structured.tables()
    del tables["memberships"]
    path.write_bytes(canonical.encode(tables))
    records = [record for _, _, _, record in Dataset.open(path).scan()]
    with opened(path, records) as model:
        assert "states the organisation of nobody who took part" in lines(about(model, "source/schedule"))
        assert model.one(model.row_of("person/bo-aberg") or 0).secondary == ""
        assert "not stated" not in lines(about(model, "event/on-eels"))
