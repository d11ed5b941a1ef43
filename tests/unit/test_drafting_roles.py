"""Roles and statements: of whoever a sentence gives them to, and of nobody who is only named beside."""

from __future__ import annotations

import pytest

from convenings.drafting.drafter import draft
from tests.unit.test_drafting import posts, roles


@pytest.mark.parametrize(
    "sentence",
    [
        "Read the related report by Dr Ida Lund.",
        "A paper by Dr Ida Lund was quoted several times.",
        "The report was written by Dr Ida Lund.",
    ],
)
def test_who_wrote_a_paper_has_no_role(sentence: str) -> None:
    assert roles(draft(f"Otter seminar\n\n{sentence}\n"), "Ida Lund") == []


def test_who_presented_a_paper_has_one() -> None:
    found = draft("Otter seminar\n\nA paper on eels was read by Dr Ida Lund.\n")
    assert roles(found, "Ida Lund") == ["presenter"]


def test_the_pronoun_goes_on_with_who_spoke() -> None:
    found = draft(
        "Otter seminar\n\nDame Ida Lund gave a lecture. She praised the work of Dr Sam Fox, who died in 2017. She "
        "argued that otters need trees. Building on a study of Sir Tom Baxter, she added that eels do, too. She "
        "warned that time is short.\n"
    )
    assert [found.people[each.speaker].name.text for each in found.statements] == ["Ida Lund"] * 4
    assert roles(found, "Sam Fox") == roles(found, "Tom Baxter") == []


def test_she_is_no_mister() -> None:
    found = draft("Otter seminar\n\nMr Sam Fox opened the seminar. She said that otters need trees.\n")
    assert found.statements == []


def test_who_welcomes_a_thing_opens_nothing() -> None:
    found = draft(
        "Otter seminar\n\nDr Ida Lund welcomed the participants. Mr Sam Fox welcomed the new proposal. Her Excellency "
        "Ana Berg spoke. The seminar was opened by Her Excellency Ana Berg.\n"
    )
    assert [roles(found, name) for name in ("Ida Lund", "Sam Fox")] == [["opening speaker"], []]
    assert roles(found, "Ana Berg") == ["opening speaker"]


def test_who_has_a_part_in_the_next_meeting_has_none_in_this_one() -> None:
    found = draft("Otter seminar\n\nNext year's conference will be hosted by Dr Ida Lund at Hill College.\n")
    assert roles(found, "Ida Lund") == []


def test_the_title_of_the_next_person_is_not_theirs() -> None:
    found = draft("Otter seminar\n\nOther speakers were Dr Ida Lund, and Chief Fire Officer Sam Fox.\n")
    assert (posts(found, "Ida Lund"), posts(found, "Sam Fox")) == ([], [("Chief Fire Officer", "")])
    assert roles(found, "Ida Lund") == roles(found, "Sam Fox") == ["speaker"]


def test_who_introduces_the_keynote_speaker_gave_no_keynote() -> None:
    found = draft(
        "Otter seminar\n\nDr Ida Lund gave the welcome address and introduced the keynote speaker, Prof. Sam Fox.\n"
    )
    assert roles(found, "Ida Lund") == ["opening speaker"]
    assert roles(found, "Sam Fox") == ["keynote speaker"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ida Lund of Oxfam said that eels are late.",
        "Ida Lund of the Reading Room objected that eels are late.",
        "Ida Lund began by describing how eels came late.",
        'Ida Lund did not mince her words: "The eels are late."',
        "The lecture was given by Ida Lund. According to her, eels are late.",
        "The lecture was given by Ida Lund. In her view eels are late.",
        "Ida Lund gave a lecture. She found that eels are late.",
    ],
)
def test_what_somebody_said_is_theirs(sentence: str) -> None:
    found = draft(f"Otter seminar\n\n{sentence} It rained.\n")
    assert [found.people[each.speaker].name.text for each in found.statements] == ["Ida Lund"]


@pytest.mark.parametrize(
    "sentence",
    [
        'Ida Lund gave a talk: "Why the eels are late".',
        "A study by Ida Lund concluded that eels are late.",
        "The lecture was given by Ida Lund. According to him, eels are late: Mr Fox said so.",
    ],
)
def test_what_is_no_saying_of_hers(sentence: str) -> None:
    found = draft(f"Otter seminar\n\n{sentence}\n")
    assert "Ida Lund" not in [found.people[each.speaker].name.text for each in found.statements]


def test_a_row_of_a_programme_gives_roles_to_those_in_each_cell() -> None:
    found = draft(
        "Otter seminar\n\n| Time | Session | Speaker |\n|---|---|---|\n"
        "| 9.30 | Welcome | Prof. Ida Lund, Head of School |\n"
        "| 13.30 | Panel: Where do eels go? Chair: Karl Berg | Dr Sam Fox, Weir House North; Nora Finch, Age UK |\n"
        "| 14.30 | Eels in the city | Rafiq Chowdhury, Silver Line |\n"
    )
    names = ("Ida Lund", "Karl Berg", "Sam Fox", "Nora Finch", "Rafiq Chowdhury")
    assert [roles(found, name) for name in names] == [
        ["opening speaker"],
        ["chair"],
        ["panellist"],
        ["panellist"],
        ["speaker"],
    ]
    assert [posts(found, name) for name in names[2:]] == [
        [("", "Weir House North")],
        [("", "Age UK")],
        [("", "Silver Line")],
    ]


@pytest.mark.parametrize(
    ("report", "number"),
    [
        ('"We are late," said Ms Ida Lund. "But we are here." It rained.', 2),
        ('Ida Lund closed with a plea: "Write it down. The next one should not have to ring me up." It rained.', 2),
        ("“We are late,” said Ms Ida Lund. “But we are here.” “So we are.” It rained.", 3),
        ('Ida Lund said that it rains. "Rain is good." It rained.', 1),
        ('"We are late," said Ms Ida Lund.\n\n"Eels Today" is a paper.', 1),
    ],
)
def test_a_quotation_that_is_opened_again_goes_on(report: str, number: int) -> None:
    found = draft(f"Otter seminar\n\n{report}\n")
    assert [found.people[each.speaker].name.text for each in found.statements] == ["Ida Lund"] * number
