"""What merges keep, what follows from them, and that they can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Description, Identifier, Import, Link, Name
from convenings.domain.records import Event, Membership, Organisation, Participation, Person, Record, Source
from convenings.store.batch import Batch
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.store.faults import BadBatch
from tests.unit import factory
from tests.unit.factory import evidence

ANNA = Person(
    id="person/anna",
    label="Anna Lima",
    honorific="Dr.",
    names=[Name(value="A. Lima", type="abbreviation")],
    identifiers=[Identifier(scheme="orcid", value="0000-1")],
    links=[Link(url="https://example.org/anna")],
    descriptions=[Description(text="She swims.")],
    evidence=[evidence(3, "Ana Lima", "honorific", "names", "descriptions")],
)
HER_TALK = Participation(
    id="participation/anna",
    event="event/talk",
    role="speaker",
    agent="person/anna",
    title_as_stated="chair",
    evidence=[evidence(3, "(chair)", "event", "role", "agent", "title_as_stated")],
)
HER_POST = Membership(
    id="membership/anna",
    person="person/anna",
    organisation="organisation/trust",
    title="director",
    evidence=[evidence(3, "(chair)", "person", "organisation", "title")],
)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return factory.write(tmp_path / "set.json", [*factory.records(), ANNA, HER_TALK, HER_POST])


def by_id(dataset: Dataset) -> dict[str, Record]:
    return {record.id: record for _, _, _, record in dataset.scan()}


def test_the_record_that_stays_gets_names_identifiers_links_and_evidence_of_the_other(dataset: Dataset) -> None:
    outcome = dataset.merge("person/anna", "person/ana")
    ana = by_id(dataset)["person/ana"]
    assert isinstance(ana, Person)
    assert (ana.label, ana.family, ana.honorific) == ("Ana Lima", "Lima", "Dr.")
    assert [(name.value, name.type) for name in ana.names] == [
        ("A. Lima", "abbreviation"),
        ("Anna Lima", "alternative"),
    ]
    assert (ana.identifiers, ana.links, ana.descriptions) == (ANNA.identifiers, ANNA.links, ANNA.descriptions)
    assert [piece.fields for piece in ana.evidence] == [["family"], ["honorific", "names", "descriptions"]]
    # Both speak once at the talk, so that this is one participation, with the title and the evidence of both.
    assert outcome.merged == {"person/anna": "person/ana", "participation/anna": "participation/ana"}
    talk = by_id(dataset)["participation/ana"]
    assert isinstance(talk, Participation)
    assert (talk.title_as_stated, talk.on_behalf_of) == ("chair", ["organisation/trust"])
    assert len(talk.evidence) == 2
    assert check(dataset) == []


def test_a_merge_is_undone_to_the_byte(dataset: Dataset) -> None:
    before = by_id(dataset)
    dataset.merge("person/anna", "person/ana")
    outcome = dataset.unmerge("person/anna")
    assert set(outcome.unmerged) == {"person/anna", "participation/anna"}
    assert by_id(dataset) == before
    assert dataset.redirects() == {}
    assert check(dataset) == []


def test_what_was_changed_since_stays_when_a_merge_is_undone(dataset: Dataset) -> None:
    dataset.merge("person/anna", "person/ana")
    ana = by_id(dataset)["person/ana"]
    assert isinstance(ana, Person)
    dataset.update(replace(ana, honorific="Prof.", links=[*ana.links, Link(url="https://example.org/mine")]))
    dataset.unmerge("person/anna")
    ana = by_id(dataset)["person/ana"]
    assert isinstance(ana, Person)
    assert (ana.honorific, [link.url for link in ana.links], ana.names) == ("Prof.", ["https://example.org/mine"], [])
    assert by_id(dataset)["person/anna"] == ANNA


def test_merges_in_a_row_are_undone_from_the_last_one_on(dataset: Dataset) -> None:
    dataset.insert([Person(id="person/al", label="A. L.", evidence=[evidence(3, "Ana Lima", "label")])])
    before = by_id(dataset)
    dataset.merge_all([("person/anna", "person/ana"), ("person/ana", "person/al")])
    assert dataset.redirects()["person/anna"] == "person/al"
    with pytest.raises(BadInput, match="'person/ana', has been merged in turn; undo the merge of 'person/ana' first"):
        dataset.unmerge("person/anna")
    dataset.unmerge("person/ana", "person/anna")
    assert by_id(dataset) == before
    assert dataset.redirects() == {}


def test_what_cannot_be_undone_is_said(tmp_path: Path, dataset: Dataset) -> None:
    with pytest.raises(BadInput, match="this was not merged into anything"):
        dataset.unmerge("person/ana")
    older = factory.write(tmp_path / "older.json", redirects={"person/old": "person/ana"})
    with pytest.raises(BadInput, match="it was merged before merges could be undone"):
        older.unmerge("person/old")


def test_lists_that_name_both_are_restored(dataset: Dataset) -> None:
    talk = by_id(dataset)["participation/ana"]
    assert isinstance(talk, Participation)
    both = ["organisation/unit", "organisation/other", "organisation/trust"]
    dataset.insert([Organisation(id="organisation/other", label="O", type="company")])
    dataset.update(replace(talk, on_behalf_of=both))
    before = by_id(dataset)
    dataset.merge("organisation/unit", "organisation/trust")
    merged = by_id(dataset)["participation/ana"]
    assert isinstance(merged, Participation)
    assert merged.on_behalf_of == ["organisation/trust", "organisation/other"]
    dataset.unmerge("organisation/unit")
    assert by_id(dataset) == before


def test_a_source_is_merged_and_parted_again(dataset: Dataset) -> None:
    source = by_id(dataset)["source/rivers"]
    assert isinstance(source, Source)
    dataset.insert([replace(source, id="source/new", evidence=[])])
    before = by_id(dataset)
    dataset.merge("source/rivers", "source/new")
    assert check(dataset) == []
    dataset.unmerge("source/rivers")
    assert by_id(dataset) == before


def test_items_that_a_merge_makes_alike_come_apart_in_their_order(dataset: Dataset) -> None:
    source = by_id(dataset)["source/rivers"]
    dataset.insert([replace(source, id="source/new", evidence=[])])
    rivers = evidence(3, "Ana Lima", "label")
    new = replace(rivers, source="source/new")
    alike = [
        Person(id=f"person/{at}", label=f"P{at}", evidence=pair)
        for at, pair in enumerate([[new, rivers], [rivers, new]])
    ]
    dataset.insert(alike)
    before = by_id(dataset)
    dataset.merge("source/new", "source/rivers")
    assert by_id(dataset)["person/0"].evidence == [rivers, rivers]
    dataset.unmerge("source/new")
    assert by_id(dataset) == before


def test_posts_for_one_party_become_one_and_come_apart(dataset: Dataset) -> None:
    party = Organisation(id="organisation/party", label="P", type="political body")
    other = replace(HER_POST, id="membership/other", on_behalf_of=party.id)
    other = replace(other, evidence=[evidence(2, "4 May 2021", "on_behalf_of", "person", "organisation", "title")])
    dataset.insert([party, other])
    before = by_id(dataset)
    dataset.merge("membership/other", "membership/anna")
    post = by_id(dataset)["membership/anna"]
    assert isinstance(post, Membership)
    assert post.on_behalf_of == party.id
    dataset.unmerge("membership/other")
    assert by_id(dataset) == before


def test_a_date_that_does_not_fit_the_event_above_is_not_taken_over(dataset: Dataset) -> None:
    other = Event(id="event/other", label="Other talk", type="talk", date="1999", date_basis="stated")
    dataset.insert([replace(other, evidence=[evidence(2, "4 May 2021", "type", "date")])])
    dataset.merge("event/other", "event/talk")
    talk = by_id(dataset)["event/talk"]
    assert isinstance(talk, Event)
    assert (talk.date, [name.value for name in talk.names]) == (None, ["Other talk"])
    assert check(dataset) == []


def test_evidence_for_every_field_does_not_stand_for_what_a_merge_brings(dataset: Dataset) -> None:
    ana = by_id(dataset)["person/ana"]
    dataset.update(replace(ana, evidence=[evidence(3, "Ana Lima", "*")]))
    before = by_id(dataset)
    dataset.merge("person/anna", "person/ana")
    assert by_id(dataset)["person/ana"].evidence[0].fields == ["family"]
    dataset.unmerge("person/anna")
    assert by_id(dataset) == before


def test_every_merge_that_makes_no_sense_is_named(dataset: Dataset) -> None:
    before = dataset.path.read_bytes()
    with pytest.raises(BadBatch) as caught:
        dataset.merge_all([("person/anna", "person/ana"), ("person/x", "person/ana"), ("topic/water", "topic/rivers")])
    assert [fault.record for fault in caught.value.faults] == ["person/x", "topic/water"]
    assert dataset.path.read_bytes() == before


def test_imports_follow_merges_and_removals(dataset: Dataset) -> None:
    entry = "orcid=0000-1", "0" * 16
    brought = Import(
        source="source/rivers",
        file="a.csv",
        hash="0" * 16,
        at="2026-01-01T00:00:00Z",
        reader="csv",
        records={"person/anna": entry, "participation/anna": entry},
    )
    dataset.save(Batch(imports=[brought]))
    dataset.merge("person/anna", "person/ana")
    assert dataset.imports() == [replace(brought, records={"person/ana": entry, "participation/ana": entry})]
    dataset.unmerge("person/anna")
    assert dataset.imports() == [brought]
    dataset.remove("participation/anna")
    assert dataset.imports() == [replace(brought, records={"person/anna": entry})]
    again = replace(brought, at="2026-02-01T00:00:00Z")
    dataset.save(Batch(imports=[again]))
    assert dataset.imports() == [again]
