"""What the rules find in made-up reports, and that each place in the text reads as what was found."""

from __future__ import annotations

import sys
from itertools import product
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenings.drafting.drafter import draft
from convenings.drafting.types_by_name import organisation_type
from convenings.drafting.value import Draft, DraftPerson, Value
from tests.unit.report_texts import AGENDA, CHINESE_FORUM, FORUM, MINUTES_WITH_TABLE

WORKSHOP = """\
Allotments and old age: a workshop in Harbourtown

The Institute for Garden Research (IGR) at Northwick University hosted a workshop on 4 March 2021 at the Old Customs
House in Harbourtown. Professor Agatha Plumley, Director of the IGR, welcomed the participants. Prime Minister
Olaf Grand had promised new allotments in his speech of last year.

The panel was moderated by Dr Simon Ostler, Head of Policy at the Allotment Federation. During the discussion, LIU
Meihua, Deputy Secretary General of the Bamboo Foundation, said that waiting lists grow faster than beds. She stressed
that old people wait longest. How can a town find more land?

Apologies: Rita Quill, Allotment Federation
"""
MINUTES = """\
Minutes of the Shed Group, 2 May 2019

Present:
Nora Finch: Shed Trust (Chair)
Tom Baxter, Treasurer, Shed Trust
Dr. Ida Lund (Hill College)

Apologies:
Karl Veen: Moor Council

1) Welcome
Nora welcomed everyone.
"""
CHINESE = """\
2021年5月8日，第二届社区花园论坛在海港市图书馆举行。论坛由绿荫基金会主办。
绿荫基金会秘书长李明华主持论坛，海港大学教授王小兰作主旨演讲。王小兰表示，社区花园能让老人走出家门。
"""


def person(found: Draft, name: str) -> DraftPerson:
    """The one person with a name."""
    (only,) = (each for each in found.people if each.name.text == name)
    return only


def roles(found: Draft, name: str) -> list[str]:
    """The roles of a person."""
    return [role.role for role in person(found, name).roles]


def test_a_workshop() -> None:
    found = draft(WORKSHOP)
    assert found.events[0].date == "2021-03-04"
    assert roles(found, "Agatha Plumley") == ["opening speaker"]
    assert roles(found, "Simon Ostler") == ["moderator"]
    ostler = person(found, "Simon Ostler").posts[0]
    assert ostler.title is not None
    assert ostler.organisation is not None
    assert (ostler.title.text, ostler.organisation.text) == ("Head of Policy", "Allotment Federation")
    statements = [found.people[each.speaker].name.text for each in found.statements]
    assert statements == ["LIU Meihua", "LIU Meihua"]
    (question,) = found.questions
    assert WORKSHOP[slice(*question.span)] == "How can a town find more land?"


def test_who_is_absent_has_no_role() -> None:
    found = draft(MINUTES)
    assert roles(found, "Nora Finch") == ["opening speaker", "chair", "attendee"]
    assert roles(found, "Tom Baxter") == ["attendee"]
    assert person(found, "Karl Veen").is_present is False
    assert roles(found, "Karl Veen") == []
    assert {each.name.text for each in found.organisations} >= {"Shed Trust", "Hill College", "Moor Council"}


def test_chinese() -> None:
    found = draft(CHINESE)
    assert found.events[0].date == "2021-05-08"
    assert roles(found, "李明华") == ["moderator"]
    assert roles(found, "王小兰") == ["keynote speaker"]
    assert [found.people[each.speaker].name.text for each in found.statements] == ["王小兰"]


def posts(found: Draft, name: str) -> list[tuple[str, str]]:
    """Titles and organisations of a person."""
    return [
        (post.title.text if post.title else "", post.organisation.text if post.organisation else "")
        for post in person(found, name).posts
    ]


def main_event(found: Draft) -> tuple[str, str, str]:
    """Name, date and place of the event that a report is of."""
    event = found.events[0]
    return event.name.text, event.date, event.place.text if event.place else ""


def test_a_forum_in_prose() -> None:
    found = draft(FORUM)
    assert main_event(found) == (
        "Third Annual Forum on Rural Libraries",
        "2022-06-09/2022-06-10",
        "Granary Conference Centre",
    )
    # Who is merely mentioned in the background has no role.
    assert roles(found, "Harold Okonjo") == roles(found, "Brigitte Lehmann") == []
    assert roles(found, "Adaeze Obi") == ["opening speaker"]
    assert roles(found, "Jean-Pierre Moreau") == ["opening speaker"]
    assert posts(found, "Jean-Pierre Moreau") == [("Deputy Minister for Rural Affairs", "")]
    assert roles(found, "Sakura Watanabe") == ["keynote speaker"]
    assert roles(found, "Kwame Asante") == ["moderator"]
    for name, post in (
        ("Lucia Fernandez", ("", "Meridian Bank")),
        ("Peter O'Rourke", ("director", "Open Shelves Network")),
        ("Hannah Weiss", ("", "Institute for Reading Research")),
    ):
        assert (roles(found, name), posts(found, name)) == (["panellist"], [post])
    assert roles(found, "Chen Wei") == ["facilitator"]
    assert [FORUM[slice(*each.span)] for each in found.questions] == [
        "How can small councils share one librarian?",
        "And who pays for the van?",
    ]


def test_minutes_with_a_table() -> None:
    found = draft(MINUTES_WITH_TABLE)
    assert main_event(found)[1:] == ("2023-03-14", "Town Hall, Seaford")
    assert posts(found, "Eleanor Whitby") == [("County Archaeologist", "Sussex Heritage Trust")]
    assert "chair" in roles(found, "Eleanor Whitby")
    assert posts(found, "Joan Pettifer") == [("", "Seaford Town Council")]
    for name in ("Martin Hale", "Wendy Cho"):
        assert person(found, name).is_present is False


def test_an_agenda() -> None:
    found = draft(AGENDA)
    assert main_event(found)[1:] == ("2023-05-03", "Room 204, Elm House, Leeds")
    assert roles(found, "Anil Deshmukh") == ["keynote speaker"]
    assert roles(found, "Olga Petrova") == ["chair"]
    assert roles(found, "Mark Dunmore") == ["presenter"]
    assert roles(found, "Fiona Grant") == ["opening speaker"]
    assert posts(found, "Li Na") == [("", "University of Hull")]


def test_a_chinese_forum() -> None:
    found = draft(CHINESE_FORUM)
    assert main_event(found) == ("社区养老服务创新研讨会", "2023-10-16", "成都市金牛宾馆")
    assert roles(found, "刘晓梅") == ["moderator"]
    assert roles(found, "张建国") == ["opening speaker"]
    assert roles(found, "王丽") == ["panellist"]
    assert posts(found, "赵强") == [("总经理", "上海颐家养老服务有限公司")]


def values(found: Draft) -> list[Value]:
    """All values of a draft."""
    posts = [post for each in found.people for post in each.posts]
    parts = [value for post in posts for value in (post.title, post.organisation) if value is not None]
    places = [event.place for event in found.events if event.place is not None and event.place.how != "dateline"]
    names = [*(each.name for each in found.people), *(each.name for each in found.organisations)]
    return [*names, *(event.name for event in found.events), *parts, *places]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_every_place_reads_as_what_was_found(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from((WORKSHOP, MINUTES, CHINESE)))
    for _ in range(data.draw(st.integers(0, 4))):
        at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 30))
        text = (
            text[:at]
            + data.draw(st.sampled_from(("", "\n", " of ", "“", "(", "Dr. ", "\x00", "和", "? ")))
            + text[at + length :]
        )
    found = draft(text)
    for value in values(found):
        assert " ".join(text[slice(*value.span)].split()) == value.text
    for statement in found.statements:
        assert text[slice(*statement.span)].strip()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # The date of the writing is not that of the event, whose year it gives.
        (
            "LEEDS, 19 October 2023 - Two hundred gardeners gathered this week for the sixth Garden Forum. Held on 17 "
            "and 18 October, the Forum looked at hedges.",
            "2023-10-17/2023-10-18",
        ),
        ("OSLO, 7 Sept. (Agency) - The Hedge Conference was opened today by the mayor.", "XXXX-09-07"),
        ("OSLO, 7 Sept. 2021 (Agency) - The Hedge Conference was opened by the mayor.", ""),
        # One that is to come is not the one that the report is of, unless it announces it.
        ("The Hedge Club held a workshop on pruning. The Hedge Fair will be held on 25-26 November 2023.", ""),
        ("The Hedge Fair will be held on 25-26 November 2023 in Leeds.", "2023-11-25/2023-11-26"),
        ("Notes of the hedge day\nPhoto of 4 September 2014\nWhen: Sat, 26th of July, 2014\nWe met.", "2014-07-26"),
        ("Title: Hedge Day held on Saturday July 26th 2014\nDate: 2014-09-04\n\nWe all met for hedges.", "2014-07-26"),
        ("The workshop was held from Friday 9 June to Sunday 11 June 2023.", "2023-06-09/2023-06-11"),
        ("The workshop was held on 14.03.2019 in Bonn.", "2019-03-14"),
        ("The workshop was held on 14/03/2019 in Leeds.", "2019-03-14"),
        # Which of the two is the day nobody can tell.
        ("The workshop was held on 03/04/2019 in Leeds.", ""),
        ("The workshop was held on 29 February 2023 in Leeds.", ""),
        ("2018年1月15日—17日，第二届树篱论坛在海港市图书馆举行。", "2018-01-15/2018-01-17"),
    ],
)
def test_the_date_of_the_event(text: str, date: str) -> None:
    assert draft(text).events[0].date == date


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Dr Ida Lund argues that hedges are cheaper than walls.", "Ida Lund"),
        ("Asked about walls, Dr Ida Lund replied that hedges last longer.", "Ida Lund"),
        ("Cllr Tom Baxter felt that the town had walls enough.", "Tom Baxter"),
        ("Dr Ida Lund described how hedges had been laid in three valleys.", "Ida Lund"),
    ],
)
def test_who_is_said_to_have_said_it(text: str, speaker: str) -> None:
    found = draft(text)
    assert [found.people[each.speaker].name.text for each in found.statements] == [speaker]


def test_a_tail_of_a_title_begins_no_name_of_a_body() -> None:
    found = draft("Jia Ming, Secretary General of the Hedge Foundation, and the Wall Institute met.")
    assert {each.name.text for each in found.organisations} == {"Hedge Foundation", "Wall Institute"}


def test_a_common_word_is_no_place() -> None:
    assert draft("The third workshop was held in Society.").events[0].place is None


def test_an_empty_cell_of_a_table_with_tabs() -> None:
    found = draft("Name\tTitle\tOrganisation\nJoan Pettifer\t\tSeaford Council\nIda Lund\tTreasurer\tShed Trust\n")
    assert posts(found, "Joan Pettifer") == [("", "Seaford Council")]
    assert posts(found, "Ida Lund") == [("Treasurer", "Shed Trust")]


def test_a_body_that_has_an_abbreviation_as_a_word() -> None:
    assert organisation_type("Women Who Code").type != "international organisation"
    assert organisation_type("WHO").type == "international organisation"


SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def work_of(text: str) -> int:
    """How many functions are called to draft a text."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        draft(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("line", ["树篱大学主任{}在会议上指出。", "主讲：{}（树篱大学教授）"])
def test_many_people_in_many_lines_take_work_in_proportion(line: str) -> None:
    few, many = (
        "\n".join(line.format("".join(signs)) for signs in product(surnames, "明强伟芳", "磊洋勇艳杰"))
        for surnames in (SURNAMES[:2], SURNAMES)
    )
    assert len(draft(many).people) == 400
    assert work_of(many) < 12 * work_of(few)


def test_a_post_that_is_told_again_is_one() -> None:
    found = draft("Ida Lund, Director of the Shed Trust, spoke. Ida Lund, director of the Shed Trust, left.")
    assert posts(found, "Ida Lund") == [("Director", "Shed Trust")]
