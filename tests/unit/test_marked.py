"""What is marked or noted comes out of the tool with the notes, and the words of notes are searched."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from convenings.index.open import open_model
from convenings.presentation.marked import MarkedRecord, as_markdown, marked_rows
from convenings.store.paths import bundled_dataset
from convenings.workspace import Workspace, open_workspace
from tests.unit.cli_records import Run


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with open_workspace(open_model(bundled_dataset())) as opened:
        key = opened.user_data_key
        model = opened.model
        refs = [model.one(model.range(kind)[0]).id for kind in ("person", "statement", "gap", "topic")]
        for ref in refs[:3]:
            opened.user_data.toggle_mark(key, ref)
        opened.user_data.set_note(key, refs[0], "zebra crossing: ask *him*\n=1+1\nA third line")
        opened.user_data.set_note(key, refs[3], "Zebras again")
        yield opened


def refs(workspace: Workspace) -> list[str]:
    return [workspace.model.one(row).id for row in marked_rows(workspace)]


def listed(run: Run, *words: str) -> list[dict[str, object]]:
    code, out, err = run("list", "--filter", "is:marked or is:noted", *words, "--json")
    assert code == 0, err
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_all_kinds_are_listed_with_marks_and_notes(run: Run, workspace: Workspace) -> None:
    found = listed(run)
    assert sorted(str(each["id"]) for each in found) == sorted(refs(workspace))
    assert len(found) == 4
    assert {each["kind"] for each in found} == {"person", "statement", "gap", "topic"}
    assert sorted(str(each["note"]) for each in found if "note" in each) == [
        "Zebras again",
        "zebra crossing: ask *him*\n=1+1\nA third line",
    ]
    assert sum(bool(each.get("marked")) for each in found) == 3


def test_csv_has_the_notes_where_they_are_asked_for(run: Run, workspace: Workspace) -> None:
    for words in (("--filter", "is:marked or is:noted"), ("--notes",)):
        _, out, _ = run("list", *words, "--csv")
        rows = list(csv.DictReader(io.StringIO(out)))
        notes = {row["note"] for row in rows if row["note"]}
        assert notes == {"zebra crossing: ask *him*\n=1+1\nA third line", "Zebras again"}
        assert sum(row["marked"] == "yes" for row in rows) == 3
    assert "note" not in run("list", "person", "--csv")[1].splitlines()[0]


def test_markdown_has_source_and_notes_and_no_markup_of_theirs(run: Run, workspace: Workspace) -> None:
    code, out, _ = run("list", "--filter", "is:marked or is:noted", "--md")
    assert code == 0
    assert out.startswith("# Technology and social good\n")
    assert [line for line in out.splitlines() if line.startswith("## ")] == [
        "## People",
        "## Topics",
        "## Statements",
        "## Gaps",
    ]
    assert "  > zebra crossing: ask \\*him\\*\n  > \\=1\\+1\n  > A third line\n" in out
    assert "paragraph" in out
    assert all(f"(`{ref}`)" in out for ref in refs(workspace))
    assert run("list", "--md", "--json")[0] == 2


def test_hostile_text_is_no_markup() -> None:
    record = MarkedRecord("gap/a", "gap", "<b>[x](y)\n# z", "- a", False, "1. one\n- two\n`x`\x1b[31m", "")
    text = "\n".join(as_markdown("# T", [record]))
    assert "\\<b\\>\\[x\\](y) \\# z" in text
    assert "  > 1\\. one\n  > \\- two\n  > \\`x\\`␛\\[31m" in text


def test_show_has_mark_and_note(run: Run, workspace: Workspace) -> None:
    ref = refs(workspace)[0]
    _, out, _ = run("show", ref)
    assert f"{ref}, marked" in out
    assert "Your note" in out
    assert "zebra crossing: ask *him*" in out
    shown = json.loads(run("show", ref, "--json")[1])
    assert (shown["marked"], shown["note"].splitlines()[0]) == (True, "zebra crossing: ask *him*")
    other = json.loads(run("show", "event/shenzhen-seminar", "--json")[1])
    assert not {"marked", "note"} & other.keys()


@pytest.mark.parametrize("line", ["zebra", "zebr", "crossing", '"zebra crossing"', "zebra third"])
def test_the_words_of_notes_are_found_in_both_faces(run: Run, workspace: Workspace, line: str) -> None:
    ref = refs(workspace)[0]
    assert ref in [each["id"] for each in json.loads(run("list", "person", "--filter", line, "--json")[1])]
    found = json.loads(run("search", line, "--json")[1])
    assert ref in [each["id"] for each in found]
    assert "your note: " in next(each for each in found if each["id"] == ref)["context"]


def test_a_note_and_the_record_have_the_words_together(run: Run, workspace: Workspace) -> None:
    model = workspace.model
    row = model.range("person")[0]
    word = model.one(row).label.split()[-1]
    line = f"zebra {word}"
    assert [each["id"] for each in json.loads(run("search", line, "--json")[1])] == [model.one(row).id]
    assert [each["id"] for each in json.loads(run("list", "--filter", line, "--json")[1])] == [model.one(row).id]
    kept = json.loads(run("list", "person", "--filter", "!zebra", "--json")[1])
    assert model.one(row).id not in [each["id"] for each in kept]


def test_nothing_is_said_of_notes_where_there_are_none(run: Run, tmp_path: Path) -> None:
    assert run("list", "--filter", "is:marked or is:noted", "--md")[0] == 1
