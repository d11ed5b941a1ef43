"""Relating in a copy of the builder, beside all else that it works out."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from multiprocessing import Pipe
from pathlib import Path

import pytest

from convenings.index.build import relating
from convenings.index.build.row_lists import RelatedLists
from convenings.store.paths import bundled_dataset

BUILD = """
import os, sys
from convenings.index.build import child, relating
if sys.argv[2] != "here":
    relating.FEWEST = 0
start = relating.RelatingCopy.__init__
def noted(self, all_records):
    print("in a copy")
    start(self, all_records)
relating.RelatingCopy.__init__ = noted
if sys.argv[2] == "killed":
    relating._relate_all = lambda *_: os._exit(7)
sys.exit(child.main(sys.argv[1:2]))
"""
TABLES = ("record", "related", "reason", "on_behalf", "referrer", "facet", "outline", "ordering")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no processes")


def build(folder: Path, how: str) -> subprocess.CompletedProcess[str]:
    """Build the index of the bundled dataset in a process of its own, its files in a folder."""
    command = [sys.executable, "-c", BUILD, str(bundled_dataset()), how]
    variables = os.environ | {"CONVENINGS_CACHE_DIR": str(folder)}
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=120)


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What stands in the index that a folder has."""
    (index,) = folder.glob("*.sqlite")
    with closing(sqlite3.connect(index)) as connection:
        return {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in TABLES}


def test_what_a_copy_relates_is_what_the_builder_itself_does(tmp_path: Path) -> None:
    here, apart = build(tmp_path / "here", "here"), build(tmp_path / "apart", "apart")
    assert "in a copy" not in here.stdout
    assert "in a copy" in apart.stdout
    expected = tables(tmp_path / "here")
    assert len(expected["related"]) > 200
    assert tables(tmp_path / "apart") == expected


def test_a_copy_that_ends_without_a_word_ends_the_build(tmp_path: Path) -> None:
    build_process = build(tmp_path, "killed")
    assert build_process.returncode == 3
    assert build_process.stderr == "the process that relates the records ended with 7\n"
    assert not [file for file in tmp_path.glob("*.sqlite") if file.suffixes == [".sqlite"]], "no whole one"


def test_a_copy_whose_builder_is_gone_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Records:
        def by_kind(self, number: int) -> list[tuple[str, list[object]]]:
            return [("event", [])]

    class Here:
        def __init__(self, all_records: object) -> None: ...

        def add(self, some: list[object]) -> None: ...

        def result(self) -> relating.Related:
            return relating.Related(RelatedLists([], {}, 0), [], {})

    monkeypatch.setattr(relating, "RelatingHere", Here)
    monkeypatch.setattr("convenings.index.build.row_lists.WEIGHED_PANES", ())
    for builder, is_told in ((os.getppid(), True), (-1, False)):
        receiving, sending = Pipe(duplex=False)
        relating._relate_all(Records(), sending, builder)  # type: ignore[arg-type]
        sending.close()
        assert receiving.poll() is True
        if is_told:
            assert receiving.recv().reasons == []
        else:
            with pytest.raises(EOFError):
                receiving.recv()
