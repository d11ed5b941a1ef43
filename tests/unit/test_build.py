"""The index file: built whole or not at all, built anew when it does not fit, done without where it cannot be kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import convenings
from convenings.domain.errors import BadInput
from convenings.domain.records import Person
from convenings.index import open as open_module
from convenings.index import stamp as stamp_module
from convenings.index.build import complete as complete_module
from convenings.index.build import publish as publish_module
from convenings.index.build.pipeline import IndexPipeline
from convenings.index.build.publish import build
from convenings.index.model import ReadModel
from convenings.index.open import open_model, peek_model
from convenings.index.rows import Step
from convenings.index.search import Search
from convenings.index.sqlite import statements
from convenings.index.sqlite.reader import IndexReader
from convenings.index.stamp import index_path, stamp_of
from convenings.store.dataset import Dataset
from tests.unit import factory
from tests.unit.indexing import ids, parts

SOURCE = str(Path(convenings.__file__).parents[1])


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "set.json"
    factory.write(path)
    return path


def check(path: Path) -> None:
    """The index answers, whatever it stood on before."""
    with closing(open_model(path)) as model:
        assert model.total == len(factory.records())
        assert [model.record(at).id for at in range(model.total)] == ids(model, range(model.total))
        assert model.one(Search(model)("ana lima")[0].row).id == "person/ana"


def test_the_second_opening_builds_nothing(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(dataset)
    monkeypatch.setattr(publish_module, "build", lambda *_: pytest.fail("built again"))
    check(dataset)
    assert not parts(dataset)


def test_a_changed_dataset_is_indexed_again(dataset: Path) -> None:
    with closing(open_model(dataset)) as before:
        assert not before.is_stale()
        Dataset.open(dataset).insert([Person(id="person/bo", label="Bo Berg")])
        assert before.is_stale()
        with closing(open_model(dataset)) as after:
            assert after.total == before.total + 1
            assert [after.one(hit.row).id for hit in Search(after)("bo berg")] == ["person/bo"]
        dataset.unlink()
        assert before.is_stale()


def test_a_change_that_keeps_the_size_is_noticed(dataset: Path) -> None:
    check(dataset)
    status, data = dataset.stat(), dataset.read_bytes()
    dataset.write_bytes(data.replace(b"Ana Lima", b"Eva Lima"))
    os.utime(dataset, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    with closing(open_model(dataset)) as model:
        assert model.label("person/ana") == "Eva Lima"


def change_unseen(path: Path) -> None:
    """Change a name in the file as a program would that sets back the time of the file."""
    status, data = path.stat(), path.read_bytes()
    with path.open("rb+") as file:
        file.write(data.replace(b"Ana Lima", b"Eva Lima"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    stamp = stamp_of(path)
    stamp.pop("ctime")
    assert stamp == {"size": status.st_size, "mtime": status.st_mtime_ns, "inode": status.st_ino}


@pytest.fixture
def no_change_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that does not say when anything of a file was changed."""
    monkeypatch.setattr(stamp_module, "change_time", lambda _: 0)


def test_a_change_is_seen_though_the_time_was_set_back(dataset: Path) -> None:
    with closing(open_model(dataset)) as before:
        change_unseen(dataset)
        assert before.is_stale()
    with closing(open_model(dataset)) as after:
        assert after.label("person/ana") == "Eva Lima"


@pytest.mark.usefixtures("no_change_times")
def test_a_change_that_nothing_but_the_content_shows_is_found_by_that(dataset: Path) -> None:
    with closing(open_model(dataset)) as before:
        assert before.is_of_content()
        change_unseen(dataset)
        assert not before.is_stale()
        assert not before.is_of_content()
        old = before.content_hash
    with closing(open_model(dataset)) as trusting:
        assert trusting.content_hash == old
    assert peek_model(dataset, rejected_hash=old) is None
    with closing(open_model(dataset, rejected_hash=old)) as after:
        assert after.is_of_content()
        assert after.label("person/ana") == "Eva Lima"


def test_an_index_that_is_distrusted_is_built_again_once(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_model(dataset)) as before:
        change_unseen(dataset)
    with closing(open_model(dataset, before.content_hash)):
        pass
    monkeypatch.setattr(publish_module, "build", lambda *_: pytest.fail("built again"))
    with closing(open_model(dataset, before.content_hash)) as after:
        assert after.label("person/ana") == "Eva Lima"


def test_a_file_that_is_gone_is_not_said_to_be_another(dataset: Path) -> None:
    with closing(open_model(dataset)) as model:
        dataset.unlink()
        assert model.is_of_content()


def _version(target: Path) -> None:
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("UPDATE meta SET value = '0 0.0.0' WHERE key = 'schema'")


def _keyless(target: Path) -> None:
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key = 'stamp'")


SPOILED: dict[str, Callable[[Path], object]] = {
    "of another version": _version,
    "without its stamp": _keyless,
    "garbage": lambda target: target.write_bytes(os.urandom(4096)),
    "empty": lambda target: target.write_bytes(b""),
    "cut in half": lambda target: os.truncate(target, target.stat().st_size // 2),
    "cut in its head": lambda target: os.truncate(target, 50),
    "without its last page": lambda target: os.truncate(target, target.stat().st_size - 4096),
    "no index but some other database": lambda target: target.write_bytes(_other(target)),
}


def _other(target: Path) -> bytes:
    target.unlink()
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("CREATE TABLE other (x)")
    return target.read_bytes()


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_index_is_built_again(dataset: Path, how: str) -> None:
    check(dataset)
    target = index_path(dataset)
    SPOILED[how](target)
    check(dataset)
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_another_program_version_builds_its_own(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(dataset)
    before = index_path(dataset).read_bytes()
    monkeypatch.setattr(statements, "INDEX_VERSION", statements.INDEX_VERSION.split()[0] + " 999")
    check(dataset)
    assert index_path(dataset).read_bytes() != before


@pytest.mark.parametrize("obstacle", ["a file where its folder should be", "a folder where it should be"])
def test_an_index_that_cannot_be_kept_is_done_without(dataset: Path, obstacle: str) -> None:
    target = index_path(dataset)
    if obstacle.startswith("a file"):
        target.parent.parent.mkdir(parents=True, exist_ok=True)
        target.parent.write_text("in the way")
    else:
        (target / "inside").mkdir(parents=True)
    check(dataset)
    assert not target.is_file()
    assert not parts(dataset)


def test_a_cache_that_may_not_be_written_is_done_without(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(publish_module, "atomic_index", refused)
    check(dataset)
    assert not index_path(dataset).exists()


@pytest.mark.parametrize("statement", ["write_meta", "orderings"])
def test_a_full_disk_leaves_nothing_behind(dataset: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(complete_module, statement, full)
        with pytest.raises(OSError, match="full"):
            build(Dataset.open(dataset), index_path(dataset), stamp_of(dataset))
    assert not parts(dataset)
    assert not index_path(dataset).exists()


@pytest.mark.parametrize("statement", ["INDEX_NAMES", "INDEX_TEXTS", "INSERT_FOLDED_NAME"])
def test_what_goes_wrong_in_a_thread_ends_the_build(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(statements, statement, "INSERT INTO nowhere VALUES (?, ?, ?, ?)")
        with pytest.raises(OSError, match="no such table"):
            build(Dataset.open(dataset), index_path(dataset), stamp_of(dataset))
    assert not parts(dataset)
    assert not index_path(dataset).exists()


@pytest.mark.parametrize("step", [Step.TIMELINE, Step.ROWS, Step.NAMES])
def test_a_copy_that_cannot_be_published_ends_the_build(dataset: Path, step: int) -> None:
    def refuse(now: int) -> None:
        if now == step:
            raise sqlite3.OperationalError("database or disk is full")

    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.executescript(statements.SCHEMA + statements.PREPARE)
        with pytest.raises(sqlite3.OperationalError, match="full"):
            IndexPipeline(connection, Dataset.open(dataset), stamp_of(dataset), publish=refuse).run()


def test_an_index_is_on_the_disk_before_it_takes_its_name(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, int]] = []
    fsync, replace = os.fsync, Path.replace

    def recorded_fsync(descriptor: int) -> None:
        fsync(descriptor)
        calls.append(("fsync", os.fstat(descriptor).st_ino))

    def recorded_replace(self: Path, target: Path) -> Path:
        calls.append((f"rename to {target.name}", self.stat().st_ino))
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Path, "replace", recorded_replace)
    target = index_path(dataset)
    build(Dataset.open(dataset), target, stamp_of(dataset), early=True)
    endings = (*statements.EARLY.values(), target.suffix)
    names = [call for call, _ in calls]
    assert names == [call for ending in endings for call in ("fsync", f"rename to {target.with_suffix(ending).name}")]
    inodes = [inode for _, inode in calls]
    assert inodes[::2] == inodes[1::2]


def test_a_build_that_is_given_up_leaves_nothing(dataset: Path) -> None:
    check(dataset)
    before = index_path(dataset).read_bytes()

    def stop(phase: str) -> None:
        if phase == "ties":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(Dataset.open(dataset), index_path(dataset), {}, stop)
    assert not parts(dataset)
    assert index_path(dataset).read_bytes() == before


KILLED = """
import sys
from pathlib import Path
from convenings.index.build.publish import build
from convenings.index.open import open_model, peek_model
from convenings.index.stamp import index_path, stamp_of
from convenings.store.dataset import Dataset

def told(phase):
    print(phase, flush=True)
    if phase == sys.argv[2]:
        sys.stdin.read()

path = Path(sys.argv[1])
build(Dataset.open(path), index_path(path), stamp_of(path), told)
"""

OPENED = """
import sys
from pathlib import Path
from convenings.index.model import ReadModel
from convenings.index.open import open_model, peek_model

print("ready", flush=True)
sys.stdin.readline()
model = open_model(Path(sys.argv[1]))
print(model.total, model.label("person/ana"), flush=True)
model.close()
"""


def child(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of our own that runs some code with the folders of this test."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"PYTHONPATH": SOURCE, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize("phase", ["events", "names", "records", "texts", "ties"])
@pytest.mark.parametrize("indexed", [False, True])
def test_kill_during_a_build_leaves_the_old_index_or_none(dataset: Path, phase: str, indexed: bool) -> None:
    target = index_path(dataset)
    before = b""
    if indexed:
        check(dataset)
        before = target.read_bytes()
    with child(KILLED, str(dataset), phase) as process:
        assert process.stdout is not None
        assert phase in (line.strip() for line in process.stdout)
        process.kill()
    assert (target.read_bytes() if target.exists() else b"") == before
    assert len(parts(dataset)) == 1
    check(dataset)


def test_what_killed_builds_left_is_swept_away_once_it_is_old(dataset: Path) -> None:
    target = index_path(dataset)
    target.parent.mkdir(parents=True)
    old, new = Path(f"{target}.old.part"), Path(f"{target}.new.part")
    other = target.parent / "another.sqlite.part"
    for left in (old, new, other):
        left.write_bytes(b"left")
    hours_ago = time.time() - 2 * publish_module.LEFT_BEHIND
    os.utime(old, (hours_ago, hours_ago))
    os.utime(other, (hours_ago, hours_ago))
    check(dataset)
    assert sorted(parts(dataset)) == sorted([new, other])


def test_two_processes_build_at_once(dataset: Path) -> None:
    both = [child(OPENED, str(dataset)) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    total = len(factory.records())
    assert [process.communicate()[0] for process in both] == [f"{total} Ana Lima\n"] * 2
    assert [process.returncode for process in both] == [0, 0]
    assert not parts(dataset)
    check(dataset)


def test_a_dataset_saved_while_it_is_read_is_read_again(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saves = iter([1])
    opened_before = open_module._built

    def open_and_save(path: Path, rejected_hash: str) -> ReadModel:
        model = opened_before(path, rejected_hash)
        if next(saves, 0):
            Dataset.open(path).insert([Person(id="person/bo", label="Bo Berg")])
        return model

    monkeypatch.setattr(open_module, "_built", open_and_save)
    with closing(open_model(dataset)) as model:
        assert model.label("person/bo") == "Bo Berg"


def test_a_dataset_that_never_rests_is_refused(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReadModel, "is_stale", lambda _: True)
    with pytest.raises(BadInput, match="changes while it is read"):
        open_model(dataset)


def test_two_names_of_one_file_share_their_index(dataset: Path, tmp_path: Path) -> None:
    other = tmp_path / "folder" / ".." / "set.json"
    (tmp_path / "folder").mkdir()
    assert index_path(other) == index_path(dataset)
    copy = shutil.copy(dataset, tmp_path / "copy.json")
    assert index_path(Path(copy)) != index_path(dataset)


def test_the_index_is_the_same_in_memory(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows_of(model: ReadModel) -> list[object]:
        assert isinstance(model.index, IndexReader)
        run = model.index.connection.execute
        return [*run("SELECT * FROM record"), *run("SELECT * FROM related ORDER BY row")]

    with closing(open_model(dataset)) as kept:
        expected = rows_of(kept)
    index_path(dataset).unlink()
    monkeypatch.setattr(publish_module, "build", lambda *_: (_ for _ in ()).throw(OSError("read-only")))
    with closing(open_model(dataset)) as model:
        assert rows_of(model) == expected
    assert not index_path(dataset).exists()
