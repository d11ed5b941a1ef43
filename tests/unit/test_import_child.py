"""Files are read by a child with limits of memory and time, which can be given up."""

from __future__ import annotations

import time

import msgspec
import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Source
from convenings.interchange import apart, jobs, process
from convenings.interchange.process import Cancelled, Limits, read_apart, read_in_copy
from convenings.interchange.reading import ForeignFile
from tests.unit.import_runs import mine


def job(data: bytes, name: str = "x.json") -> jobs.Job:
    return jobs.Job(file=ForeignFile(name=name, data=data), source=Source(id="source/x", label="x"))


def nothing(part: bytes) -> None:
    raise AssertionError("a small file comes in one piece")


def meetings(count: int) -> bytes:
    """A table of meetings, of which each row is an event with two people."""
    rows = (f"2031-05-{1 + n % 28:02},Minister {n % 7},Ana Lima {n},On weirs {n}" for n in range(count))
    return "\n".join(("Date,Minister,Met with,Purpose", *rows, "")).encode()


def test_a_child_gives_what_this_process_gives() -> None:
    data = mine()
    assert read_apart(job(data), nothing) == jobs.run(job(data), nothing)


def test_parts_of_a_large_table_come_in_order_while_it_is_read() -> None:
    apart: list[bytes] = []
    here: list[bytes] = []
    large = job(meetings(3000), "meetings.csv")
    assert read_apart(large, apart.append) == jobs.run(large, here.append)
    assert apart == here
    assert len(apart) > 1


@pytest.mark.parametrize("most", [0, 10])
def test_a_copy_gives_what_a_child_gives(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the dataset has too many records for a copy."""
    monkeypatch.setattr(process, "MOST_COPIED", most)
    apart: list[bytes] = []
    copied: list[bytes] = []
    large = msgspec.structs.replace(job(meetings(3000), "meetings.csv"), used=["event/ana"])
    assert read_in_copy(large, copied.append) == read_apart(large, apart.append)
    assert copied == apart


def test_a_refusal_of_a_copy_is_a_sentence() -> None:
    with pytest.raises(BadInput, match="no format"):
        read_in_copy(job(b"words"), nothing)


def test_what_fails_on_a_part_ends_the_child() -> None:
    def fail(part: bytes) -> None:
        raise KeyError(len(part))

    with pytest.raises(KeyError):
        read_apart(job(meetings(3000), "meetings.csv"), fail)


def test_a_child_is_given_up_between_two_parts() -> None:
    parts: list[bytes] = []
    with pytest.raises(Cancelled):
        read_apart(job(meetings(9000), "meetings.csv"), parts.append, is_cancelled=lambda: bool(parts))
    assert len(parts) == 1


def test_a_refusal_of_a_child_is_a_sentence() -> None:
    with pytest.raises(BadInput, match="no format"):
        read_apart(job(b"words"), nothing)


def test_a_child_that_takes_too_much_memory_is_a_sentence() -> None:
    with pytest.raises(BadInput, match=r"memory|stopped"):
        read_apart(job(mine()), nothing, limits=Limits(1 << 20, 30))


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0)
    with pytest.raises(BadInput, match="within 5 seconds"):
        read_apart(job(b" " * (30 << 20) + mine()), nothing, limits=Limits(0, 5))


def test_a_child_is_given_up_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(Cancelled):
        read_apart(job(mine()), nothing, is_cancelled=lambda: True)
    assert time.monotonic() - began < 5


def test_deep_nesting_is_a_sentence() -> None:
    head = b'{"dataset": {"1": {"format": 2, "title": "x", "id": '
    with pytest.raises(BadInput):
        read_apart(job(head + b"[" * 200_000), nothing)
