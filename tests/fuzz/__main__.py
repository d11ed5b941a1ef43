"""Attacks the program, prints how often each kind of case ended how, and the first cases that ended wrong.

The exit code is 1 where any did. What such a case read is left in a folder that is named.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

from tests.fuzz import kills, pty_cases
from tests.fuzz.inputs import Inputs, Result

REPROS = 3
"""Cases that are shown of each kind and fault."""


def cases(number_of: dict[str, int], seed: str, folder: Path, job: int, jobs: int) -> Iterator[Result]:
    """Run every case whose turn it is."""
    inputs = Inputs(folder, seed)
    for number in range(job, number_of["inputs"], jobs):
        yield inputs.run(number)
    for number in range(job, number_of["terminal"], jobs):
        yield inputs.in_turn(pty_cases.run(inputs, Random(f"{seed}-terminal-{number}")), number)
    for number in range(job, number_of["kills"], jobs):
        yield kills.run(folder, Random(f"{seed}-kill-{number}"), number)


def warm_up(seed: str, folder: Path) -> None:
    """Import in this process what its children need."""
    (folder / "warm").mkdir()
    Inputs(folder / "warm", seed).warm_up()


def attack(number_of: dict[str, int], seed: str, folder: Path, jobs: int) -> list[Result]:
    """Run all cases, in some processes at once; the result of each."""
    pipes = []
    for job in range(jobs):
        heard, said = os.pipe()
        if not os.fork():
            try:
                own = folder / f"job-{job}"
                own.mkdir()
                with open(said, "wb") as out:  # noqa: PTH123
                    for result in cases(number_of, seed, own, job, jobs):
                        out.write(msgspec.json.encode(result) + b"\n")
                        out.flush()
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                os._exit(0)
        os.close(said)
        pipes.append(heard)
    results: list[Result] = []
    for heard in pipes:
        with open(heard, "rb") as lines:  # noqa: PTH123
            results += [msgspec.json.decode(line, type=Result) for line in lines]
        os.wait()
    return results


def main(argv: list[str] | None = None) -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    for name, usual in (("inputs", 20_000), ("terminal", 500), ("kills", 1_000)):
        parser.add_argument(f"--{name}", type=int, default=usual, metavar="N")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=4, metavar="N", help="at once; each mostly waits for a disk")
    args = parser.parse_args(argv)
    begin, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="fuzz-"))
    number_of = {name: getattr(args, name) for name in ("inputs", "terminal", "kills")}
    warm_up(args.seed, folder)
    # What all processes have in common is not copied by the first of them that collects.
    gc.collect()
    gc.freeze()
    results = attack(number_of, args.seed, folder, args.jobs)
    counts: dict[str, Counter[str]] = {}
    for result in results:
        counts.setdefault(result.kind, Counter())[result.verdict] += 1
    for kind, verdicts in sorted(counts.items()):
        numbers = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(verdicts.items()))
        print(f"{kind}: {verdicts.total():,} cases, {numbers}")
    seen: Counter[tuple[str, str]] = Counter()
    for result in results:
        if result.verdict not in ("ok", "refused"):
            seen[result.kind, result.verdict] += 1
            if seen[result.kind, result.verdict] <= REPROS:
                print(f"\n{result.kind}, {result.verdict}: {result.repro}")
    missing = sum(number_of.values()) - len(results)
    took = f"{time.monotonic() - begin:.0f} s"
    print(f"\n{len(results):,} cases in {took}, seed {args.seed}: {seen.total():,} faults, {missing} not run")
    if seen:
        print(f"what they read is in {folder}")
    else:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
    return 1 if seen or missing else 0


if __name__ == "__main__":
    sys.exit(main())
