"""Has a file read by a process of its own, within limits of memory and time, and can end it at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

import msgspec

from convenings.domain.errors import BadInput
from convenings.interchange import serving
from convenings.interchange.forking import Fork

BASE_MEMORY, MEMORY_PER_BYTE, MOST_MEMORY = 768 << 20, 32, 6 << 30
"""Bytes of memory for any file, for each byte of it, and for the largest."""
BASE_SECONDS, SECONDS_PER_MB = 30, 4
"""Seconds of computing for any file, and for each megabyte of it."""
PATIENCE = 4
"""How many times longer it may take by the clock, as others compute, too."""
_POLL = 0.05


class Cancelled(Exception):
    """The user has given it up."""


class Limits(msgspec.Struct, frozen=True):
    """What the reading of a file may take."""

    memory: int
    """Bytes; 0 for any number."""
    seconds: int
    """Of computing."""

    @classmethod
    def of(cls, size: int) -> Limits:
        """For a file of so many bytes."""
        memory = min(BASE_MEMORY + size * MEMORY_PER_BYTE, MOST_MEMORY)
        return cls(memory, BASE_SECONDS + SECONDS_PER_MB * (size >> 20))


def run_apart(
    module: str,
    name: str,
    job: bytes,
    limits: Limits,
    on_part: Callable[[bytes], None] = lambda part: None,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
    answer: serving.Answer | None = None,
) -> bytes:
    """Have a module do a job on a file in a process of its own; gives the bytes of the rest of its outcome.

    Args:
        module: What runs there; it calls :func:`~convenings.interchange.serving.serve`.
        name: The file, for messages.
        job: What it reads from standard input.
        limits: What it may take.
        on_part: Takes, in this thread and in their order, the bytes of parts of the outcome that are done before the
            end; a job that gives none needs none.
        on_progress: Told now and then which share of the file has been read.
        is_cancelled: Asked all the time whether to give it up.
        answer: What a copy of this process may do in place of the module, where this process is small: a command, and
            no explorer. A copy is there at once, and a second program takes 0.1 s to start.

    Raises:
        BadInput: Nothing of the file can be read, or not within the limits.
        Cancelled: It was given up.
    """
    process = _start(module, job, limits, answer)
    frames = _Frames(process, job)
    end = time.monotonic() + PATIENCE * limits.seconds
    try:
        while (part := frames.next_part(_POLL)) is not None:
            if is_cancelled():
                raise Cancelled
            if time.monotonic() > end and not frames.has_ended:
                raise _too_slow(name, limits)
            if on_progress is not None:
                on_progress(frames.share)
            if part:
                on_part(part)
    finally:
        process.kill()
        process.wait()
        frames.close()
    if frames.result is not None:
        return frames.result
    if frames.refusal is not None:
        refusal = frames.refusal
        raise BadInput(refusal.what, file=name, place=refusal.place, hint=refusal.hint)
    raise _end_without_word(name, limits, frames.code)


def _start(module: str, job: bytes, limits: Limits, answer: serving.Answer | None) -> subprocess.Popen[bytes] | Fork:
    # A copy has only the thread that makes it: what others were doing would stay half done in it.
    if answer is not None and hasattr(os, "fork") and threading.active_count() == 1:
        return Fork(job, answer, limits.memory, limits.seconds)
    command = [sys.executable, "-m", module, str(limits.memory), str(limits.seconds)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    )


class _Frames:
    """What a child says, heard by threads of their own so that neither side waits for the other for ever."""

    def __init__(self, process: subprocess.Popen[bytes] | Fork, job: bytes) -> None:
        self.share = 0.0
        self.result: bytes | None = None
        self.refusal: serving.Refusal | None = None
        self.code = 0
        self._process = process
        self._parts: SimpleQueue[bytes | None] = SimpleQueue()
        """Parts of the outcome that nobody has asked for yet; nothing behind the last one, once the child has ended."""
        self._writer = threading.Thread(target=self._write, args=(job,), daemon=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._writer.start()
        self._reader.start()

    def next_part(self, seconds: float) -> bytes | None:
        """The next part of the outcome; empty where none has come within some seconds, nothing behind the last one."""
        try:
            return self._parts.get(timeout=seconds)
        except Empty:
            return b""

    @property
    def has_ended(self) -> bool:
        """Whether the child says no more."""
        return not self._reader.is_alive()

    def close(self) -> None:
        """Let go of the pipes, once the child has ended."""
        self._reader.join()
        self._writer.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _write(self, job: bytes) -> None:
        if self._process.stdin is None:
            return
        # A child that has fallen reads no more.
        with suppress(OSError):
            self._process.stdin.write(job)
        with suppress(OSError):
            self._process.stdin.close()

    def _read(self) -> None:
        try:
            self._hear()
        finally:
            # Whoever waits for parts is to wait no longer, whatever has gone wrong.
            self._parts.put(None)

    def _hear(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while len(head := stream.read(serving.FRAME.size)) == serving.FRAME.size:
            letter, length = serving.FRAME.unpack(head)
            content = stream.read(length)
            if len(content) < length:
                break
            if letter == serving.PROGRESS:
                (self.share,) = serving.SHARE.unpack(content)
            elif letter == serving.REFUSAL:
                self.refusal = msgspec.msgpack.decode(content, type=serving.Refusal)
            elif letter == serving.PART:
                self._parts.put(content)
            else:
                self.result = content
        if self.result is None and self.refusal is None:
            self.code = self._process.wait()


def _environment() -> dict[str, str]:
    """That of this process, with the folder of the package in the path: the child is to run these sources."""
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
    return os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


def _too_slow(name: str, limits: Limits) -> BadInput:
    what = f"it was not read within {limits.seconds} seconds of computing"
    return BadInput(what, file=name, hint="give it in parts, or save it in a simpler format")


def _end_without_word(name: str, limits: Limits, code: int) -> BadInput:
    """Why a child ended without an outcome: by its exit code, which is a signal where it is negative."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return _too_slow(name, limits)
    if code in (-getattr(signal, "SIGABRT", 0), -getattr(signal, "SIGSEGV", 0), -getattr(signal, "SIGBUS", 0)):
        refusal = serving.too_much_memory(limits.memory)
        what = f"the reader crashed, most likely as {refusal.what}"
        return BadInput(what, file=name, hint=refusal.hint)
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    hint = "try again; if it is stopped again, give the file in parts"
    return BadInput(f"the reader was stopped ({how})", file=name, hint=hint)
