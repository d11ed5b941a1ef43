"""``python -m tests.benchmarks``: how fast the explorer is, against bare Textual and against what people use today."""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks import generate, peers, screen
from tests.benchmarks.subjects import Bare, Ours, compile_all
from tests.benchmarks.table import Row, machine, markdown, missing
from tests.benchmarks.terminal import Missed, take_turns

START_TARGET = 1.5
"""First paint on the bundled dataset, against bare Textual."""
SEED = 1
MAKERS: dict[str, Callable[[Path], peers.Peer]] = {
    "VisiData": peers.visidata,
    "fzf": peers.fzf,
    "harlequin": peers.harlequin,
}


def start(pairs: int) -> int:
    """Print the first paint on the bundled dataset against bare Textual; 1 where its target is missed, else 0."""
    from convenings.store.paths import bundled_dataset

    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(bundled_dataset(), Path(folder, "ours")).prepare()
        found = take_turns(ours.first_paint, Bare("hello", Path(folder, "bare")).first_paint, pairs)
    met = found.ratio <= START_TARGET
    said = f"first paint, bundled dataset, against bare Textual: {found.ratio:.2f} ({found.figures})"
    print(f"{said}; target {START_TARGET}: {'met' if met else 'missed'}")
    return 0 if met else 1


def everything(size: int, pairs: int, only: list[str], work: Path) -> int:
    """Print the whole table; 1 where a target is missed, else 0."""
    bench = prepared(size, pairs, work)
    rows: list[Row] = []
    for group in screen.GROUPS:
        if only and group.__name__ not in only:
            continue
        began = time.perf_counter()
        try:
            for row in group(bench):
                narrate(" ".join(filter(None, row.cells)))
                rows.append(row)
        except (Missed, subprocess.CalledProcessError) as why:
            rows.append(missing(f"{group.__name__}: the rest of it", why, math.inf))
            narrate(f"not measured: {why}")
        narrate(f"({group.__name__}: {time.perf_counter() - began:.0f} s)")
    print(markdown(rows))
    print()
    print(machine(f"{p.name} {p.version}" for p in bench.peers.values() if isinstance(p, peers.Peer)))
    for name, peer in bench.peers.items():
        if isinstance(peer, peers.Missing):
            print(f"Missing: {name} ({peer})")
    return 0 if all(row.met for row in rows) else 1


def prepared(size: int, pairs: int, work: Path) -> screen.Bench:
    """Everything that is needed for the measurements: datasets, indexes, peers."""
    work.mkdir(parents=True, exist_ok=True)
    narrate(f"preparing in {work}")
    ours: dict[int, Ours] = {}
    for each in sorted({1_000, 10_000, min(size, 100_000), size}):
        dataset = made(work / f"generated-{each}.json", partial(generate.write, each, seed=SEED))
        ours[each] = Ours(dataset, work / f"ours-{each}").prepare()
    table = made(work / f"generated-{size}.csv", partial(peers.write_csv, size, SEED))
    database = made(work / f"generated-{size}.sqlite", partial(peers.write_sqlite, table))
    bare = {which: Bare(which, work / "bare") for which in ("hello", "key", "input")}
    tables = {"VisiData": table, "fzf": table, "harlequin": database}
    return screen.Bench(ours, size, bare, {n: peer(n, work / "peers") for n in MAKERS}, tables, pairs)


def made(path: Path, make: Callable[[Path], None]) -> Path:
    """The file, made anew where it is older than what makes it."""
    makers = [Path(__file__).with_name(name) for name in ("generate.py", "programme.py", "words.py", "peers.py")]
    if not path.exists() or path.stat().st_mtime < max(maker.stat().st_mtime for maker in makers):
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        make(part)
        part.replace(path)
    return path


def peer(name: str, folder: Path) -> peers.Peer | peers.Missing:
    """A peer, or why there is none."""
    try:
        return MAKERS[name](folder)
    except peers.Missing as why:
        return why


def narrate(line: str) -> None:
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)


def work_folder() -> Path:
    """Where datasets and peers are kept between runs."""
    import platformdirs

    return platformdirs.user_cache_path("convenings-benchmarks", appauthor=False)


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--start", action="store_true", help="only the first paint on the bundled dataset")
    parser.add_argument("--quick", action="store_true", help="fewer pairs: figures to work by, not to quote")
    parser.add_argument("--size", metavar="N", type=int, default=100_000, help="records (default: 100000)")
    parser.add_argument("--work", metavar="FOLDER", type=Path, default=None, help="where datasets and peers are kept")
    names = [group.__name__ for group in screen.GROUPS]
    parser.add_argument("--only", action="append", default=[], choices=names, help="only these rows; may be repeated")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compile_all()
    if given.start:
        return start(7 if given.quick else 21)
    return everything(given.size, 5 if given.quick else 15, given.only, given.work or work_folder())


if __name__ == "__main__":
    sys.exit(main())
