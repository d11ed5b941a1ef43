from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.records import Person
from convenings.index.open import open_model
from convenings.store import canonical
from convenings.store import dataset as dataset_module
from convenings.store.check import check
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.paths import bundled_dataset
from tests.unit import factory

HEAD = '"dataset": {"1": {"format": 2, "title": "T"}}'


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return factory.write(tmp_path / "set.json")


def refusal(path: Path, content: bytes | str) -> BadInput:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadInput) as caught:
        list(Dataset.open(path).scan())
    assert "\n" not in str(caught.value)
    assert caught.value.file == str(path)
    assert caught.value.hint
    return caught.value


def test_records_come_typed_and_by_kind(dataset: Dataset) -> None:
    expected = factory.records()
    assert [record for _, _, _, record in dataset.scan()] == expected
    for kind, struct in KINDS.items():
        assert dataset.records(kind) == [record for record in expected if isinstance(record, struct)]
    assert dataset.info.title == "Rivers"
    assert dataset.redirects() == {}


def test_plain_tinydb_reads_it(dataset: Dataset) -> None:
    with TinyDB(dataset.path, encoding="utf-8", access_mode="r") as db:
        assert [row["id"] for row in db.table("people")] == ["person/ana"]


LAYOUTS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "canonical": canonical.encode,
    "indented": lambda tables: json.dumps(tables, indent=4, ensure_ascii=False).encode(),
    "one line": lambda tables: json.dumps(tables).encode(),
    "tight": lambda tables: json.dumps(tables, separators=(",", ":")).encode(),
    "crlf": lambda tables: b"\r\n " + json.dumps(tables, indent="\t").replace("\n", "\r\n").encode() + b" \r\n",
}

labels = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['{"1": {}}', "\\", '"', "}"]
)


@given(st.sampled_from(sorted(LAYOUTS)), st.lists(st.tuples(st.integers(1, 999), labels), unique_by=lambda row: row[0]))
def test_offsets_slice_to_the_document_in_any_layout(
    tmp_path_factory: pytest.TempPathFactory, layout: str, rows: list[tuple[int, str]]
) -> None:
    path = tmp_path_factory.mktemp("offsets") / "set.json"
    tables = factory.tables() | {
        "people": {str(number): {"id": f"person/p{number}", "label": label} for number, label in rows},
        "topics": {},
    }
    data = LAYOUTS[layout](tables)
    path.write_bytes(data)
    dataset = Dataset.open(path)
    scan = list(dataset.scan())
    kinds = {table: kind for kind, table in TABLES.items()}
    expected = [
        (kinds[table], row) for table, rows in json.loads(data).items() if table in kinds for row in rows.values()
    ]
    assert [(kind, json.loads(data[at : at + size])) for kind, at, size, _ in scan] == expected
    assert all(dataset.decode(kind, data[at : at + size]) == record for kind, at, size, record in scan)


def test_the_collector_is_off_while_scanning_and_on_again_after_it(dataset: Dataset) -> None:
    scan = dataset.scan()
    next(scan)
    assert not gc.isenabled()
    scan.close()
    assert gc.isenabled()


def test_what_is_known_of_a_state_of_a_file_counts_only_as_long_as_it_is_in_it(dataset: Dataset) -> None:
    assert dataset.signature is not None
    info = msgspec.structs.replace(dataset.info, title="As it was")
    same = Dataset.at_state(dataset.path, dataset.signature, info, {"person/anna": "person/ana"})
    assert (same.info.title, same.resolve("person/anna")) == ("As it was", "person/ana")
    dataset.insert([Person(id="person/bo", label="Bo", evidence=[factory.evidence(3, "Ana", "label")])])
    assert (same.info, same.redirects()) == (dataset.info, {})


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.json: there is no such file; check the path"):
        Dataset.open(tmp_path / "none.json")
    assert not list(tmp_path.iterdir())


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="this is a folder"):
        Dataset.open(tmp_path)


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(BadInput, match=r"cannot be read|no such file"):
            Dataset.open(tmp_path / name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_not_a_regular_file() -> None:
    with pytest.raises(BadInput, match="not a regular file"):
        Dataset.open("/dev/null")


def test_a_file_that_may_not_be_read(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadInput, match="may not be read; allow yourself to read it"):
        Dataset.open(dataset.path)


def test_a_file_system_that_fails(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(BadInput, match="input/output error"):
        Dataset.open(dataset.path)


@pytest.mark.parametrize("content", ["", " \n\t"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path / "x.json", content).what == "the file is empty"


def test_a_file_cut_off_at_any_byte(dataset: Dataset) -> None:
    whole = dataset.path.read_bytes().rstrip()
    for end in [1, 2, 20, *range(40, len(whole), 97), len(whole) - 1]:
        error = refusal(dataset.path, whole[:end])
        assert error.what in ("the file is cut off before its end", "the text is not UTF-8")
        assert error.place.startswith(("line ", "byte "))
        assert ".bak" in error.hint or "UTF-8" in error.hint


def test_text_that_is_not_utf8_is_said_with_its_byte(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.json", b'{\n"dataset": {"1": {"title": "\xfc"}}}')
    assert (error.what, error.place) == ("the text is not UTF-8", "byte 30 (line 2, column 29)")
    assert refusal(tmp_path / "x.json", "{}".encode("utf-16")).place.startswith("byte 0")


def test_a_byte_order_mark_is_no_part_of_what_is_refused(tmp_path: Path) -> None:
    assert "no table 'dataset'" in refusal(tmp_path / "x.json", b"\xef\xbb\xbf{}").what
    assert "empty" in refusal(tmp_path / "x.json", b"\xef\xbb\xbf").what


def test_text_that_is_not_json_is_said_with_line_and_column(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.json", '{\n"é": nope}')
    assert (error.what, error.place) == ("the file is not JSON (invalid character)", "line 2, column 7")
    error = refusal(tmp_path / "x.json", '{\n"a": {"1": {},}}')
    assert (error.what, error.place) == ("the file is not JSON (trailing comma in object)", "line 2, column 15")
    assert "trailing characters" in refusal(tmp_path / "x.json", "{} {}").what


@pytest.mark.parametrize(
    "data",
    ["Date,Title\n2024-02-03,Roads\n", "BEGIN:VCALENDAR\n", "<schedule/>", b"PK\x03\x04\x80\xff", "Report\n", "[1]"],
)
def test_a_file_of_another_format_is_told_what_makes_a_dataset_of_it(tmp_path: Path, data: str | bytes) -> None:
    hint = refusal(tmp_path / "x.csv", data).hint
    assert "'convenings import' makes a dataset of a table, calendar or schedule" in hint
    assert "'convenings draft' of a report" in hint


def test_an_escape_that_is_no_character(tmp_path: Path) -> None:
    assert "escape" in refusal(tmp_path / "x.json", '{"dataset": {"1": {"format": 2, "title": "\\ud800"}}}').what


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a": ' * 100_000])
def test_a_file_nested_too_deeply(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path / "x.json", content).what in (
        "the file is nested too deeply",
        "the file is JSON, but not an object of tables of numbered documents",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[]", "not an object of tables"),
        ("3", "not an object of tables"),
        ('{"_default": {"1": {"a": 1}}}', "not a Convenings dataset: it has no table 'dataset'"),
        ('{"dataset": []}', "dataset: the table is not an object"),
        ('{"dataset": {}}', "one document, not 0"),
        ('{"dataset": {"1": {"format": 2, "title": "a"}, "2": {}}}', "one document, not 2"),
        ('{"dataset": {"1": {"title": "a"}}}', "missing required field 'format'"),
        ('{"dataset": {"1": {"format": 2}}}', "missing required field 'title'"),
        ('{"dataset": {"1": {"format": 0, "title": "a"}}}', "no format 0"),
        ('{"dataset": {"1": {"format": 2, "title": "a", "odd": 1}}}', "unknown field 'odd'; its fields are: format"),
        (f'{{{HEAD}, "event": {{}}}}', "no table 'event' in a dataset; perhaps 'events' is meant"),
        (f'{{{HEAD}, "redirects": {{"1": {{"id": "a"}}}}}}', "redirects: object missing required field 'to'"),
        (f'{{{HEAD}, "people": {{"x": {{"id": "person/a", "label": "A"}}}}}}', "doc id 'x' is not a plain number"),
        (f'{{{HEAD}, "people": {{"01": {{"id": "person/a", "label": "A"}}}}}}', "doc id '01' is not a plain number"),
        (f'{{{HEAD}, "people": {{"1": 5}}}}', "people, document 1: this is a whole number; write an object"),
    ],
)
def test_a_file_of_another_shape(tmp_path: Path, content: str, says: str) -> None:
    assert says in str(refusal(tmp_path / "x.json", content))


def test_a_newer_format_is_not_opened_whatever_else_it_has(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.json", '{"dataset": {"1": {"format": 3, "new": []}}, "new": {}}')
    assert error.what == "the dataset is of format 3, and this program reads up to format 2"
    assert error.hint == "install a newer Convenings"


@pytest.mark.parametrize(
    "members",
    [
        ("1", "A", "1", "B"),
        ("1", "A", "1", "Longer"),
        ("1", "Longer", "1", "A"),
        ("1", "A", "2", "B", "1", "C"),
        ("1", "AAA", "2", "B", "1", "C"),
        ("1", "A", "2", "B", "1", "CCC", "3", "D"),
    ],
)
def test_a_doc_id_that_stands_twice_is_not_lost_in_silence(tmp_path: Path, members: tuple[str, ...]) -> None:
    pairs = zip(members[::2], members[1::2], strict=True)
    rows = ", ".join(f'"{doc_id}": {{"id": "person/a", "label": "{label}"}}' for doc_id, label in pairs)
    error = refusal(tmp_path / "x.json", f'{{{HEAD}, "people": {{{rows}}}}}')
    assert error.what.startswith("a key stands twice in one object")
    assert error.place == "people"


def test_a_table_that_stands_twice_is_not_lost_in_silence(tmp_path: Path) -> None:
    person = '"people": {"1": {"id": "person/a", "label": "A"}}'
    assert "stands twice" in refusal(tmp_path / "x.json", f"{{{HEAD}, {person}, {person}}}").what


EVENT: dict[str, Any] = {"id": "event/x", "label": "X", "type": "fair"}
PIECE = {"source": "source/s", "paragraph": 1, "start": 0, "end": 1, "passage_hash": "0" * 16, "fields": []}


@pytest.mark.parametrize(
    ("table", "row", "record", "field", "says"),
    [
        ("events", EVENT | {"lable": "X"}, "event/x", "lable", "no field 'lable' here; perhaps 'label' is meant"),
        ("events", EVENT | {"qqqq": 1}, "event/x", "qqqq", "no field 'qqqq' here; use one of: id, evidence"),
        ("events", EVENT | {"type": "fare"}, "event/x", "type", "'fare' is not a known type; perhaps 'fair' is meant"),
        ("events", EVENT | {"type": "qq"}, "event/x", "type", "use one of: workshop, seminar"),
        ("events", EVENT | {"label": 3}, "event/x", "label", "this is a whole number; write text"),
        ("events", EVENT | {"place": []}, "event/x", "place", "this is a list; write text or nothing"),
        ("events", {"label": "X", "type": "fair"}, "document 7", "id", "the field 'id' is missing; add it"),
        ("events", {"id": 4}, "document 7", "id", "this is a whole number; write text"),
        ("events", EVENT | {"date_basis": "statd"}, "event/x", "date_basis", "perhaps 'stated' is meant"),
        (
            "events",
            EVENT | {"evidence": [PIECE, PIECE | {"bassis": "stated"}]},
            "event/x",
            "evidence[1].bassis",
            "perhaps 'basis' is meant",
        ),
        (
            "events",
            EVENT | {"attendance": {"as_stated": "ten", "min": "10"}},
            "event/x",
            "attendance.min",
            "this is text; write a whole number or nothing",
        ),
        (
            "questions",
            {"id": "question/x", "label": "X", "text": "X", "form": "direct", "occurrences": [
                {"event": "event/x", "act": "rised", "explicit": True}]},
            "question/x", "occurrences[0].act", "'rised' is not a known act; perhaps 'raised' is meant",
        ),
        (
            "participations",
            {"id": "participation/x", "event": "event/x", "role": "presentor"},
            "participation/x",
            "role",
            "'presentor' is not a known role; perhaps 'presenter' is meant",
        ),
        ("people", {"id": "person/x", "label": "X", "basis]`": 1}, "person/x", "basis]`", "no field 'basis]`'"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_said_by_table_record_and_field(
    tmp_path: Path, table: str, row: dict[str, Any], record: str, field: str, says: str
) -> None:
    error = refusal(tmp_path / "x.json", json.dumps({"dataset": {"1": {"format": 2, "title": "T"}}, table: {"7": row}}))
    assert isinstance(error, BadRecord)
    assert (error.table, error.record, error.field) == (table, record, field)
    assert error.place == f"{table}, {record}, field {field}"
    assert says in str(error)
    bad: list[BadRecord] = []
    assert list(Dataset.open(tmp_path / "x.json").scan(bad)) == []
    assert [str(each) for each in bad] == [str(error)]


def test_a_loop_of_redirects_ends(tmp_path: Path) -> None:
    dataset = factory.write(tmp_path / "set.json", redirects={"person/a": "person/b", "person/b": "person/a"})
    assert dataset.resolve("person/a") in ("person/a", "person/b")


def test_the_bundled_dataset_is_found_opened_and_sound() -> None:
    dataset = Dataset.open(bundled_dataset())
    assert dataset.info.format == dataset_module.FORMAT
    assert check(dataset) == []


def test_reading_opens_tinydb_and_takes_no_lock(dataset: Dataset) -> None:
    code = (
        "import sys; from convenings.store.dataset import Dataset; list(Dataset.open(sys.argv[1]).scan())\n"
        "print([name for name in ('tinydb', 'filelock', 'platformdirs', 'json.tool') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(dataset.path)], capture_output=True, text=True, check=True)
    assert done.stdout == "['tinydb']\n"


def test_opening_what_is_indexed_imports_no_tinydb(dataset: Dataset) -> None:
    code = (
        "import sys; from pathlib import Path; from convenings.index.open import open_model\n"
        "open_model(Path(sys.argv[1])).close(); print('tinydb' in sys.modules)"
    )
    loaded = [
        subprocess.run([sys.executable, "-c", code, str(dataset.path)], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [run.stdout for run in loaded] == ["True\n", "False\n"]


def test_a_byte_order_mark_is_read_over_and_goes_with_the_first_change(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    with_mark = b"\xef\xbb\xbf" + path.read_bytes()
    path.write_bytes(with_mark)
    dataset = Dataset.open(path)
    expected = {record.id for record in factory.records()}
    assert {record.id for _, _, _, record in dataset.scan()} == expected
    for kind, offset, length, record in list(dataset.scan()):
        assert dataset.decode(kind, with_mark[offset : offset + length]) == record
    with closing(open_model(path)) as model:
        assert {model.record(row).id for row in range(model.total)} == expected
    dataset.insert([Person(id="person/new", label="New")])
    assert path.read_bytes().startswith(b"{")
    assert len(Dataset.open(path).records("person")) == 1 + sum(ref.startswith("person/") for ref in expected)
