"""Where the name of a body begins and ends, and what is none."""

from __future__ import annotations

import pytest

from convenings.drafting.drafter import draft
from tests.unit.test_drafting import posts, roles


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Apologies: Prof. Sam Fox, King's College London", ["King's College London"]),
        ("Dr Ida Lund of King's College London opened the day.", ["King's College London"]),
        ("The National Farmers' Union and St John's College helped.", ["National Farmers' Union", "St John's College"]),
        ("The Centre for Ageing and Society was host.", ["Centre for Ageing and Society"]),
        ("Meeting of the River Ports Network\n\nThe River Ports Network met in Hull.", ["River Ports Network"]),
        ("Dr Ida Lund, Department of Fish, University of Hull", ["Department of Fish, University of Hull"]),
        ("Leeds's University of Fish was host.", ["University of Fish"]),
        ("PRESS RELEASE\n\nAnnual Conference of the Eel Network\n\nIt rained.", ["Eel Network"]),
        ("Dr Ida Lund, Director at the Campaign to End Floods.", ["Campaign to End Floods"]),
    ],
)
def test_a_body_has_its_whole_name(text: str, bodies: list[str]) -> None:
    assert [each.name.text for each in draft(f"{text}\n").organisations] == bodies


def test_the_tail_of_a_name_is_no_second_body() -> None:
    found = draft("Participants\n\nIda Lund, Wayside College Hull\nSam Fox, Old Wayside College Hull\n")
    assert {each.name.text for each in found.organisations} == {"Wayside College Hull", "Old Wayside College Hull"}
    found = draft("Participants\n\nSam Fox, Old's Wayside College Hull\n")
    assert [each.name.text for each in found.organisations] == ["Old's Wayside College Hull"]


def test_a_body_of_a_country_is_nobody() -> None:
    found = draft("The Weir Trust and [FIDA Kenya](https://example.org) convened the meeting with Jane England.\n")
    assert [person.name.text for person in found.people] == ["Jane England"]


def test_bodies_between_names_do_not_part_them() -> None:
    found = draft(
        "Otter seminar\n\nGroups were facilitated by Dr Ida Lund, Tom Baxter (Tai Pawb), Nora Finch (Shed) and Sunita "
        "Rao. Joseph Adeyemi of Shelter presented a case study. Ms Ingrid Berg, Director of the Weir Trust and chair "
        "of the network, presided.\n"
    )
    for name in ("Ida Lund", "Tom Baxter", "Nora Finch", "Sunita Rao"):
        assert roles(found, name) == ["facilitator"]
    assert roles(found, "Joseph Adeyemi") == ["presenter"]
    assert roles(found, "Ingrid Berg") == ["chair"]
    assert posts(found, "Ingrid Berg") == [("Director", "Weir Trust"), ("chair", "")]


def test_a_post_that_is_a_part_of_another_is_none() -> None:
    found = draft(
        'Otter seminar\n\n"It rains," said Councillor Asha Patel, Moor Council.\n\nParticipants\n'
        "Asha Patel, Councillor, Moor Council\n"
    )
    assert posts(found, "Asha Patel") == [("Councillor", "Moor Council")]


def test_titles_and_bodies_in_a_list_of_a_panel() -> None:
    found = draft(
        "Otter seminar\n\nPanellists were Dr Emma Li, Consultant Psychiatrist, Hill Trust; Peter Holm, Chief Executive "
        "of Homes for Life; and Anita Desai, a carer. Mr Tim Osborne, representing Unite the Union, spoke.\n"
    )
    assert posts(found, "Emma Li") == [("Consultant Psychiatrist", "Hill Trust")]
    assert posts(found, "Peter Holm") == [("Chief Executive", "Homes for Life")]
    assert posts(found, "Tim Osborne") == [("", "Unite the Union")]
    assert [roles(found, name) for name in ("Emma Li", "Peter Holm", "Anita Desai")] == [["panellist"]] * 3


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "Her Excellency Ida Lund, Minister of Eels and Fish of Ruritania, spoke.",
            "Minister of Eels and Fish",
        ),
        (
            "Dr Ida Lund, Senior Lecturer in Digital Society at Hill College, spoke.",
            "Senior Lecturer in Digital Society",
        ),
        ("Dr Ida Lund, Chief Technology Officer of Accra-based start-up FarmLink, spoke.", "Chief Technology Officer"),
        ("Dr Ida Lund, NHS England's Chief Data Officer, spoke.", "Chief Data Officer"),
        ("Dr Ida Lund, Children's Commissioner, spoke.", "Children's Commissioner"),
    ],
)
def test_a_title_is_parted_from_its_body(text: str, post: str) -> None:
    found = draft(f"Otter seminar\n\n{text}\n")
    bodies = {"Senior": "Hill College", "Minister": "Ruritania", "Chief Data": "NHS England"}
    body = next((body for start, body in bodies.items() if post.startswith(start)), "")
    assert posts(found, "Ida Lund") == [(post, body)]


def test_what_stands_in_brackets_behind_a_name_is_a_body() -> None:
    found = draft("Otter seminar\n\nThe panel was Ida Lund (TU Berlin), Nicola Fox (Genomics England) and Sam Fox.\n")
    assert [person.name.text for person in found.people] == ["Ida Lund", "Nicola Fox", "Sam Fox"]
    assert posts(found, "Ida Lund") == [("", "TU Berlin")]
    assert posts(found, "Nicola Fox") == [("", "Genomics England")]


def test_somebody_behind_a_body_is_no_part_of_it() -> None:
    found = draft("Otter seminar\n\nMiriam Adler of the Senate Department for Mobility and Ola Fox agreed.\n")
    assert {each.name.text for each in found.organisations} == {"Senate Department for Mobility"}
    assert "Ola Fox" in [person.name.text for person in found.people]


def test_what_is_no_title_and_nobody() -> None:
    found = draft(
        "Otter seminar\nRoom 2, Bush House, King's College London\n\nQuestions were put by Lisa Brown, Ahmed "
        "Khan and a student. Ms Rita Lund, Head of Markets at the Moor Assembly, spoke.\n"
    )
    assert {"Lisa Brown", "Rita Lund"} <= {person.name.text for person in found.people}
    assert "Bush House" not in {person.name.text for person in found.people}
    assert (posts(found, "Lisa Brown"), posts(found, "Rita Lund")) == ([], [("Head of Markets", "Moor Assembly")])


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Ida Lund of Tencent said that it rains.", "Tencent"),
        ("The panel was joined by Ida Lund from HelpAge, and it rained.", "HelpAge"),
        ("Ida Lund of Reading Room Kitchen thanked the jury.", "Reading Room Kitchen"),
        ("Ida Lund spoke. Ms Lund of the Weir Trust (WT) replied that it rains.", "Weir Trust"),
        ("Among them was Ida Lund of Genomics Ireland.", "Genomics Ireland"),
    ],
)
def test_a_body_behind_a_name_that_no_word_of_its_own_tells(sentence: str, body: str) -> None:
    assert posts(draft(f"Otter seminar\n\n{sentence}\n"), "Ida Lund") == [("", body)]


def test_where_somebody_comes_from_is_no_body() -> None:
    found = draft("Otter seminar\n\nIda Lund from Malmo explained the scheme.\n")
    assert posts(found, "Ida Lund") == []


def test_a_professor_of_a_body_is_one_with_it() -> None:
    found = draft("Otter seminar\n\nProfessor Ida Lund of Hill University and Professor Sam Fox spoke.\n")
    assert posts(found, "Ida Lund") == [("Professor", "Hill University")]
    assert posts(found, "Sam Fox") == [("Professor", "")]


def test_a_surname_that_is_a_common_word() -> None:
    found = draft("Otter seminar\n\nIt was moderated by Mr. He Wei. He Wei thanked everyone.\n")
    assert [each.name.text for each in found.people] == ["He Wei"]


def test_what_is_no_body_of_its_own() -> None:
    found = draft(
        "Otter seminar\n\nThe Centre for Eels at Hill University met. The Director of the Centre, Dr Ida Lund, spoke. "
        "Karl Berg, governor of Moor Province, and Prof. Nora Finch, Head of School, came.\n\nParticipants\n\n"
        "Name | Position | Organisation\nSam Fox | Minister | Ministry of Women, Children and Eels, Moor\n"
    )
    assert [each.name.text for each in found.organisations] == [
        "Centre for Eels at Hill University",
        "Ministry of Women, Children and Eels, Moor",
    ]
    assert posts(found, "Ida Lund") == [("Director", "Centre")]
    assert posts(found, "Karl Berg") == [("governor", "Moor Province")]
    assert posts(found, "Nora Finch") == [("Head of School", "")]
