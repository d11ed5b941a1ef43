"""Has a file that is imported read by a process of its own, within limits of memory and time."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from convenings.interchange import child
from convenings.interchange.apart import Cancelled, Limits, run_apart
from convenings.interchange.jobs import Job, run

__all__ = ["Cancelled", "Limits", "read_apart", "read_in_copy"]

MOST_COPIED = 10_000
"""Records of a dataset at most into which a copy of this process reads: it would have them all, and room for less."""

_ENCODER = msgspec.msgpack.Encoder()


def read_apart(
    job: Job,
    on_part: Callable[[bytes], None],
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
    limits: Limits | None = None,
) -> bytes:
    """Read a file in a process of its own; gives what :func:`~convenings.interchange.jobs.run` gives.

    Args:
        job: The file.
        on_part: Takes parts of the outcome that are done before the end, in this thread.
        on_progress: Told now and then which share of the file has been read.
        is_cancelled: Asked all the time whether to give it up.
        limits: What it may take; by the size of the file where absent.

    Raises:
        BadInput: Nothing of the file can be read, or not within the limits.
        Cancelled: It was given up.
    """
    limits = limits or _limits_of(job)
    return run_apart(child.__name__, job.file.name, _ENCODER.encode(job), limits, on_part, on_progress, is_cancelled)


def read_in_copy(job: Job, on_part: Callable[[bytes], None]) -> bytes:
    """What :func:`read_apart` does, for a command: in a copy of this process where that is small.

    A copy is there at once, where a second program takes a sixth of a second to start.
    """

    # It has the job as it stands, too.
    def answer(_: bytes, on_part: Callable[[bytes], None], on_progress: Callable[[float], None]) -> bytes:
        return run(job, on_part, on_progress)

    if len(job.used) > MOST_COPIED:
        return read_apart(job, on_part)
    return run_apart(child.__name__, job.file.name, _ENCODER.encode(job), _limits_of(job), on_part, answer=answer)


def _limits_of(job: Job) -> Limits:
    return Limits.of(len(job.file.data) + sum(map(len, job.file.parts.values())))
