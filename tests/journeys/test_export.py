"""What the panes show, or everything, is taken out from inside the explorer."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.interchange.selection import whole
from convenings.store.user_data import UserData
from tests.driver import BUNDLED, NARROW, SIZES, open_explorer


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_everything_goes_into_a_folder(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_explorer(size) as user:
        total = user.model.total
        await user.press("X")
        user.expect_sound()
        user.expect_screen(f"Everything, {total:,} records", "workbook")
        user.expect_not_on_screen("This list", "What the panes show", "with your marks and notes")
        await user.type("everything csv")
        await user.press("enter")
        user.expect_screen("Export to a folder", "technology-and-social-good-export", "begins so yet: it is made")
        user.expect_sound()
        await user.press("enter")
        await user.expect_soon(f"Written: {total:,} records to")
        folder = tmp_path / "technology-and-social-good-export"
        assert (folder / "datapackage.json").exists()
        assert (folder / "events.csv").read_text(encoding="utf-8").startswith("id,label,")


async def test_what_the_lens_shows_goes_into_a_file_that_is_replaced_only_when_asked_twice(tmp_path: Path) -> None:
    target = tmp_path / "part.json"
    target.write_text("mine", encoding="utf-8")
    async with open_explorer(NARROW) as user:
        await user.press("2")
        await user.filter("huang haoming")
        await user.press("X")
        user.expect_screen("This list, 1 record, with what it refers to")
        await user.type("json")
        await user.press("enter", "ctrl+u")
        await user.type(str(tmp_path / "part"))
        await user.press("enter")
        user.expect_screen("enter once more replaces it")
        assert target.read_text(encoding="utf-8") == "mine"
        await user.press("enter")
        await user.expect_soon("Written: ")
        part, everything = whole(target), whole(BUNDLED)
        assert part.label("person/huang-haoming") == "HUANG Haoming"
        assert part.counts()["person"] < everything.counts()["person"]
        assert part.info.id == ""
        assert part.records.items() <= everything.records.items()


async def test_a_calendar_of_one_event_counts_one(tmp_path: Path) -> None:
    """What is in the file, and not what the event refers to; of two that are called ics the heading stays."""
    async with open_explorer(NARROW) as user:
        await user.find("beijing workshop")
        await user.press("X")
        await user.type("ics")
        user.expect_screen("This record, Beijing workshop", "Everything, ", "2 of 8")
        await user.press("enter", "ctrl+u")
        await user.type(str(tmp_path / "part"))
        await user.press("enter")
        await user.expect_soon("Written: 1 record to")
        user.expect_sound()


async def test_pins_narrow_what_goes_out(tmp_path: Path) -> None:
    async with open_explorer(NARROW) as user:
        await user.find("huang haoming")
        await user.press("p", "X")
        user.expect_screen("What the panes show, ", "This record, ")
        await user.type("panes xlsx")
        await user.press("enter", "ctrl+u")
        await user.type(str(tmp_path / "part"))
        await user.press("enter")
        await user.expect_soon("Written: ")
    assert (tmp_path / "part.xlsx").read_bytes().startswith(b"PK")


async def test_what_cannot_be_written_is_said_and_escape_writes_nothing(tmp_path: Path) -> None:
    async with open_explorer(NARROW) as user:
        await user.press("X")
        await user.type("xlsx")
        await user.press("enter", "ctrl+u")
        await user.type(str(tmp_path / "missing" / "x.xlsx"))
        await user.press("enter")
        user.expect_screen("its folder does not exist")
        await user.press("escape")
        user.expect_sound()
        await user.press("X", "escape")
        user.expect_sound()
    assert list(tmp_path.iterdir()) == []


async def test_marks_and_notes_are_offered_where_there_are_any(tmp_path: Path) -> None:
    target = tmp_path / "x.json"
    async with open_explorer(NARROW) as user:
        workspace = user.explorer.context.workspace
        data: UserData = workspace.user_data
        data.set_note(workspace.user_data_key, "person/huang-haoming", "Ask again.")
        await user.press("X")
        await user.type("everything notes json")
        await user.press("enter", "ctrl+u")
        await user.type(str(target))
        await user.press("enter")
        # Where the line is broken depends on how long the path is.
        await user.until(lambda: "yourmarksandnotes:" in "".join(user.screen().split()), "the marks and notes")
        assert "x.notes.json" in "".join(user.screen().split())
    assert "Ask again." in (tmp_path / "x.notes.json").read_text(encoding="utf-8")
