"""What a user sees and feels, measured in pseudo-terminals: start, keys, search, quit."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks import imports
from tests.benchmarks.peers import Missing, Peer
from tests.benchmarks.subjects import SIZES, Bare, Ours
from tests.benchmarks.table import Row, missing
from tests.benchmarks.terminal import Missed, Pairs, Terminal, take_turns

DOWN, CLEAR, PALETTE, QUIT = b"j", b"\x15", b"\x10", b"q"
TYPED_QUIET = 0.35
"""A cursor that blinks does so 0.5 s after a key, and fzf shows at shorter intervals how far it is."""


@dataclass
class Bench:
    """What the rows are measured with.

    Args:
        ours: the explorer by size of its dataset, each with a fresh index.
        size: the size that matters.
        bare: bare Textual by what it does.
        peers: name to peer, or to why it is missing.
        tables: name of a peer to the file it is given.
        pairs: how many pairs make a figure.
    """

    ours: dict[int, Ours]
    size: int
    bare: dict[str, Bare]
    peers: dict[str, Peer | Missing]
    tables: dict[str, Path]
    pairs: int

    @property
    def first_cell(self) -> str:
        """What the first row of the peers' table begins with."""
        with self.tables["VisiData"].open(encoding="utf-8") as file:
            return [next(file), next(file)][1][:12]

    @property
    def main(self) -> Ours:
        """The explorer on the dataset of the size that matters."""
        return self.ours[self.size]


def say(size: int) -> str:
    """A number of records in short."""
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1000}k"


def _row(what: str, target: float | None, measure: Callable[[], Pairs]) -> Row:
    """A row of a ratio, or of why there is none: a program did not do what was waited for."""
    try:
        found = measure()
    except Missed as why:
        return missing(what, f"not measured: {str(why)[:80]}", target)
    return Row(what, found.ratio, target, detail=found.figures)


def starts(bench: Bench) -> Iterator[Row]:
    """From the start of the process to data on the screen, with a fresh index."""
    hello = bench.bare["hello"].first_paint
    for size in sorted({1_000, bench.size}):
        what = f"start to first paint, {say(size)}, against bare Textual"
        measured = partial(take_turns, bench.ours[size].first_paint, hello, bench.pairs)
        yield _row(what, 1.2 if size > 100_000 else 1.15, measured)
    markers = {"VisiData": bench.first_cell, "harlequin": "main", "fzf": bench.first_cell}
    for name in markers:
        target = 0.8 if name == "VisiData" else None
        what, peer = f"start to first rows, {say(bench.size)}, against {name}", bench.peers[name]
        if isinstance(peer, Missing):
            yield missing(what, peer, target)
            continue
        theirs = peer.first_paint(bench.tables[name], markers[name])
        yield _row(what, target, partial(take_turns, bench.main.first_paint, theirs, bench.pairs))


def memory(bench: Bench) -> Iterator[Row]:
    """Resident memory once the first screen has settled, with what was started."""

    def held(program: Ours | Bare) -> float:
        with program.ready() as terminal:
            return sum(terminal.memory())

    found = take_turns(lambda: held(bench.main), lambda: held(bench.bare["hello"]), 3)
    detail = f"{median(found.ours):.0f} MB against {median(found.theirs):.0f} MB"
    yield Row(f"memory at start, {say(bench.size)}, against bare Textual", found.ratio, 1.5, detail=detail)


def cold(bench: Bench) -> Iterator[Row]:
    """With no index yet."""
    hello = bench.bare["hello"].first_paint

    def first_rows(ours: Ours) -> float:
        ours.forget_index()
        return ours.first_paint()

    def searchable(ours: Ours) -> float:
        ours.forget_index()
        with ours.start() as terminal:
            terminal.shown(ours.sample.first, timeout=900)
            terminal.send(PALETTE)
            terminal.settle()
            return _found(terminal, ours.sample.query, ours.sample.person)

    def whole(ours: Ours) -> float:
        ours.forget_index()
        with ours.start() as terminal:
            return terminal.shown(f"Indexed {bench.size:,} records", timeout=900)

    for size in (10_000, bench.size):
        what = f"no index: first rows, {say(size)}, against bare Textual"
        measured = partial(take_turns, partial(first_rows, bench.ours[size]), hello, bench.pairs, 45)
        yield _row(what, {10_000: 1.2, 100_000: 3.0}.get(size), measured)
    what = f"no index: names found in spite of a slip, {say(bench.size)}, against bare Textual"
    measured = partial(take_turns, partial(searchable, bench.main), hello, bench.pairs, 45)
    yield _row(what, 8.0 if bench.size == 100_000 else None, measured)
    what = f"no index: everything there, {say(bench.size)}, against bare Textual"
    yield _row(what, None, partial(take_turns, partial(whole, bench.main), hello, 3, 45))
    bench.main.prepare()


def _found(terminal: Terminal, query: str, wanted: str) -> float:
    """Type a query, and its last letter again and again; seconds from the start until a record is among the hits."""
    terminal.send(query.encode())
    began = perf_counter()
    while perf_counter() - began < 900:
        try:
            return terminal.shown(wanted, timeout=0.3)
        except Missed:
            if terminal.hung_up:
                raise
            terminal.send(b"\x7f" + query[-1].encode())
    raise Missed(f"'{wanted}' was never found")


def cursor(bench: Bench) -> Iterator[Row]:
    """A key that moves the cursor, all panes following."""
    what = "cursor key, {}x{}, {}, against {}"
    for size, target in (("small", 3.0), ("large", 4.0)):
        told = what.format(*SIZES[size], say(bench.size), "a bare Textual key")
        yield _row(told, target, partial(_keys, bench, partial(bench.bare["key"].ready, size), size))
    for size in ("small", "large"):
        told = what.format(*SIZES[size], say(bench.size), "VisiData's")
        peer = bench.peers["VisiData"]
        if isinstance(peer, Missing):
            yield missing(told, peer, 1.0)
            continue
        other = partial(peer.ready, bench.tables["VisiData"], bench.first_cell, size)
        yield _row(told, 1.0, partial(_keys, bench, other, size))


def _keys(bench: Bench, other: Callable[[], Terminal], size: str) -> Pairs:
    """Cursor keys in turns to ours and to another program."""
    with bench.main.ready(size) as ours, other() as theirs:
        return take_turns(partial(ours.key, DOWN), partial(theirs.key, DOWN), 2 * bench.pairs)


def panes(bench: Bench) -> Iterator[Row]:
    """A pane that comes to the screen, at this size and at 1k."""
    keys = iter(b"23415" * 100)
    pressed = b""

    def large() -> float:
        nonlocal pressed
        pressed = bytes([next(keys)])
        return ours.key(pressed)

    with bench.main.ready("small") as ours, bench.ours[1_000].ready("small") as few:
        found = take_turns(large, lambda: few.key(pressed), 2 * bench.pairs)
    yield Row(f"pane ready, {say(bench.size)}, against 1k", found.ratio, 1.2, detail=found.figures)


def search(bench: Bench) -> Iterator[Row]:
    """A key typed into the palette, to its results painted."""
    plain = bench.main.sample.words[: max(3, 2 * bench.pairs // 3)]
    # Two letters the wrong way round; the keys that count are those from the second of them on.
    slipped = [word[0] + word[2] + word[1] + word[3:] for word in plain]
    echo, large = bench.bare["input"], bench.size > 100_000

    def against_echo(words: Sequence[str], first: int) -> Pairs:
        with _palette(bench) as ours, echo.ready() as theirs:
            return _typed(ours, theirs, words, first)

    what = f"search key to painted result, {{}}, {say(bench.size)}, against a bare Textual Input"
    yield _row(what.format("plain"), 2.2, lambda: against_echo(plain, 0))
    yield _row(what.format("typo"), 5.0 if large else 3.5, lambda: against_echo(slipped, 2))
    what, peer = f"search key to painted result, {say(bench.size)}, against fzf", bench.peers["fzf"]
    if isinstance(peer, Missing):
        yield missing(what, peer, 0.05 if large else None)
        return
    lines = bench.size + 1

    def against_fzf() -> Pairs:
        with _palette(bench) as ours, peer.ready(bench.tables["fzf"], f"{lines}/{lines}") as theirs:
            return _typed(ours, theirs, plain, 0)

    yield _row(what, 0.05 if large else None, against_fzf)


def _palette(bench: Bench) -> Terminal:
    """The explorer with its palette open."""
    terminal = bench.main.ready()
    terminal.key(PALETTE, TYPED_QUIET)
    return terminal


def _typed(ours: Terminal, theirs: Terminal, words: Sequence[str], first: int) -> Pairs:
    """Type words into both, letter by letter in turns; letters before ``first`` don't count."""
    found = Pairs()
    for word in words:
        for at, letter in enumerate(word):
            times = [terminal.key(letter.encode(), TYPED_QUIET) for terminal in (ours, theirs)]
            if at >= first:
                found.ours.append(times[0])
                found.theirs.append(times[1])
        for terminal in (ours, theirs):
            terminal.send(CLEAR)
            terminal.settle(TYPED_QUIET)
    return found


def quits(bench: Bench) -> Iterator[Row]:
    """From the key to the end of the process."""

    def leave(program: Ours | Bare) -> float:
        with ExitStack() as stack:
            return stack.enter_context(program.ready()).quit(QUIT)

    found = take_turns(lambda: leave(bench.main), lambda: leave(bench.bare["hello"]), bench.pairs)
    yield Row("quit, against bare Textual", found.ratio, 0.5, detail=found.figures)


def engine(bench: Bench) -> Iterator[Row]:
    """Search, writing and building, without a screen."""
    ours, size = bench.main, say(bench.size)
    found = ours.measured("engine")
    detail = f"median {found['median']:.2g} ms, {found['over']:.0f} of 500 took 50 ms or more"
    yield Row(f"engine: slowest of 500 queries, {size}, ms", found["slowest"], 50, detail=detail)
    found = ours.measured("recall")
    for name, what, target in (
        ("reversed", "reversed order", 0.99),
        ("typo", "given name, typo in the family name", 0.98),
        ("characters", "two Chinese characters", 0.95),
    ):
        yield Row(f"recall at 10: {what}, {size}", found[name], target, at_least=True)
    found = bench.ours[min(bench.size, 100_000)].measured("insert")
    detail = f"{found['ours']:.4g} ms against {found['theirs']:.4g} ms, {found['pairs']:.0f} pairs"
    yield Row(
        f"durable insert, {say(min(bench.size, 100_000))}, against TinyDB's", found["ratio"], 0.125, detail=detail
    )
    yield from _writing(bench)
    yield from _building(bench)


def _writing(bench: Bench) -> Iterator[Row]:
    found = bench.main.measured("write")
    detail = f"{found['created']:.3g} s against {found['multiple']:.3g} s of TinyDB's insert_multiple"
    yield Row("100,000 records into a new file, s", found["created"], 3, detail=detail)
    ratio = found["created"] / found["multiple"]
    yield Row("100,000 records into a new file, against TinyDB's insert_multiple", ratio, detail=detail)
    yield Row("10,000 upserts into 100,000 records, s", found["upserted"], 2)
    yield Row("100 merges in one save at 5,000 records, s", found["merged"], 1)


def _building(bench: Bench) -> Iterator[Row]:
    built, parsed = [], []
    for _ in range(3 if bench.size <= 100_000 else 1):
        bench.main.forget_index()
        built.append(bench.main.measured("build"))
        parsed.append(bench.main.measured("parse")["seconds"])
    times = Pairs([found["seconds"] for found in built], parsed)
    size, peak = say(bench.size), max(found["megabytes"] for found in built)
    yield Row(f"index build: time, {size}, against parsing alone", times.ratio, 20, detail=times.figures)
    target = 1.5 if bench.size >= 1_000_000 else None
    yield Row(f"index build: peak memory, {size}, GB", peak / 1024 if peak else math.nan, target)


def bringing_in(bench: Bench) -> Iterator[Row]:
    """Files of others, imported."""
    with tempfile.TemporaryDirectory() as folder:
        yield from imports.rows(Path(folder), bench.pairs)


GROUPS = (starts, memory, cursor, panes, search, quits, cold, engine, bringing_in)
"""What is measured, in this order."""
