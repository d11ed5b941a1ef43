"""Lists, tables and programmes: what stands beside a name is theirs only where the list means it so."""

from __future__ import annotations

import pytest

from convenings.drafting.drafter import draft
from tests.unit.test_drafting import posts, roles


def test_the_title_of_a_talk_is_nobodys_title() -> None:
    found = draft(
        "# Otter days\n\n"
        "| Time | Title | Speaker | Affiliation |\n|---|---|---|---|\n"
        "| 09:30 | Welcome | Ida Lund | Hill College |\n"
        "| 10:00 | Keynote: Director of the river | Sam Fox | Weir Trust |\n\n"
        "| Speaker | Title | Affiliation |\n|---|---|---|\n"
        "| Tom Baxter | Eels at night | Shed Trust |\n\n"
        "| Name | Title | Organisation | Session |\n|---|---|---|---|\n"
        "| Nora Finch | Treasurer | Moor Council | 2 |\n"
    )
    assert {person.name.text: roles(found, person.name.text) for person in found.people} == {
        "Ida Lund": ["opening speaker"],
        "Sam Fox": ["keynote speaker"],
        "Tom Baxter": ["speaker"],
        "Nora Finch": [],
    }
    for name, body in (("Ida Lund", "Hill College"), ("Sam Fox", "Weir Trust"), ("Tom Baxter", "Shed Trust")):
        assert posts(found, name) == [("", body)]
    assert posts(found, "Nora Finch") == [("Treasurer", "Moor Council")]


def test_a_mark_behind_a_name_parts_no_people() -> None:
    found = draft(
        "Otter seminar\n\nParticipants\n"
        "1. Dr. Ida Lund (Moderator), Senior Research Fellow, Hill College\n"
        "2. Sam Fox, Weir Trust\n\n"
        "In attendance: Louise Park (minutes), Moor Council\n"
    )
    assert posts(found, "Ida Lund") == [("Senior Research Fellow", "Hill College")]
    assert roles(found, "Ida Lund") == ["moderator", "attendee"]
    assert posts(found, "Louise Park") == [("", "Moor Council")]
    assert roles(found, "Louise Park") == ["rapporteur", "attendee"]


def test_an_item_of_a_list_that_is_a_sentence_is_read_as_one() -> None:
    found = draft(
        "Otter days\n\n"
        "- Ida Lund, coordinator of the Shed Trust, shared how otters came back.\n"
        "- Prof. Sam Fox, Hill College, gave the keynote address.\n"
    )
    assert (roles(found, "Ida Lund"), posts(found, "Ida Lund")) == (["speaker"], [("coordinator", "Shed Trust")])
    assert roles(found, "Sam Fox") == ["keynote speaker"]


def test_a_label_in_a_cell_is_no_head_of_a_table() -> None:
    found = draft("Otter days\n\n| Presenter | Ida Lund, Director of Hill College |\n| Venue | Town Hall |\n")
    assert posts(found, "Ida Lund") == [("Director", "Hill College")]


def test_a_label_before_a_name_is_nobody() -> None:
    found = draft(
        "Otter seminar\n\nModerator\nBen Carter, journalist\n\nDiscussant: Prof Ulla Holm, Hill College\n"
        "Note taker: Priya Nair\nPlatform: Zoom\n"
    )
    assert {person.name.text: roles(found, person.name.text) for person in found.people} == {
        "Ben Carter": ["moderator"],
        "Ulla Holm": ["discussant"],
        "Priya Nair": ["rapporteur"],
    }


def test_initials_behind_a_name_are_no_body() -> None:
    found = draft(
        "# Minutes – Steering Group of the Tidewater Project\n\n**Date & time:** 7 June 2023, 10:00–12:00\n\n"
        "**Attendees**\n\n- Cllr Marion Atkins (MA), Moor Council – Chair\n- Dr. Rob Ellwood (RE), Natural England\n"
        "- Liang Chen (LC), Environment Agency [online]\n- Gwen Parry (GP) – minutes\n\n"
        "**Apologies**\n\n- Prof. Kate Royse (KR), Marine Association\n"
    )
    assert (found.events[0].name.text, found.events[0].date) == (
        "Steering Group of the Tidewater Project",
        "2023-06-07",
    )
    assert {person.name.text: posts(found, person.name.text) for person in found.people} == {
        "Marion Atkins": [("Chair", "Moor Council")],
        "Rob Ellwood": [("", "Natural England")],
        "Liang Chen": [("", "Environment Agency")],
        "Gwen Parry": [],
        "Kate Royse": [("", "Marine Association")],
    }
    assert roles(found, "Marion Atkins") == ["chair", "attendee"]
    assert roles(found, "Gwen Parry") == ["rapporteur", "attendee"]
    names = {person.name.text for person in found.people}
    assert not {name for each in found.organisations for name in names if name in each.name.text}


def test_bodies_behind_names_part_people_still() -> None:
    found = draft("Otter seminar\n\nSpeakers: Ida Lund (RSPB), Sam Fox (WWF)\n")
    assert {person.name.text: posts(found, person.name.text) for person in found.people} == {
        "Ida Lund": [("", "RSPB")],
        "Sam Fox": [("", "WWF")],
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Speakers: Ida Lund, Karl Berg and Nora Finch", {"speaker"}),
        ("Panel: Ida Lund, Karl Berg & Nora Finch", {"panellist"}),
        ("In attendance: Ida Lund, Dr Karl Berg, Nora Finch", {"attendee"}),
        ("Trainers: Ida Lund, Karl Berg, Nora Finch.", {"trainer"}),
        ("Apologies: Ida Lund, Karl Berg, Nora Finch", set()),
    ],
)
def test_names_with_nothing_but_commas_between_them(line: str, expected: set[str]) -> None:
    found = draft(f"Otter seminar\n\n{line}\n")
    assert [person.name.text for person in found.people] == ["Ida Lund", "Karl Berg", "Nora Finch"]
    assert {role.role for person in found.people for role in person.roles} == expected
    assert {person.is_present for person in found.people} == ({None} if expected else {False})


def test_a_body_behind_a_comma_is_nobody() -> None:
    found = draft("Otter seminar\n\nChair: Ida Lund, Silver Line\nSpeaker: Karl Berg, Weir Trust\n")
    assert [person.name.text for person in found.people] == ["Ida Lund", "Karl Berg"]
    assert posts(found, "Ida Lund") == [("", "Silver Line")]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Moderated by: Ida Lund (Weir Trust)", "moderator"),
        ("Facilitator: Ida Lund", "facilitator"),
        ("Session chair: Dr Ida Lund", "chair"),
        ("In the chair: Ida Lund", "chair"),
        ("Dr Ida Lund took the chair.", "chair"),
        ("Minutes taken by Ida Lund", "rapporteur"),
        ("Notes by: Ida Lund", "rapporteur"),
        ("Clerk: Ida Lund", "rapporteur"),
        ("The rapporteur, Ms Ida Lund, went home.", "rapporteur"),
        ("Our host, Ida Lund, offered tea.", "host"),
        ("Moderator Ida Lund offered tea.", "moderator"),
        ("Keynote speaker Ida Lund offered tea.", "keynote speaker"),
        ("Session chair Ida Lund offered tea.", "chair"),
        ("Opening remarks: Dr Ida Lund, Director, Weir Trust", "opening speaker"),
        ("Closing: Ida Lund", "speaker"),
        ("Speaker 1: Ida Lund", "speaker"),
        ("Commentator: Ida Lund", "commentator"),
        ("Photo: Ida Lund", ""),
        ("Contact: Ida Lund", ""),
        ("Text by Ida Lund", ""),
        ("The Special Rapporteur on eels, Ida Lund, was mentioned.", ""),
    ],
)
def test_a_role_that_a_label_or_a_word_beside_the_name_says(line: str, role: str) -> None:
    found = draft(f"Otter seminar\n\nIt was held on 12 May 2021 in Hull.\n\n{line}\n")
    assert roles(found, "Ida Lund") == ([role] if role else [])


def test_a_heading_of_a_part_makes_nobody_its_opening_speaker() -> None:
    found = draft("Minutes\n\nPresent:\nIda Lund\nKarl Berg\n\n1. Welcome\nNora Finch\n\n2. Closing\nIda Lund left.\n")
    assert "opening speaker" not in {role.role for person in found.people for role in person.roles}
