"""How soon an edit is on the screen: ``python -m tests.benchmarks.edits [--size N ...] [--rounds N]``.

In a terminal, on a generated dataset of each size: from the key that saves a form until the record is shown as it is
then; until that is said to be on the disk; until the palette finds the new name, as all that follows from the edit is
there by then; and from the key that undoes it until the former name is shown.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from convenings.domain.kinds import GLYPHS
from tests.benchmarks import generate
from tests.benchmarks.subjects import Ours, compile_all
from tests.benchmarks.table import Row, markdown, missing
from tests.benchmarks.terminal import Missed, Terminal

SECONDS_SHOWN = 0.1
SECONDS_FOLLOWED = {10_000: 1.0, 100_000: 6.0}
"""Records of a dataset to the seconds in which all that follows from an edit is to be there."""
EDIT, CLEAR, SAVE, UNDO, PALETTE, ESCAPE, AGAIN = b"E", b"\x05\x15", b"\x13", b"Z", b"\x10", b"\x1b", b"\x7f"
SAVED, UNDONE = "Saved ·", "Undone:"
"""What is said once it is on the disk."""
TITLE = "Edit event "
"""What stands before the name of the record in the title of its form."""
RETYPED_AFTER = 0.25
"""Seconds after which the last letter of what is looked for is typed once more."""
SETTLED = 0.35
"""Seconds without anything drawn after which a form has settled: its cursor blinks 0.5 s after a key."""
PATIENCE = 20.0
NAMES = ("the record is shown", "it is said to be saved", "its new name is found", "its undo is shown")


def rows(size: int, rounds: int, folder: Path) -> Iterator[Row]:
    """The rows of one size."""
    dataset = folder / f"generated-{size}.json"
    generate.write(size, dataset)
    targets = (SECONDS_SHOWN, None, SECONDS_FOLLOWED.get(size), None)
    ours = Ours(dataset, folder / f"ours-{size}").prepare()
    try:
        with ours.ready() as terminal:
            times = [_round(terminal, number) for number in range(rounds)]
    except Missed as why:
        yield missing(f"edit at {size:,} records, seconds", " ".join(str(why).split()))
        return
    for name, target, seconds in zip(NAMES, targets, zip(*times, strict=True), strict=True):
        detail = f"median of {rounds}, {min(seconds):.3f} to {max(seconds):.3f}"
        yield Row(f"edit at {size:,} records: seconds until {name}", median(seconds), target, detail=detail)


def _round(terminal: Terminal, number: int) -> tuple[float, float, float, float]:
    """Rename the record that is shown, look for it, and undo it; seconds until each is on the screen."""
    word = f"zedit{number:03}"
    name = f"Renamed {word} meeting"
    terminal.key(EDIT)
    terminal.settle(SETTLED)
    former = terminal.text.partition(TITLE)[2][:12].rstrip()
    terminal.send(CLEAR)
    terminal.settle()
    terminal.send(name.encode())
    terminal.settle(SETTLED)
    sent = terminal.send(SAVE) - terminal.began
    shown = terminal.shown(f"{GLYPHS['event']} {name}", PATIENCE) - sent
    saved = terminal.shown(SAVED, PATIENCE) - sent
    terminal.settle()
    terminal.send(PALETTE)
    terminal.settle()
    followed = _found(terminal, word, name) - sent
    terminal.send(ESCAPE)
    terminal.settle(SETTLED)
    sent = terminal.send(UNDO) - terminal.began
    undone = terminal.shown(f"{GLYPHS['event']} {former}", PATIENCE) - sent
    terminal.shown(UNDONE, PATIENCE)
    # The next round begins with an index of what is there, and nothing under way.
    terminal.settle(max(2.0, followed))
    return shown, saved, followed, undone


def _found(terminal: Terminal, word: str, name: str) -> float:
    """Type a word, and its last letter again and again, until a record is found; seconds from the start."""
    terminal.send(word.encode())
    began = perf_counter()
    while True:
        try:
            return terminal.shown(name, RETYPED_AFTER)
        except Missed:
            if terminal.hung_up or perf_counter() - began > PATIENCE:
                raise
            terminal.send(AGAIN + word[-1:].encode())


def main() -> int:
    """Print the table; 1 where a target is missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.edits", description=__doc__)
    parser.add_argument("--size", metavar="N", type=int, action="append", help="records (default: 10000 and 100000)")
    parser.add_argument("--rounds", metavar="N", type=int, default=5, help="edits of each size (default: 5)")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compile_all()
    table: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in arguments.size or sorted(SECONDS_FOLLOWED):
            table += rows(size, arguments.rounds, Path(folder))
    print(markdown(table))
    return 0 if all(row.met for row in table) else 1


if __name__ == "__main__":
    sys.exit(main())
