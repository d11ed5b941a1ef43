"""A terminal that changes its size faster than the screen can follow."""

from __future__ import annotations

from collections import Counter

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tests.driver import MEDIUM, open_explorer


@pytest.mark.parametrize("dialog", ["", "ctrl+p", "question_mark", "n"])
async def test_two_sizes_that_come_together_do_not_answer_each_other(
    dialog: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen tells itself of each size it takes: of two at once each would bring back the other, for ever."""
    async with open_explorer(MEDIUM) as user:
        if dialog:
            await user.press(dialog)
        handled: Counter[Size] = Counter()
        sizes = Screen._screen_resized

        def counting(self: Screen[object], size: Size) -> None:
            handled[size] += 1
            # For ever would be longer than anybody waits for a test.
            if handled.total() < 100:
                sizes(self, size)

        monkeypatch.setattr(Screen, "_screen_resized", counting)
        now = user.app.size
        for size in (Size(20, 5), now, Size(40, 12), now):
            user.app.screen.post_message(events.Resize(size, size))
            # Sizes that follow each other at once are taken as one.
            user.app.screen.call_later(lambda: None)
        for _ in range(5):
            await user.settle()
        assert handled.total() <= 20
        assert user.app.screen.size == now
        user.expect_sound()
