"""A report that is drafted, and the explorer at its review."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from convenings.domain.records import Record
from convenings.drafting.keeping import draft_into
from convenings.drafting.reading import read_and_draft
from convenings.drafting.review import Review
from convenings.store.dataset import Dataset
from tests.driver import User, open_explorer

REPORT = """Lighthouse Seminar on Tidal Power

The Lighthouse Seminar on Tidal Power was held on 3 May 2021 in Bergen.

As the moderator, Dr. Ingrid Solberg, Director of the Harbour Institute, opened the afternoon.

Mr. Paul Okafor, Chief Engineer of Tidewater Foundation, delivered a keynote speech on turbines.

Dr. Solberg said that ports should share their measurements with each other.

The weather was fine for most of the day.
"""


def report(folder: Path, text: str = REPORT, name: str = "seminar.txt") -> Path:
    """A dataset with nothing in it but the source, and a report drafted for it."""
    path, dataset = folder / name, folder / "own.json"
    path.write_text(text, encoding="utf-8")
    draft_into(dataset, path, read_and_draft(path))
    return dataset


@asynccontextmanager
async def review(size: tuple[int, int], dataset: Path) -> AsyncIterator[User]:
    """The explorer, at the review."""
    async with open_explorer(size, dataset) as user:
        await user.press("9")
        user.expect_active("drafts")
        yield user


def records(dataset: Path) -> list[Record]:
    """Every record of a dataset."""
    return [record for _, _, _, record in Dataset.open(dataset).scan([])]


def states(dataset: Path) -> dict[str, str]:
    """What each draft stands on, and its state."""
    queue = Review.open(dataset)
    return {record.main.value or queue.passage(record): record.state for record in queue.records()}


async def go_to(user: User, label: str) -> None:
    """Press J until the record in use has a label."""
    for _ in range(50):
        pane = user.explorer.panes["drafts"]
        line = user.lines(user.region("drafts"))[1 + pane.cursor - pane.offset_item]
        if label in line:
            return
        await user.press("J")
    user.fail(f"no open record {label}")
