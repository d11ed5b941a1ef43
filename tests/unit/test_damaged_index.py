"""An index whose file is not what its builder wrote is made anew, and never answers."""

from __future__ import annotations

import os
import random
from contextlib import closing
from pathlib import Path

import pytest

from convenings.index import seal
from convenings.index.model import ReadModel
from convenings.index.open import discard_damaged, open_model, peek_model
from convenings.index.stamp import index_path
from tests.unit import factory
from tests.unit.cli_records import Run


@pytest.fixture
def index(rivers: Path) -> Path:
    """The index of a dataset."""
    open_model(rivers).close()
    return index_path(rivers)


def flip(index: Path, at: int, bit: int) -> None:
    """Change one bit, and set the time back."""
    status = index.stat()
    with index.open("rb+") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))
    os.utime(index, ns=(status.st_atime_ns, status.st_mtime_ns))


COMMANDS = (("list", "event"), ("list", "person", "--json"), ("show", "event/day"), ("search", "ana"))


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_bit_changes_no_answer(run: Run, rivers: Path, index: Path, seed: int) -> None:
    rng = random.Random(seed)
    command = rng.choice(COMMANDS)
    whole = run(*command, "--dataset", rivers)
    assert whole[0] == 0
    flip(index, rng.randrange(index.stat().st_size), rng.randrange(8))
    assert run(*command, "--dataset", rivers) == whole
    assert not seal.is_damaged(index)


@pytest.mark.parametrize(
    "harm", ["truncated", "emptied", "garbage", "other index", "no seal", "bad seal", "seal of another"]
)
def test_an_index_that_is_not_what_was_sealed_is_made_anew(
    run: Run, rivers: Path, index: Path, tmp_path: Path, harm: str
) -> None:
    whole = run("list", "--json", "--dataset", rivers)
    other = tmp_path / "other.json"
    factory.write(other, factory.records()[:3])
    open_model(other).close()
    data = index.read_bytes()
    match harm:
        case "truncated":
            index.write_bytes(data[: len(data) // 2])
        case "emptied":
            index.write_bytes(b"")
        case "garbage":
            index.write_bytes(data[:8192] + bytes(len(data) - 8192))
        case "other index":
            index.write_bytes(index_path(other).read_bytes())
        case "no seal":
            seal.seal_of(index).unlink()
        case "bad seal":
            seal.seal_of(index).write_bytes(b"[[")
        case _:
            seal.seal_of(index).write_bytes(seal.seal_of(index_path(other)).read_bytes())
    assert run("list", "--json", "--dataset", rivers) == whole
    assert index.read_bytes()[:16] == data[:16]
    assert seal.is_whole(index)


def test_a_copy_with_the_same_bytes_is_taken_and_sealed_again(rivers: Path, index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(index.read_bytes())
    copy.replace(index)
    inode = index.stat().st_ino
    with closing(open_model(rivers)) as model:
        assert model.label("person/ana") == "Ana Lima"
    assert index.stat().st_ino == inode
    assert seal.seal_of(index).read_bytes().startswith(f"[[{index.stat().st_size},".encode())


def test_the_bytes_are_not_summed_where_the_state_is_as_it_was(
    rivers: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "checksum", lambda _: pytest.fail("summed"))
    open_model(rivers).close()
    assert seal.is_whole(index)


def seal_as_it_is(index: Path) -> None:
    """Let the seal say of the damaged file that it has been so all the time, as where a disk has damaged it."""
    whole = seal._read(index)
    seal.write(index, seal.state_of(index.stat()), whole.checksum)


@pytest.mark.parametrize("error", [KeyError("row"), ValueError("bytes"), TypeError("none"), IndexError("list")])
def test_damage_that_no_state_tells_is_one_sentence_and_gone_the_next_time(
    run: Run, rivers: Path, index: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    whole = run("list", "event", "--dataset", rivers)
    flip(index, index.stat().st_size // 2, 3)
    seal_as_it_is(index)

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(ReadModel, "load", fail)
        patch.setattr(ReadModel, "one", fail)
        code, out, err = run("list", "event", "--dataset", rivers)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "its index in the cache was damaged, and has been removed; give the command again" in err
    assert run("list", "event", "--dataset", rivers) == whole


def test_a_fault_of_the_program_is_not_laid_on_the_index(
    run: Run, rivers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("row")

    open_model(rivers).close()
    monkeypatch.setattr(ReadModel, "one", fail)
    with pytest.raises(KeyError):
        run("list", "event", "--dataset", rivers)
    assert index_path(rivers).exists()


def test_only_what_is_damaged_is_discarded(rivers: Path, index: Path) -> None:
    assert not discard_damaged(rivers)
    flip(index, 5000, 1)
    seal_as_it_is(index)
    assert discard_damaged(rivers)
    assert not index.exists()
    assert not seal.seal_of(index).exists()
    assert not discard_damaged(rivers)


def test_a_dataset_that_is_replaced_between_index_and_file_is_not_peeked_at(
    rivers: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its records would be read at the places of the former ones."""
    before = ReadModel.__init__

    def replaced(self: ReadModel, *arguments: object) -> None:
        factory.write(rivers.with_suffix(".new"), factory.records()[:4]).path.replace(rivers)
        before(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ReadModel, "__init__", replaced)
    assert peek_model(rivers) is None
