"""How a child process that reads a file says what it has to say, within limits of memory and time.

Standard input is a job. Standard output is a frame for each thing that there is to say: a letter, the length in four
bytes, and that many bytes. ``p`` is the share of the file that has been read, ``d`` a part of the outcome that is done
before the end, ``r`` the outcome, or the rest of it, ``e`` a refusal. After ``r`` or ``e`` it ends; where it ends
without, it was stopped or fell.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO, NoReturn

import msgspec

FRAME = struct.Struct(">cI")
"""What stands before each frame: its letter and its length."""
PROGRESS, PART, RESULT, REFUSAL = b"p", b"d", b"r", b"e"
SHARE = struct.Struct(">f")


class Refusal(msgspec.Struct):
    """Why nothing of the file can be read: the parts of a :class:`~convenings.domain.errors.BadInput`."""

    what: str
    place: str = ""
    hint: str = ""


Answer = Callable[[bytes, Callable[[bytes], None], Callable[[float], None]], bytes]
"""From a job, what takes parts of the outcome that are done before the end, and what is told of the progress (a share
from 0 to 1), to the outcome, or the rest of it; job and outcome as bytes."""


def serve(argv: list[str], answer: Answer) -> NoReturn:
    """Do the job on standard input, and end this process.

    Args:
        argv: The limits: bytes of memory and seconds of computing, 0 for none.
        answer: Does it; what it raises becomes a refusal.
    """
    memory, seconds = (int(text) for text in argv[:2])
    # Whatever a library prints must not come between the frames.
    out = os.dup(1)
    os.dup2(2, 1)
    do_job(sys.stdin.buffer.read, answer, out, memory, seconds)


def do_job(job: Callable[[], bytes], answer: Answer, descriptor: int, memory: int, seconds: int) -> NoReturn:
    """Do a job, say its outcome, and end this process.

    Args:
        job: Gives it.
        answer: Does it; what it raises becomes a refusal.
        descriptor: Where frames are written.
        memory: Bytes it may take; 0 for any number.
        seconds: Of computing; 0 for any number.
    """
    _limit(memory, seconds)
    out = os.fdopen(descriptor, "wb")
    try:
        letter, content = _answer(out, job, answer)
    except MemoryError:
        letter, content = REFUSAL, msgspec.msgpack.encode(too_much_memory(memory))
    _send(out, letter, content)
    out.flush()
    # Nothing is left to be done, and taking a million records apart takes long.
    os._exit(0)


def too_much_memory(memory: int) -> Refusal:
    """The refusal of a file that unpacks to more than there is room for."""
    what = f"to read it takes more than {memory >> 20:,} MB of memory"
    return Refusal(what, hint="give it in parts, or save it in a simpler format")


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:
        # There is no such thing on Windows, where only the time is limited, by whoever started this process.
        return
    # The time that kills is later than the one that says so, else either may come first.
    for which, limit, last in ((resource.RLIMIT_AS, memory, memory), (resource.RLIMIT_CPU, seconds, seconds + 2)):
        if limit:
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(which, (limit, last))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(out: BinaryIO, job: Callable[[], bytes], answer: Answer) -> tuple[bytes, bytes]:
    import gc

    from convenings.domain.errors import BadInput

    # Records hold no circles, and a million of them are slow to walk over.
    gc.disable()
    try:
        return RESULT, answer(
            job(),
            lambda part: _send(out, PART, part),
            lambda share: _send(out, PROGRESS, SHARE.pack(share)),
        )
    except BadInput as error:
        refusal = Refusal(error.what, error.place, error.hint)
    except MemoryError:
        raise
    except Exception as error:
        refusal = fallen(error)
    return REFUSAL, msgspec.msgpack.encode(refusal)


def fallen(error: Exception) -> Refusal:
    """The refusal where a reader meets what it does not expect."""
    what = f"the reader fell over something in it ({type(error).__name__}: {str(error)[:200]})"
    return Refusal(what.encode("utf-8", "replace").decode(), hint="tell us of it, or save it in another format")


def _send(out: BinaryIO, letter: bytes, content: bytes) -> None:
    out.write(FRAME.pack(letter, len(content)))
    out.write(content)
    out.flush()
