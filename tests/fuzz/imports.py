"""Attacks import with files that are nearly right: ``python -m tests.fuzz.imports --cases N --seed S``.

Each case is a made-up file of one format with some things done to its bytes, imported into a new dataset. Wrong is a
traceback, a hang, a refusal without a word, and a dataset that the check faults. Prints how often each format ended
how, and the first cases that ended wrong; the exit code is 1 where any did.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from convenings.domain.errors import BadInput
from convenings.interchange import jobs
from convenings.interchange.run import Options, import_files
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.foreign_files import every_file
from tests.fuzz import forked
from tests.fuzz.attack import attack, tell
from tests.fuzz.inputs import Result
from tests.fuzz.mutate import damaged_bytes
from tests.journeys.hostile import NASTY

CHECK_FAILED = 71
"""Exit code of a case after which the dataset has a fault."""
WORDS = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        *NASTY.values(), "9" * 5000, "-1", "99999-99-99", "2021-02-30", "24:61", "PT999999999H", "=1+1", "<b>", "&x;",
        "<!DOCTYPE a [<!ENTITY x 'y'>]>", "]]>", "RRULE:FREQ=SECONDLY", "TZID=Nowhere/At All",
        "DTSTART:99999999T999999",
        "\r\n", "\n", "\t", ";", ",", '"', "'", "\\", "\\n", "{", "}", "[", "]", ":", "null", "NaN", "1e999",
    )
)  # fmt: skip


def mutated(rng: Random, data: bytes) -> bytes:
    """Bytes with some things done to them, packed now and then."""
    if rng.random() < 0.6:
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(len(data) + 1)
            end = min(len(data), at + rng.choice((0, 0, 1, 4, 30)))
            data = data[:at] + rng.choice(WORDS) + data[end:]
    if rng.random() < 0.6:
        data = damaged_bytes(rng, data)
    if rng.random() < 0.05:
        data = gzip.compress(data)
        data = damaged_bytes(rng, data) if rng.random() < 0.5 else data
    return data


def case(number: int, seed: str, folder: Path, every: dict[str, bytes]) -> Result:
    """Run a case."""
    rng = Random(f"{seed}-import-{number}")
    name = rng.choice([*every])
    path, into = folder / name, folder / "all.json"
    path.write_bytes(mutated(rng, every[name]))
    into.unlink(missing_ok=True)
    outcome = forked.run(lambda: _import(path, into), folder)
    verdict = "faults in the dataset" if outcome.code == CHECK_FAILED else forked.judged(outcome, [])
    if verdict in ("ok", "refused"):
        return Result(path.suffix, verdict)
    path.rename(folder.parent / f"fault-{number}-{name}")
    return Result(path.suffix, verdict, f"case {number}, {name}: {(outcome.err + outcome.out)[-1500:]}")


def _import(path: Path, into: Path) -> int:
    try:
        report = import_files([path], into, Options(attach=False), reader=jobs.run)
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2
    if not report.is_read:
        print(report.files[0].error, file=sys.stderr)
        return 2
    faults = check(Dataset.open(into))
    print("\n".join(map(str, faults[:3])), file=sys.stderr)
    return CHECK_FAILED if faults else 0


def warm_up(folder: Path, every: dict[str, bytes]) -> None:
    """Import in this process what its children need; every file as it is comes in."""
    folder.mkdir()
    for name, data in every.items():
        (folder / name).write_bytes(data)
        report = import_files([folder / name], folder / f"{name}.all.json", Options(attach=False))
        if not report.is_sound:
            raise SystemExit(f"{name}, as it is: {report.as_object()}")


def main(argv: list[str] | None = None) -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.imports", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, metavar="N")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    args = parser.parse_args(argv)
    begin, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="fuzz-imports-"))
    every = every_file()
    warm_up(folder / "warm", every)

    def cases_of(job: int, own: Path) -> Iterator[Result]:
        return (case(number, args.seed, own, every) for number in range(job, args.cases, args.jobs))

    results = attack(cases_of, folder, args.jobs)
    return tell(results, args.cases, args.seed, begin, folder)


if __name__ == "__main__":
    sys.exit(main())
