"""What somebody kept with an earlier version of the program is there in this one."""

from __future__ import annotations

from pathlib import Path

from convenings.store.user_data import UserData
from tests import earlier
from tests.driver import MEDIUM, WIDE, open_explorer


async def test_the_session_of_an_earlier_version_comes_back_as_it_was(tmp_path: Path) -> None:
    """Pin, filter, order, drawer, cursor and theme are as they were left, and the attached text is shown."""
    dataset, folder = earlier.moved_to(tmp_path)
    async with open_explorer(MEDIUM, dataset, fresh=False, user_data=UserData.open(folder)) as user:
        # The user had bound its key before there was such a command.
        taken = "keymap.json: o does order, so links has no key left; the palette has it"
        assert user.app.user_data.warnings == [taken]
        assert user.app.theme == "convenings-light"
        user.expect_active("evidence")
        user.expect_crumb("o does order")
        assert user.explorer.state.lens.pinned("speakers") == ("person/ana",)
        user.expect_cursor("timeline", "Day on rivers")
        user.expect_screen("▶● Ana Lima", "Evidence for Day on rivers", "attached text · locator exact")
        user.expect_profile("Day on rivers")
        await user.press("3")
        user.expect_rows("organisations", [])
        user.expect_screen("type:unit")
        user.expect_crumb("▶ Ana Lima")
        await user.press("escape")
        user.expect_sound()


async def test_marks_notes_and_keys_of_an_earlier_version_are_there(tmp_path: Path) -> None:
    """The row is marked, its note stands in the profile, and the user's own keys do what they did."""
    dataset, folder = earlier.moved_to(tmp_path)
    user_data = UserData.open(folder)
    async with open_explorer(WIDE, dataset, user_data=user_data) as user:
        await user.press("2", "g")
        user.expect_screen("*● Ana Lima")
        user.expect_profile("Ana Lima", contains=["Ask her: 谁拥有河流?"])
        await user.press("o")
        user.expect_screen("most connected")
        await user.press("space")
        user.expect_crumb("No longer marked")
    assert user_data.marks(str(dataset.resolve())) == set()
