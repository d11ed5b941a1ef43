"""Profiles: complete, followable, every number a passage, and what is not known said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.kinds import KINDS
from convenings.domain.labels import NOT_STATED
from convenings.domain.records import (
    Event,
    Gap,
    Initiative,
    Membership,
    Occurrence,
    Organisation,
    Participation,
    Person,
    Question,
    Record,
    Relation,
    Statement,
    Topic,
)
from convenings.domain.references import all_evidence, ids_in
from convenings.index.model import ReadModel
from convenings.presentation.profile import event, kinds, sections
from convenings.presentation.profile.builder import MOST_ENTRIES
from convenings.presentation.profile.compose import profile
from convenings.presentation.profile.value import GAPS, Entry, Profile, Section
from convenings.tui.panes.profile import items_of
from tests.unit import factory
from tests.unit.factory import bearing
from tests.unit.indexing import PANES, bundled, ids, opened, row


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    with bundled(tmp_path_factory.mktemp("bundled")) as found:
        yield found


def about(model: ReadModel, ref: str) -> Profile:
    return profile(model, row(model, ref))


def section(found: Profile, title: str) -> list[Entry]:
    return next((section.entries for section in found.sections if section.title == title), [])


def refs(found: Profile) -> set[str]:
    return {entry.ref for entry in found.entries() if entry.ref}


def lines(found: Profile) -> str:
    return "\n".join(" · ".join(filter(None, (e.text, e.note, e.unknown))) for e in found.entries())


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_of_the_bundled_dataset_has_a_whole_profile(model: ReadModel, kind: str) -> None:
    rows = range(*model.range(kind))
    assert rows
    for at in rows:
        found, record = profile(model, at), model.record(at)
        assert (found.ref, found.kind) == (record.id, kind)
        assert found.title == model.one(at).label
        assert found.facts or found.sections, record.id
        numbers = [cited.number for cited in found.cited]
        assert numbers == list(range(1, len(numbers) + 1))
        used = {*found.numbers, *(number for entry in found.entries() for number in entry.numbers)}
        assert used == set(numbers), record.id
        for entry in found.entries():
            assert entry.text or entry.unknown, record.id
            assert not entry.ref or model.row_of(entry.ref) is not None, entry
            assert entry.basis in ("stated", "inferred")
        for cited in found.cited:
            owner = model.find(cited.ref)
            assert owner is not None
            # The note of a bearing's evidence is its reason.
            assert replace(cited.evidence, note="") in [replace(each, note="") for each in all_evidence(owner)]
            there = [
                each.fields
                for each in all_evidence(owner)
                if (each.source, each.paragraph, each.start, each.end, each.basis)
                == (
                    cited.evidence.source,
                    cited.evidence.paragraph,
                    cited.evidence.start,
                    cited.evidence.end,
                    cited.evidence.basis,
                )
            ]
            assert set(cited.evidence.fields) <= set(cited.fields) <= set().union(*there)
            assert model.row_of(cited.evidence.source) is not None
        for each in found.sections:
            assert len(each.entries) == min(each.total, MOST_ENTRIES)
        titles = [each.title for each in found.sections]
        assert len(titles) == len(set(titles))
        assert GAPS not in titles[:-1], "what is not known comes last"


def test_every_passage_of_a_record_is_cited_in_its_profile(model: ReadModel) -> None:
    for at in range(model.total):
        cited = {(c.evidence.source, c.evidence.paragraph, c.evidence.start) for c in profile(model, at).cited}
        own = {(e.source, e.paragraph, e.start) for e in model.record(at).evidence}
        assert own <= cited, model.one(at).id


def test_what_supports_a_name_is_cited_beside_it(model: ReadModel) -> None:
    found = about(model, "person/fu-changbo")
    assert [cited.fields for cited in found.cited if cited.number in found.numbers] == [("family", "given")]
    assert not about(model, "organisation/tencent").numbers, "its lines cite all that supports it"


def test_no_profile_gives_its_own_name_as_another_one(model: ReadModel) -> None:
    """What only repeats the name is no line; what supports it is cited all the same, as above."""
    for ref in ("event/beijing-workshop", "organisation/tencent-tech-welfare-team"):
        profile = about(model, ref)
        assert not [line for line in lines(profile) if line.endswith(f": {profile.title}") or "so called" in line]


def test_every_gap_stands_in_the_profile_of_what_it_concerns(model: ReadModel) -> None:
    for at in range(*model.range("gap")):
        gap = model.record(at)
        assert isinstance(gap, Gap)
        for ref in gap.about:
            if not ref.startswith(("gap/", "source/")):
                assert gap.id in {entry.ref for entry in section(about(model, ref), GAPS)}, (gap.id, ref)


def test_whoever_is_related_reads_so_in_both_profiles(model: ReadModel) -> None:
    for at in range(*model.range("participation")):
        part = model.record(at)
        assert isinstance(part, Participation)
        party = part.agent or part.id
        assert party in refs(about(model, part.event)), part.id
        for ref in filter(None, (part.agent, *part.on_behalf_of)):
            assert part.event in refs(about(model, ref)), part.id


def test_statements_stand_with_their_speaker_and_their_event(model: ReadModel) -> None:
    for at in range(*model.range("statement")):
        said = model.record(at)
        assert isinstance(said, Statement)
        for ref in filter(None, (said.event, *said.agents, *said.topics, *ids_in(said.questions), *said.mentions)):
            assert said.id in refs(about(model, ref)) or _cut(about(model, ref)), (said.id, ref)


def _cut(found: Profile) -> bool:
    return any(each.total > len(each.entries) for each in found.sections)


def test_the_source_does_not_say_for_whom_the_moderator_spoke(model: ReadModel) -> None:
    found = about(model, "person/fu-changbo")
    (role,) = section(found, "Roles")
    assert (role.ref, role.note, role.unknown) == ("event/round-table", "moderator", NOT_STATED)
    assert role.numbers
    assert not section(found, "Organisations")
    (moderator,) = [e for e in section(about(model, "event/round-table"), "Who spoke") if e.ref == "person/fu-changbo"]
    assert moderator.unknown == NOT_STATED
    assert model.one(row(model, "person/fu-changbo")).secondary == NOT_STATED


def test_what_belongs_to_the_fair_is_not_in_the_seminar(model: ReadModel) -> None:
    fair, seminar = about(model, "event/10th-ccf"), about(model, "event/shenzhen-seminar")
    own = {e.id for at in range(*model.range("event")) if _super(e := model.record(at)) == "event/10th-ccf"}
    assert "event/shenzhen-seminar" in own
    others = own - {"event/shenzhen-seminar"}
    assert {"event/ccf-exhibition", "event/ccf-case-release", "event/ccf-experience-event"} <= others
    assert own <= refs(fair)
    assert not others & refs(seminar)
    tied = set(ids(model, model.reasons(row(model, "event/shenzhen-seminar"), 0, model.total)))
    assert not others & tied
    for at in range(*model.range("participation")):
        part = model.record(at)
        if isinstance(part, Participation) and part.event in others:
            assert part.id not in refs(seminar)


def _super(record: Record) -> str | None:
    return record.super_event if isinstance(record, Event) else None


def test_a_leader_who_is_only_mentioned_is_nowhere_shown_as_present(model: ReadModel) -> None:
    ref, at = "person/xi-jinping", row(model, "person/xi-jinping")
    assert at not in model.everything("speakers")
    for pane in PANES:
        assert ref not in ids(model, model.everything(pane))
    counts = model.counts(at)
    # His post ties him to organisations; to nothing that took place.
    assert (counts.events, counts.speakers, counts.questions) == (0, 0, 0)
    for other in range(*model.range("participation")):
        part = model.record(other)
        assert isinstance(part, Participation)
        assert part.agent != ref
    for other in range(*model.range("event")):
        assert ref not in refs(profile(model, other))
    found = about(model, ref)
    assert "only mentioned" in lines(found)
    assert section(found, "Mentioned in")
    assert not section(found, "Roles")


def test_the_round_table_counts_for_the_seminar(model: ReadModel) -> None:
    table, seminar = about(model, "event/round-table"), about(model, "event/shenzhen-seminar")
    panellists = {e.ref for e in section(table, "Who spoke") if e.note.startswith("panellist")}
    assert len(panellists) >= 4
    assert not section(seminar, "Who spoke"), "those are the speakers of its parts"
    inside = {e.ref: e.note for e in section(seminar, "Who spoke in its parts")}
    assert panellists <= inside.keys()
    assert all("in Round table discussion" in inside[ref] for ref in panellists)


def test_counts_have_their_denominator(model: ReadModel) -> None:
    (fact,) = [f for f in about(model, "event/shenzhen-seminar").facts if "took part" in f.text]
    assert "more than 120" in fact.text
    assert "named here" in fact.text
    assert fact.numbers


def test_inferred_is_said(model: ReadModel) -> None:
    (date,) = [f for f in about(model, "event/shenzhen-seminar").facts if "September 2023" in f.text]
    event = model.find("event/shenzhen-seminar")
    assert isinstance(event, Event)
    assert date.basis == event.date_basis == "inferred"


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


def test_long_sections_are_cut_and_counted(tmp_path: Path) -> None:
    content: list[Record] = [Initiative(id="initiative/i", label="I", type="project", topics=["topic/t"])]
    content += [Topic(id="topic/t", label="T", type="concept")]
    content += [
        Statement(id=f"statement/s{n}", type="report", summary=f"Claim {n}", topics=["topic/t"])
        for n in range(MOST_ENTRIES + 5)
    ]
    with opened(tmp_path / "set.json", content) as small:
        (statements,) = [s for s in about(small, "topic/t").sections if s.title == "Statements"]
        assert (len(statements.entries), statements.total) == (MOST_ENTRIES, MOST_ENTRIES + 5)


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


def test_a_long_section_reads_no_more_than_it_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content: list[Record] = [Topic(id="topic/t", label="T", type="concept")]
    content += [
        Statement(id=f"statement/s{n}", type="report", summary=f"Claim {n}", topics=["topic/t"])
        for n in range(3 * MOST_ENTRIES)
    ]
    with opened(tmp_path / "set.json", content) as small:
        read: list[int] = []
        record = ReadModel.record

        def note(self: ReadModel, at: int) -> Record:
            read.append(at)
            return record(self, at)

        monkeypatch.setattr(ReadModel, "record", note)
        (statements,) = about(small, "topic/t").sections
        assert (statements.total, statements.counted) == (3 * MOST_ENTRIES, True)
        assert len(read) == 1 + MOST_ENTRIES


def test_of_what_has_very_many_ties_the_first_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is listed is the beginning of what would be, and no number is said to be all that is not known to be."""
    content: list[Record] = [Organisation(id="organisation/o", label="O", type="foundation")]
    content += [Person(id=f"person/p{n}", label=f"P{n}") for n in range(10)]
    content += [Event(id=f"event/e{n}", label=f"E{n}", type="workshop", date=f"{2000 + n}") for n in range(9)]
    for n in reversed(range(9)):
        content += [
            Participation(
                id=f"participation/p{n}", event=f"event/e{n}", agent=f"person/p{n}", role="speaker",
                on_behalf_of=["organisation/o"],
            ),
            Statement(
                id=f"statement/s{n}", type="report", summary=f"{n}", agents=[f"person/p{n}"], event=f"event/e{n}",
                questions=[bearing("question/q")],
            ),
        ]  # fmt: skip
    content += [
        Relation(id="relation/r", subject="person/p9", type="other", object="organisation/o"),
        *(
            Membership(id=f"membership/m{n}", person=f"person/p{n}", organisation="organisation/o", title="Member")
            for n in (8, 7)
        ),
    ]
    content += [Question(id="question/q", label="Q?", text="Q?", form="numbered", occurrences=[])]
    titles = ["Roles", "People", "What was said for it"]
    with opened(tmp_path / "set.json", content) as small:
        whole = about(small, "organisation/o")
        assert [(s.title, s.total, s.counted) for s in whole.sections if s.title in titles] == [
            (title, 9, True) for title in titles
        ]
        for module in (kinds, sections):
            monkeypatch.setattr(module, "MOST_DECODED", 4)
        found = about(small, "organisation/o")
        assert [(s.title, s.number, len(s.entries)) for s in found.sections if s.title in titles] == [
            ("Roles", "9", 4),
            ("People", "9 or more", 6),
            ("What was said for it", "9", 9),
        ]
        assert section(found, "Questions it bears on") == section(whole, "Questions it bears on") != []
        for title in titles:
            first = [e.ref for e in section(found, title)]
            every = [e.ref for e in section(whole, title)]
            assert first == [ref for ref in every if ref in first], title
            assert first == every[: len(first)], title
        assert [e.ref for e in section(found, "Roles")] == [f"event/e{n}" for n in range(4)]


def test_what_took_place_in_very_many_parts_is_not_said_to_be_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content: list[Record] = [Event(id="event/e", label="E", type="seminar"), Person(id="person/p", label="P")]
    for n in range(6):
        content += [
            Event(id=f"event/s{n}", label=f"S{n}", type="speech", super_event="event/e", position=n),
            Participation(id=f"participation/p{n}", event=f"event/s{n}", agent="person/p", role="speaker"),
            Statement(id=f"statement/s{n}", type="report", summary=f"{n}", agents=["person/p"], event=f"event/s{n}"),
        ]
    with opened(tmp_path / "set.json", content) as small:
        for read, numbers in ((7, ["6", "6", "6"]), (4, ["3 or more", "6", "3 or more"])):
            monkeypatch.setattr(event, "SESSIONS_READ", read)
            found = about(small, "event/e")
            assert [s.title for s in found.sections] == [
                "Who spoke in its parts",
                "Parts",
                "What was said in its parts",
            ]
            assert [s.number for s in found.sections] == numbers
            said = "of its 6 parts the first 3 are looked into here"
            assert (said in lines(found)) == (read == 4)


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
