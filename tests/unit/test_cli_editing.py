"""Records edited, taken back and done again by commands, and the history of it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Event, Organisation, Participation, Person
from convenings.store import files
from convenings.store.author import author, store_author, stored_author
from convenings.store.check import check
from convenings.store.copying import copy_dataset, is_read_only
from convenings.store.dataset import Dataset
from convenings.store.paths import bundled_dataset
from convenings.store.user_data import UserData
from tests.unit import factory
from tests.unit.cli_records import Run


def record(path: Path, ref: str) -> object:
    return next(record for *_, record in Dataset(path).scan() if record.id == ref)


def test_one_field_of_many_records_is_one_save_and_one_undo(run: Run, rivers: Path) -> None:
    before = rivers.read_bytes()
    events = [each for each in Dataset(rivers).records("event") if isinstance(each, Event)]
    code, out, err = run(
        "set", "language", "nl", "--filter", "rivers or speech", "--kind", "event", "--dataset", rivers
    )
    assert code == 0, err
    assert out.count("language  (nothing) → nl") == len(out.splitlines()) / 2
    number = out.count("→")
    assert 1 <= number <= len(events)
    assert f"{number} record{'s' * (number != 1)} changed" in err
    code, out, err = run("undo", "--dataset", rivers)
    assert (code, len(out.split())) == (0, number)
    assert rivers.read_bytes() == before


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, rivers: Path) -> None:
    before = rivers.read_bytes()
    arguments = "set", "type", "fair", "--filter", "type:workshop", "--dataset", rivers
    code, out, err = run(*arguments, "--dry-run")
    assert (code, "would change" in err) == (0, True)
    assert rivers.read_bytes() == before
    assert run(*arguments)[:2] == (0, out)
    assert run(*arguments)[0] == 2, "nothing is of that type any more, and what is like it is not taken for it"
    code, out, _ = run("set", "type", "workshop", "--filter", "type:fair", "--dataset", rivers, "--json")
    assert json.loads(out) == [{"id": "event/day", "fields": {"type": {"before": "fair", "after": "workshop"}}}]


def test_a_list_gets_an_item_and_loses_it(run: Run, rivers: Path) -> None:
    topics = record(rivers, "event/day").topics  # type: ignore[attr-defined]
    assert run("edit", "event/day", "topics=", "--dataset", rivers)[0] == (0 if topics else 1)
    assert run("edit", "event/day", "topics+=Water", "topics+=topic/water", "--dataset", rivers)[0] in (0, 2)
    assert run("edit", "event/day", "names+=Riverdag", "names+=Dag", "--dataset", rivers)[0] in (0, 2)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["set", "type", "tpye", "--filter", "type:workshop"], "'tpye' is not a known type"),
        (["set", "colour", "red", "--filter", "type:workshop", "--kind", "event"], "has no field 'colour'"),
        (["set", "date", "2021-13", "--filter", "type:workshop"], "there is no month 13"),
        (["set", "date", "1999", "--filter", "type:speech"], "lies outside the date of"),
        (["set", "place", "Atlantis", "--filter", "type:workshop"], "there is no record 'Atlantis'"),
        (["set", "place", "person/ana", "--filter", "type:workshop"], "is a person"),
        (["set", "label", "", "--filter", "type:workshop"], "the label is empty"),
        (["set", "label", "a", "b", "--filter", "type:workshop"], "holds one value only"),
        (["set", "label", "x\x1by", "--filter", "type:workshop"], "control character"),
        (["set", "label", "x", "--filter", " "], "no filter is given"),
        (["set", "label", "x", "--filter", "typ:workshop"], "typ"),
        (["edit", "event/day", "label"], "is no field with a value"),
        (["edit", "event/day", "id=event/x"], "no field 'id'"),
        (["edit", "event/none", "label=x"], "there is no record 'event/none'"),
        (["edit", "event/day", "attendance.max=lots"], "attendance"),
        (["edit", "event/day", "status=cancelled"], "no evidence supports this field"),
    ],
)
def test_what_the_check_would_refuse_is_refused(run: Run, rivers: Path, arguments: list[str], what: str) -> None:
    assert run("add", "person", "id=person/ana", "label=Ana", "--dataset", rivers)[0] in (0, 2)
    before = rivers.read_bytes()
    code, out, err = run(*arguments, "--dataset", rivers)
    assert (code, out) == (2, ""), err
    assert what in err
    assert "Traceback" not in err
    assert rivers.read_bytes() == before


def test_a_passage_supports_what_is_written(run: Run, rivers: Path, text: Path) -> None:
    assert run("attach", text, "--dataset", rivers)[0] == 0
    arguments = "edit", "event/day", "attendance=many", "--source", "source/rivers", "--passage", "once more rivers"
    code, out, err = run(*arguments, "--dataset", rivers)
    assert code == 0, err
    assert "attendance  (nothing) → " in out
    assert record(rivers, "event/day").evidence[-1].fields == ["attendance"]  # type: ignore[attr-defined]
    assert check(Dataset(rivers)) == []
    assert run("edit", "event/day", "attendance=", "--dataset", rivers)[0] == 0
    assert check(Dataset(rivers)) == []


def test_what_others_would_be_wrong_about_afterwards_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    day = Event(id="event/day", label="Day", type="fair", date="2024-05-04", date_basis="stated")
    talk = msgspec.structs.replace(day, id="event/talk", label="Talk", type="talk", super_event="event/day")
    Dataset.create(path, "Set").insert([day, talk])
    code, _, err = run("edit", "event/day", "date=1999", "--dataset", path)
    assert code == 2
    assert "event/talk, field date: 2024-05-04 lies outside the date of 'event/day'" in err
    assert run("set", "date", "2024-05-03", "--filter", "day or talk", "--kind", "event", "--dataset", path)[0] == 0


def test_two_records_that_come_to_say_one_thing_are_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    dataset = Dataset.create(path, "Set")
    one = Participation(id="participation/one", event="event/a", agent="person/p", role="chair")
    roles = [one, msgspec.structs.replace(one, id="participation/two", role="speaker")]
    dataset.insert([Event(id="event/a", label="A", type="fair"), Person(id="person/p", label="P"), *roles])
    code, _, err = run("set", "role", "chair", "--filter", "role:speaker", "--dataset", path)
    assert code == 2
    assert "this says the same as 'participation/one'" in err


def test_what_was_wrong_before_does_not_forbid_to_mend_something_else(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    Dataset.create(path, "Set").insert([Organisation(id="organisation/a", label="A", type="company")])
    assert run("edit", "organisation/a", "label=B", "--dataset", path)[0] == 0
    assert len(check(Dataset(path))) == 1


# History


def test_the_history_of_a_record_says_what_when_by_whom_and_why(run: Run, rivers: Path) -> None:
    store_author("Zoe\x1b[31m Q")
    assert run("edit", "event/day", "label=Rivers", "--why", "the poster", "--dataset", rivers)[0] == 0
    assert run("undo", "--dataset", rivers)[0] == 0
    code, out, _ = run("history", "event/day", "--dataset", rivers)
    assert code == 0
    assert "label  Day on rivers → Rivers" in out
    assert "because the poster" in out
    assert "undid: changed label" in out
    assert "(undone)" in out
    assert "\x1b" not in out
    undone, edit = json.loads(run("history", "event/day", "--dataset", rivers, "--json")[1])
    assert (edit["state"], edit["who"], edit["why"]) == ("undone", "Zoe␛[31m Q", "the poster")
    assert edit["changes"] == [
        {
            "id": "event/day", "is_new": False, "is_gone": False,
            "fields": {"label": {"before": "Day on rivers", "after": "Rivers"}},
        }
    ]  # fmt: skip
    assert (undone["kind"], undone["of"], undone["state"]) == ("undo", 1, "done")
    assert run("history", "person/none", "--dataset", rivers)[0] == 1


def test_the_history_of_a_record_has_what_a_merge_made_part_of_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    dataset = Dataset.create(path, "Set")
    dataset.insert([Person(id="person/a", label="A"), Person(id="person/b", label="B")])
    assert run("edit", "person/a", "label=AA", "--dataset", path)[0] == 0
    assert run("merge", "person/a", "person/b", "--dataset", path)[0] == 0
    steps = json.loads(run("history", "person/b", "--dataset", path, "--json")[1])
    assert [step["kind"] for step in steps] == ["merge", "edit", "add"]
    assert run("undo", "--dataset", path)[0] == 0
    assert [each.id for each in Dataset(path).records("person")] == ["person/a", "person/b"]


def test_a_change_by_hand_and_a_cut_off_save_are_said(run: Run, rivers: Path) -> None:
    mailed = rivers.read_bytes()
    assert run("edit", "event/day", "label=Rivers", "--dataset", rivers)[0] == 0
    whole = rivers.read_bytes()
    rivers.write_bytes(mailed)
    code, out, err = run("history", "--dataset", rivers)
    assert "was not saved, or the file is an older copy" in err
    assert "(not in the file)" in out
    rivers.write_bytes(whole.replace(b'"label":"Rivers"', b'"label":"By hand"'))
    code, out, err = run("undo", "--dataset", rivers)
    assert (code, out) == (2, "")
    assert "somebody by hand, has changed the file since step 1" in err
    assert 'event/day label: it was "Rivers", is "By hand" now, and was to be "Day on rivers"' in err


def test_an_import_is_one_step(run: Run, tmp_path: Path) -> None:
    file, path = tmp_path / "talks.csv", tmp_path / "set.json"
    file.write_text("title,date,speaker\nOne,2024-05-04,Ana Lima\nTwo,2024-05-05,Bo Xu\n", encoding="utf-8")
    assert run("new", path)[0] == 0
    assert run("import", file, "--into", path)[0] == 0
    imported = path.read_bytes()
    (step,) = json.loads(run("history", "--dataset", path, "--json")[1])
    assert (step["kind"], step["title"]) == ("import", "imported talks.csv")
    other = tmp_path / "other.json"
    assert run("new", other)[0] == 0
    assert run("import", path, "--into", other)[0] == 0
    (step,) = json.loads(run("history", "--dataset", other, "--json")[1])
    assert step["title"] == "imported set.json"
    assert run("undo", "--dataset", path)[0] == 0
    assert list(Dataset(path).scan()) == []
    assert Dataset(path).imports() == []
    assert run("redo", "--dataset", path)[0] == 0
    assert {each.id for *_, each in Dataset(path).scan()} == {
        document["id"] for table, rows in json.loads(imported).items() if table not in ("dataset", "imports")
        for document in rows.values()
    }  # fmt: skip
    file.write_text("title,date,speaker\nOne,2024-05-06,Ana Lima\nThree,2024-05-07,Bo Xu\n", encoding="utf-8")
    before = sorted(each.id for *_, each in Dataset(path).scan())
    assert run("import", file, "--into", path)[0] == 0
    assert run("undo", "--dataset", path)[0] == 0
    assert sorted(each.id for *_, each in Dataset(path).scan()) == before


# Who, and where


def test_a_name_is_kept_and_else_that_of_the_login() -> None:
    assert stored_author() == ""
    login = author()
    store_author("  Ana Lima\n")
    assert (stored_author(), author()) == ("Ana Lima", "Ana Lima")
    store_author("")
    assert author() == login


def test_the_bundled_dataset_stays_and_a_copy_has_its_notes(run: Run, tmp_path: Path) -> None:
    code, _, err = run("edit", "event/beijing-workshop", "label=x")
    assert code == 2
    assert "convenings copy" in err
    assert is_read_only(bundled_dataset())
    info = Dataset(bundled_dataset()).info
    user_data = UserData.open()
    user_data.set_note(info.id, "person/chen-lan", "ask her")
    copy = tmp_path / "copy.json"
    assert run("copy", copy)[0] == 0
    assert not is_read_only(copy)
    assert json.loads(run("list", "person", "--filter", "is:noted", "--dataset", copy, "--json")[1])[0]["note"]
    with pytest.raises(BadInput, match="already"):
        copy_dataset(bundled_dataset(), copy)
    assert files.content_hash(copy) == files.content_hash(bundled_dataset())
    assert msgspec.json.decode(copy.read_bytes())["dataset"]["1"]["id"] == info.id


def test_a_sound_dataset_stays_sound_whatever_is_undone(rivers: Path, run: Run) -> None:
    assert factory.records()
    for arguments in (
        ["edit", "event/day", "label=Rivers"],
        ["merge", "organisation/unit", "organisation/trust"],
        ["set", "language", "nl", "--filter", "river", "--kind", "event"],
    ):
        assert run(*arguments, "--dataset", rivers)[0] == 0
        assert check(Dataset(rivers)) == []
    for command in ("undo", "undo", "undo", "redo", "redo", "redo"):
        assert run(command, "--dataset", rivers)[0] == 0
        assert check(Dataset(rivers)) == []
