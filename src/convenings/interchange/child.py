"""Runs in a process of its own, which reads one file within limits of memory and time.

Standard input is a :class:`~convenings.interchange.jobs.Job`; what it says, and how, stands in
:mod:`~convenings.interchange.serving`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import msgspec

from convenings.interchange.serving import serve


def _read(job: bytes, on_part: Callable[[bytes], None], on_progress: Callable[[float], None]) -> bytes:
    from convenings.interchange.jobs import Job, run

    return run(msgspec.msgpack.decode(job, type=Job), on_part, on_progress)


if __name__ == "__main__":
    serve(sys.argv[1:], _read)
