"""Text that tries to harm shows as harmless text, everywhere."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len

from convenings.store import canonical
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys import hostile
from tests.journeys.hostile import NASTY
from tests.unit import factory


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A file of hostile records."""
    return hostile.write(tmp_path / "hostile.json")


async def look_at(user: User, ref: str) -> None:
    """Look at a record from all sides."""
    user.explorer.choose(ref)
    await user.settle()
    user.expect_sound()
    await user.press("5", "G", "e")
    user.expect_sound()
    await user.press("down", "escape", "u")
    user.expect_sound()
    await user.press("escape", "escape")
    user.expect_sound()


@pytest.mark.parametrize("pane", ["1", "2", "3", "4"])
@pytest.mark.parametrize("size", [(40, 12), NARROW, WIDE])
async def test_lists_stay_aligned(size: tuple[int, int], pane: str, dataset: Path) -> None:
    """Every row of every list fills its line to the cell, and pinning one says its name harmlessly."""
    async with open_explorer(size, dataset) as user:
        await user.press(pane, "g")
        found = user.explorer.focused_pane()
        for _ in range(found.count // max(1, found.capacity - 1) + 1):
            await user.press("enter", "escape", "pagedown")
            user.expect_sound()


@pytest.mark.parametrize("slug", NASTY)
async def test_every_record_from_all_sides(slug: str, dataset: Path) -> None:
    """Profile, evidence and referrers of the records that bear a nasty text."""
    async with open_explorer(NARROW, dataset) as user:
        for kind in ("event", "person", "organisation", "question", "gap", "source"):
            await look_at(user, f"{kind}/{slug}")


@pytest.mark.parametrize("typed", ["[/]", "[bold]", "red", "pay", "first", "long", "黄", "w", "full", "👩", "\u202e"])
async def test_the_palette_finds_it_harmlessly(typed: str, dataset: Path) -> None:
    """What is found and what is typed are both shown as text."""
    async with open_explorer(NARROW, dataset) as user:
        await user.press("ctrl+p")
        await user.type(typed)
        user.expect_sound()
        await user.press("down", "pagedown")
        user.expect_sound()
        await user.press("enter")
        user.expect_sound()


async def test_markup_is_text(dataset: Path) -> None:
    """Brackets are shown, not obeyed."""
    async with open_explorer(WIDE, dataset) as user:
        await user.find("loud")
        user.expect_screen("[/] [bold]loud[/bold]")
        await user.press("u")
        user.expect_screen("Refer to [/] [bold]loud[/bold]")
        await user.press("escape", "e")
        user.expect_screen("Evidence for [/] [bold]loud")
        await user.press("escape", "n")
        user.expect_screen("Note on [/] [bold]loud")


async def test_an_escape_sequence_shows_its_picture(dataset: Path) -> None:
    """The control is replaced by its sign, the rest stays readable."""
    async with open_explorer(MEDIUM, dataset) as user:
        await user.press("2")
        await user.filter("red")
        user.expect_screen("␛[31mred")


async def test_a_note_of_odd_text_is_harmless(dataset: Path) -> None:
    """What users write themselves is shown with the same care."""
    async with open_explorer(MEDIUM, dataset) as user:
        subject = user.explorer.state.subject
        for text in NASTY.values():
            user.explorer.context.workspace.user_data.set_note(
                user.explorer.context.workspace.user_data_key, subject, text
            )
            user.explorer.show_user_data()
            await user.settle()
            user.expect_sound()
            await user.press("n")
            user.expect_sound()
            await user.press("escape")


async def test_columns_stay_aligned_under_wide_text(tmp_path: Path) -> None:
    """Events of one date have their sign in one column, whatever their names are made of."""
    template = factory.records()[0]
    names = {"a": "Plain", "b": "黄浩明的讲话", "c": "🇨🇳 day ❤️", "d": "é\u0301\u0301 marks", "e": "ＦＵＬＬ"}
    events = [
        msgspec.structs.replace(template, id=f"event/{slug}", label=label, place=None) for slug, label in names.items()
    ]
    path = tmp_path / "wide.json"
    factory.write(path, [*events, *factory.records()])
    async with open_explorer(WIDE, path) as user:
        columns = set()
        for line in user.lines(user.region("timeline")):
            if "◆" in line and "4 May 2021" in line:
                columns.add((cell_len(line[: line.index("4 May")]), cell_len(line[: line.index("◆")])))
        assert len(columns) == 1
        user.expect_screen("黄浩明的讲话")


async def test_a_title_of_odd_text(tmp_path: Path) -> None:
    """The dataset's own title is shown harmlessly, at every width."""
    tables = factory.tables()
    tables["dataset"]["1"]["title"] = NASTY["escape"] + NASTY["bidi"] + NASTY["chinese"]
    path = tmp_path / "titled.json"
    path.write_bytes(canonical.encode(tables))
    async with open_explorer(NARROW, path) as user:
        for size in ((40, 12), NARROW, WIDE):
            await user.resize(*size)
            user.expect_sound()


async def test_no_record_at_all(tmp_path: Path) -> None:
    """An empty dataset says so in every pane, and offers what still makes sense."""
    path = tmp_path / "empty.json"
    factory.write(path, [])
    for size in SIZES.values():
        async with open_explorer(size, path) as user:
            user.expect_sound()
            user.expect_screen("No events are recorded")
            await user.press("2")
            user.expect_screen("No speakers are recorded")
            await user.press("ctrl+p")
            await user.type("quit")
            user.expect_first_hit("quit")
