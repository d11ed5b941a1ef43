"""What ``check`` says of what structured files bring: pointers, times, identifiers, links, votes and imports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.store import canonical
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.unit import factory, structured
from tests.unit.test_check import Tables, both, copy_of, faults_of, put, row

TALK, LATE = "event/on-eels", "event/late-eels"


def test_a_dataset_from_a_structured_file_is_sound_with_its_file_and_without(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    assert faults_of(path, structured.tables()) == []
    assert check(Dataset.open(path), {"source/schedule": structured.DATA}) == []
    path.write_bytes(canonical.encode(structured.tables(structured.LATIN)))
    assert check(Dataset.open(path), {"source/schedule": structured.LATIN}) == []


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        # evidence
        (put(TALK, "evidence.0.paragraph", 3), (TALK, "evidence[0].pointer", "a paragraph and a pointer")),
        (put(TALK, "evidence.0.pointer", ""), (TALK, "evidence[0].pointer", "there is no pointer into")),
        (put(TALK, "evidence.0.end", 3), (TALK, "evidence[0].start", "there is no element")),
        (put(TALK, "evidence.1.note", ""), (TALK, "evidence[1].note", "the inference has no note")),
        (put(TALK, "evidence.0.fields", ["label"]), (TALK, "", "no evidence supports this field")),
        # times
        (put(TALK, "end_time", "24:00"), (TALK, "end_time", "'24:00' is not a time")),
        (put(TALK, "zone", "Europe/Brusels"), (TALK, "zone", "there is no time zone 'Europe/Brusels'")),
        (put(TALK, "zone", "+25:00"), (TALK, "zone", "there is no time zone")),
        (put(TALK, "status", "postponed"), (TALK, "status", "'postponed' is not a known status")),
        (put(TALK, "moved_from", "last week"), (TALK, "moved_from", "EDTF")),
        (put(TALK, "recurrence", "FREQ=DAILY"), (TALK, "recurrence", "only a series recurs")),
        (put(TALK, "expanded_until", "2022-01-01"), (TALK, "expanded_until", "only a series recurs")),
        (put(LATE, "date", "2021-02-09"), (LATE, "date", "outside the date of 'event/eel-days'")),
        (both(put(LATE, "start_time", ...), put(LATE, "end_time", ...)), (LATE, "date", "outside the date")),
        # memberships
        (put("membership/bo", "end", "2018"), ("membership/bo", "end", "2018 is before the start, 2019-05")),
        (put("membership/bo", "start", ".."), ("membership/bo", "start", "EDTF")),
        # values
        (put(TALK, "identifiers.0.scheme", " "), (TALK, "identifiers[0].scheme", "the scheme is empty")),
        (put(TALK, "identifiers.0.value", ""), (TALK, "identifiers[0].value", "the value is empty")),
        (put(TALK, "identifiers.0.value", "8"), (LATE, "identifiers[0]", "'event/on-eels' has the same eels.example")),
        (put(TALK, "links.0.url", "eels.example"), (TALK, "links[0].url", "no whole address")),
        (put(TALK, "links.0.url", "javascript:alert(1)"), (TALK, "links[0].url", "'javascript' is no kind of address")),
        (put(TALK, "links.0.url", "https://a b"), (TALK, "links[0].url", "no whole address")),
        (put(TALK, "descriptions.0.text", " "), (TALK, "descriptions[0].text", "the description is empty")),
        (put(TALK, "descriptions.0.by", "place/hall"), (TALK, "descriptions[0].by", "does not belong here")),
        (put(TALK, "descriptions.0.by", "person/bo"), (TALK, "descriptions[0].by", "no record 'person/bo'")),
        (put(TALK, "votes", [{"option": "yes", "value": 1}]), (TALK, "votes", "no vote on a talk")),
        (put("event/motion", "votes.1.option", "yes"), ("event/motion", "votes", "counted twice")),
        (put("event/motion", "votes.1.value", -1), ("event/motion", "votes[1].value", "-1 is no number")),
        (put("participation/vote", "role", "member"), ("participation/vote", "option", "a member casts no vote")),
        (put("place/hall", "latitude", 91), ("place/hall", "latitude", "91.0 is no latitude")),
        (put("place/hall", "longitude", -180.5), ("place/hall", "longitude", "-180.5 is no longitude")),
        (put("place/hall", "longitude", ...), ("place/hall", "latitude", "a latitude and no longitude")),
        (put("place/hall", "capacity", -1), ("place/hall", "capacity", "no room for -1")),
        # imports
        (lambda tables: tables["imports"]["1"].update(source="source/x"), ("document 1", "source", "no record")),
        (lambda tables: tables["imports"]["1"].update(source=TALK), ("document 1", "source", "does not belong")),
        (lambda tables: tables["imports"]["1"].update(at="today"), ("document 1", "at", "'today' is no time")),
        (lambda tables: tables["imports"]["1"].update(hash="x"), ("document 1", "hash", "no hash of a file")),
        (lambda tables: tables["imports"]["1"].update(when="x"), ("document 1", "", "unknown field 'when'")),
        (
            lambda tables: tables["imports"]["1"]["records"].update({"event/gone": ("7", "0" * 16)}),
            ("document 1", "records", "there is no record 'event/gone'"),
        ),
        (
            lambda tables: tables["imports"]["1"]["records"].update({TALK: ("7", "x")}),
            ("document 1", "records", "'x' is no hash of 'event/on-eels'"),
        ),
    ],
)
def test_each_fault_is_told(tmp_path: Path, spoil: Callable[[Tables], object], expected: tuple[str, str, str]) -> None:
    tables = structured.tables()
    spoil(tables)
    faults = faults_of(tmp_path / "x.json", tables)
    assert faults
    assert {fault.record for fault in faults} == {expected[0]}
    if expected[1]:
        assert {fault.field for fault in faults} == {expected[1]}
    assert all(expected[2] in f"{fault.what}; {fault.hint}" for fault in faults)


def test_a_report_has_no_pointers(tmp_path: Path) -> None:
    tables = factory.tables()
    put("gap/who", "evidence.0.pointer", "row=3")(tables)
    put("gap/who", "evidence.0.paragraph", 0)(tables)
    [fault] = faults_of(tmp_path / "x.json", tables)
    assert (fault.field, fault.what) == ("evidence[0].pointer", "'source/rivers' is no structured file")


def test_what_was_merged_away_is_still_what_an_import_brought(tmp_path: Path) -> None:
    tables = structured.tables()
    tables["redirects"] = {"1": {"id": "person/bo", "to": "person/bo-aberg"}}
    tables["imports"]["1"]["records"]["person/bo"] = ("bo", "0" * 16)
    assert faults_of(tmp_path / "x.json", tables) == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (structured.DATA.replace(b"On eels", b"Of eels"), "the element is another one in the attached file: /talks/0"),
        (structured.DATA[:150], "the element lies behind the end of the attached file: /talks/1"),
    ],
)
def test_elements_that_no_longer_hold_are_told(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(canonical.encode(structured.tables()))
    faults = check(Dataset.open(path), {"source/schedule": data})
    assert says in [fault.what for fault in faults]
    assert all(fault.field.startswith("evidence[") for fault in faults)


def test_one_number_of_a_system_is_one_record_of_its_kind(tmp_path: Path) -> None:
    tables = structured.tables()
    # Another kind may have the number, and so may another scheme.
    put("place/hall", "identifiers", [{"scheme": "eels.example talk", "value": "7"}])(tables)
    put(LATE, "identifiers", [{"scheme": "other", "value": "7"}])(tables)
    copy_of("topic/fish", "topics", id="topic/x", identifiers=[{"scheme": "other", "value": "7"}])(tables)
    assert faults_of(tmp_path / "x.json", tables) == []
    assert row(tables, "place/hall")["identifiers"][0]["value"] == "7"


def test_a_script_cannot_write_what_is_no_import(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(canonical.encode(structured.tables()))
    imports = Dataset.open(path).db.table("imports")
    [document] = imports.all()
    with pytest.raises(BadInput, match=r"imports, document 2: object missing required field 'source'"):
        imports.insert({"file": "x"})
    imports.insert(dict(document) | {"at": "2026-11-27T09:30:00Z"})
    assert check(Dataset.open(path)) == []
