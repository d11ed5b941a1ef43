"""A dataset and the folder of its reader as an earlier version of the program wrote them."""

from __future__ import annotations

import shutil
from pathlib import Path

EARLIER = Path(__file__).parent / "unit" / "data" / "earlier"
"""Written by version 0.1.0 before the inside was rebuilt, in sessions of somebody whose home was ``/home/ana``."""


def moved_to(home: Path) -> tuple[Path, Path]:
    """The dataset and the data folder in another home, with the paths in ``own.json`` as they would be there."""
    dataset, data = home / "rivers.json", home / ".local" / "share" / "convenings"
    shutil.copyfile(EARLIER / "rivers.json", dataset)
    shutil.copytree(EARLIER / "data", data, dirs_exist_ok=True)
    own = data / "own.json"
    own.write_bytes(own.read_bytes().replace(b"/home/ana", home.resolve().as_posix().encode()))
    return dataset, data
