"""Lists, tables and programmes: what stands beside a name is theirs only where the list means it so."""

from __future__ import annotations

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
