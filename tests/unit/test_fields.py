"""What can be written into a record, and what a typed text comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.fields import Field, field_of, fields_of, list_of, record_with, text_of, value_of
from convenings.domain.kinds import KINDS
from convenings.domain.record_values import Count, Description, EventType, Identifier, Link, Name
from convenings.domain.records import Event, Person


def resolve(text: str, kinds: Sequence[str]) -> str:
    if text == "nobody":
        raise BadInput("nobody is called 'nobody'", hint="choose somebody")
    return text if "/" in text else f"{kinds[0]}/{text}"


def value(kind: str, name: str, text: str) -> Any:
    return value_of(field_of(kind, name), text, resolve)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_data_model_is_described(kind: str) -> None:
    fields = fields_of(kind)
    assert [field.name for field in fields] == list(KINDS[kind].__struct_fields__)
    for field in fields:
        assert (field.sort == "choice") == bool(field.choices)
        assert (field.sort == "reference") == bool(field.kinds)
        assert (field.sort == "part") == bool(field.parts) == (field.struct is not None)


def test_a_field_has_its_type_its_closed_list_and_the_kinds_that_it_points_at() -> None:
    assert field_of("event", "type").choices == get_args(EventType)
    assert field_of("event", "type").is_required
    assert field_of("event", "place").kinds == ("place",)
    assert field_of("statement", "topics") == Field(
        name="topics", sort="reference", is_list=True, kinds=("topic",), empty=[]
    )
    sorts = {field.name: field.sort for field in fields_of("event")}
    assert sorts["date"] == sorts["moved_from"] == "date"
    assert sorts["start_time"] == "time"
    assert sorts["position"] == "whole number"
    assert sorts["attendance"] == "part"
    assert {part.name: part.kinds for part in field_of("event", "descriptions").parts}["by"] == (
        "person",
        "organisation",
    )


@pytest.mark.parametrize(
    ("kind", "name", "text", "expected"),
    [
        ("event", "type", "Round Table", "round table"),
        ("event", "date", " 2018-06~ ", "2018-06~"),
        ("event", "date", "", None),
        ("event", "start_time", "9:05", "09:05"),
        ("event", "position", "12", 12),
        ("event", "place", "haifa", "place/haifa"),
        ("event", "summary", "", ""),
        ("event", "topics", "a\n\ntopic/b\na", ["topic/a", "topic/b"]),
        ("event", "names", "Fair\nMesse", [Name(value="Fair"), Name(value="Messe")]),
        ("event", "attendance", "many", Count(as_stated="many")),
        ("event", "attendance", '{"as_stated":"over 9","min":9}', Count(as_stated="over 9", min=9)),
        ("person", "links", "https://x.example", [Link(url="https://x.example")]),
        ("person", "identifiers", "orcid=1=2", [Identifier(scheme="orcid", value="1=2")]),
        ("place", "latitude", "-1.5", -1.5),
        ("membership", "end", "..", ".."),
    ],
)
def test_a_text_becomes_a_value_of_its_field(kind: str, name: str, text: str, expected: object) -> None:
    assert value(kind, name, text) == expected
    field = field_of(kind, name)
    assert value_of(field, text_of(field, expected), resolve) == expected


@pytest.mark.parametrize(
    ("kind", "name", "text", "what", "hint"),
    [
        ("event", "type", "speach", "'speach' is not a known type", "perhaps 'speech' is meant"),
        ("event", "label", "  ", "the label is empty", "write one"),
        ("event", "date", "2018-13", "there is no month 13", ""),
        ("event", "date", "..", "", ""),
        ("event", "start_time", "25:00", "'25:00' is not a time", "write it like 09:00"),
        ("event", "position", "first", "'first' is no whole number", "write digits"),
        ("event", "place", "nobody", "nobody is called 'nobody'", "choose somebody"),
        ("event", "votes", "yes", "one text is too little for votes", "as JSON"),
        ("event", "attendance", '{"min":', "these are no attendance", "as_stated, min, max"),
        ("person", "identifiers", "orcid", "'orcid' is no identifier", "scheme=value"),
        ("place", "latitude", "nan", "'nan' is no number", ""),
        ("gap", "about", "", "the about is empty", ""),
    ],
)
def test_what_is_no_value_is_refused_in_a_sentence(kind: str, name: str, text: str, what: str, hint: str) -> None:
    with pytest.raises(BadInput) as error:
        value(kind, name, text)
    assert what in error.value.what
    assert hint in error.value.hint
    assert error.value.place == name


def test_words_of_several_lines_come_back_as_they_were() -> None:
    field = field_of("event", "descriptions")
    items = [Description(text="one\ntwo"), Description(text="x", language="de")]
    assert list_of(field, text_of(field, items).split("\n"), resolve) == items


def test_an_unknown_field_is_refused_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(BadInput, match=r"an? event has no field 'dat' .*perhaps 'date'"):
        field_of("event", "dat")
    with pytest.raises(BadInput, match="no field 'id'"):
        field_of("person", "id")


def test_a_record_takes_values_of_its_types_only() -> None:
    event = Event(id="event/a", label="A", type="fair")
    assert record_with(event, {"label": "B", "position": 2}) == Event(id="event/a", label="B", type="fair", position=2)
    with pytest.raises(BadInput, match="position"):
        record_with(event, {"position": "2"})
    assert record_with(Person(id="person/a", label="A"), {}) == Person(id="person/a", label="A")
