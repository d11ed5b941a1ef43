"""Programs in a pseudo-terminal, timed as a user sees them: from the key sent to the last byte that draws anything.

Times are taken when bytes arrive and looked at afterwards, so that what this harness does with them is not measured.
Bytes that draw nothing (a cursor put where it was, a mode set again) are not waited for: VisiData writes such ones
every 0.1 s.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType

_ESCAPE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[ -/]+[0-~]|[0-OQ-Z\\^-~])"
)
_WHERE = b"\x1b[6n"
QUIET = 0.12
"""Seconds without anything drawn after which a screen counts as settled; seven frames of Textual."""


class Missed(RuntimeError):
    """A program did not do what it was waited for; the message says what, and ends with what was on its screen."""


@dataclass
class Pairs:
    """Times of two programs that took turns, in seconds."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Median of the ratios of the pairs."""
        return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def figures(self) -> str:
        """Both medians in milliseconds, and how many pairs there were."""
        return f"{median(self.ours) * 1000:.4g} ms against {median(self.theirs) * 1000:.4g} ms, {len(self.ours)} pairs"


def take_turns(
    ours: Callable[[], float], theirs: Callable[[], float], pairs: int, seconds: float = 60, at_least: int = 3
) -> Pairs:
    """Measure two things in turns, after one round that does not count.

    Args:
        ours: measures the first.
        theirs: measures the second.
        pairs: how many pairs.
        seconds: after so long it ends with fewer pairs.
        at_least: so many pairs are measured however long it takes.
    """
    ours(), theirs()
    found, began = Pairs(), time.perf_counter()
    while len(found.ours) < pairs and (len(found.ours) < at_least or time.perf_counter() - began < seconds):
        found.ours.append(ours())
        found.theirs.append(theirs())
    return found


class Terminal:
    """A program running in a pseudo-terminal of its own; killed on leaving the context.

    Args:
        argv: the program, by its path, and its arguments.
        env: its whole environment, besides that of a terminal with true colour.
        size: columns and rows.
    """

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (80, 24)) -> None:
        self.name = Path(argv[0]).name
        whole = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"} | dict(env)
        self._text = b""
        self._held = b""
        self._last = 0.0
        self._drawn = 0.0
        self._ended = False
        self._closed = False
        self.hung_up = False
        """Whether the program has closed its terminal, which it does by ending."""
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
                os.execve(argv[0], list(argv), whole)
            finally:
                os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @property
    def text(self) -> str:
        """What was written since the last key, without escape sequences."""
        return self._text.decode("utf-8", "replace")

    def close(self) -> None:
        """Kill the program and what it started, if it still runs."""
        if not self._ended:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self._ended = True
        if not self._closed:
            os.close(self._fd)
            self._closed = self.hung_up = True

    def shown(self, marker: str, timeout: float = 30) -> float:
        """Seconds from the start of the program, until a text has been written to the screen.

        Raises:
            Missed: it did not come in time, or the program ended.
        """
        wanted = marker.encode()
        deadline = time.perf_counter() + timeout
        while wanted not in self._text:
            if not self._read(deadline - time.perf_counter()) or self.hung_up:
                raise Missed(f"{self.name} did not show '{marker}': {self.text[-300:]!r}")
        return self._last - self.began

    def ready(self, marker: str, quiet: float, timeout: float = 60) -> Terminal:
        """The same terminal once it shows a text and has settled.

        Raises:
            Missed: it did not come in time; the program is killed then.
        """
        try:
            self.shown(marker, timeout)
        except Missed:
            self.close()
            raise
        self.settle(quiet)
        return self

    def settle(self, quiet: float = QUIET, timeout: float = 60) -> None:
        """Wait until nothing has been drawn for so many seconds."""
        now = time.perf_counter()
        deadline, self._drawn = now + timeout, max(now, self._drawn)
        while (left := min(deadline, self._drawn + quiet) - time.perf_counter()) > 0 and not self.hung_up:
            self._read(left)

    def send(self, keys: bytes) -> float:
        """Send keys and give the time at which they were sent; what was written before is forgotten."""
        self._text, self._held = b"", b""
        sent = time.perf_counter()
        os.write(self._fd, keys)
        return sent

    def key(self, keys: bytes, quiet: float = QUIET, timeout: float = 30) -> float:
        """Send keys; seconds until the last byte drawn before the screen settled.

        Raises:
            Missed: nothing was drawn at all.
        """
        sent = self.send(keys)
        while self._drawn < sent:
            if not self._read(sent + timeout - time.perf_counter()) or self.hung_up:
                raise Missed(f"{self.name} drew nothing after {keys!r}: {self.text[-300:]!r}")
        while (left := self._drawn + quiet - time.perf_counter()) > 0 and not self.hung_up:
            self._read(left)
        return self._drawn - sent

    def quit(self, keys: bytes, timeout: float = 10) -> float:
        """Send the keys that end the program; seconds until its process is gone.

        Raises:
            Missed: it went on.
        """
        sent = self.send(keys)
        while time.perf_counter() - sent < timeout:
            if not self._read(0.0005) and self.hung_up:
                time.sleep(0.0002)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                gone = time.perf_counter()
                self._ended = True
                return gone - sent
        raise Missed(f"{self.name} did not end after {keys!r}")

    def memory(self) -> tuple[float, float]:
        """Resident megabytes of the process, and of everything it has started; NaN where the system has no /proc."""
        return resident(self.pid), sum(resident(child) for child in descendants(self.pid))

    def _read(self, timeout: float) -> bool:
        """Take in what was written; False where nothing came in time."""
        if self.hung_up or not select.select([self._fd], [], [], max(0.0, timeout))[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            # Linux says so when the last writer of a pseudo-terminal has gone.
            data = b""
        if not data:
            self.hung_up = True
            return False
        self._last = time.perf_counter()
        if _WHERE in data:
            os.write(self._fd, b"\x1b[1;1R")
        data = self._held + data
        start = data.rfind(b"\x1b", max(0, len(data) - 200))
        whole = len(data) if start < 0 or _ESCAPE.match(data, start) else start
        plain = _ESCAPE.sub(b"", data[:whole])
        self._text += plain
        if plain.strip():
            self._drawn = self._last
        self._held = data[whole:]
        return True


def resident(pid: int) -> float:
    """Resident megabytes of a process; NaN where the system has no /proc, 0 where it is gone."""
    if not Path("/proc/self/status").exists():
        return float("nan")
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def proportional(pid: int) -> float:
    """Megabytes of a process, with its share of what it shares with others; 0 where the system does not tell."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def descendants(pid: int) -> list[int]:
    """Processes that a process has started, and those that they have."""
    found: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += [child, *descendants(child)]
    return found
