"""A session that somebody has written over, and records that point at nothing: the explorer opens all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from convenings.domain.records import (
    Event,
    Gap,
    Membership,
    Organisation,
    Participation,
    Question,
    Record,
    Relation,
)
from convenings.index.open import open_model
from convenings.store.user_data import UserData
from convenings.workspace import Workspace
from tests.driver import MEDIUM, open_explorer
from tests.unit import factory


@pytest.mark.parametrize(
    "zoom", [[1e308, 1e308], [-1e308, 30.0], [1e18, 1e18], [737000.0, 1e15], [0.0, -1.0], [5e9, 30.0], ["a", 1]]
)
async def test_a_zoom_that_no_axis_has_is_dropped(tmp_path: Path, zoom: list[Any]) -> None:
    path = factory.write(tmp_path / "rivers.json").path
    user_data = UserData.open()
    with Workspace(open_model(path), user_data) as workspace:
        user_data.save_session(workspace.user_data_key, {"zoom": zoom, "subject": "person/ana"})
    async with open_explorer(MEDIUM, path, fresh=False) as user:
        assert user.explorer.state.zoom is None
        await user.press("1", "plus", "minus", "down")
        user.expect_screen("Day on rivers")


def astray(record: Record) -> Record:
    """A record with a reference that has no kind, as somebody writes it for the first time."""
    match record:
        case Membership():
            return replace(record, organisation="acme")
        case Participation(agent=str()):
            return replace(record, agent="bob", on_behalf_of=["acme"])
        case Event(super_event=str()):
            return replace(record, super_event="everything", place="here")
        case Question():
            return replace(record, topics=["water"])
        case Organisation(parent=str()):
            return replace(record, parent="acme")
        case Relation():
            return replace(record, subject="acme", object="cleaning")
        case Gap():
            return replace(record, about=["somebody"])
    return record


async def test_references_without_a_kind_are_shown_as_what_is_missing(tmp_path: Path) -> None:
    path = factory.write(tmp_path / "first.json", list(map(astray, factory.records()))).path
    async with open_explorer(MEDIUM, path) as user:
        for pane in "12345":
            await user.press(pane, *["down", "enter", "u", "escape", "backspace"] * 4)
        assert user.app.return_code is None
        await user.find("ana lima")
        assert "◌ acme" in user.profile()
