"""Makes the pictures of the README from the running program: ``python -m tests.screenshots``."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from tests.driver import BUNDLED, MEDIUM, NARROW, ROOT, User, open_explorer
from tests.unit.report_texts import FORUM

FOLDER = ROOT / "screenshots"
LARGE = (180, 50)


class Shot(NamedTuple):
    """A picture: size of the terminal, what a user does before it is taken, the theme, and what makes its dataset."""

    size: tuple[int, int]
    story: Callable[[User], Awaitable[None]]
    theme: str = "convenings-dark"
    dataset: Callable[[Path], Path] = lambda folder: BUNDLED


def drafted(folder: Path) -> Path:
    """A dataset with nothing but a made-up report that has been drafted for it."""
    from convenings.drafting.keeping import draft_into
    from convenings.drafting.reading import read_and_draft

    report, dataset = folder / "forum.txt", folder / "libraries.json"
    report.write_text(FORUM, encoding="utf-8")
    draft_into(dataset, report, read_and_draft(report))
    return dataset


def copied(folder: Path) -> Path:
    """A copy of the bundled dataset that may be changed."""
    return Path(shutil.copy(BUNDLED, folder / "my-events.json"))


async def review(user: User) -> None:
    """The first drafts of a report, some of them accepted."""
    await user.press("9", "enter", "enter", "enter")
    await user.until_rebuilt()


async def form(user: User) -> None:
    """The form of a participation's person."""
    await user.find("fu changbo")
    await user.press("E")


async def seminar(user: User) -> None:
    """All panes linked to the seminar under the cursor."""
    await user.find("tech for social good seminar")


async def round_table(user: User) -> None:
    """The round table pinned, its panellists beside the profile of one."""
    await user.find("round table")
    await user.press("enter", "2", "down", "down")


async def search(user: User) -> None:
    """A name written the other way round."""
    await user.find("tech for social good seminar")
    await user.press("ctrl+p")
    await user.type("hao ming huang")


async def moderator(user: User) -> None:
    """Somebody of whom the source does not say for whom they spoke."""
    await user.find("fu changbo")
    await user.press("5")


async def evidence(user: User) -> None:
    """The passage under a keynote speaker's role."""
    await user.find("wang yifan")
    await user.press("5", "down", "e")


SHOTS = {
    "wide": Shot(LARGE, seminar),
    "medium": Shot(MEDIUM, round_table),
    "narrow": Shot(NARROW, seminar),
    "palette": Shot(MEDIUM, search),
    "profile": Shot(NARROW, moderator),
    "evidence": Shot(MEDIUM, evidence),
    "light": Shot(LARGE, round_table, "convenings-light"),
    "review": Shot(MEDIUM, review, dataset=drafted),
    "form": Shot(MEDIUM, form, dataset=copied),
}
"""Name of the file to what it shows."""


async def take(shot: Shot) -> str:
    """One picture as SVG, without fonts that would be fetched from elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_explorer(shot.size, shot.dataset(Path(folder)), theme=shot.theme) as user:
            await shot.story(user)
            picture = user.app.export_screenshot(title="Convenings")
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CACHE", "DATA", "STATE"):
            os.environ[f"CONVENINGS_{name}_DIR"] = str(Path(folder) / name)
        os.environ.pop("NO_COLOR", None)
        FOLDER.mkdir(exist_ok=True)
        for name, shot in SHOTS.items():
            path = FOLDER / f"{name}.svg"
            path.write_text(asyncio.run(take(shot)), encoding="utf-8", newline="\n")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
