"""A passage is picked in an attached text, as the evidence of what a form says."""

from __future__ import annotations

from pathlib import Path

from convenings.store.sources import passage_hash, text_hash
from convenings.store.user_data import UserData
from convenings.tui.dialogs.passage_picker import PassagePicker
from tests.driver import NARROW, open_explorer
from tests.journeys.editing import REPORT, attached, event, go_to_line, is_form, write


async def test_a_passage_is_picked_in_the_attached_text(tmp_path: Path) -> None:
    path, data = attached(tmp_path), UserData.open()
    data.attach("source/tides", tmp_path / "tides.txt", text_hash(REPORT.encode()), REPORT.encode())
    async with open_explorer(NARROW, path, user_data=data) as user:
        await user.find("meetng")
        await user.press("E")
        await write(user, "Ines Marl")
        await go_to_line(user, "evidence 1")
        user.expect_screen("“The keepers”")
        await user.press("enter")
        assert isinstance(user.app.screen, PassagePicker)
        user.expect_screen("Pick the passage", "Ines Marl of the Harbour Office")
        await user.press("slash")
        await user.type("ines")
        await user.press("enter", "greater_than_sign")
        user.expect_screen("paragraph 3 · 2 words")
        await user.press("right", "left", "comma", "greater_than_sign", "less_than_sign", "full_stop")
        await user.press("slash", *["backspace"] * 10)
        await user.type("harbour office")
        await user.press("enter")
        user.expect_screen("paragraph 3 · 2 words")
        user.expect_sound()
        await user.press("enter")
        assert is_form(user)
        user.expect_screen("“Harbour Office”")
        await user.press("ctrl+s")
        await user.expect_message("Changed label of")
    (piece,) = event(path, "event/tides").evidence
    assert (piece.paragraph, piece.start, piece.end, piece.note) == (3, 17, 31, "")
    assert piece.passage_hash == passage_hash("Harbour Office")


async def test_a_passage_is_picked_by_the_mouse_also_where_letters_are_wide(tmp_path: Path) -> None:
    text = "The keepers\n\nThe keepers met.\n\n没有人能够独自完成这项工作。\n"
    path, data = attached(tmp_path, text), UserData.open()
    data.attach("source/tides", tmp_path / "tides.txt", text_hash(text.encode()), text.encode())
    async with open_explorer(NARROW, path, user_data=data) as user:
        await user.find("meetng")
        await user.press("E")
        await go_to_line(user, "evidence 1")
        await user.press("enter")
        await user.click_text("text", "独")
        picker = user.app.screen
        assert isinstance(picker, PassagePicker)
        assert picker._pick.place(picker.span) == (5, 6)
