"""What is marked or noted, of every kind: seen wherever it is, listed together, and written to a file."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from convenings.index.open import open_model
from convenings.store.user_data import UserData
from convenings.workspace import Workspace
from tests.driver import BUNDLED, MEDIUM, SIZES, WIDE, open_explorer


def begin() -> dict[str, tuple[str, str]]:
    """Mark a statement, a gap and a topic, write a note on the topic and on a person; id and label of each."""
    chosen: dict[str, tuple[str, str]] = {}
    with Workspace(open_model(BUNDLED)) as workspace:
        data, key, model = workspace.user_data, workspace.user_data_key, workspace.model
        for kind in ("person", "topic", "statement", "gap"):
            row = model.one(model.row_of("person/fu-changbo") or 0 if kind == "person" else model.range(kind)[0])
            chosen[kind] = row.id, row.label
            if kind != "person":
                data.toggle_mark(key, row.id)
        data.set_note(key, chosen["topic"][0], "A zebra crossing.")
        data.set_note(key, chosen["person"][0], "Ask again.")
    return chosen


def without_id(*paths: Path) -> None:
    """Write the bundled dataset without its id."""
    tables = json.loads(BUNDLED.read_bytes())
    del tables["dataset"]["1"]["id"]
    for path in paths:
        path.write_text(json.dumps(tables), encoding="utf-8")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_all_of_every_kind_is_listed_and_opened(size: tuple[int, int]) -> None:
    """N lists what is marked or noted, kind by kind; Enter opens one, and its profile bears the sign."""
    async with open_explorer(size) as user:
        await user.press("N")
        user.expect_crumb("Nothing is marked or noted yet")
    chosen = begin()
    async with open_explorer(size) as user:
        await user.press("N")
        user.expect_sound()
        assert [kind for _, _, kind in user.choices()] == list(chosen)
        assert user.choices()[1][:2] == (chosen["topic"][1], "A zebra crossing.")
        user.expect_screen("✎● FU Changbo", "*#", "*“", "*◌")
        await user.press("down", "down", "enter")
        user.expect(user.subject(), chosen["statement"][0], "subject")
        await user.press("5")
        assert "*" in user.profile()
        await user.press("N", "escape")
        user.expect_sound()


async def test_signs_are_on_lists_profiles_and_hits() -> None:
    """A note has a sign on its row; a statement, gap or topic has it where a profile or a search names it."""
    chosen = begin()
    async with open_explorer(WIDE) as user:
        user.expect_screen("✎")
        await user.press("ctrl+p")
        await user.type("zebra")
        assert user.choices()[0][0] == chosen["topic"][1]
        user.expect_screen("*#")
        assert "your note: A zebra crossing." in user.choices()[0][1]
        await user.press("enter")
        user.expect_profile(chosen["topic"][1], ["Your note", "A zebra crossing.", "*✎"])
        await user.press("2")
        await user.filter("ask again")
        user.expect_rows("speakers", [chosen["person"][1]])


@pytest.mark.parametrize("ending", [".md", ".csv", ".json"])
async def test_they_go_into_a_file(ending: str, tmp_path: Path) -> None:
    """w asks for a name and writes what its ending says; a file that is there is left alone, and that is said."""
    begin()
    path = tmp_path / f"report{ending}"
    async with open_explorer(MEDIUM) as user:
        for is_there in (False, True):
            await user.press("N", "w", "end", "ctrl+u")
            await user.type(str(path))
            await user.press("enter")
            if is_there:
                user.expect_screen("there is such a file already")
                await user.press("escape", "escape")
            else:
                user.expect_crumb("Written: 4 records")
    text = path.read_text(encoding="utf-8")
    assert "A zebra crossing." in text.replace("\\", "")
    if ending == ".csv":
        assert [row["note"] for row in csv.DictReader(text.splitlines())].count("Ask again.") == 1
    if ending == ".json":
        assert len(json.loads(text)) == 4


async def test_marks_and_notes_follow_a_renamed_copied_and_cloned_dataset(tmp_path: Path) -> None:
    """They are there at another path of the same id, and of a dataset without an id after a rename and in a copy."""
    chosen = begin()
    clone = tmp_path / "venv" / "data" / "convenings.json"
    clone.parent.mkdir(parents=True)
    shutil.copyfile(BUNDLED, clone)
    async with open_explorer(MEDIUM, clone) as user:
        await user.press("N")
        assert len(user.choices()) == len(chosen)
    paths = [tmp_path / name for name in ("a.json", "b.json", "c.json")]
    without_id(paths[0])
    async with open_explorer(MEDIUM, paths[0]) as user:
        await user.find("fu changbo")
        await user.press("m", "q")
    paths[0].rename(paths[1])
    async with open_explorer(MEDIUM, paths[1]) as user:
        user.expect_crumb("1 mark taken along from")
        await user.press("N")
        assert [label for label, _, _ in user.choices()] == ["FU Changbo"]
        await user.press("escape", "q")
    shutil.copyfile(paths[1], paths[2])
    async with open_explorer(MEDIUM, paths[2]) as user:
        await user.press("N")
        assert [label for label, _, _ in user.choices()] == ["FU Changbo"]


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_where_several_fit_the_user_is_asked(tmp_path: Path, key: str) -> None:
    """The datasets are named with what is kept for them; Enter takes one, Esc asks again next time."""
    one, two, three = (tmp_path / name for name in ("a.json", "b.json", "c.json"))
    without_id(one, two, three)
    for path, ref in ((one, "person/fu-changbo"), (two, "person/chen-lan")):
        with Workspace(open_model(path)) as workspace:
            workspace.choose(None)
            workspace.user_data.toggle_mark(workspace.user_data_key, ref)
            if path == two:
                for mark in workspace.user_data.marks(workspace.user_data_key) - {ref}:
                    workspace.user_data.toggle_mark(workspace.user_data_key, mark)
    async with open_explorer(MEDIUM, three) as user:
        user.expect_screen("Which marks and notes are to be taken along?", "1 marked, 0 with a note")
        await user.press(key)
        user.expect_crumb("1 mark taken along" if key == "enter" else "")
        await user.press("q")
    assert len(UserData.open().marks(str(three.resolve()))) == (1 if key == "enter" else 0)
    async with open_explorer(MEDIUM, three) as user:
        assert ("Which marks" in user.screen()) == (key == "escape")
