"""Where things are: the dataset that comes with the program, and the folders of this user.

Those are by the customs of the system, and made only when something is written there.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from convenings.domain.errors import BadInput

_NAME = "convenings"


def bundled_dataset() -> Path:
    """The dataset that comes with the program: the package's own, or that of the checkout it runs from.

    Raises:
        BadInput: neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    candidates = [package / "data" / "convenings.json", package.parents[1] / "data" / "convenings.json"]
    for path in candidates:
        if path.is_file():
            return path
    raise BadInput("the bundled dataset is missing", file=str(candidates[0]), hint="install the program again")


def data_dir() -> Path:
    """Where the user's own file and attached sources live; ``CONVENINGS_DATA_DIR`` overrides it."""
    return _folder("CONVENINGS_DATA_DIR", "user_data_path")


def cache_dir() -> Path:
    """Where what can be derived again lives; ``CONVENINGS_CACHE_DIR`` overrides it."""
    return _folder("CONVENINGS_CACHE_DIR", "user_cache_path")


def derived(path: Path, ending: str) -> Path:
    """Where something that is derived from a file is kept; all names of the file lead there."""
    # It only has to tell files apart, for which two quick sums do.
    name = os.fsencode(os.path.realpath(path))
    return cache_dir() / f"{zlib.crc32(name):08x}{zlib.adler32(name):08x}{ending}"


def _folder(variable: str, custom: str) -> Path:
    value = os.environ.get(variable)
    if value:
        return Path(value)
    # Imported here, as a start with both folders in the environment does without it.
    import platformdirs

    try:
        folder: Path = getattr(platformdirs, custom)(_NAME, appauthor=False)
    except RuntimeError:
        # A user without a home, as in a container: nothing can be kept, and a path where nothing can be made says so.
        return Path(os.devnull) / "no home folder" / _NAME
    return folder
