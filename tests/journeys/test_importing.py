"""Files are brought in from inside the explorer: shown first, given up or taken, and then what came in is listed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from convenings.drafting.keeping import draft_into
from convenings.drafting.reading import read_and_draft
from convenings.store.dataset import Dataset
from convenings.tui.dialogs.import_preview import ImportPreview
from tests.driver import NARROW, SIZES, WIDE, User, open_explorer
from tests.unit.two_years import two_years
from tests.unit.weekend import dataset

TALKS = """Date,Title,Speaker,Room,E-mail
2022-03-01,Dredging the north quay,Dea Ester; Eli Fonk,Anchor,dea@x.example
2022-03-02,Masts,Fay Grun,Attic,
"""


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    path = tmp_path / "talks.csv"
    path.write_text(TALKS, encoding="utf-8")
    return path


async def preview(user: User, path: Path) -> ImportPreview:
    """Name a file, and wait until it has been read."""
    await user.press("I")
    await user.type(str(path))
    await user.press("enter")
    dialog = user.app.screen
    assert isinstance(dialog, ImportPreview)
    await read(user, dialog)
    return dialog


async def read(user: User, dialog: ImportPreview) -> None:
    """Wait until all that was named has been read."""
    await user.until(lambda: dialog._has_told, "what came of reading")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_what_comes_in_is_shown_and_then_listed(size: tuple[int, int], talks: Path, tmp_path: Path) -> None:
    path = dataset(tmp_path, *two_years())
    async with open_explorer(size, path) as user:
        await preview(user, talks)
        user.expect_screen("Import talks.csv", "Import this", "this dataset", "2 events", "left out")
        user.expect_screen("Dredging the north quay")
        user.expect_sound()
        before = path.read_bytes()
        await user.press("enter")
        await user.expect_message("Imported: ")
        assert path.read_bytes() != before
        user.expect_rows("timeline", ["Dredging the north quay", "Masts"])
        assert user.explorer.state.lens.filters == {"timeline": "is:new"}
        await user.press("escape")
        assert len(user.rows("timeline")) > 10
        user.expect_sound()


async def test_escape_gives_it_up_and_nothing_is_written(talks: Path, tmp_path: Path) -> None:
    path = dataset(tmp_path, *two_years())
    before, files = path.read_bytes(), sorted(tmp_path.iterdir())
    async with open_explorer(WIDE, path) as user:
        await user.press("I")
        await user.type(str(talks))
        await user.press("enter", "escape")
        user.expect_crumb("cancelled")
        await preview(user, talks)
        await user.press("escape")
        user.expect_crumb("cancelled")
        user.expect_active("timeline")
    assert path.read_bytes() == before
    assert [each for each in sorted(tmp_path.iterdir()) if each.suffix in (".json", ".csv")] == [
        each for each in files if each.suffix in (".json", ".csv")
    ]


async def test_a_new_dataset_beside_the_file_is_opened_next(talks: Path, tmp_path: Path) -> None:
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await preview(user, talks)
        await user.press("down", "enter")
        dialog = user.app.screen
        assert isinstance(dialog, ImportPreview)
        await read(user, dialog)
        user.expect_screen("a new dataset beside the file, talks.convenings.json")
        dialog._pane.select(0)
        await user.press("enter")
        await user.until(lambda: user.app.next_dataset is not None, "the next dataset")
        assert user.app.next_dataset == tmp_path / "talks.convenings.json"
        assert user.app.next_greeting.startswith(f"Imported into {tmp_path / 'talks.convenings.json'}: ")
        assert "2 events" in user.app.next_greeting
    assert len(Dataset.open(tmp_path / "talks.convenings.json").records("event")) == 2


async def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 8)
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await preview(user, tmp_path / "noise.bin")
        user.expect_screen("Nothing of it can be read", "noise.bin")
        await user.press("escape", "I")
        await user.type(str(tmp_path / "missing.csv"))
        await user.press("enter")
        user.expect_screen("There is no such file or folder")
        user.expect_sound()


async def test_a_dataset_that_may_not_be_written_is_not_offered(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only the one that comes with the program: what comes in goes beside the file."""
    path = dataset(tmp_path, *two_years())
    monkeypatch.setattr(os, "access", lambda target, mode: Path(target) != path)
    async with open_explorer(WIDE, path) as user:
        await preview(user, talks)
        user.expect_screen("a new dataset beside the file, talks.convenings.json")


async def choose(user: User, dialog: ImportPreview, ref: str, word: str) -> None:
    """Go to a line of the preview, choose a word in the menu that it opens, and wait until all is read again."""
    dialog._pane.select(next(at for at, item in enumerate(dialog._pane.items) if item.ref == ref))
    await user.press("enter")
    await user.type(word)
    await user.press("enter")
    await read(user, dialog)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_what_a_column_is_taken_for_is_changed_in_the_preview(size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "talks.csv"
    path.write_text("Date,Title,Guest\n2022-03-01,Masts,Fay Grun\n2022-03-02,Quays,Keel Guild\n", encoding="utf-8")
    async with open_explorer(size, dataset(tmp_path, *two_years())) as user:
        dialog = await preview(user, path)
        await choose(user, dialog, "column:Guest", "speaker")
        assert dialog._mapping()["Guest"] == "speaker"
        assert dialog._pane.item is not None
        assert dialog._pane.item.ref == "column:Guest"
        await choose(user, dialog, "column:Guest", "organisation")
        assert dialog._mapping()["Guest"] == "speaker organisation"
        user.expect_screen("speaker organisation", "2 organisations")
        user.expect_sound()
        dialog._pane.select(0)
        await user.press("enter")
        await user.expect_message("Imported: ")
        user.expect_rows("timeline", ["Masts", "Quays"])


async def test_the_order_of_dates_that_no_cell_tells_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "talks.csv"
    path.write_text("Date,Title,Until\n03/04/2022,Masts,04/05/2022\n", encoding="utf-8")
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        dialog = await preview(user, path)
        user.expect_screen("Nothing of it can be read", "Dates such as 3/4/2020 are read as their column tells")
        await choose(user, dialog, "dates", "month-first")
        user.expect_screen("are read month-first", "4 March to 5 April 2022", "date month-first")
        await choose(user, dialog, "column:Until", "day-first")
        assert dialog._mapping() == {"Date": "date month-first", "Title": "title", "Until": "end day-first"}
        user.expect_screen("4 March to 4 May 2022")
        await choose(user, dialog, "dates", "column tells")
        user.expect_screen("Nothing of it can be read")
        user.expect_sound()


@pytest.mark.parametrize("is_large", [False, True], ids=["indexed at once", "indexed in another process"])
async def test_the_explorer_opens_on_what_came_in_and_says_so(
    is_large: bool, talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the index is made in another process: nothing that this says takes the place of the sentence."""
    from convenings.index.build import process

    path = dataset(tmp_path, *two_years())
    async with open_explorer(WIDE, path) as user:
        monkeypatch.setattr(process, "SMALL", 0 if is_large else process.SMALL)
        await preview(user, talks)
        await user.press("enter")
        await user.until(lambda: user.explorer.reloader.builder is None, "the end of the build")
        await user.expect_message("Imported: 2 places, 2 events, 3 participations, 3 people")
        user.expect_rows("timeline", ["Dredging the north quay", "Masts"])
        user.expect_profile("Dredging the north quay")
        user.expect_sound()


async def test_all_of_a_preview_is_reached_by_the_keys_of_every_list(talks: Path, tmp_path: Path) -> None:
    async with open_explorer(NARROW, dataset(tmp_path, *two_years())) as user:
        await preview(user, talks)
        await user.press("G")
        user.expect_screen("E-mail", "→ e-mail")
        await user.press("g")
        user.expect_screen("▶ Import this")


async def test_an_empty_dataset_says_what_fills_it(tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    Dataset.create(path, "New")
    async with open_explorer(NARROW, path) as user:
        user.expect_screen("No events are recorded in this dataset. I imports a table, a calendar or a")
        await user.press("2")
        user.expect_not_on_screen("I imports")


async def test_an_empty_dataset_says_that_drafts_wait(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Talks\n\nDr. Dea Ester spoke on 3 May 2031 in Elm Hall.\n", encoding="utf-8")
    path = tmp_path / "new.json"
    draft_into(path, tmp_path / "report.txt", read_and_draft(tmp_path / "report.txt"))
    async with open_explorer(WIDE, path) as user:
        user.expect_screen("wait for your decision: 9 goes there. I imports a table")


async def test_a_preview_speaks_of_keys_and_not_of_options(tmp_path: Path) -> None:
    path = tmp_path / "met.csv"
    path.write_text("Date,Who,Subject\n2031-05-03,Ana Lima; Bo Berg,Rivers\n", encoding="utf-8")
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await preview(user, path)
        user.expect_screen("changes that", "Columns, and what each is taken for")
        user.expect_not_on_screen("--map")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Date,Title\n03/04/2022,Masts\n", "the line on dates above settles it"),
        ("not json", "what can be read is json"),
    ],
)
async def test_what_cannot_be_read_is_told_without_options(text: str, advice: str, tmp_path: Path) -> None:
    (tmp_path / "met.json").write_text(text, encoding="utf-8")
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await preview(user, tmp_path / "met.json")
        user.expect_screen("Nothing of it can be read", advice)
        user.expect_not_on_screen("--")
