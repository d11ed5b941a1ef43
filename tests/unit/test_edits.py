"""Changes as values: their inverse, their words, and what becomes of them where others have changed something too."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.edits import Change, Edit, FieldConflict, carried_over, changed_fields, title_of
from convenings.domain.records import Person

ANA, ANNA = Person(id="person/ana", label="Ana"), Person(id="person/ana", label="Anna")
BO = Person(id="person/bo", label="Bo")
documents = st.none() | st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), max_size=3)


def test_an_edit_is_of_a_kind_and_has_an_inverse() -> None:
    edit = Edit(changes=[Change(ANA, ANNA), Change(None, BO)], why="a letter")
    assert edit.inverse == Edit(changes=[Change(BO, None), Change(ANNA, ANA)], why="a letter")
    assert edit.inverse.inverse == edit
    assert [change.id for change in edit.changes] == ["person/ana", "person/bo"]
    assert [Edit(changes=[change]).kind for change in edit.changes] == ["edit", "add"]
    assert (edit.kind, Edit(changes=[Change(BO, None)]).kind) == ("many", "remove")


def test_a_step_is_called_by_what_it_does() -> None:
    assert title_of("edit", ["event/a"], "A", ["date", "place_basis"]) == "changed date, place basis of A (event/a)"
    assert title_of("remove", ["gap/a", "gap/b"]) == "removed 2 gap records"
    assert title_of("many", [f"x{n}" for n in range(1200)]) == "changed 1,200 records"
    assert title_of("format", []) == "rewrote the file"


@given(documents, documents)
def test_a_change_of_what_nobody_else_has_changed_is_made_as_it_is(before: Any, after: Any) -> None:
    assert carried_over("x", before, after, before) == (after, [])
    assert carried_over("x", before, after, after) == (after, [])


@given(documents, documents, documents)
def test_what_somebody_else_has_changed_is_never_lost(before: Any, after: Any, present: Any) -> None:
    result, conflicts = carried_over("x", before, after, present)
    if conflicts:
        return
    for name in changed_fields(before, present):
        assert (result or {}).get(name) == (present or {}).get(name) or (before, after, present).count(present) > 1
    for name in changed_fields(before, after):
        assert (result or {}).get(name) == (after or {}).get(name)


@pytest.mark.parametrize(
    ("after", "present", "result", "conflict"),
    [
        ({"a": 2, "b": 1}, {"a": 1, "b": 9}, {"a": 2, "b": 9}, None),
        ({"b": 1}, {"a": 1, "b": 1, "c": 3}, {"b": 1, "c": 3}, None),
        ({"a": 2, "b": 1}, {"a": 3, "b": 1}, None, FieldConflict("x", "a", 1, 3, 2)),
        (None, {"a": 1, "b": 2}, None, FieldConflict("x", "b", 1, 2, None)),
        ({"a": 2, "b": 1}, None, None, FieldConflict("x", "", {"a": 1, "b": 1}, None, {"a": 2, "b": 1})),
    ],
)
def test_fields_of_two_writers_are_joined_or_told(after: Any, present: Any, result: Any, conflict: Any) -> None:
    outcome, conflicts = carried_over("x", {"a": 1, "b": 1}, after, present)
    assert conflicts == ([conflict] if conflict else [])
    if not conflict:
        assert outcome == result


def test_a_record_that_came_meanwhile_stays() -> None:
    assert carried_over("x", None, {"a": 1}, {"a": 2}) == ({"a": 2}, [FieldConflict("x", "", None, {"a": 2}, {"a": 1})])
