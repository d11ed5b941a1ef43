"""A record that is two is split: what is chosen goes with its evidence, nothing is invented, all is checked first."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.domain.parting import Belonging, Fate, Split
from convenings.domain.record_values import Bearing, Description, Evidence, Identifier, Link, Name, Occurrence
from convenings.domain.records import (
    Event,
    Gap,
    Membership,
    Organisation,
    Participation,
    Person,
    Question,
    Record,
    Relation,
    Statement,
)
from convenings.domain.references import map_references, references
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.store.faults import BadBatch
from convenings.store.undoing import redo, undo
from tests.unit import factory
from tests.unit.factory import evidence

WEI = "person/wei"
ONE, TWO = "Ana Lima", "who owns"
"""Words of the two people's passages."""
PERSON = Person(
    id=WEI,
    label="Wang Wei",
    honorific="Ms.",
    family="Wang",
    given="Wei",
    names=[Name(value="W. Wang"), Name(value="王伟", language="zh", script="Hans"), Name(value="王薇")],
    identifiers=[Identifier(scheme="orcid", value="1"), Identifier(scheme="orcid", value="2")],
    links=[Link(url="https://one.example"), Link(url="https://two.example")],
    descriptions=[Description(text="Swims."), Description(text="Runs.")],
    evidence=[evidence(3, ONE, "label", "family", "given", "honorific"), evidence(3, TWO, "names", "descriptions")],
)


def spoke(slug: str, words: str, event: str = "event/day") -> Participation:
    pieces = [evidence(3, words, "event", "role", "agent")]
    return Participation(id=f"participation/{slug}", event=event, role="speaker", agent=WEI, evidence=pieces)


TALK = Statement(
    id="statement/both",
    type="opinion",
    summary="Rivers are ours.",
    event="event/day",
    agents=[WEI, "person/ana"],
    mentions=[WEI],
    evidence=[evidence(3, TWO, "*")],
)
POST = Membership(
    id="membership/wei", person=WEI, organisation="organisation/trust", title="dean", evidence=[evidence(3, TWO, "*")]
)
LEFT_OPEN = Gap(id="gap/wei", label="Which Wei", type="ambiguous name", about=[WEI], evidence=[evidence(3, TWO, "*")])
QUESTION = Question(
    id="question/wei",
    label="Whose?",
    text="Whose is it?",
    form="direct",
    occurrences=[
        Occurrence(event="event/day", act="raised", explicit=True, agents=[WEI], evidence=[evidence(3, words, "*")])
        for words in (ONE, TWO)
    ],
    evidence=[evidence(3, TWO, "*")],
)
FIRST, SECOND = spoke("first", ONE), spoke("second", TWO, "event/talk")
ALL = [PERSON, FIRST, SECOND, TALK, POST, LEFT_OPEN, QUESTION]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    made = factory.write(tmp_path / "set.json", [*factory.records(), *ALL])
    assert check(made) == []
    return made


def by_id(dataset: Dataset) -> dict[str, Record]:
    return {record.id: record for _, _, _, record in dataset.scan()}


def split(*ways: str | Belonging, name: str = "Wang Wei", to: str = "", fate: Fate = "goes", id: str = WEI) -> Split:  # noqa: A002
    places = [Belonging(id, way) if isinstance(way, str) else way for way in ways]
    return Split(id=id, name="" if to else name, to=to, fates=dict.fromkeys(places, fate))


def at(record: Record, path: str) -> Belonging:
    return Belonging(record.id, path)


def test_what_hangs_on_a_record_is_all_that_it_says_and_all_that_refers_to_it(dataset: Dataset) -> None:
    hanging = dataset.hanging_on(WEI)
    assert hanging.record == PERSON
    assert sorted(each.path for each in hanging.own) == [
        "descriptions[0]", "descriptions[1]", "evidence[0]", "evidence[1]", "family", "honorific",
        "identifiers[0]", "identifiers[1]", "links[0]", "links[1]", "names[0]", "names[1]", "names[2]",
    ]  # fmt: skip
    assert {(each.id, each.path) for each, _ in hanging.referring} == {
        ("participation/first", "agent"),
        ("participation/second", "agent"),
        ("statement/both", "agents"),
        ("statement/both", "mentions"),
        ("membership/wei", "person"),
        ("gap/wei", "about"),
        ("question/wei", "occurrences[0].agents"),
        ("question/wei", "occurrences[1].agents"),
    }


def test_what_is_chosen_goes_with_its_evidence_and_nothing_is_invented(dataset: Dataset) -> None:
    ways = ["names[1]", "identifiers[1]", "links[1]", "descriptions[1]"]
    places = [at(SECOND, "agent"), at(TALK, "agents"), at(POST, "person"), at(QUESTION, "occurrences[1].agents")]
    outcome = dataset.split(split(*ways, *places, name="王薇"))
    records = by_id(dataset)
    (new,) = outcome.inserted
    kept, other = records[WEI], records[new]
    assert isinstance(kept, Person)
    assert isinstance(other, Person)
    # Called by one of the spellings, which is its own; no title, no family name: nobody has said whose they are.
    assert (other.label, other.honorific, other.family) == ("王薇", "", "")
    assert other.names == [PERSON.names[1]]
    assert (other.identifiers, other.links) == (PERSON.identifiers[1:], PERSON.links[1:])
    assert other.descriptions == PERSON.descriptions[1:]
    assert other.evidence == [PERSON.evidence[1]]
    assert kept == replace(
        PERSON,
        names=PERSON.names[:1],
        identifiers=PERSON.identifiers[:1],
        links=PERSON.links[:1],
        descriptions=PERSON.descriptions[:1],
    )
    question = records[QUESTION.id]
    assert isinstance(question, Question)
    assert [each.agents for each in question.occurrences] == [[WEI], [new]]
    assert records[TALK.id] == replace(TALK, agents=[new, "person/ana"])
    assert records[SECOND.id] == replace(SECOND, agent=new)
    assert records[FIRST.id] == FIRST
    assert check(dataset) == []


def test_the_passage_of_what_goes_is_evidence_of_the_other_record(dataset: Dataset) -> None:
    """Though it is called just the same; where what stays rests on it, too, both have it."""
    dataset.split(split(at(FIRST, "agent")))
    assert passages(by_id(dataset)["person/wang-wei"]) == {("source/rivers", 3, PERSON.evidence[0].start)}
    assert by_id(dataset)[WEI] == PERSON
    undo(dataset)
    # The record itself does not cite where its only post is said to be.
    elsewhere = replace(POST, evidence=[evidence(2, "4 May 2021", "person", "organisation", "title")])
    dataset.update(elsewhere)
    dataset.split(split(at(elsewhere, "person")))
    (piece,) = by_id(dataset)["person/wang-wei"].evidence
    assert piece == replace(elsewhere.evidence[0], fields=["label"])


def test_evidence_goes_where_all_goes_that_rests_on_it(dataset: Dataset) -> None:
    alone = replace(PERSON, evidence=[*PERSON.evidence, evidence(2, "4 May 2021", "label")])
    elsewhere = replace(POST, evidence=[evidence(2, "On 4 May 2021", "person", "organisation", "title")])
    for record in (alone, elsewhere):
        dataset.update(record)
    dataset.split(split(at(elsewhere, "person")))
    assert by_id(dataset)["person/wang-wei"].evidence == alone.evidence[2:]
    assert by_id(dataset)[WEI] == PERSON


def test_both_can_have_what_a_list_holds_and_one_only_a_single_id(dataset: Dataset) -> None:
    places = [at(TALK, "agents"), at(TALK, "mentions"), at(LEFT_OPEN, "about")]
    dataset.split(split(*places, "honorific", "evidence[0]", fate="both"))
    records = by_id(dataset)
    assert records[TALK.id] == replace(
        TALK, agents=[WEI, "person/wang-wei", "person/ana"], mentions=[WEI, "person/wang-wei"]
    )
    assert records[LEFT_OPEN.id] == replace(LEFT_OPEN, about=[WEI, "person/wang-wei"])
    other = records["person/wang-wei"]
    assert isinstance(other, Person)
    assert (other.honorific, other.evidence[0].fields) == ("Ms.", ["honorific"])
    assert records[WEI] == PERSON
    before = dataset.path.read_bytes()
    with pytest.raises(BadBatch, match="the agent can be one record only"):
        dataset.split(split(at(FIRST, "agent"), fate="both"))
    assert dataset.path.read_bytes() == before


@pytest.mark.parametrize(
    ("way", "options", "record", "what"),
    [
        ("names[0]", {"fate": "stays"}, WEI, "nothing goes to the other record"),
        ("names[9]", {}, WEI, "this is nothing of 'person/wei'"),
        ("names[0]", {"name": " "}, WEI, "the other record has no name"),
        ("names[0]", {"to": "person/nobody"}, "person/nobody", "there is no record with this id"),
        ("names[0]", {"to": WEI}, WEI, "nothing of 'person/wei' can go to 'person/wei'"),
        ("names[0]", {"to": "event/day"}, "event/day", "nothing of 'person/wei' can go to 'event/day'"),
        ("family", {"to": "person/ana"}, WEI, "the other record has another family: Lima"),
        ("links[0]", {}, "person/wang-wei", "the record has no evidence"),
        ("evidence[0]", {}, WEI, "no evidence supports this field"),
        ("identifiers[0]", {"fate": "both"}, "person/wang-wei", "'person/wei' has the same orcid, 1"),
        ("type", {"id": "organisation/trust"}, "organisation/trust", "neither of the two can be without the type"),
        ("agent", {"id": "participation/first"}, "participation/first", "a participation is not split"),
    ],
)
def test_what_the_check_would_not_let_pass_is_refused_at_its_place(
    dataset: Dataset, way: str, options: dict[str, Any], record: str, what: str
) -> None:
    before = dataset.path.read_bytes()
    with pytest.raises(BadInput) as caught:
        dataset.split(split(way, **options))
    error = caught.value
    faults = error.faults if isinstance(error, BadBatch) else ()
    assert any(what in each.what and each.record == record for each in faults) or (
        what in error.what and record in error.place
    )
    assert dataset.path.read_bytes() == before


def test_all_that_speaks_against_a_split_is_named_at_once(dataset: Dataset) -> None:
    fates: dict[Belonging, Fate] = {
        at(FIRST, "agent"): "both",
        Belonging(WEI, "links[7]"): "goes",
        Belonging("participation/gone", "agent"): "goes",
    }
    with pytest.raises(BadBatch) as caught:
        dataset.split(Split(id=WEI, name="X", fates=fates))
    assert [(fault.record, fault.field) for fault in caught.value.faults] == [
        ("participation/first", "agent"),
        (WEI, "links[7]"),
        ("participation/gone", "agent"),
    ]


def test_what_would_say_one_thing_twice_does_not_go_there(dataset: Dataset) -> None:
    """Ana speaks at the talk already."""
    before = dataset.path.read_bytes()
    with pytest.raises(BadBatch, match="this says the same as 'participation/ana'"):
        dataset.split(split(at(SECOND, "agent"), to="person/ana"))
    assert dataset.path.read_bytes() == before


def test_what_goes_to_an_existing_record_joins_what_it_has(dataset: Dataset) -> None:
    dataset.split(split("names[2]", "identifiers[1]", at(POST, "person"), to="person/ana"))
    ana = by_id(dataset)["person/ana"]
    assert isinstance(ana, Person)
    assert [name.value for name in ana.names] == ["王薇"]
    assert ana.identifiers == PERSON.identifiers[1:]
    assert any("names" in piece.fields for piece in ana.evidence)
    assert check(dataset) == []


def test_references_by_an_id_that_leads_there_go_too(dataset: Dataset) -> None:
    dataset.insert([Person(id="person/old", label="Old", evidence=[evidence(3, TWO, "label")])])
    dataset.merge("person/old", WEI)
    dataset.insert([replace(spoke("late", TWO), agent="person/old", role="chair")])
    dataset.split(split(Belonging("participation/late", "agent")))
    late = by_id(dataset)["participation/late"]
    assert isinstance(late, Participation)
    assert late.agent == "person/wang-wei"


def test_an_event_and_an_organisation_get_what_they_cannot_be_without(dataset: Dataset) -> None:
    talk = by_id(dataset)["event/talk"]
    assert isinstance(talk, Event)
    sessions = [each for each, _ in dataset.hanging_on("event/talk").referring if each.path == "event"]
    dataset.split(split(sessions[0], id="event/talk", name="Second talk"))
    other = by_id(dataset)["event/second-talk"]
    assert isinstance(other, Event)
    assert (other.type, other.super_event, other.date) == (talk.type, None, None)
    assert check(dataset) == []
    body = next(each for each, _ in dataset.hanging_on("organisation/trust").referring)
    dataset.split(split(body, id="organisation/trust", name="Trust of the lakes"))
    body_other = by_id(dataset)["organisation/trust-of-the-lakes"]
    assert isinstance(body_other, Organisation)
    assert check(dataset) == []


def test_a_split_is_undone_to_the_byte_and_done_again(dataset: Dataset) -> None:
    before = dataset.path.read_bytes()
    outcome = dataset.split(split("names[1]", at(FIRST, "agent"), at(TALK, "agents")))
    after = dataset.path.read_bytes()
    assert undo(dataset).title == f"split {WEI}: part of it is {outcome.inserted[0]}"
    assert dataset.path.read_bytes() == before
    redo(dataset)
    assert dataset.path.read_bytes() == after


def test_relations_and_bearings_go(dataset: Dataset) -> None:
    relation = Relation(
        id="relation/wei", type="other", subject=WEI, object="organisation/trust", as_stated="advises", tie="advises",
        evidence=[evidence(3, TWO, "*")],
    )  # fmt: skip
    bears = replace(
        TALK,
        id="statement/bears",
        questions=[Bearing(question=QUESTION.id, basis="stated", evidence=[evidence(3, TWO, "*")])],
    )
    dataset.insert([relation, bears])
    dataset.split(split(at(relation, "subject"), "names[0]"))
    assert by_id(dataset)[relation.id] == replace(relation, subject="person/wang-wei")
    dataset.split(split(at(bears, "questions[0].question"), id=QUESTION.id, name="Other question", fate="both"))
    stated = by_id(dataset)[bears.id]
    assert isinstance(stated, Statement)
    assert [each.question for each in stated.questions] == [QUESTION.id, "question/other-question"]
    assert check(dataset) == []


# What holds of every split

fates = st.sampled_from(get_args(Fate))


def said(record: Record) -> dict[str, Any]:
    """What a record says, lists in no order, evidence by its passage."""
    values: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name == "names":
            value = {each.value for each in value}
        elif name == "evidence":
            value = {(each.source, each.paragraph, each.start, each.end) for each in value}
        elif isinstance(value, list):
            value = sorted(map(repr, value))
        values[name] = value
    return values


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_split_is_undone_and_merged_back(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    dataset = factory.write(tmp_path_factory.mktemp("split") / "set.json", [*factory.records(), *ALL])
    before, bytes_before = by_id(dataset), dataset.path.read_bytes()
    hanging = dataset.hanging_on(WEI)
    places = [*hanging.own, *(each for each, _ in hanging.referring)]
    chosen: dict[Belonging, Fate] = {each: data.draw(fates, label=each.path) for each in places}
    name = data.draw(st.sampled_from(["Wang Wei", "王薇", "Somebody"]))
    try:
        outcome = dataset.split(Split(id=WEI, name=name, fates=chosen))
    except BadInput:
        assert dataset.path.read_bytes() == bytes_before
        return
    assert check(dataset) == []
    (new,) = outcome.inserted
    undo(dataset)
    assert dataset.path.read_bytes() == bytes_before
    redo(dataset)
    halves = by_id(dataset)
    # Each reference is one to the record that it was chosen for, and to no other.
    for ref, record in before.items():
        if ref != WEI:
            assert map_references(halves[ref], lambda each: WEI if each == new else each) == record
    for each in places:
        if each.id != WEI and each.path in ("agent", "person"):
            present = {target for field, target in references(halves[each.id]) if field == each.path}
            assert present == {new if chosen[each] == "goes" else WEI}
    dataset.merge(new, WEI)
    merged = by_id(dataset)
    assert check(dataset) == []
    assert {ref for ref in merged if ref != WEI} == {ref for ref in before if ref != WEI}
    assert {ref: merged[ref] for ref in merged if ref != WEI} == {ref: before[ref] for ref in before if ref != WEI}
    one, two = said(before[WEI]), said(merged[WEI])
    # What it was called meanwhile stays a name of it, with the passage that the other half stood on.
    added = two["evidence"] - one["evidence"]
    assert added <= {place for each, record in hanging.referring for place in said(record)["evidence"]}
    assert one == two | {"names": two["names"] - {name} | (one["names"] & {name}), "evidence": two["evidence"] - added}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_was_merged_is_split_by_hand_into_the_two(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """By the lines that were the other one's; the halves and their references are there again."""
    ana = Person(
        id="person/anna",
        label="Anna Lima",
        names=data.draw(st.sampled_from([[], [Name(value="A. L.", type="abbreviation")]])),
        identifiers=data.draw(st.sampled_from([[], [Identifier(scheme="orcid", value="9")]])),
        links=data.draw(st.sampled_from([[], [Link(url="https://anna.example")]])),
        evidence=[evidence(3, TWO, "names") if data.draw(st.booleans()) else evidence(3, TWO, "label")],
    )
    if not ana.names:
        ana = replace(ana, evidence=[evidence(3, TWO, "label")])
    hers: list[Record] = [
        replace(spoke(f"anna-{at}", TWO, event), agent=ana.id)
        for at, event in enumerate(data.draw(st.lists(st.sampled_from(["event/day", "event/talk"]), unique=True)))
    ]
    dataset = factory.write(tmp_path_factory.mktemp("split") / "set.json", [*factory.records(), PERSON, ana, *hers])
    before = by_id(dataset)
    dataset.merge(ana.id, WEI)
    merged = dataset.hanging_on(WEI)
    person = merged.record
    assert isinstance(person, Person)
    own = [
        Belonging(WEI, f"{name}[{at}]")
        for name in ("names", "identifiers", "links")
        for at, item in enumerate(getattr(person, name))
        if item not in getattr(PERSON, name)
    ]
    theirs = [each for each, record in merged.referring if record.id in {each.id for each in hers}]
    moved_evidence = [
        Belonging(WEI, f"evidence[{at}]")
        for at, piece in enumerate(person.evidence)
        if piece.start == ana.evidence[0].start and PERSON.evidence[1].start != piece.start
    ]
    chosen: dict[Belonging, Fate] = dict.fromkeys([*own, *theirs, *moved_evidence], "goes")
    (new,) = dataset.split(Split(id=WEI, name="Anna Lima", fates=chosen)).inserted
    after = by_id(dataset)
    assert check(dataset) == []
    other, kept = after[new], after[WEI]
    assert isinstance(other, Person)
    assert replace(other, id=ana.id, evidence=[]) == replace(ana, evidence=[])
    assert replace(kept, evidence=[]) == replace(PERSON, evidence=[])
    assert passages(other) == passages(ana)
    assert passages(kept) == passages(PERSON)
    for each in hers:
        assert map_references(after[each.id], lambda ref: ana.id if ref == new else ref) == before[each.id]
    assert {ref for ref in after if kind_of(ref) != "person"} == {ref for ref in before if kind_of(ref) != "person"}


def passages(record: Record) -> set[tuple[str, int, int]]:
    return {(piece.source, piece.paragraph, piece.start) for piece in record.evidence if isinstance(piece, Evidence)}
