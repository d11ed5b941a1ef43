"""A copy of a small process does a job on a file within the limits that hold for a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_PROGRAM = """
import os, sys
from convenings.domain.errors import BadInput
from convenings.interchange import apart, forking

forks = []
class Counted(forking.Fork):
    def __init__(self, *args):
        forks.append(os.getpid())
        super().__init__(*args)
apart.Fork = Counted

def upper(job, on_part, on_progress):
    print("a library says something")
    os.write(1, b"and so does its C")
    on_progress(0.5)
    return job.upper() * 100_000
def refuse(job, on_part, on_progress):
    raise BadInput("there is no such report", place="line 3")
def fall(job, on_part, on_progress):
    return 1 // 0
def fill(job, on_part, on_progress):
    return bytes(1 << 40)
def dawdle(job, on_part, on_progress):
    while True: pass
def vanish(job, on_part, on_progress):
    os._exit(7)

try:
    limits = apart.Limits(1 << 30, 1)
    outcome = apart.run_apart("no.such.module", "a.txt", b"words", limits, answer=globals()[sys.argv[1]])
    print(len(outcome), outcome[:10], len(forks))
except BadInput as error:
    print(error, len(forks))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("upper", "500000 b'WORDSWORDS' 1"),
        ("refuse", "there is no such report"),
        ("fall", "ZeroDivisionError"),
        ("fill", "to read it takes more than 1,024 MB of memory"),
        ("dawdle", "it was not read within 1 seconds of computing"),
        ("vanish", "the reader was stopped (exit code 7)"),
    ],
)
def test_a_copy_says_what_a_program_of_its_own_would_say(answer: str, sentence: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, answer], capture_output=True, text=True, timeout=60, check=True
    )
    assert sentence in done.stdout
    assert done.stdout.endswith(" 1\n")
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_a_program_with_threads_is_not_copied() -> None:
    with_thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
    done = subprocess.run(
        [sys.executable, "-c", with_thread + _PROGRAM, "upper"], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.endswith(" 0\n")
