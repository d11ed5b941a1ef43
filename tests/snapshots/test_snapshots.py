"""Pictures of the explorer, compared with those that were approved; ``pytest --snapshot-update`` approves new ones.

They hold for the versions of Textual and Rich that the development extra pins, and for the bundled dataset.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from convenings.index.open import open_model
from convenings.tui.app import ConveningsApp
from convenings.workspace import open_workspace
from tests.driver import User
from tests.screenshots import FOLDER, SHOTS


@pytest.mark.parametrize("name", SHOTS)
def test_picture(name: str, snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    """The explorer looks as approved."""
    shot = SHOTS[name]
    workspace = open_workspace(open_model(shot.dataset(tmp_path)))
    app = ConveningsApp(workspace, fresh=True, theme=shot.theme)

    async def play(pilot: Pilot[Any]) -> None:
        user = User(app, pilot)
        await user.settle()
        await shot.story(user)

    try:
        assert snap_compare(app, terminal_size=shot.size, run_before=play)
    finally:
        workspace.close()


def test_the_readme_has_a_picture_of_each() -> None:
    """Every picture is there, shows the program, and fetches nothing."""
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(SHOTS)
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("<svg")
        assert "Convenings" in text
        assert "url(http" not in text.replace("&quot;", "").replace('"', "")
