"""The tools people use today, each installed in an environment of its own and given the same records as CSV.

What cannot be had is reported as missing, never as beaten.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
import venv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from tests.benchmarks import generate
from tests.benchmarks.subjects import SIZES, environment
from tests.benchmarks.terminal import Terminal

COLUMNS = ("id", "kind", "label", "date", "text")
_TEXTS = ("summary", "text", "detail", "title_as_stated", "title", "as_stated")


class Missing(RuntimeError):
    """A peer cannot be had; the message says why."""


def rows(size: int, seed: int) -> Iterator[tuple[str, str, str, str, str]]:
    """The records of a generated dataset as :data:`COLUMNS`."""
    for record in generate.records(size, seed):
        kind = record.id.partition("/")[0]
        label = getattr(record, "label", "") or getattr(record, "role", "") or getattr(record, "type", "")
        text = next(filter(None, (getattr(record, name, "") for name in _TEXTS)), "")
        yield record.id, kind, label, getattr(record, "date", None) or "", text


def write_csv(size: int, seed: int, path: Path) -> None:
    """Write the records of a generated dataset as CSV with a header."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(size, seed))


def write_sqlite(table: Path, path: Path) -> None:
    """Put a CSV into a database, for what reads no CSV."""
    with table.open(newline="", encoding="utf-8") as file, sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE records ({', '.join(COLUMNS)})")
        connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", islice(csv.reader(file), 1, None))
    connection.close()


class Peer:
    """A program to compare with.

    Args:
        name: what it is called.
        version: which one it is.
        command: starts it, without the file.
        home: its home.
    """

    def __init__(self, name: str, version: str, command: list[str], home: Path) -> None:
        self.name = name
        self.version = version
        self._command = command
        self._env = environment(home)
        # What finds our own modules is nothing to them.
        self._env.pop("PYTHONPATH", None)

    def start(self, file: Path, size: str = "medium") -> Terminal:
        """Start it on a file."""
        command = [*self._command, str(file)]
        if self.name == "fzf":
            command = ["/bin/sh", "-c", 'exec "$0" < "$1"', self._command[0], str(file)]
        return Terminal(command, self._env, SIZES[size])

    def ready(self, file: Path, marker: str, size: str = "medium") -> Terminal:
        """Start it on a file, and wait until it shows the marker and has nothing left to load."""
        return self.start(file, size).ready(marker, 1.5)

    def first_paint(self, file: Path, marker: str) -> Callable[[], float]:
        """What measures the seconds from its start until the marker is on the screen."""

        def measure() -> float:
            with self.start(file) as terminal:
                return terminal.shown(marker, timeout=60)

        return measure


def visidata(folder: Path) -> Peer:
    """VisiData, installed below a folder.

    Raises:
        Missing: it could not be.
    """
    python = _installed("visidata", folder)
    program = _there(python.with_name("vd"))
    return Peer("VisiData", _version(python, "visidata"), [str(program)], folder / "home")


def harlequin(folder: Path) -> Peer:
    """harlequin over SQLite, installed below a folder.

    Raises:
        Missing: it could not be.
    """
    python = _installed("harlequin", folder)
    program = _there(python.with_name("harlequin"))
    return Peer("harlequin", _version(python, "harlequin"), [str(program), "-a", "sqlite"], folder / "home")


def fzf(folder: Path) -> Peer:
    """The fzf that comes in the package iterfzf, or else the one of this machine.

    Raises:
        Missing: there is neither.
    """
    found = shutil.which("fzf")
    try:
        python = _installed("iterfzf", folder)
        found = str(_there(next(python.parents[1].glob("**/iterfzf/fzf"), Path("fzf"))))
    except Missing:
        if found is None:
            raise
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
    return Peer("fzf", version, [found], folder / "home")


def _installed(package: str, folder: Path) -> Path:
    """The Python of an environment that holds a package; made where it is not there yet."""
    python = folder / package / "bin" / "python"
    done = folder / package / "installed"
    if not done.exists():
        try:
            venv.create(folder / package, with_pip=True, clear=True)
            command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
            subprocess.run(command, check=True, capture_output=True, text=True)
            subprocess.run([str(python), "-m", "compileall", "-q", str(folder / package)], check=False)
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
            raise Missing(f"{package} could not be installed: {said[-1] if said else error}") from error
        done.touch()
    return python


def _there(program: Path) -> Path:
    if not program.is_file():
        raise Missing(f"{program.name} is not in the package")
    return program


def _version(python: Path, package: str) -> str:
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True).stdout.strip()
