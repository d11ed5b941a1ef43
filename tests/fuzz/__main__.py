"""Attacks the program, prints how often each kind of case ended how, and the first cases that ended wrong.

The exit code is 1 where any did. What such a case read is left in a folder that is named.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.fuzz import edit_kills, kills, pty_cases
from tests.fuzz.attack import attack, tell
from tests.fuzz.inputs import Inputs, Result


def cases(number_of: dict[str, int], seed: str, folder: Path, job: int, jobs: int) -> Iterator[Result]:
    """Run every case whose turn it is."""
    inputs = Inputs(folder, seed)
    for number in range(job, number_of["inputs"], jobs):
        yield inputs.run(number)
    for number in range(job, number_of["terminal"], jobs):
        yield inputs.in_turn(pty_cases.run(inputs, Random(f"{seed}-terminal-{number}")), number)
    for number in range(job, number_of["kills"], jobs):
        yield kills.run(folder, Random(f"{seed}-kill-{number}"), number)
    for number in range(job, number_of["edits"], jobs):
        yield edit_kills.run(folder, Random(f"{seed}-edit-{number}"), number)


def warm_up(seed: str, folder: Path) -> None:
    """Import in this process what its children need."""
    (folder / "warm").mkdir()
    Inputs(folder / "warm", seed).warm_up()


def main(argv: list[str] | None = None) -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    for name, usual in (("inputs", 20_000), ("terminal", 500), ("kills", 1_000), ("edits", 200)):
        parser.add_argument(f"--{name}", type=int, default=usual, metavar="N")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=4, metavar="N", help="at once; each mostly waits for a disk")
    args = parser.parse_args(argv)
    begin, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="fuzz-"))
    number_of = {name: getattr(args, name) for name in ("inputs", "terminal", "kills", "edits")}
    warm_up(args.seed, folder)
    results = attack(lambda job, own: cases(number_of, args.seed, own, job, args.jobs), folder, args.jobs)
    return tell(results, sum(number_of.values()), args.seed, begin, folder)


if __name__ == "__main__":
    sys.exit(main())
