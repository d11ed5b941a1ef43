"""A folder of CSV files holds all that a dataset does, and gives it back to the letter."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convenings.domain.csv_text import FORMULA_STARTS
from convenings.domain.errors import BadInput
from convenings.domain.record_values import Import
from convenings.domain.records import Event, Person, Place, Record, Source
from convenings.interchange import csv_folder, dataset_writer
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.selection import Selection, UserData, whole
from convenings.store.dataset import Info
from tests.unit import factory
from tests.unit.hostile_records import IMPORTS, TEXTS, record_lists

PACKAGE = "datapackage.json"
HEAD = b'{"convenings": {"dataset": {"format": 2, "title": "x"}}, "resources": [{"path": "people.csv"}]}'


def selected(records: list[Record], **more: object) -> Selection:
    return Selection(Info(format=2, title="Rivers", licence="CC0-1.0"), records, **more)  # type: ignore[arg-type]


def parts_of(selection: Selection) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        assert csv_folder.write(selection, Path(folder)) == []
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def reading_of(parts: dict[str, bytes]) -> Reading:
    others = {name: data for name, data in parts.items() if name != PACKAGE}
    file = ForeignFile(name="rivers", data=parts[PACKAGE], parts=others)
    reading = Reading(file, Source(id="source/x", label="x"))
    csv_folder.read(file, reading)
    return reading


@settings(max_examples=60)
@given(record_lists(), IMPORTS, st.dictionaries(TEXTS, TEXTS, max_size=2))
@example([], [Import(source="", file="", hash="", at="", reader="", mapping={}, records={"": ("", "")})], {})
def test_every_value_comes_back(records: list[Record], imports: list[Import], redirects: dict[str, str]) -> None:
    parts = parts_of(selected(records, imports=imports, redirects=redirects))
    reading = reading_of(parts)
    assert list(reading.records.values()) == records
    assert (reading.imports, reading.redirects) == (imports, redirects)
    assert (reading.skipped, reading.remarks, dict(reading.no_home)) == ([], [], {})


@settings(max_examples=30)
@given(record_lists())
def test_no_cell_is_a_formula_or_controls_a_terminal(records: list[Record]) -> None:
    for name, data in parts_of(selected(records)).items():
        text = data.decode()
        if name != PACKAGE:
            numbers = {"position", "capacity", "latitude", "longitude", "number", "paragraphs"}
            for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
                cells = [cell for field, cell in row.items() if field not in numbers]
                assert not [cell for cell in cells if cell.lstrip(" ").startswith(FORMULA_STARTS)]
        assert not set(text) & {"\x00", "\x1b", "\x7f", "\x85"}


def test_the_small_dataset_goes_out_and_in(rivers: Path) -> None:
    selection = whole(rivers)
    parts = parts_of(selection)
    reading = reading_of(parts)
    assert reading.records == selection.records
    assert len(reading.records) > 13
    assert reading.info == selection.info
    assert csv_folder.fits(parts[PACKAGE][:200], PACKAGE) == 100
    assert csv_folder.fits(b'{"profile": "tabular-data-package"}', PACKAGE) == 0


def test_the_package_describes_the_tables(rivers: Path) -> None:
    parts = parts_of(whole(rivers))
    package = json.loads(parts[PACKAGE])
    assert {each["path"] for each in package["resources"]} == set(parts) - {PACKAGE}
    for resource in package["resources"]:
        lines = parts[resource["path"]].decode()
        headings = next(csv.reader(io.StringIO(lines)))
        assert [field["name"] for field in resource["schema"]["fields"]] == headings
        assert lines.count("\r\n") >= 2
    (events,) = (each for each in package["resources"] if each["name"] == "events")
    types = {field["name"]: field for field in events["schema"]["fields"]}
    assert types["topics"]["type"] == "array"
    assert types["position"]["type"] == "integer"
    assert "workshop" in types["type"]["constraints"]["enum"]
    assert {"fields": "place", "reference": {"resource": "places", "fields": "id"}} in events["schema"]["foreignKeys"]


def test_notes_stay_in_a_table_of_their_own() -> None:
    person = Person(id="person/x", label="Ana")
    parts = parts_of(selected([person], user_data=UserData({"person/x"}, {"person/x": "=ask\n'again"})))
    assert list(csv.reader(io.StringIO(parts["notes.csv"].decode(), newline="")))[1] == [
        "person/x", "Ana", "yes", "'=ask\n'again",
    ]  # fmt: skip
    reading = reading_of(parts)
    assert list(reading.records.values()) == [person]
    assert reading.remarks == ["1 marks and notes stay in notes.csv: they are yours and no part of a dataset"]


def table(*rows: str) -> bytes:
    return "\r\n".join(rows).encode() + b"\r\n"


def with_people(data: bytes) -> Reading:
    return reading_of(parts_of(selected([])) | {"people.csv": data})


def test_what_a_spreadsheet_makes_of_a_table_is_read() -> None:
    for data in (
        table("id;label;names", "person/x;'=Ana;[]", ";;"),
        b"\xef\xbb\xbf" + table("id\tlabel\tnames", "person/x\t'=Ana\t"),
    ):
        assert list(with_people(data).records.values()) == [Person(id="person/x", label="=Ana")]
    data = table("id,label,type,latitude", "place/x,Quay,room,-33.5")
    (place,) = reading_of(parts_of(selected([])) | {"places.csv": data}).records.values()
    assert place == Place(id="place/x", label="Quay", type="room", latitude=-33.5)


def test_rows_that_are_no_records_are_skipped_with_their_place() -> None:
    reading = with_people(
        table(
            "id,label,names,mood",
            "person/a,Ana,[,glad",
            "person/b,Bo,[],glad",
            "person/b,Bo again,,",
            "person/c,Cy",
            'person/d,Di,"[{""value"": 1}]",',
        )
    )
    assert list(reading.records) == ["person/b"]
    assert [(each.place, each.reason.partition(";")[0]) for each in reading.skipped] == [
        ("people.csv, line 2", "the cell below names is no array"),
        ("people.csv, line 4", "the id 'person/b' stands in the table twice"),
        ("people.csv, line 5", "the row has 2 cells and the head 4"),
        ("people.csv, line 6", "this is a whole number in names[0].value"),
    ]
    assert reading.skipped[2].raw == "person/c,Cy"
    assert dict(reading.no_home) == {"mood": 1}


def test_an_open_quote_names_the_line_where_it_begins() -> None:
    reading = with_people(table("id,label", "person/a,Ana", 'person/b,"Bo', "person/c,Cy"))
    assert list(reading.records) == ["person/a"]
    assert reading.skipped[0].place == "people.csv, line 3"


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({PACKAGE: b'{"convenings": 1}', "people.csv": b"id"}, "no package of ours"),
        ({PACKAGE: HEAD.replace(b"2", b"9"), "people.csv": b""}, "format 9"),
        ({PACKAGE: HEAD}, "no table beside"),
        ({PACKAGE: HEAD, "people.csv": b"id\n\xff"}, "not UTF-8"),
        ({PACKAGE: b'{"convenings": ' + b"[" * 100_000, "people.csv": b"id"}, "no package of ours"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(parts: dict[str, bytes], what: str) -> None:
    with pytest.raises(BadInput, match=what) as error:
        reading_of(parts)
    assert "\n" not in str(error.value)


def test_deep_nesting_in_a_cell_is_no_crash() -> None:
    reading = with_people(table("id,label,names", f"person/a,Ana,{'[' * 100_000}"))
    assert reading.skipped[0].reason == "the cell below names is no array"


def test_a_long_text_is_not_cut() -> None:
    event = Event(id="event/x", label="x" * 300_000, type="talk")
    assert list(reading_of(parts_of(selected([event]))).records.values()) == [event]
    assert msgspec.json.encode(event)


def test_factory_has_every_kind(rivers: Path) -> None:
    assert {*whole(rivers).counts()} == {record.id.partition("/")[0] for record in factory.records()}


@settings(max_examples=30)
@given(record_lists(), IMPORTS)
def test_a_dataset_holds_every_value_too(records: list[Record], imports: list[Import]) -> None:
    file = io.BytesIO()
    dataset_writer.write(selected(records, imports=imports), file)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_bytes(file.getvalue())
        again = whole(path)
    assert list(again.records.values()) == records
    assert again.imports == imports
