"""Files are read by a child with limits of memory and time, which can be given up."""

from __future__ import annotations

import time

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Source
from convenings.interchange import apart, jobs
from convenings.interchange.process import Cancelled, Limits, read_apart
from convenings.interchange.reading import ForeignFile
from tests.unit.test_import import mine


def job(data: bytes, name: str = "x.json") -> jobs.Job:
    return jobs.Job(file=ForeignFile(name=name, data=data), source=Source(id="source/x", label="x"))


def test_a_child_gives_what_this_process_gives() -> None:
    data = mine()
    assert read_apart(job(data)) == jobs.run(job(data))


def test_a_refusal_of_a_child_is_a_sentence() -> None:
    with pytest.raises(BadInput, match="no format"):
        read_apart(job(b"words"))


def test_a_child_that_takes_too_much_memory_is_a_sentence() -> None:
    with pytest.raises(BadInput, match=r"memory|stopped"):
        read_apart(job(mine()), limits=Limits(1 << 20, 30))


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0)
    with pytest.raises(BadInput, match="within 5 seconds"):
        read_apart(job(b" " * (30 << 20) + mine()), limits=Limits(0, 5))


def test_a_child_is_given_up_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(Cancelled):
        read_apart(job(mine()), is_cancelled=lambda: True)
    assert time.monotonic() - began < 5


def test_deep_nesting_is_a_sentence() -> None:
    head = b'{"dataset": {"1": {"format": 2, "title": "x", "id": '
    with pytest.raises(BadInput):
        read_apart(job(head + b"[" * 200_000))
