"""Any changes in any order end where a plain model says, in a canonical file, and merges come apart again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenings.domain.errors import BadInput
from convenings.domain.records import Organisation, Participation, Person, Record
from convenings.store import proof
from convenings.store.batch import Batch
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.unit import factory

SLUGS = ["a", "b", "c", "d"]
labels = st.sampled_from(["Ana", "Bo", "黄浩明", 'O\'Neil "x"', "line\nbreak"])
people = st.builds(lambda slug, label: Person(id=f"person/{slug}", label=label), st.sampled_from(SLUGS), labels)
bodies = st.builds(
    lambda slug, label: Organisation(id=f"organisation/{slug}", label=label, type="company"),
    st.sampled_from(SLUGS),
    labels,
)
parts = st.builds(
    lambda slug, who, bodies: Participation(
        id=f"participation/{slug}",
        event="event/day",
        role="attendee",
        agent=f"person/{who}",
        on_behalf_of=[f"organisation/{body}" for body in dict.fromkeys(bodies)],
    ),
    st.sampled_from(SLUGS),
    st.sampled_from(SLUGS),
    st.lists(st.sampled_from(SLUGS), max_size=2),
)
refs = st.sampled_from([f"{kind}/{slug}" for kind in ("person", "organisation", "participation") for slug in SLUGS])
steps = st.one_of(
    st.tuples(st.just("insert"), st.lists(people | bodies | parts, max_size=4)),
    st.tuples(st.just("upsert"), st.lists(people | bodies | parts, max_size=4)),
    st.tuples(st.just("remove"), st.lists(refs, max_size=2, unique=True)),
    st.tuples(st.just("merge"), st.lists(st.tuples(refs, refs), min_size=1, max_size=2)),
    st.tuples(st.just("unmerge"), st.lists(refs, min_size=1, max_size=2, unique=True)),
)


def records_of(dataset: Dataset) -> dict[str, Record]:
    return {record.id: record for _, _, _, record in dataset.scan()}


@settings(max_examples=60)
@given(st.lists(steps, max_size=8))
def test_any_changes_end_where_a_plain_model_says(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("api") / "set.json"
    dataset = Dataset.create(path, "T", batch=Batch(insert=factory.records()))
    model = {record.id: record for record in factory.records()}
    for name, content in changes:
        before, redirects = path.read_bytes(), dataset.redirects()
        try:
            outcome = dataset.save(Batch(**{name: content}))
        except BadInput:
            assert path.read_bytes() == before
            continue
        present = records_of(dataset)
        if name in ("insert", "upsert"):
            assert name == "upsert" or not {each.id for each in content} & {*model, *redirects}
            model |= {each.id: each for each in content}
        elif name == "remove":
            model = {ref: record for ref, record in model.items() if ref not in content}
        elif name == "merge":
            assert present.keys() == model.keys() - outcome.merged.keys()
            assert all(dataset.resolve(old) in present for old in outcome.merged)
            model = present
        else:
            assert present.keys() == model.keys() | set(outcome.unmerged)
            assert not dataset.redirects().keys() & set(outcome.unmerged)
            model = present
        assert present == model
        assert proof.is_sound(path.read_bytes())
        assert not [fault for fault in check(dataset) if "canonical" in fault.what or "redirect" in fault.what]


@settings(max_examples=60)
@given(
    st.lists(people, unique_by=lambda each: each.id, min_size=4, max_size=4),
    st.lists(parts, unique_by=lambda each: each.id, max_size=4),
    st.lists(st.permutations(SLUGS).map(lambda order: (order[0], order[1])), min_size=1, max_size=3),
)
def test_merges_that_are_undone_from_the_last_one_on_leave_all_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    persons: list[Person],
    taking_part: list[Participation],
    pairs: list[tuple[str, str]],
) -> None:
    bodies_ = [Organisation(id=f"organisation/{slug}", label=slug, type="company") for slug in SLUGS]
    records = [*factory.records(), *persons, *bodies_, *taking_part]
    path = tmp_path_factory.mktemp("api") / "set.json"
    dataset = Dataset.create(path, "T", batch=Batch(insert=records))
    before, done = records_of(dataset), list[str]()
    for old, new in pairs:
        try:
            dataset.merge(f"person/{old}", f"person/{new}")
        except BadInput:
            continue
        done.append(f"person/{old}")
    for ref in reversed(done):
        dataset.unmerge(ref)
    assert records_of(dataset) == before
    assert dataset.redirects() == {}
