"""Datasets of any size, from the command line: ``python -m tests.benchmarks.generate N PATH [--seed S]``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.records import FORMAT, Record
from convenings.store.canonical import Info
from tests.benchmarks.programme import Programme

SMALLEST = 100
"""Fewer records than this cannot have the proportions."""

SHARES = {
    "event": 120, "person": 140, "organisation": 60, "place": 8, "initiative": 22, "question": 40, "topic": 20,
    "participation": 260, "membership": 80, "relation": 50, "statement": 150, "source": 10, "gap": 40,
}  # fmt: skip
"""Kind to how many of a thousand records are of it. Each source reports one event, which has about eleven sessions."""

_KIND_OF = {struct: kind for kind, struct in KINDS.items()}


def counts(size: int) -> dict[str, int]:
    """Kind to number of records; they add up to ``size``."""
    found = {kind: max(1, size * share // 1000) for kind, share in SHARES.items()}
    found["statement"] += size - sum(found.values())
    return found


def records(size: int, seed: int = 1) -> Iterator[Record]:
    """The records of a dataset, in the order of its file.

    Raises:
        ValueError: fewer than :data:`SMALLEST` are asked for.
    """
    if size < SMALLEST:
        raise ValueError(f"a dataset in these proportions has at least {SMALLEST} records")
    return Programme(size, counts(size), seed).records()


def write(size: int, path: Path, seed: int = 1) -> None:
    """Write a dataset in canonical form, record by record."""
    encode = msgspec.json.Encoder().encode
    info = Info(format=FORMAT, title=f"Generated programme {seed}", description=f"{size:,} generated records")
    with path.open("wb", buffering=1 << 20) as file:
        file.write(b'{\n"dataset": {\n"1": %s\n}' % encode(info))
        for struct, group in groupby(records(size, seed), type):
            file.write(b',\n"%s": {' % TABLES[_KIND_OF[struct]].encode())
            for number, record in enumerate(group, 1):
                file.write(b'%s\n"%d": %s' % (b"," if number > 1 else b"", number, encode(record)))
            file.write(b"\n}")
        file.write(b"\n}\n")


def main(argv: Iterable[str] | None = None) -> None:
    """Write a dataset from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.generate", description="Write a generated dataset."
    )
    parser.add_argument("size", metavar="N", type=int, help=f"how many records, at least {SMALLEST}")
    parser.add_argument("path", metavar="PATH", type=Path, help="file to write")
    parser.add_argument("--seed", metavar="S", type=int, default=1, help="another seed gives another dataset")
    given = parser.parse_args(None if argv is None else list(argv))
    if given.size < SMALLEST:
        parser.error(f"a dataset in these proportions has at least {SMALLEST} records")
    began = time.perf_counter()
    write(given.size, given.path, given.seed)
    size, took = given.path.stat().st_size / 1e6, time.perf_counter() - began
    print(f"{given.path}: {given.size:,} records, {size:.1f} MB, {took:.1f} s")


if __name__ == "__main__":
    main()
