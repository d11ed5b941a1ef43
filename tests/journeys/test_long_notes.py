"""Notes that are longer than anybody writes: pasted by mistake, or put into the file another way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from convenings.tui.dialogs.notes import LONGEST_NOTE, MOST_EDITED, NoteEditor
from tests.driver import MEDIUM, open_explorer
from tests.unit import factory


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A small dataset."""
    return Path(factory.write(tmp_path / "rivers.json").path)


async def test_of_an_endless_text_that_is_pasted_a_note_takes_the_beginning_and_says_so(dataset: Path) -> None:
    async with open_explorer(MEDIUM, dataset) as user:
        await user.press("n")
        editor = user.app.screen
        assert isinstance(editor, NoteEditor)
        user.app.post_message(events.Paste("word " * 200_000))
        await user.settle()
        assert editor.note == ("word " * 200_000)[:LONGEST_NOTE]
        user.expect_screen("a note ends at 20,000 characters: the last 980,000 pasted are left out")
        await user.press("ctrl+s")
        user.expect_crumb("Note kept")


async def test_a_note_too_long_for_the_editor_is_shown_in_part_and_not_opened(dataset: Path) -> None:
    async with open_explorer(MEDIUM, dataset) as user:
        data, key = user.app.user_data, user.app.workspace.user_data_key
        ref = user.subject()
        data.set_note(key, ref, "w" * (MOST_EDITED + 1))
        await user.press("down", "up")
        await user.press("n")
        assert not isinstance(user.app.screen, NoteEditor)
        user.expect_crumb("This note has 100,001 characters, too many to edit here")
        assert data.note(key, ref) == "w" * (MOST_EDITED + 1)
