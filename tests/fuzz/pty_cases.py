"""Cases in a real terminal: a dataset is opened, bytes are typed, and the program is left again."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from random import Random

from convenings.__main__ import main
from tests.fuzz import forked
from tests.fuzz.inputs import Inputs, Result
from tests.fuzz.mutate import BYTES
from tests.terminal.terminal import ENTER_SCREEN, LEAVE_SCREEN

SIZES = ((24, 80), (36, 120), (12, 40), (5, 20), (50, 200))
LEAVING = (b"\x1b", b"\x1b", b"\x1b", b"\x11")
"""What leaves the program, whatever is open: ctrl+q at last."""
PATIENCE = 30.0
"""Seconds until it must have left, on a machine that has other things to do."""
QUIET = 0.15
"""Seconds without output after which nothing more is expected."""


def run(inputs: Inputs, rng: Random) -> Result:
    """One case."""
    path = inputs.damaged_dataset(rng) if rng.random() < 0.5 else rng.choice(inputs.datasets)
    if rng.random() < 0.4:
        inputs.write_user_files(rng, path)
    typed = [rng.choice(BYTES) for _ in range(rng.randint(1, 120))]
    child, terminal = pty.fork()
    if not child:
        program(str(path))
    rows, columns = rng.choice(SIZES)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        output, code = _attend(child, terminal, typed, rng)
    finally:
        os.close(terminal)
    verdict = _judged(output, code)
    keys = b"".join(typed)
    where = output[output.rfind(b"most recent call first") :][:1500] if verdict == "hang" else output[-600:]
    said = where.decode("utf-8", "replace").replace("\x1b", "␛").replace("\n", "\n      ")
    return Result("terminal", verdict, f"{path.name}, {keys!r} -> {code}\n      {said}")


def program(path: str) -> None:
    """Run the program on a dataset in the terminal of this process, a child that never comes back."""
    code = forked.EXCEPTION
    try:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        for name in ("COLUMNS", "LINES"):
            # They would stand for the size of the terminal.
            os.environ.pop(name, None)
        forked.open_streams()
        forked.limit()
        code = main([path])
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _attend(child: int, terminal: int, typed: list[bytes], rng: Random) -> tuple[bytes, int]:
    """Type, read and leave; all that the program wrote, and its exit code."""
    output, deadline = bytearray(), time.monotonic() + PATIENCE
    ended = _read(terminal, output, until=ENTER_SCREEN, seconds=30)
    while typed and not ended:
        number = rng.choice((1, 3, 20))
        some, typed = b"".join(typed[:number]), typed[number:]
        with suppress(OSError):
            os.write(terminal, some)
        if rng.random() < 0.05:
            rows, columns = rng.choice(SIZES)
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        ended = _read(terminal, output, seconds=0.01)
    while not ended and time.monotonic() < deadline:
        for key in LEAVING:
            with suppress(OSError):
                os.write(terminal, key)
            ended = _read(terminal, output, seconds=QUIET)
            if ended:
                break
    if not ended:
        # Has it say where it is.
        os.kill(child, signal.SIGXCPU)
        _read(terminal, output, seconds=1)
        os.kill(child, signal.SIGKILL)
    return bytes(output), forked.waited_for(child, 30)


def _read(terminal: int, output: bytearray, *, until: bytes = b"", seconds: float) -> bool:
    """Read until something was written or nothing comes for some time; whether the program has left."""
    while True:
        ready, _, _ = select.select([terminal], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:
            return True
        if not data:
            return True
        output += data
        if until and until in output:
            return False


def _judged(output: bytes, code: int) -> str:
    if code in (-signal.SIGKILL, -signal.SIGXCPU):
        return "hang"
    if b"Traceback" in output or code in (1, forked.EXCEPTION):
        return "traceback"
    if code not in (0, 2):
        return "wrong exit code"
    if ENTER_SCREEN in output and LEAVE_SCREEN not in output[output.rindex(ENTER_SCREEN) :]:
        return "terminal left as it was not"
    return "refused" if code == 2 else "ok"
