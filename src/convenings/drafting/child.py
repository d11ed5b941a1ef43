"""Runs in a process of its own, which reads and drafts one report within limits of memory and time.

Standard input is a :class:`~convenings.drafting.reading.ReportJob`; what it says, and how, stands in
:mod:`convenings.interchange.serving`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import msgspec

from convenings.drafting.reading import ReportJob, draft_here
from convenings.interchange.serving import serve


def _answer(job: bytes, on_progress: Callable[[float], None]) -> bytes:
    return msgspec.msgpack.encode(draft_here(msgspec.msgpack.decode(job, type=ReportJob)))


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1:], _answer))
