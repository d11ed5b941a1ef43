"""The programs that are measured: ours, and bare Textual beside it, each ready to be started in a terminal."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.bare import HELLO
from tests.benchmarks.terminal import Terminal

SIZES = {"small": (80, 24), "medium": (120, 36), "large": (200, 60)}
"""Columns and rows of the terminals in which things are measured."""

_SAMPLE = """
import json, random, sys
from pathlib import Path
from convenings.domain.text import fold
from convenings.index.open import open_model
model = open_model(Path(sys.argv[1]))
rng = random.Random(1)
first = model.one(model.range("events")[0]).label
low, high = model.range("person")
people = [model.one(rng.randrange(low + (high - low) // 2, high)).label for _ in range(2000)]

def slipped(name):
    # Two letters of its longest word are the wrong way round, and so are the words, which are in plain letters.
    words = fold(name).split()
    long = max(words, key=len)
    turned = long[:2] + long[3:4] + long[2:3] + long[4:]
    return " ".join(reversed([turned if word is long else word for word in words])) if turned != long else ""

accented = next((label for label in people if not label.isascii() and slipped(label)), "")
words = {word for label in people for word in fold(label).split() if word.isascii() and 5 <= len(word) <= 8}
typed = [word for word in sorted(words) if word[1] != word[2]]
rng.shuffle(typed)
print(json.dumps([first[:12].rstrip(), accented, slipped(accented) if accented else "", typed[:40]]))
"""


class Sample(NamedTuple):
    """What there is to look for in a dataset."""

    first: str
    """What the first row of the timeline begins with."""
    person: str
    """A person whose name is not written in plain letters; empty where there is none."""
    query: str
    """That name in plain letters, the other way round, and with a slip."""
    words: list[str]
    """Names to type, of five to eight letters."""


def compile_all() -> None:
    """Compile our code and Textual's, so that no start pays for it."""
    for module in ("convenings", "textual", "rich", "tinydb", "msgspec", "tests.benchmarks"):
        spec = find_spec(module)
        for folder in spec.submodule_search_locations or () if spec else ():
            compileall.compile_dir(folder, quiet=1)


class Ours:
    """The explorer on one dataset, with folders of its own.

    Args:
        dataset: the file.
        folder: where its cache, data and home are; made.
    """

    def __init__(self, dataset: Path, folder: Path) -> None:
        self.dataset = dataset
        self.cache = folder / "cache"
        self.env = environment(folder) | {
            "CONVENINGS_CACHE_DIR": str(self.cache),
            "CONVENINGS_DATA_DIR": str(folder / "data"),
            "CONVENINGS_STATE_DIR": str(folder / "state"),
        }

    @cached_property
    def sample(self) -> Sample:
        """What there is to look for; asking leaves a fresh index."""
        return Sample(*json.loads(self.python(_SAMPLE, str(self.dataset))))

    def python(self, code: str, *arguments: str) -> str:
        """What a Python program prints that runs with the same folders."""
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, env=self.env, check=True, capture_output=True, text=True).stdout

    def forget_index(self) -> None:
        """Remove the index."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def prepare(self) -> Ours:
        """The same with a fresh index."""
        self.__dict__.pop("sample", None)
        assert self.sample
        return self

    def measured(self, what: str) -> dict[str, float]:
        """One of the measures of :mod:`tests.benchmarks.inprocess`, taken in a process of its own."""
        command = [sys.executable, "-m", "tests.benchmarks.inprocess", what, str(self.dataset)]
        root = Path(__file__).resolve().parents[2]
        said = subprocess.run(command, env=self.env, cwd=root, check=True, stdout=subprocess.PIPE, text=True).stdout
        found: dict[str, float] = json.loads(said)
        return found

    def start(self, size: str = "medium") -> Terminal:
        """Start the explorer anew, by the command that was installed, as a user does.

        Python's own ``-m`` would take some 10 ms more, which the bare applications, each a file, do not pay either.
        """
        command = [str(Path(sys.executable).with_name("convenings")), str(self.dataset), "--fresh"]
        return Terminal(command, self.env, SIZES[size])

    def ready(self, size: str = "medium") -> Terminal:
        """Start the explorer, its files in memory, and wait until it has settled."""
        self.warm()
        return self.start(size).ready(self.sample.first, 0.4, timeout=900)

    def warm(self) -> None:
        """Read dataset and index, so that none of it comes from the disk while keys are timed."""
        for path in (self.dataset, *self.cache.glob("*.sqlite")):
            with path.open("rb") as file:
                while file.read(1 << 22):
                    pass

    def first_paint(self) -> float:
        """Seconds from its start until there is data on the screen."""
        with self.start() as terminal:
            return terminal.shown(self.sample.first, timeout=900)


class Bare:
    """One of the bare Textual applications.

    Args:
        which: ``hello``, ``key`` or ``input``.
        folder: where its home is; made.
    """

    def __init__(self, which: str, folder: Path) -> None:
        self._command = [sys.executable, str(Path(__file__).with_name("bare.py")), which]
        self.env = environment(folder)

    def start(self, size: str = "medium") -> Terminal:
        """Start it."""
        return Terminal(self._command, self.env, SIZES[size])

    def ready(self, size: str = "medium") -> Terminal:
        """Start it, and wait until it has settled."""
        return self.start(size).ready(HELLO, 0.4)

    def first_paint(self) -> float:
        """Seconds from its start until its text is on the screen."""
        with self.start() as terminal:
            return terminal.shown(HELLO)


def environment(home: Path, inherited: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a program needs of this environment, with a home of its own; bytecode may be written."""
    home.mkdir(parents=True, exist_ok=True)
    source = os.environ if inherited is None else inherited
    kept = {name: source[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in source}
    # Variables of the XDG folders are left out, so that every one of them is below this home.
    return kept | {"HOME": str(home)}
