"""Keys that come together act in the order in which they were pressed, letters and others."""

from __future__ import annotations

from pathlib import Path

from textual import events

from tests.driver import NARROW, User, open_explorer
from tests.journeys.editing import editor, event, is_form


async def burst(user: User, *keys: str) -> None:
    """Press keys without waiting for any of them to be handled."""
    for key in keys:
        user.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await user.settle()


async def test_letters_behind_others_in_a_form(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await user.press("E")
        await burst(user, "ctrl+u", *"Fairr", "backspace", "s", "left", "left", "home", "A", "end", "x", "backspace")
        assert editor(user).form.document["label"] == "AFairs"
        await burst(user, "b", "ctrl+s", "Z", "Z")
        await user.expect_message("Saved · Changed label of AFairsb")
        assert not is_form(user)
        assert event(copy, ref).label == "AFairsb"
