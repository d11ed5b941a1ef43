"""What all attacks have in common: cases run by several processes at once, and what is printed of how they ended."""

from __future__ import annotations

import gc
import os
import shutil
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from tests.fuzz.inputs import Result

REPROS = 3
"""Cases that are shown of each kind and fault."""

CasesOf = Callable[[int, Path], Iterable[Result]]
"""From the number of a process and a folder of its own to the results of the cases whose turn it is there."""


def attack(cases_of: CasesOf, folder: Path, jobs: int) -> list[Result]:
    """Run all cases, in some processes at once that have everything imported already; the result of each."""
    # What all processes have in common is not copied by the first of them that collects.
    gc.collect()
    gc.freeze()
    pipes = []
    for job in range(jobs):
        heard, said = os.pipe()
        if not os.fork():
            try:
                own = folder / f"job-{job}"
                own.mkdir()
                with open(said, "wb") as out:  # noqa: PTH123
                    for result in cases_of(job, own):
                        out.write(msgspec.json.encode(result) + b"\n")
                        out.flush()
            except BaseException:
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


def lines(results: Sequence[Result]) -> Iterator[str]:
    """How often each kind of case ended how, and the first cases that ended wrong."""
    counts: dict[str, Counter[str]] = {}
    for result in results:
        counts.setdefault(result.kind, Counter())[result.verdict] += 1
    for kind, verdicts in sorted(counts.items()):
        numbers = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(verdicts.items()))
        yield f"{kind}: {verdicts.total():,} cases, {numbers}"
    shown: Counter[tuple[str, str]] = Counter()
    for result in filter(is_fault, results):
        shown[result.kind, result.verdict] += 1
        if shown[result.kind, result.verdict] <= REPROS:
            yield f"\n{result.kind}, {result.verdict}: {result.repro}"


def is_fault(result: Result) -> bool:
    """Whether a case ended wrong."""
    return result.verdict not in ("ok", "refused")


def tell(results: Sequence[Result], wanted: int, seed: str, begin: float, folder: Path) -> int:
    """Print what has become of the cases, and remove the folder unless some ended wrong; gives the exit code.

    Args:
        results: Of the cases that were run.
        wanted: How many there were to be.
        seed: What they were made from.
        begin: When it began, by the monotonic clock.
        folder: In which everything happened.
    """
    print("\n".join(lines(results)))
    faults, missing = sum(map(is_fault, results)), wanted - len(results)
    took = f"{time.monotonic() - begin:.0f} s"
    print(f"\n{len(results):,} cases in {took}, seed {seed}: {faults:,} faults, {missing} not run")
    if faults:
        print(f"what they read is in {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults or missing else 0
