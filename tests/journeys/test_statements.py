"""How much a key asks of the index: few statements, whatever the dataset holds, and none while it is painted."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from convenings.domain.state import Cursor
from convenings.drafting.keeping import draft_into
from convenings.drafting.reading import read_and_draft
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.index.sqlite.reader import IndexReader
from convenings.tui.dialogs.change_preview import ChangePreview
from convenings.tui.dialogs.value_prompt import ValuePrompt
from convenings.tui.panes.pane import Pane
from tests.driver import BUNDLED, WIDE, User, open_explorer
from tests.journeys.editing import go_to_line, until_dialog
from tests.journeys.reviewing import REPORT
from tests.journeys.world import World
from tests.unit.conference import EVENT, conference
from tests.unit.indexing import row
from tests.unit.two_years import two_years
from tests.unit.weekend import dataset, event

CURSOR_KEY, JUMP = 12, 30
"""Statements that a cursor key, or a letter in the palette, asks at most; and a change of what is in all panes."""
ALIKE = 4
"""Statements of one kind that a cursor key asks at most: rows of the screen, what a profile lists, what that names, and
of an event the place in which its place is."""
QUESTION = "who moderated the round tables in shenzhen"
"""Most of its words say nothing, or are of another form than those of any record."""
HUBS = (("speakers", "person"), ("organisations", "organisation"), ("timeline", "event"), ("questions", "question"))


class Statements:
    """What an index is asked, and whether that was while the screen was painted."""

    def __init__(self) -> None:
        self.painting = 0
        """How deep in the painting of a pane the program is."""
        self.all: list[str] = []
        self.while_painting: list[str] = []

    def __call__(self, statement: str) -> None:
        # FTS5 has the statements traced, too, by which it reads its own tables: as comments, and on its first use.
        if statement.startswith("--") or re.search("data_version|name_config|body_config", statement):
            return
        self.all.append(statement)
        if self.painting:
            self.while_painting.append(statement)

    def kinds(self) -> Counter[str]:
        """Statement without its values to how often it was asked."""
        return Counter(re.sub(r"'[^']*'|\b\d+\b", "?", statement) for statement in self.all)

    @contextmanager
    def at_most(self, limit: int, alike: int | None = None) -> Iterator[None]:
        """Expect no more statements than this meanwhile, none of them while painting."""
        self.all.clear()
        self.while_painting.clear()
        yield
        assert len(self.all) <= limit, self.kinds()
        assert not self.while_painting
        assert alike is None or max(self.kinds().values(), default=0) <= alike, self.kinds()


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """What the index is asked from now on, once it is traced."""
    counted = Statements()

    def watch(name: str) -> None:
        method: Callable[..., Any] = getattr(Pane, name)

        def watched(pane: Pane, *args: Any) -> Any:
            counted.painting += 1
            try:
                return method(pane, *args)
            finally:
                counted.painting -= 1

        monkeypatch.setattr(Pane, name, watched)

    watch("_current_contents")
    watch("render_lines")
    return counted


def trace(model: ReadModel, statements: Statements) -> ReadModel:
    """The model, whose index tells what it is asked."""
    assert isinstance(model.index, IndexReader)
    model.index.connection.set_trace_callback(statements)
    return model


async def test_the_start(world: World, statements: Statements) -> None:
    with statements.at_most(JUMP):
        async with open_explorer(WIDE, model=trace(open_model(world.path), statements)):
            pass
    assert statements.all, "nothing was counted"


async def test_cursor_keys(world: World, statements: Statements) -> None:
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        for number in "1234":
            with statements.at_most(JUMP):
                await user.press(number)
            for key in ("down",) * 6 + ("pagedown", "up", "G", "g"):
                with statements.at_most(CURSOR_KEY, ALIKE):
                    await user.press(key)


async def test_the_cursor_comes_to_what_is_best_connected(world: World, statements: Statements) -> None:
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        for pane, kind in HUBS:
            await _stand_before(user, pane, best_connected(user.model, kind))
            with statements.at_most(CURSOR_KEY, ALIKE):
                await user.press("down")


async def test_the_cursor_comes_to_an_event_of_very_many_parts(tmp_path: Path, statements: Statements) -> None:
    path = dataset(tmp_path, event("first", "1999"), *conference())
    async with open_explorer(WIDE, model=trace(open_model(path), statements)) as user:
        await _stand_before(user, "timeline", row(user.model, EVENT))
        # The explorer has opened on this event: another model knows nothing of it yet.
        user.explorer.show_model(trace(open_model(path), statements))
        await user.settle()
        with statements.at_most(CURSOR_KEY, ALIKE):
            await user.press("down")
        user.expect_profile("Harbour Days")
        assert statements.all, "nothing was counted"


async def test_a_programme_and_the_lists_of_a_conference(tmp_path: Path, statements: Statements) -> None:
    """Rows name their rooms, and a table of rooms and times is asked for once."""
    path = dataset(tmp_path, *two_years(), *(each for each in conference() if each.id != "place/quay"))
    async with open_explorer(WIDE, model=trace(open_model(path), statements)) as user:
        for number in "1234":
            with statements.at_most(JUMP):
                await user.press(number)
            for key in ("down", "down", "G", "g"):
                with statements.at_most(CURSOR_KEY, ALIKE):
                    await user.press(key)
        await user.find("harbour days")
        with statements.at_most(JUMP):
            await user.press("d")
        for key in ("down", "right", "right", "down", "G", "pageup", "left", "greater_than_sign"):
            with statements.at_most(CURSOR_KEY, ALIKE):
                await user.press(key)
        user.expect_active("programme")


def best_connected(model: ReadModel, kind: str) -> int:
    """Row of the record of a kind that is related to most others, the first one apart."""
    first, last = model.range({"person": "speakers"}.get(kind, kind))
    return max(range(first + 1, last), key=lambda row: sum(model.counts(row)))


async def _stand_before(user: User, pane: str, row: int) -> None:
    """Put the cursor of a list on the row before another, as a session does that ended there."""
    ref = user.model.one(row - 1).id
    state = replace(user.explorer.state, subject=ref, pane=pane, cursors={pane: Cursor(ref, ref)})
    user.explorer.restore(state)
    await user.settle()


async def test_letters_in_the_palette(world: World, statements: Statements) -> None:
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        await user.press("ctrl+p")
        for line in (
            "huang ha",
            "social policy",
            "univ of",
            "cetnre for yuoth",
            "role:moderator fu",
            "xyzzyq",
            QUESTION,
        ):
            for letter in line:
                with statements.at_most(CURSOR_KEY):
                    await user.type(letter)
            await user.press("ctrl+u")


async def test_alternatives_in_the_palette(world: World, statements: Statements) -> None:
    """Each is searched as a line of its own."""
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        await user.press("ctrl+p")
        for letter in "a or social p":
            with statements.at_most(2 * CURSOR_KEY):
                await user.type(letter)


async def test_letters_of_a_filter(world: World, statements: Statements) -> None:
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        await user.press("2", "slash")
        for letter in "huan":
            with statements.at_most(CURSOR_KEY):
                await user.type(letter)


async def test_pins(world: World, statements: Statements) -> None:
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        for pane, kind in HUBS:
            await _stand_before(user, pane, best_connected(user.model, kind))
            await user.press("down")
            for key in ("enter", "escape", "enter", "escape"):
                with statements.at_most(JUMP):
                    await user.press(key)


async def test_pins_that_are_compared(world: World, statements: Statements) -> None:
    """Two pins of a kind, each side of what they are compared by, and the way back."""
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        for pane, kind in HUBS:
            await _stand_before(user, pane, best_connected(user.model, kind))
            for key in ("down", "enter", "up", "enter", "c", "c", "c", "c", "escape", "escape", "escape"):
                with statements.at_most(JUMP):
                    await user.press(key)


async def test_back_evidence_and_referrers(world: World, statements: Statements) -> None:
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        for key in ("5", "enter", "[", "]", "e", "down", "escape", "u", "escape", "z", "z", "H"):
            with statements.at_most(JUMP):
                await user.press(key)


async def test_a_session_is_taken_up_again(world: World, statements: Statements) -> None:
    async with world.open(WIDE) as user:
        await user.press("2", "down", "down", "enter", "3", "pagedown", "q")
    with statements.at_most(JUMP):
        async with open_explorer(WIDE, fresh=False, model=trace(open_model(world.path), statements)) as user:
            assert user.explorer.state.lens.pins


async def test_decisions_of_the_review(tmp_path: Path, statements: Statements) -> None:
    """What a decision writes is read again by another index; of that which is shown no key asks much."""
    path, report = Path(shutil.copy(BUNDLED, tmp_path / "copy.json")), tmp_path / "seminar.txt"
    report.write_text(f"{REPORT}\nProf. HUANG Haoming and Mr. YANG Haobo of UNSW Sydney gave talks.\n", "utf-8")
    draft_into(path, report, read_and_draft(report))
    async with open_explorer(WIDE, model=trace(open_model(path), statements)) as user:
        with statements.at_most(JUMP):
            await user.press("9")
        user.expect_active("drafts")
        for key in ("J", "J", "K", "down", "up", "pagedown", "J", "greater_than_sign", "tab", "right", "J", "tab"):
            with statements.at_most(CURSOR_KEY, ALIKE):
                await user.press(key)
        for key in ("x", "enter", "space", "enter", "Z", "R"):
            with statements.at_most(CURSOR_KEY, ALIKE):
                await user.press(key)
            await user.until_rebuilt()
            trace(user.model, statements)


async def test_keys_of_a_form(tmp_path: Path, statements: Statements) -> None:
    path = Path(shutil.copy(BUNDLED, tmp_path / "copy.json"))
    async with open_explorer(WIDE, model=trace(open_model(path), statements)) as user:
        with statements.at_most(JUMP):
            await user.press("E")
        for key in ("down", "down", "up", "pagedown", "pagedown", "pageup", "pageup", "pageup"):
            with statements.at_most(CURSOR_KEY, ALIKE):
                await user.press(key)
        for line, letters in (("label", "ab"), ("date", "2"), ("place", "shenz")):
            await go_to_line(user, line)
            await user.press("end", "ctrl+u")
            for letter in letters:
                with statements.at_most(CURSOR_KEY, ALIKE):
                    await user.type(letter)
        for key in ("escape", "escape"):
            with statements.at_most(JUMP):
                await user.press(key)


async def test_letters_of_the_record_to_merge_with(tmp_path: Path, statements: Statements) -> None:
    path = Path(shutil.copy(BUNDLED, tmp_path / "copy.json"))
    async with open_explorer(WIDE, model=trace(open_model(path), statements)) as user:
        await user.find("huang haoming")
        with statements.at_most(JUMP):
            await user.explorer.action_do("merge")
            await until_dialog(user, ValuePrompt)
        for letter in "qing":
            with statements.at_most(CURSOR_KEY):
                await user.type(letter)
        with statements.at_most(JUMP):
            await user.press("enter", "down", "enter")
            await until_dialog(user, ChangePreview)
        with statements.at_most(JUMP):
            await user.press("enter")
            await user.expect_message("Merged HUANG Haoming into HUANG Qingwei")


async def test_the_mouse_scrolls(world: World, statements: Statements) -> None:
    """A list that is scrolled asks for its rows once a turn of the wheel, before they are painted."""
    async with open_explorer(WIDE, model=trace(open_model(world.path), statements)) as user:
        for pane in ("timeline", "speakers", "questions"):
            with statements.at_most(2):
                await user.wheel(pane, 1)
