"""Cases without a terminal: datasets, indexes, user files, queries, and keys in an explorer without a screen."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from convenings.__main__ import main
from convenings.index import seal
from convenings.index.stamp import index_path
from tests.driver import MEDIUM, NARROW, open_explorer
from tests.fuzz import forked
from tests.fuzz.mutate import KEYS, command, damaged, damaged_bytes, query
from tests.journeys import hostile
from tests.unit import factory

SHARES = {"dataset": 50, "index": 14, "user files": 10, "query": 21, "keys": 5}
"""Of a hundred cases, how many are of each kind."""
OWN = {
    "own": {"1": {"version": 1}},
    "marks": {"1": {"dataset": "D", "id": "person/ana"}},
    "notes": {"1": {"dataset": "D", "id": "event/day", "text": "Ask her."}},
    "sessions": {
        "1": {"dataset": "D", "data": {"subject": "person/ana", "pane": "timeline", "zoom": [737000.0, 30.0]}}
    },
    "settings": {"1": {"name": "theme", "value": "convenings-light"}},
    "attached": {"1": {"source": "source/rivers", "path": "/x", "text_hash": "0", "file": "/x"}},
}
KEYMAP = {"mark": "space", "quit": "f10", "palette": "ctrl+p"}


class Result(NamedTuple):
    """What has become of a case."""

    kind: str
    verdict: str
    """``ok``, ``refused``, or what is wrong."""
    repro: str = ""
    """What was run, and the last of what it said; only where something is wrong."""


class Inputs:
    """Makes and runs cases in a folder of its own; cache and data of the user lie in there, too.

    Args:
        folder: The folder.
        seed: With the number of a case, all that it is made from.
    """

    def __init__(self, folder: Path, seed: str) -> None:
        self.folder = folder
        self._seed = seed
        self._dataset = folder / "rivers.json"
        factory.write(self._dataset)
        self._hostile = folder / "hostile.json"
        factory.write(self._hostile, hostile.records())
        self._originals = {path: path.read_bytes() for path in (self._dataset, self._hostile)}
        self._values: dict[Path, Any] = {path: json.loads(data) for path, data in self._originals.items()}
        for name in ("cache", "data", "state"):
            os.environ[f"CONVENINGS_{name.upper()}_DIR"] = str(folder / name)
        self._expected: dict[tuple[str, ...], forked.Outcome] = {}

    def run(self, number: int) -> Result:
        """Run a case."""
        rng = Random(f"{self._seed}-{number}")
        kind = rng.choices([*SHARES], [*SHARES.values()])[0]
        self._restore()
        methods: dict[str, Callable[[Random], tuple[str, str]]] = {
            "dataset": self._dataset_case,
            "index": self._index_case,
            "user files": self._user_case,
            "query": self._query_case,
            "keys": self._keys_case,
        }
        verdict, repro = methods[kind](rng)
        if verdict not in ("ok", "refused"):
            self._keep(number)
            repro = f"case {number}: {repro}"
        return Result(kind, verdict, repro if verdict not in ("ok", "refused") else "")

    def warm_up(self) -> None:
        """Import all that cases need, so that none of them has to."""
        for argv in (*self._commands_of_index, ["stats"], ["attach"], ["check", str(self._dataset)], ["list", "--csv"]):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                main(argv if argv[-1] == str(self._dataset) else [*argv, "--dataset", str(self._dataset)])
        asyncio.run(
            _explored(self._dataset, NARROW, [["question_mark"], ["escape"], ["ctrl+p"], ["a", "enter"], ["n"]])
        )

    @property
    def datasets(self) -> tuple[Path, Path]:
        """Those that are right."""
        return self._dataset, self._hostile

    def in_turn(self, result: Result, number: int) -> Result:
        """A result of somebody else's in this folder; where it is a fault, what it read is kept."""
        if result.verdict in ("ok", "refused"):
            result = result._replace(repro="")
        else:
            self._keep(number)
        self._restore()
        return result

    def _restore(self) -> None:
        """Put the datasets back, which keys may have changed, and take away what the user had."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        for path, data in self._originals.items():
            if path.read_bytes() != data:
                for beside in self.folder.glob(f"{path.name}.convenings.*"):
                    beside.unlink()
                path.write_bytes(data)

    def _keep(self, number: int) -> None:
        """Put what a case read aside, to look at."""
        kept = self.folder / "faults" / str(number)
        kept.mkdir(parents=True, exist_ok=True)
        for path in self.folder.iterdir():
            if path.is_file():
                shutil.copy(path, kept)
        with suppress(OSError):
            shutil.copytree(self.folder / "data", kept / "data", dirs_exist_ok=True)

    def _command(self, argv: list[str]) -> tuple[str, str]:
        outcome = forked.run(lambda: main(argv), self.folder)
        return forked.judged(outcome, argv), _described(argv, outcome)

    def damaged_dataset(self, rng: Random) -> Path:
        """A dataset that is nearly right."""
        base = self._hostile if rng.random() < 0.25 else self._dataset
        path = self.folder / "damaged.json"
        path.write_bytes(damaged(rng, base.read_bytes(), self._values[base]))
        return path

    def _dataset_case(self, rng: Random) -> tuple[str, str]:
        path = self.damaged_dataset(rng)
        argv = command(rng) if rng.random() < 0.8 else rng.choice((["check", str(path)], ["format", str(path)]))
        return self._command([*argv, *(() if str(path) in argv else ("--dataset", str(path)))])

    def _query_case(self, rng: Random) -> tuple[str, str]:
        path = rng.choice((self._dataset, self._hostile))
        line = query(rng) if rng.random() < 0.9 else query(rng) * 200
        argv = rng.choice((["search", line], ["search", line, "--json"], ["list", "--filter", line], ["show", line]))
        if rng.random() < 0.3:
            argv = [rng.choice((*argv, "list", "--json", "--csv", "", "--x", line)) for _ in range(rng.randint(1, 4))]
            # Without a command it would be the explorer, for which there is no terminal here.
        return self._command([*argv, "--dataset", str(path)])

    @cached_property
    def _commands_of_index(self) -> list[list[str]]:
        words = [
            ["list", "event"],
            ["list", "--json"],
            ["search", "ana"],
            ["show", "person/ana"],
            ["show", "event/day", "--json"],
        ]
        return [[*each, "--dataset", str(self._dataset)] for each in words]

    def _index_case(self, rng: Random) -> tuple[str, str]:
        argv, index = rng.choice(self._commands_of_index), index_path(self._dataset)
        if tuple(argv) not in self._expected or not seal.is_whole(index):
            self._expected[tuple(argv)] = forked.run(lambda: main(argv), self.folder)
        data = index.read_bytes()
        match rng.randrange(6):
            case 0:
                seal.seal_of(index).write_bytes(damaged_bytes(rng, seal.seal_of(index).read_bytes()))
            case 1:
                index.write_bytes(damaged_bytes(rng, data))
            case 2:
                seal.seal_of(index).unlink()
            case _:
                at, status = rng.randrange(len(data)), index.stat()
                with index.open("rb+") as file:
                    file.seek(at)
                    file.write(bytes([data[at] ^ 1 << rng.randrange(8)]))
                os.utime(index, ns=(status.st_atime_ns, status.st_mtime_ns))
        outcome = forked.run(lambda: main(argv), self.folder)
        verdict = forked.judged(outcome, argv)
        if verdict == "ok" and outcome != self._expected[tuple(argv)]:
            verdict = "other text from a damaged index"
        return verdict, _described(argv, outcome)

    def write_user_files(self, rng: Random, dataset: Path) -> None:
        """Write files of the user that are nearly right."""
        folder = self.folder / "data"
        folder.mkdir(exist_ok=True)
        own = json.loads(json.dumps(OWN).replace('"D"', json.dumps(str(dataset))))
        for name, value in (("own.json", own), ("keymap.json", KEYMAP)):
            data = json.dumps(value).encode()
            (folder / name).write_bytes(damaged(rng, data, value) if rng.random() < 0.8 else data)

    def _user_case(self, rng: Random) -> tuple[str, str]:
        self.write_user_files(rng, self._dataset)
        if rng.random() < 0.3:
            return self._explore(rng, self._dataset, 3)
        more = (["list", "--filter", "is:marked"], ["list", "--filter", "is:noted", "--json"], ["attach"], ["--keys"])
        argv = rng.choice((*more, command(rng)))
        return self._command([*argv, *(() if argv == ["--keys"] else ("--dataset", str(self._dataset)))])

    def _keys_case(self, rng: Random) -> tuple[str, str]:
        path = self.damaged_dataset(rng) if rng.random() < 0.5 else rng.choice((self._dataset, self._hostile))
        return self._explore(rng, path, 40)

    def _explore(self, rng: Random, path: Path, number: int) -> tuple[str, str]:
        """Press keys in an explorer without a screen."""
        keys = [rng.choice(KEYS) for _ in range(rng.randint(1, number))]
        size = rng.choice((NARROW, MEDIUM, (40, 12), (20, 5)))

        bursts: list[list[str]] = []
        while keys:
            bursts.append(keys[: (n := rng.choice((1, 1, 5)))])
            keys = keys[n:]

        def work() -> int:
            from convenings.domain.errors import BadInput

            try:
                asyncio.run(_explored(path, size, bursts))
            except BadInput:
                print("refused")
                return 2
            return 0

        outcome = forked.run(work, self.folder)
        verdict = "refused" if outcome.code == 2 else forked.judged(outcome, [])
        return verdict, _described([str(size), path.name, *map(" ".join, bursts)], outcome)


async def _explored(path: Path, size: tuple[int, int], bursts: Iterable[Sequence[str]]) -> None:
    async with open_explorer(size, path, fresh=False) as user:
        for burst in bursts:
            if user.app.return_code is None:
                await user.burst(*burst)


def _described(argv: list[str], outcome: forked.Outcome) -> str:
    said = (outcome.err or outcome.out).strip()[-600:]
    return f"{' '.join(map(ascii, argv))[:500]} -> {outcome.code}\n      " + said.replace("\n", "\n      ")
