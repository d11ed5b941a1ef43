"""What tests of imports by the command share: a toy format, a dataset, and what the command answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from convenings.__main__ import main
from convenings.interchange import jobs, registry
from convenings.store import canonical
from tests.unit import factory, toy_format

TOY = "#toy\n1|Rivers|2021-02-06|Hall|Ana Lima (p1);Bo\n2|Lakes|2021-02-06|Attic|Ana Lima (p1)\n"


def read_toys_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have the toy format read in this process, as a child would not know it, and files be in a folder of their own."""
    monkeypatch.setattr("convenings.interchange.detection.FORMATS", (*registry.FORMATS, toy_format.FORMAT))
    monkeypatch.setattr("convenings.interchange.process.read_in_copy", jobs.run)
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("CONVENINGS_DATASET", raising=False)
    monkeypatch.chdir(tmp_path)


def mine() -> bytes:
    """A dataset of ours."""
    return canonical.encode(factory.tables())


class Answer(SimpleNamespace):
    """What the command answered."""

    code: int
    out: str
    err: str

    @property
    def file(self) -> dict[str, Any]:
        """The report of the first file."""
        return json.loads(self.out)["files"][0]  # type: ignore[no-any-return]


def import_(capsys: pytest.CaptureFixture[str], *arguments: str) -> Answer:
    """Run the command."""
    code = main(["import", *arguments])
    streams = capsys.readouterr()
    return Answer(code=code, out=streams.out, err=streams.err)


Run = Callable[..., Answer]
