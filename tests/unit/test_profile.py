"""Profiles: complete, followable, every number a passage, and what is not known said."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.kinds import KINDS
from convenings.domain.labels import NOT_STATED
from convenings.domain.record_values import Occurrence
from convenings.domain.records import (
    Event,
    Initiative,
    Membership,
    Organisation,
    Participation,
    Person,
    Question,
    Record,
    Relation,
    Statement,
)
from convenings.presentation.profile.value import Entry, Profile, Section
from convenings.tui.panes.profile import items_of
from tests.unit import factory
from tests.unit.indexing import ids, opened, row
from tests.unit.profiles import about, lines, section

SMALL: dict[str, str] = {
    "event/day": "workshop · 4 May 2021",
    "event/talk": "no date of its own",
    "person/ana": "speaker, Trust",
    "organisation/trust": "through Ana Lima",
    "organisation/unit": "unit of Trust",
    "place/ghent": "Day on rivers",
    "initiative/clean": "runs this",
    "question/owner": "raised by Ana Lima",
    "topic/rivers": "narrower than Water",
    "topic/water": "Rivers",
    "participation/ana": "for Trust",
    "participation/some": "not named in the source",
    "membership/ana": "attested",
    "relation/runs": "Clean",
    "statement/one": "said by Ana Lima",
    "source/rivers": "published May 2021",
    "gap/who": "Day on rivers",
}


@pytest.mark.parametrize("ref", SMALL)
def test_each_kind_says_its_own(tmp_path: Path, ref: str) -> None:
    with opened(tmp_path / "set.json") as small:
        assert SMALL[ref] in lines(about(small, ref))


def test_unknowns_are_said(tmp_path: Path) -> None:
    content: list[Record] = [
        Event(id="event/e", label="E", type="workshop"),
        Person(id="person/p", label="P"),
        Question(id="question/q", label="Q", text="Q?", form="direct"),
        Organisation(id="organisation/o", label="One firm", type="company", unnamed="a firm"),
        Statement(id="statement/s", type="report", summary="It rained."),
        Statement(id="statement/t", type="report", summary="It did not.", unnamed="a guest"),
        Participation(id="participation/u", event="event/e", role="attendee", unnamed="guests"),
    ]
    expected = {
        "event/e": "date not stated",
        "person/p": "no role at any event here",
        "question/q": "silent",
        "organisation/o": "not named: a firm",
        "statement/s": "the report itself speaks",
        "statement/t": "said by a guest",
        "participation/u": NOT_STATED,
    }
    with opened(tmp_path / "set.json", content) as small:
        for ref, said in expected.items():
            assert said in lines(about(small, ref)), ref
        (guests,) = section(about(small, "event/e"), "Who else took part")
        assert (guests.text, guests.ref, guests.unknown) == ("guests", "participation/u", "not named")


def test_a_line_cites_the_passages_that_support_it_and_no_others(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json") as small:
        found = about(small, "event/day")
        passages = {cited.number: cited.evidence for cited in found.cited}
        date, place = (next(f for f in found.facts if f.text.startswith(begin)) for begin in ("workshop", "at Ghent"))
        assert [passages[number].fields for number in date.numbers] == [["date"]]
        assert [passages[number].fields for number in place.numbers] == [["type", "place"]]


def test_a_passage_has_one_number_however_often_it_is_cited(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json") as small:
        found = about(small, "question/owner")
        passages = [(c.evidence.source, c.evidence.paragraph, c.evidence.start, c.evidence.end) for c in found.cited]
        assert len(passages) == len(set(passages)) == 2


def test_an_organisation_counts_what_its_people_said_for_it_only(tmp_path: Path) -> None:
    content: list[Record] = [
        Event(id="event/for", label="For it", type="workshop"),
        Event(id="event/other", label="Otherwise", type="workshop"),
        Person(id="person/p", label="P"),
        Organisation(id="organisation/o", label="O", type="company"),
        Membership(id="membership/m", person="person/p", organisation="organisation/o", title="chair"),
        Participation(
            id="participation/p", event="event/for", role="speaker", agent="person/p", on_behalf_of=["organisation/o"]
        ),
        Participation(id="participation/q", event="event/other", role="speaker", agent="person/p"),
        Statement(id="statement/for", type="report", summary="For it.", event="event/for", agents=["person/p"]),
        Statement(id="statement/own", type="report", summary="As oneself.", event="event/other", agents=["person/p"]),
    ]
    with opened(tmp_path / "set.json", content) as small:
        assert [e.ref for e in section(about(small, "organisation/o"), "What was said for it")] == ["statement/for"]
        assert {e.ref for e in section(about(small, "person/p"), "What they said")} == {
            "statement/for",
            "statement/own",
        }


def test_relations_read_from_both_ends(tmp_path: Path) -> None:
    content: list[Record] = [
        Organisation(id="organisation/a", label="A", type="company"),
        Organisation(id="organisation/b", label="B", type="company"),
        Relation(id="relation/r", type="funds", subject="organisation/a", object="organisation/b"),
    ]
    with opened(tmp_path / "set.json", content) as small:
        assert [(e.ref, e.note) for e in section(about(small, "organisation/a"), "Related")] == [
            ("organisation/b", "funds")
        ]
        assert [(e.ref, e.note) for e in section(about(small, "organisation/b"), "Related")] == [
            ("organisation/a", "funds this")
        ]


def test_what_is_said_at_an_event_that_is_missing_counts_too(tmp_path: Path) -> None:
    content: list[Record] = [
        Person(id="person/p", label="P"),
        Organisation(id="organisation/o", label="O", type="company"),
        Participation(
            id="participation/p", event="event/gone", role="speaker", agent="person/p", on_behalf_of=["organisation/o"]
        ),
        Statement(id="statement/s", type="report", summary="S.", event="event/gone", agents=["person/p"]),
    ]
    with opened(tmp_path / "set.json", content) as small:
        assert [e.ref for e in section(about(small, "organisation/o"), "What was said for it")] == ["statement/s"]


def test_the_small_dataset_has_every_kind() -> None:
    assert {record.id for record in factory.records()} == SMALL.keys()
    assert {type(record) for record in factory.records()} == set(KINDS.values())


FAIR: list[Record] = [
    Event(id="event/fair", label="Fair", type="fair"),
    Event(id="event/table", label="Table", type="round table", super_event="event/fair"),
    Event(id="event/visit", label="Visit", type="visit", super_event="event/fair"),
    Person(id="person/ana", label="Ana"),
    Person(id="person/bo", label="Bo"),
    Organisation(id="organisation/bank", label="Bank", type="company"),
    Organisation(id="organisation/club", label="Club", type="association"),
    Initiative(id="initiative/aid", label="Aid", type="project"),
    *(
        Participation(id=f"participation/{n}", event=f"event/{at}", role=role, agent=agent)  # type: ignore[arg-type]
        for n, (at, role, agent) in enumerate(
            [
                ("fair", "organiser", "organisation/club"),
                ("fair", "supporter", "initiative/aid"),
                ("table", "host", "organisation/bank"),
                ("table", "moderator", "person/ana"),
                ("table", "attendee", "person/bo"),
                ("visit", "visited", "organisation/bank"),
            ]
        )
    ),
    Question(
        id="question/q",
        label="Q?",
        text="Q?",
        form="direct",
        occurrences=[
            Occurrence(event="event/fair", act="raised", explicit=True),
            Occurrence(event="event/table", act="addressed", explicit=False, agents=["person/ana"]),
        ],
    ),
    Statement(id="statement/one", type="report", summary="One.", event="event/fair"),
    Statement(id="statement/two", type="report", summary="Two.", event="event/table", mentions=["person/ana"]),
]


def test_what_belongs_to_a_part_is_never_the_wholes_own(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json", FAIR) as small:
        found = about(small, "event/fair")
        assert {each.title: [entry.ref for entry in each.entries] for each in found.sections} == {
            "Organised and supported by": ["organisation/club", "initiative/aid"],
            "Organised in its parts": ["organisation/bank"],
            "Who spoke in its parts": ["person/ana"],
            "Who else took part in its parts": ["person/bo"],
            "Visited in its parts": ["organisation/bank"],
            "Parts": ["event/table", "event/visit"],
            "Questions raised": ["question/q"],
            "Questions taken up in its parts": ["question/q"],
            "What was said": ["statement/one"],
            "What was said in its parts": ["statement/two"],
        }
        (host,) = section(found, "Organised in its parts")
        assert host.note == "host, in Table"
        (taken_up,) = section(found, "Questions taken up in its parts")
        assert taken_up.note == "addressed by Ana, in indirect speech, in Table"
        titles = [each.title for each in about(small, "event/table").sections]
        assert titles == ["Organised by", "Who spoke", "Who else took part", "Questions taken up", "What was said"]
        assert [each.title for each in about(small, "event/visit").sections] == ["Visited"]


def test_an_initiative_has_its_roles_and_no_organisation_is_missed(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json", FAIR) as small:
        assert [(e.ref, e.note) for e in section(about(small, "initiative/aid"), "Roles")] == [
            ("event/fair", "supporter")
        ]
        for number in (0, 1, 2):
            assert NOT_STATED not in lines(about(small, f"participation/{number}"))
            assert NOT_STATED not in small.one(row(small, f"participation/{number}")).secondary
        assert NOT_STATED in lines(about(small, "participation/3"))


def test_a_person_is_only_mentioned_where_a_statement_says_so(tmp_path: Path) -> None:
    content: list[Record] = [
        *(Person(id=f"person/{name}", label=name) for name in ("fellow", "named", "nobody", "voice")),
        Organisation(id="organisation/o", label="O", type="company"),
        Event(id="event/e", label="E", type="seminar"),
        Membership(id="membership/m", person="person/fellow", organisation="organisation/o", title="fellow"),
        Statement(id="statement/s", type="report", summary="S.", event="event/e", mentions=["person/named"]),
        Statement(id="statement/t", type="report", summary="T.", event="event/e", agents=["person/voice"]),
    ]
    with opened(tmp_path / "set.json", content) as small:
        known = {name: lines(about(small, f"person/{name}")) for name in ("fellow", "named", "nobody", "voice")}
        assert "known by a membership" in known["fellow"]
        assert "only mentioned" in known["named"]
        assert "known by a statement" in known["voice"]
        assert not any("mentioned" in known[name] for name in ("fellow", "nobody", "voice"))
        assert ids(small, small.everything("speakers")) == ["person/voice", "person/fellow"]
        trailing = {name: small.one(row(small, f"person/{name}")).trailing for name in known}
        assert trailing == {"fellow": "member", "named": "mentioned", "nobody": "", "voice": "made a statement"}


def test_every_post_and_every_date_of_a_membership_is_told(tmp_path: Path) -> None:
    def post(title: str, first: str | None, last: str | None) -> Membership:
        return Membership(
            id=f"membership/{title}",
            person="person/p",
            organisation="organisation/o",
            title=title,
            first_attested=first,
            last_attested=last,
        )

    content: list[Record] = [
        Person(id="person/p", label="P"),
        Organisation(id="organisation/o", label="O", type="company"),
        post("clerk", "2012-04-09", "2015-03-23"),
        post("chair", "2015-03-30", None),
        post("patron", None, "2019"),
    ]
    with opened(tmp_path / "set.json", content) as small:
        (person,) = section(about(small, "organisation/o"), "People")
        posts = (
            "clerk, attested 9 April 2012 to 23 March 2015; chair, attested from 30 March 2015; patron, attested 2019"
        )
        assert person.note == posts
        own = [entry.note for entry in section(about(small, "person/p"), "Organisations")]
        assert own == posts.split("; ")
        assert "attested 9 April 2012 to 23 March 2015" in lines(about(small, "membership/clerk"))


def test_all_organisations_of_a_person_count(tmp_path: Path) -> None:
    bodies = [Organisation(id=f"organisation/{name}", label=name, type="company") for name in "abcd"]
    content: list[Record] = [
        Event(id="event/e", label="E", type="seminar"),
        Person(id="person/p", label="P"),
        *bodies,
        Participation(
            id="participation/p", event="event/e", role="speaker", agent="person/p", on_behalf_of=["organisation/a"]
        ),
        *(
            Membership(id=f"membership/{body.label}", person="person/p", organisation=body.id, title="fellow")
            for body in bodies
        ),
    ]
    with opened(tmp_path / "set.json", content) as small:
        assert small.one(row(small, "person/p")).secondary == "a, b +2"


def test_a_long_programme_that_knows_no_organisations_does_not_miss_them(tmp_path: Path) -> None:
    content: list[Record] = [Event(id="event/e", label="E", type="seminar")]
    for n in range(30):
        content.append(Person(id=f"person/p{n}", label=f"P {n}"))
        content.append(Participation(id=f"participation/p{n}", event="event/e", role="speaker", agent=f"person/p{n}"))
    with opened(tmp_path / "set.json", content) as small:
        for ref in ("person/p0", "participation/p0", "event/e"):
            assert NOT_STATED not in lines(about(small, ref)), ref
        assert small.one(row(small, "person/p0")).secondary == ""


@pytest.mark.parametrize(
    ("entry", "as_fact", "as_line"),
    [
        (Entry("part of Day", "event/day", basis="inferred"), "part of Day inferred", "◆ part of Day  inferred"),
        (Entry("Day", "event/day", "seminar", basis="inferred"), "Day inferred", "◆ Day  seminar inferred"),
        (Entry("Day", "event/day", basis="inferred", when="May"), "Day inferred", "◆ Day  inferred · May"),
        (Entry("Day", "event/day", unknown="undated"), "Day, undated", "◆ Day  undated"),
        (Entry("", unknown="undated", basis="inferred"), "inferred, undated", "◌   inferred, undated"),
    ],
)
def test_a_mark_stands_apart_from_the_words_before_it(entry: Entry, as_fact: str, as_line: str) -> None:
    about = Profile("event/a", "event", "A", facts=[entry], sections=[Section("Parts", [entry], 1)])
    items = items_of(about)
    shown = ["".join(text for text, _ in item.spans) for item in (items[1], items[-1])]
    assert shown == [as_fact, as_line]
