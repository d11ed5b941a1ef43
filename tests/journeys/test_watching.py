"""The dataset is watched while nobody presses a key, for as long as the explorer is open."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from convenings.index.open import open_model
from convenings.index.stamp import stamp_of
from tests.driver import MEDIUM, open_explorer
from tests.journeys.changes import change, change_unseen
from tests.unit import factory

SOON = 0.05
"""Seconds after which is done what else is done after one or two."""
SCREEN = "convenings.tui.explorer.screen"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A small dataset that may be changed."""
    return Path(factory.write(tmp_path / "small.json").path)


async def test_a_changed_file_is_noticed_by_itself(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is pressed: what another program has saved is there, and once more when it saves again."""
    monkeypatch.setattr(f"{SCREEN}.STALE_EVERY", SOON)
    async with open_explorer(MEDIUM, dataset) as user:
        user.expect_not_on_screen("Earlier day", "Aaron Abel")
        change(dataset)
        await user.expect_soon("Read again", "Earlier day", "Aaron Abel")
        factory.write(dataset)
        await user.expect_soon("◆ 2 events  ● 1 person")
        user.expect_not_on_screen("Earlier day", "Aaron Abel")


async def test_content_is_compared_by_itself(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index seems to fit, by size, time and inode of the file, and does not: what the file says is shown soon."""
    model = open_model(dataset)
    change_unseen(dataset, b"Ana Lima", b"Eva Lima")
    # As on a system that does not say when anything of a file was changed.
    model.stamp = stamp_of(dataset)
    monkeypatch.setattr(f"{SCREEN}.VERIFY_AFTER", SOON)
    async with open_explorer(MEDIUM, dataset, model=model) as user:
        await user.expect_soon("Read again", "● Eva Lima")
        user.expect_not_on_screen("Ana Lima")


@pytest.mark.skipif(sys.platform == "win32", reason="open files are not listed there")
async def test_reading_again_and_again_leaves_no_file_open(dataset: Path) -> None:
    """After many changes as many files are open as after a few."""
    few = 0
    async with open_explorer(MEDIUM, dataset) as user:
        for turn in range(12):
            change(dataset)
            await user.press("ctrl+r")
            await user.app.workers.wait_for_complete()
            if turn == 2:
                few = len(os.listdir("/dev/fd"))  # noqa: PTH208
        user.expect_crumb("Read again")
        assert len(os.listdir("/dev/fd")) <= few  # noqa: PTH208
