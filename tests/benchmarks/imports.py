"""How fast files of others come in: ``python -m tests.benchmarks.imports [--sample PATH]``.

The schedule and the table are made up, as large as real ones: a weekend of 773 talks in 108 rooms with 684 speakers and
3,000 links, and 26,562 meetings of ministers over five years. With ``--sample`` a real file is measured instead.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from convenings.domain.records import Source
from convenings.interchange.detection import format_of
from convenings.interchange.inputs import Input, content_of
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.run import Options, import_files
from convenings.store import canonical
from convenings.store.dataset import FORMAT, Dataset, Info
from tests.benchmarks.table import Row, markdown
from tests.benchmarks.terminal import descendants, proportional, take_turns

TALKS, ROOMS, TRACKS, SPEAKERS, LINKS = 773, 108, 108, 684, 4
MEETINGS = 26_562
WORDS = (
    "river", "lake", "weir", "canal", "delta", "water", "basin", "stream", "source", "bank", "lock", "ferry", "marsh",
    "tide", "spring", "flood", "dam",
)  # fmt: skip
AGAINST, SECONDS, TABLE_SECONDS, TABLE_MEGABYTES = 1.5, 1.0, 10.0, 350.0
_POLL = 0.02


def schedule(path: Path) -> Path:
    """Write a schedule as large as that of a big weekend."""
    rng = random.Random(1)

    def text(words: int) -> str:
        return " ".join(rng.choices(WORDS, k=words))

    rooms: dict[str, list[str]] = {}
    for number in range(TALKS):
        room = f"D.{number % ROOMS}"
        abstract = escape(f"<p>{text(90)}</p>\n<p>{text(60)} &amp; {text(20)}</p>")
        people = "".join(
            f'<person id="{1000 + who}">{WORDS[who % 17].title()} {WORDS[who // 17 % 17].title()}{who}</person>'
            for who in ([number % SPEAKERS] if number % 15 else rng.sample(range(SPEAKERS), 3))
        )
        links = "".join(f'<link href="https://water.example/{number}/{n}">{text(3)}</link>' for n in range(LINKS))
        rooms.setdefault(room, []).append(
            f'<event id="{number}"><start>{9 + number % 8:02}:{number % 4 * 15:02}</start><duration>00:25</duration>'
            f"<room>{room}</room><slug>talk_{number}</slug><title>{text(6).title()} {number}</title>"
            f"<subtitle></subtitle><track>Track {number % TRACKS}</track><type>devroom</type><language></language>"
            f"<abstract>{abstract}</abstract><description>{abstract}</description><persons>{people}</persons>"
            f"<attachments></attachments><links>{links}</links></event>\n"
        )
    days = "".join(
        f'<day index="{day}" date="2031-02-0{day}">'
        + "".join(f'<room name="{room}">{"".join(each[day - 1 :: 2])}</room>' for room, each in rooms.items())
        + "</day>"
        for day in (1, 2)
    )
    head = "<title>Water Days 2031</title><start>2031-02-01</start><end>2031-02-02</end><days>2</days>"
    path.write_text(f'<?xml version="1.0"?>\n<schedule><conference>{head}</conference>{days}</schedule>', "utf-8")
    return path


def meetings(path: Path) -> Path:
    """Write a table of the meetings of ministers."""
    rng = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "minister", "portfolio", "organisation", "purpose", "period", "page"])
        for number in range(MEETINGS):
            who = rng.randrange(12_000)
            body = f"{WORDS[who % 17].title()} {WORDS[who // 17 % 17].title()} {who} Ltd"
            day = f"20{14 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}"
            purpose = " ".join(rng.choices(WORDS, k=12))
            writer.writerow([day, f"Minister {number % 88}", "Water", body, purpose, "Q1", number % 40])
    return path


def against_one_insert(file: Path, pairs: int) -> Row:
    """An import in one process, against its own reader run to its end and one insert of what it gave."""
    data = content_of(Input(file)).data
    with tempfile.TemporaryDirectory() as folder:
        path, foreign = Path(folder, "all.json"), ForeignFile(name=Input(file).name, data=data)
        format_ = format_of(foreign)
        source = Source(id="source/file", label="file", type="data")

        def imported() -> float:
            path.unlink(missing_ok=True)
            began = time.perf_counter()
            import_files([file], path, Options(attach=False))
            return time.perf_counter() - began

        def read_and_inserted() -> float:
            path.unlink(missing_ok=True)
            began = time.perf_counter()
            thrown_away = Reading(foreign, source)
            format_.read(foreign, thrown_away)
            took = time.perf_counter() - began
            path.write_bytes(canonical.encode({"dataset": {"1": Info(format=FORMAT, title="Made up")}}))
            records = [thrown_away.source, *thrown_away.records.values()]
            began = time.perf_counter()
            Dataset.open(path).insert(records)
            return took + time.perf_counter() - began

        took = take_turns(imported, read_and_inserted, pairs)
    return Row(f"import of {file.name}, against reading and one insert", took.ratio, AGAINST, detail=took.figures)


def as_command(file: Path, seconds: float, megabytes: float | None, times: int) -> Iterator[Row]:
    """An import as a command: seconds to its end, and the most memory that its processes had together."""
    took, peak = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        names = {"CONVENINGS_DATA_DIR": f"{folder}/data", "CONVENINGS_CACHE_DIR": f"{folder}/cache"}
        for number in range(times):
            command = [sys.executable, "-m", "convenings", "import", str(file), "--into", f"{folder}/{number}.json"]
            began = time.perf_counter()
            process = subprocess.Popen(command, env=os.environ | names, stderr=subprocess.DEVNULL)
            while megabytes is not None and process.poll() is None:
                peak = max(peak, sum(map(proportional, (process.pid, *descendants(process.pid)))))
                time.sleep(_POLL)
            if process.wait():
                raise RuntimeError(f"{file} was not imported")
            took.append(time.perf_counter() - began)
    detail = f"the least of {times}" if times > 1 else ""
    yield Row(f"import of {file.name} as a command, s", min(took), seconds, detail=detail)
    if megabytes is not None:
        yield Row(f"import of {file.name} as a command: peak memory, MB", peak or float("nan"), megabytes)


def rows(folder: Path, pairs: int) -> Iterator[Row]:
    """All rows of made-up files."""
    talks = schedule(folder / "773-talks.xml")
    yield against_one_insert(talks, pairs)
    yield from as_command(talks, SECONDS, None, 5)
    yield from as_command(meetings(folder / "26562-meetings.csv"), TABLE_SECONDS, TABLE_MEGABYTES, 1)


def main(argv: list[str] | None = None) -> int:
    """Print the rows; 1 where a target is missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.imports", description=__doc__)
    parser.add_argument("--sample", metavar="PATH", type=Path, help="a real file, instead of the made-up ones")
    parser.add_argument("--pairs", metavar="N", type=int, default=7)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        measured = of_sample(args.sample, args.pairs) if args.sample else rows(Path(folder), args.pairs)
        table = list(measured)
    print(markdown(table))
    return 0 if all(row.met for row in table) else 1


def of_sample(file: Path, pairs: int) -> Iterator[Row]:
    """The rows of a real file."""
    yield against_one_insert(file, pairs)
    yield from as_command(file, TABLE_SECONDS, TABLE_MEGABYTES, 2)


if __name__ == "__main__":
    sys.exit(main())
