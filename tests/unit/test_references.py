"""One walk over all that a record points at: to read the ids, and to put others in their place."""

from __future__ import annotations

import msgspec
import pytest

from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Occurrence
from convenings.domain.records import Participation, Question, Record
from convenings.domain.references import all_evidence, map_document, map_references, references
from tests.unit import factory


@pytest.mark.parametrize("record", factory.records(), ids=lambda record: record.id)
def test_every_reference_is_mapped_and_nothing_else(record: Record) -> None:
    mapped = map_references(record, lambda ref: f"{ref}-new")
    assert [*references(mapped)] == [(field, f"{ref}-new") for field, ref in references(record)]
    assert map_references(mapped, lambda ref: ref.removesuffix("-new")) == record
    assert mapped.id == record.id
    assert [each.passage_hash for each in all_evidence(mapped)] == [each.passage_hash for each in all_evidence(record)]
    document = msgspec.to_builtins(record)
    assert map_document(document, KIND_OF_STRUCT[type(record)], lambda ref: f"{ref}-new") == msgspec.to_builtins(mapped)
    assert document == msgspec.to_builtins(record)


def test_no_list_names_an_id_twice_afterwards() -> None:
    def merged(ref: str) -> str:
        return "organisation/one" if ref == "organisation/two" else ref

    behalf = ["organisation/two", "organisation/three", "organisation/one"]
    party = Participation(id="participation/x", event="event/day", role="speaker", on_behalf_of=behalf)
    assert map_references(party, merged).on_behalf_of == ["organisation/one", "organisation/three"]
    at = Occurrence(event="event/day", act="raised", explicit=True, agents=["organisation/one", "organisation/two"])
    question = Question(id="question/x", label="X", text="X?", form="direct", occurrences=[at, at])
    mapped = map_references(question, merged)
    assert [occurrence.agents for occurrence in mapped.occurrences] == [["organisation/one"]] * 2
