"""A terminal that runs the program, is typed into, and is read until it shows what is waited for."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pexpect
import pyte

from tests import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
ENTER_SCREEN, LEAVE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"
BYTES = {
    "enter": b"\r", "escape": b"\x1b", "tab": b"\t", "down": b"\x1b[B", "up": b"\x1b[A", "ctrl+p": b"\x10",
    "ctrl+c": b"\x03", "ctrl+q": b"\x11", "ctrl+z": b"\x1a",
}  # fmt: skip
"""Textual's name of a key to what a terminal sends for it."""
PROGRAM = (sys.executable, "-m", "convenings")
STARTER = """
import subprocess, sys, termios
child = subprocess.Popen(sys.argv[2:])
open(sys.argv[1], "w").write(str(child.pid))
code = child.wait()
state = termios.tcgetattr(0)[3]
print(f"left with {code}, echo {bool(state & termios.ECHO)}, lines {bool(state & termios.ICANON)}", flush=True)
"""
"""Runs a program as a shell does, and says how it left the terminal."""


class Terminal:
    """One terminal and the program in it."""

    def __init__(self, argv: Sequence[str], size: tuple[int, int], folder: Path, env: dict[str, str]) -> None:
        columns, rows = size
        self._pid_file = folder / "pid"
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = bytearray()
        """Everything the program has written."""
        self._child = pexpect.spawn(
            sys.executable,
            ["-c", STARTER, str(self._pid_file), *argv],
            dimensions=(rows, columns),
            env=env,
            cwd=str(folder),
            timeout=PATIENCE,
        )
        self._child.delaybeforesend = None

    @property
    def pid(self) -> int:
        """Process of the program."""
        self.wait(self._pid_file.exists, "the program to start")
        return int(self._pid_file.read_text())

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.screen.display)

    def press(self, *keys: str) -> None:
        """Send keys, by Textual's names, or ``type:`` and what is typed."""
        for key in keys:
            self._child.send(BYTES.get(key) or key.removeprefix("type:").encode())

    def find(self, text: str) -> None:
        """Open the palette, type, and go to the first hit."""
        self.press("ctrl+p")
        self.expect("Palette")
        self.press(f"type:{text}", "enter")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def expect(self, *texts: str, gone: Sequence[str] = ()) -> None:
        """Wait until all texts are on the screen, and others are not."""

        def here() -> bool:
            seen = self.text
            return all(text in seen for text in texts) and not any(text in seen for text in gone)

        self.wait(here, f"{texts} without {tuple(gone)}")

    def expect_end(self) -> str:
        """Wait until the program has left; what was said then."""
        self.wait(lambda: b"left with" in self.sent and self.sent.endswith(b"\n"), "the program to leave")
        return self.sent[self.sent.rindex(b"left with") :].decode().strip()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Read what the program writes until a condition holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            try:
                data = self._child.read_nonblocking(65536, timeout=0.05)
            except pexpect.TIMEOUT:
                data = b""
            except pexpect.EOF:
                if not condition():
                    self._fail(f"The program ended before {what}")
                return
            self.sent += data
            self._stream.feed(data)
            if time.monotonic() > deadline:
                self._fail(f"Waited in vain for {what}")

    def _fail(self, what: str) -> NoReturn:
        raise AssertionError(f"{what}\n{self.text}")

    def close(self) -> None:
        """End it, whatever state it is in."""
        self._child.close(force=True)


def environment(own_folders: Path, **more: str) -> dict[str, str]:
    """What the program is to see of the environment."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    path = os.pathsep.join([*filter(None, [kept.get("PYTHONPATH")]), str(ROOT / "src")])
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": path, "LC_ALL": "C.UTF-8"} | more


@contextmanager
def open_terminal(
    own_folders: Path, *arguments: str, size: tuple[int, int] = (80, 24), program: Sequence[str] = PROGRAM, **env: str
) -> Iterator[Terminal]:
    """Start the program in a terminal, and end it afterwards."""
    own_folders.mkdir(parents=True, exist_ok=True)
    terminal = Terminal([*program, *arguments], size, own_folders, environment(own_folders, **env))
    try:
        yield terminal
    finally:
        terminal.close()
