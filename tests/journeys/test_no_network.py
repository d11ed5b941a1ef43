"""A tour of the explorer with sockets forbidden: nothing it does opens a network connection."""

from __future__ import annotations

import sys

import pytest

from convenings.tui.dialogs.help import Help
from tests.driver import WIDE, open_explorer
from tests.offline import sockets_forbidden


@pytest.mark.skipif(sys.platform == "win32", reason="there asyncio itself connects to its own machine")
async def test_a_tour_of_the_explorer_reaches_for_no_network() -> None:
    """Lists, pins, palette, evidence, note, citation, help, reload and quit."""
    with sockets_forbidden():
        async with open_explorer(WIDE, fresh=False) as user:
            await user.press("down", "enter", "2", "down", "s", "5", "down")
            await user.press("e")
            user.expect_active("evidence")
            await user.press("escape", "H")
            await user.find("fu changbo")
            user.expect_profile("FU Changbo")
            await user.press("n")
            await user.type("Ask the organisers.")
            await user.press("ctrl+s", "m", "y", "u", "escape", "?")
            assert isinstance(user.app.screen, Help)
            await user.press("escape", "ctrl+r")
            await user.filter("role:moderator")
            await user.press("q")
            assert user.app.return_code == 0
