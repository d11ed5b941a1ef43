"""Runs a part of the program in a process of its own that has everything imported already, and judges how it ended."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

MOST_MEMORY = 3 << 30
CPU_SECONDS = 20
"""Of work, which does not depend on what else the machine does; more counts as a hang."""
WALL_SECONDS = 180.0
"""Until something that does not even work counts as a hang."""
LONGEST_LINE = 6100
EXCEPTION = 70
"""Exit code of a process that an exception has ended."""
_OBEYED = frozenset(map(chr, (*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x2066)))


class Outcome(NamedTuple):
    """How a process ended."""

    code: int
    """Its exit code; the negative number of the signal that ended it."""
    out: str
    err: str


def run(work: Callable[[], int], folder: Path) -> Outcome:
    """Do something in a process of its own, with nothing on stdin."""
    paths = folder / "stdout", folder / "stderr"
    child = os.fork()
    if not child:
        _work(work, *paths)
    code = waited_for(child)
    texts = [path.read_bytes().decode("utf-8", "surrogateescape") for path in paths]
    return Outcome(code, *texts)


def waited_for(child: int, seconds: float = WALL_SECONDS) -> int:
    """The exit code of a process, which is killed where it takes too long."""
    deadline, pause = time.monotonic() + seconds, 0.0005
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _work(work: Callable[[], int], out: Path, err: Path) -> None:
    """The child: never comes back."""
    code = EXCEPTION
    try:
        for path, number in ((os.devnull, 0), (out, 1), (err, 2)):
            descriptor = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(descriptor, number)
        open_streams()
        limit()
        code = work()
    except SystemExit as stop:
        code = int(stop.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def open_streams() -> None:
    """Have this process's own streams, whatever its parent's were."""
    for number, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        mode = "r" if number == 0 else "w"
        setattr(sys, name, open(number, mode, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115


def limit() -> None:
    """Bound what this process may use."""
    # Says where it was when the time was up, and is killed a second later.
    faulthandler.register(signal.SIGXCPU, chain=False)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))


def judged(outcome: Outcome, argv: list[str], codes: tuple[int, ...] = (0, 1, 2)) -> str:
    """What is wrong with how a command ended: one word of :data:`FAULTS`; ``ok`` or ``refused`` where nothing is."""
    if outcome.code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "hang"
    if outcome.code == EXCEPTION or "Traceback (most recent" in outcome.err + outcome.out:
        return "traceback"
    if outcome.code not in codes:
        return "wrong exit code"
    lines = outcome.err.splitlines()
    if any(len(line) > LONGEST_LINE for line in lines):
        return "endless line"
    if outcome.code == 2 and not lines:
        return "refused without a word"
    if _OBEYED.intersection(outcome.err):
        return "obeyed by a terminal"
    if "--json" in argv and (outcome.code == 0 or outcome.out):
        try:
            json.loads(outcome.out)
        except ValueError:
            return "no JSON"
    elif "--csv" not in argv and _OBEYED.intersection(outcome.out):
        return "obeyed by a terminal"
    return "refused" if outcome.code == 2 else "ok"
