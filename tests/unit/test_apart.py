"""Work in a copy of this process, and in a thread: its results, its errors, and what happens when it is ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from convenings.index.build.overlap import Aside
from convenings.index.build.publish import build
from convenings.store.dataset import Dataset
from tests.unit import factory

linux = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")

_BEGIN = """
import os, signal, sys, threading
from convenings.index.build.fork import TOGETHER, apart
here = os.getpid()

def made(work, **more):
    with apart(work, **more) as items:
        return list(items())
"""


def alone(code: str) -> str:
    """What some code prints in a process that has one thread, as this one has not."""
    found = subprocess.run([sys.executable, "-c", _BEGIN + code], check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


@linux
def test_a_copy_makes_all_items_in_their_order() -> None:
    code = """
items = made(lambda: ((n, f"ü{n}", os.getpid() != here) for n in range(3 * TOGETHER + 1)))
print(items == [(n, f"ü{n}", True) for n in range(3 * TOGETHER + 1)])
"""
    assert alone(code) == "True"


@linux
def test_a_copy_may_make_nothing() -> None:
    assert alone("print(made(list))") == "[]"


@linux
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(0)", "1 / 0"])
def test_what_a_copy_cannot_finish_is_done_here(end: str) -> None:
    code = f"""
def work():
    yield 1
    if os.getpid() != here:
        {end}
    yield 2

print(made(work))
"""
    assert alone(code) == "[1, 2]"


@linux
def test_an_error_is_raised_where_the_items_are_asked_for() -> None:
    code = """
def work():
    yield 1 / 0

with apart(work) as items:
    try:
        list(items())
    except ZeroDivisionError:
        print("raised")
"""
    assert alone(code) == "raised"


@linux
def test_a_copy_that_nobody_waits_for_is_ended() -> None:
    code = """
read, write = os.pipe()
try:
    with apart(lambda: [os.write(write, b"at work"), threading.Event().wait()]):
        print(os.read(read, 20).decode())
        raise KeyError
except KeyError:
    pass
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("nobody left")
"""
    assert alone(code).splitlines() == ["at work", "nobody left"]


@linux
def test_no_copy_is_made_beside_another_thread_or_for_little() -> None:
    thread = "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    assert alone(thread + "print(made(lambda: [os.getpid() == here]))") == "[True]"
    assert alone("print(made(lambda: [os.getpid() == here], worth_it=False))") == "[True]"


@linux
def test_an_index_is_the_same_whoever_has_worked_out_its_names(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    code = f"""
from pathlib import Path
from convenings.index.build import pipeline
from convenings.index.build.publish import fill_memory
from convenings.store.dataset import Dataset
found = []
for many in (0, 1 << 30):
    pipeline.MANY = many
    connection = fill_memory(Dataset({str(path)!r}), {{}})
    found.append(sorted(line for line in connection.iterdump() if not line.startswith("INSERT INTO \\"sqlite")))
print(len(found[0]) > 100, found[0] == found[1])
"""
    assert alone(code) == "True True"


def test_things_are_done_one_after_the_other() -> None:
    done: list[int] = []
    with Aside() as aside:
        for number in range(5):
            aside.do(lambda number=number: done.append(number))  # type: ignore[misc]
    assert done == [0, 1, 2, 3, 4]


def test_an_error_aside_is_raised_where_it_is_waited_for() -> None:
    aside = Aside()
    aside.do(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        aside.wait()
    aside.wait()


def test_an_error_is_not_hidden_by_one_aside() -> None:
    def fail() -> None:
        with Aside() as aside:
            aside.do(lambda: 1 / 0)
            raise KeyError("first")

    with pytest.raises(KeyError, match="first"):
        fail()


def test_what_goes_wrong_while_names_are_written_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = tmp_path / "set.json", tmp_path / "index.sqlite"
    factory.write(path)
    monkeypatch.setattr("convenings.index.sqlite.statements.INDEX_NAMES", "INSERT INTO nowhere VALUES (?, ?)")
    with pytest.raises(OSError, match="no such table"):
        build(Dataset.open(path), target, {})
    assert not list(tmp_path.glob("*.part"))
    assert not target.exists()
