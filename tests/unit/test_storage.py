from __future__ import annotations

import errno
import json
import os
import random
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import filelock
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where

from convenings.domain.errors import BadInput
from convenings.store import canonical, files
from convenings.store.storage import DatasetStorage

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(blacklist_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abé\n\"\\", max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
documents = st.dictionaries(st.text(st.characters(blacklist_categories=["Cs"]), max_size=5), values, max_size=4)
all_tables = st.dictionaries(
    st.sampled_from(["events", "people", "dataset", "zeta", "a \"b\"", "é"]),
    st.dictionaries(st.integers(1, 200).map(str), documents, max_size=4),
    max_size=4,
)  # fmt: skip

SMALL: dict[str, Any] = {"zeta": {"1": {"n": 1}}}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "set.json"
    path.write_bytes(canonical.encode(SMALL))
    return path


@given(all_tables)
def test_what_is_written_is_read_back_by_tinydb_and_by_us(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("roundtrip") / "set.json"
    DatasetStorage(path).write(tables)
    assert (DatasetStorage(path).read() or {}) == tables
    assert json.loads(path.read_bytes()) == tables
    with TinyDB(path, encoding="utf-8", access_mode="r") as plain:
        assert plain.tables() == set(tables)
        for name, rows in tables.items():
            assert {row.doc_id: dict(row) for row in plain.table(name)} == {int(key): row for key, row in rows.items()}


@given(all_tables)
def test_canonical_bytes_are_stable(tables: dict[str, Any]) -> None:
    once = canonical.encode(tables)
    assert canonical.encode(json.loads(once)) == once
    assert canonical.encode({name: dict(reversed(rows.items())) for name, rows in reversed(tables.items())}) == once


def test_canonical_form() -> None:
    tables: dict[str, Any] = {
        "zeta": {2: {"b": 1, "a": 2}},
        "people": {"10": {"label": "Lü", "id": "person/x", "names": []}, "9": {"odd": 1}},
        "dataset": {"1": {"title": "T", "format": 2}},
        "events": {},
    }
    assert canonical.encode(tables).decode() == (
        '{\n"dataset": {\n"1": {"format":2,"title":"T"}\n},\n"events": {},\n"people": {\n"9": {"odd":1},\n'
        '"10": {"id":"person/x","label":"Lü"}\n},\n"zeta": {\n"2": {"b":1,"a":2}\n}\n}\n'
    )


def test_two_documents_with_one_number_are_refused() -> None:
    with pytest.raises(ValueError, match="same doc id"):
        canonical.encode({"zeta": {"1": {}, "01": {}}})


def test_a_large_dataset_is_encoded_piece_by_piece() -> None:
    tables: dict[str, dict[str, Any]] = {
        "people": {},
        "events": {str(n): {"id": f"event/{n}"} for n in range(3 * canonical.TOGETHER + 1)},
        "dataset": {"1": {"format": 1, "title": "T"}},
    }
    pieces = [bytes(piece) for piece in canonical.pieces(tables)]
    whole = b"".join(pieces)
    assert canonical.encode(tables) == whole
    assert json.loads(whole) == tables
    assert max(map(len, pieces)) < len(whole) / 2


def test_a_new_file_whose_parts_cannot_be_made_is_none(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"half"
        raise MemoryError

    with pytest.raises(MemoryError):
        files.create(tmp_path / "new.json", parts())
    assert list(tmp_path.iterdir()) == []


def test_tinydb_works_on_it(path: Path) -> None:
    with TinyDB(path, storage=DatasetStorage) as db:
        table = db.table("zeta")
        assert table.insert({"n": 2}) == 2
        table.update({"n": 3}, where("n") == 1)
    assert path.read_text() == '{\n"zeta": {\n"1": {"n":3},\n"2": {"n":2}\n}\n}\n'


def test_reading_creates_nothing_and_locks_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filelock, "FileLock", None)
    DatasetStorage(path).read()
    assert DatasetStorage(path.with_name("none.json")).read() is None
    assert names(path.parent) == {"set.json"}


def test_reading_parses_once_until_the_file_changes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    real = files.read

    def counted(name: Path) -> tuple[bytes, files.Signature]:
        reads.append(name)
        return real(name)

    monkeypatch.setattr(files, "read", counted)
    storage = DatasetStorage(path)
    assert storage.read() == storage.read() == SMALL
    assert len(reads) == 1
    files.replace(path, canonical.encode({"zeta": {"1": {"n": 22}}}))
    assert storage.read() == {"zeta": {"1": {"n": 22}}}


def test_what_a_reader_does_to_documents_does_not_reach_the_next_one(path: Path) -> None:
    storage = DatasetStorage(path)
    tables = storage.read()
    assert tables is not None
    tables["zeta"]["1"]["n"] = 9
    del tables["zeta"]
    assert storage.read() == SMALL


def test_an_empty_file_is_an_empty_database(path: Path) -> None:
    path.write_bytes(b"")
    storage = DatasetStorage(path)
    assert storage.read() is None
    storage.write(SMALL)
    assert storage.read() == SMALL


def test_a_failed_serialisation_leaves_everything_untouched(path: Path) -> None:
    before = path.read_bytes()
    for wrong, error in (({"n": object()}, TypeError), ({"n": "\ud800"}, ValueError)):
        with pytest.raises(error), TinyDB(path, storage=DatasetStorage) as db:
            db.table("zeta").insert(wrong)
    assert path.read_bytes() == before
    assert names(path.parent) == {"set.json"}


def test_the_file_before_is_kept_as_backup(path: Path) -> None:
    storage = DatasetStorage(path)
    for number in (2, 3):
        storage.write({"zeta": {"1": {"n": number}}})
    assert json.loads(path.with_name("set.json.convenings.bak").read_bytes()) == {"zeta": {"1": {"n": 2}}}
    assert names(path.parent) <= {"set.json", "set.json.convenings.bak", "set.json.convenings.lock"}


def test_a_backup_is_a_copy_where_a_file_has_one_name_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    DatasetStorage(path).write({})
    assert json.loads(path.with_name("set.json.convenings.bak").read_bytes()) == SMALL


def test_leftovers_of_a_killed_writer_do_no_harm(path: Path) -> None:
    for suffix in (".convenings.tmp", ".convenings.bak.tmp", ".convenings.lock"):
        path.with_name(path.name + suffix).write_bytes(b"left")
    os.link(path, path.with_name("set.json.convenings.bak"))
    DatasetStorage(path).write({})
    assert path.read_bytes() == b"{}\n"
    assert names(path.parent) <= {"set.json", "set.json.convenings.bak", "set.json.convenings.lock"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has one permission, and keeps it")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_stay(path: Path, mode: int) -> None:
    path.chmod(mode)
    DatasetStorage(path).write({})
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.fixture
def steps(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What brings bytes to the disk and to their name, in order: the call, its file, its size and permissions then."""
    steps: list[tuple[str, ...]] = []
    fsync, rename = os.fsync, Path.replace

    def described(status: os.stat_result) -> tuple[str, ...]:
        if stat.S_ISDIR(status.st_mode):
            return (str(status.st_ino),)
        return f"{status.st_size} bytes", oct(stat.S_IMODE(status.st_mode))

    def noted_fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        name = next((each.name for each in path.parent.iterdir() if each.stat().st_ino == status.st_ino), "folder")
        fsync(descriptor)
        steps.append(("fsync", name, *described(status)))

    def noted_rename(source: Path, target: Path) -> Path:
        status = source.stat()
        renamed = rename(source, target)
        steps.append(("rename", source.name, target.name, *described(status)))
        return renamed

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_rename)
    return steps


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folder and has one permission")
@pytest.mark.parametrize("mode", ["0o600", "0o644"])
def test_all_bytes_are_on_the_disk_before_they_take_the_name_and_the_name_is_after_that(
    path: Path, steps: list[tuple[str, ...]], mode: str
) -> None:
    path.chmod(int(mode, 8))
    umask = os.umask(0)
    try:
        files.replace(path, b"x" * 50, b"y" * 50)
    finally:
        os.umask(umask)
    assert steps == [
        ("fsync", "set.json.convenings.tmp", "100 bytes", "0o600"),
        (
            "rename",
            "set.json.convenings.bak.tmp",
            "set.json.convenings.bak",
            f"{len(canonical.encode(SMALL))} bytes",
            mode,
        ),
        ("rename", "set.json.convenings.tmp", "set.json", "100 bytes", mode),
        ("fsync", "folder", str(path.parent.stat().st_ino)),
    ]
    assert path.read_bytes() == b"x" * 50 + b"y" * 50


@pytest.mark.skipif(os.name == "nt", reason="Windows has one permission")
def test_nobody_else_may_read_a_private_dataset_while_it_is_saved(path: Path, steps: list[tuple[str, ...]]) -> None:
    path.chmod(0o600)
    umask = os.umask(0)
    try:
        TinyDB(path, storage=DatasetStorage).table("zeta").insert({"n": 2})
    finally:
        os.umask(umask)
    saves = [step for step in steps if step[0] != "fsync" or step[1] != "folder"]
    assert len(saves) == 3
    assert {step[-1] for step in saves} == {"0o600"}
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.with_name("set.json.convenings.bak"))] == [
        0o600,
        0o600,
    ]


def test_a_symbolic_link_stays_and_its_target_is_written(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.json"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system lets only administrators make symbolic links")
    DatasetStorage(link).write({})
    assert link.is_symlink()
    assert path.read_bytes() == b"{}\n"
    assert names(link.parent) == {"link.json"}


def test_a_new_file_is_made_by_the_first_write(tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    DatasetStorage(path).write(SMALL)
    assert json.loads(path.read_bytes()) == SMALL
    assert not path.with_name("new.json.convenings.bak").exists()


def test_a_second_writer_hears_whom_to_wait_for(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from convenings.store import files\n"
        "with files.locked(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        for _ in range(2):
            with pytest.raises(BadInput) as caught, files.locked(path, timeout=0.05):
                pass
            assert caught.value.file == str(path)
            assert caught.value.what.endswith("is writing to this file")
            assert "wait" in caught.value.hint
            if os.name != "nt":
                assert caught.value.what.startswith(f"process {holder.pid} ")
        holder.communicate("")
    DatasetStorage(path).write({})


def test_who_saves_in_a_loop_lets_those_who_wait_go_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    passed = [0.0]

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        passed[0] += seconds

    # A clock that nothing else moves: on a busy machine the pause may be over before it begins.
    monkeypatch.setattr(files, "time", SimpleNamespace(sleep=sleep, monotonic=lambda: passed[0]))

    def pause_before_a_save(*, is_awaited: bool) -> float:
        pauses.clear()
        with files.locked(path):
            pause = sum(pauses)
            if is_awaited:
                with pytest.raises(BadInput, match="is writing to this file"), files.locked(path, timeout=0.001):
                    pass
        return pause

    assert pause_before_a_save(is_awaited=False) == 0
    assert pause_before_a_save(is_awaited=True) == 0
    assert 0 < pause_before_a_save(is_awaited=False) <= 2 * files.POLL_SECONDS
    assert pause_before_a_save(is_awaited=False) == 0


def test_no_work_of_another_writer_is_overwritten(path: Path) -> None:
    one, two = DatasetStorage(path), DatasetStorage(path)
    one.read()
    two.read()
    two.write({"zeta": {"1": {"n": "two"}}})
    with pytest.raises(BadInput, match="changed the file since it was read; open it again"):
        one.write({"zeta": {"1": {"n": "one"}}})
    assert one.read() == {"zeta": {"1": {"n": "two"}}}
    one.write({"zeta": {"1": {"n": "one"}}})


def test_many_writers_lose_nothing(path: Path) -> None:
    def add(name: str) -> None:
        storage = DatasetStorage(path)
        for number in range(10):
            with storage.locked():
                tables = storage.read() or {}
                tables.setdefault(name, {})[str(number + 1)] = {"n": number}
                storage.write(tables)

    threads = [threading.Thread(target=add, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tables = json.loads(path.read_bytes())
    assert {name: len(rows) for name, rows in tables.items()} == {"a": 10, "b": 10, "c": 10, "zeta": 1}


def refusing(number: int) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG])
def test_a_full_disk_leaves_the_old_file_and_no_litter(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refusing(number))
        with pytest.raises(BadInput, match=r"the disk is full, so nothing was saved.*free some space") as caught:
            DatasetStorage(path).write({})
    assert caught.value.file == str(path)
    assert path.read_bytes() == before
    assert names(path.parent) <= {"set.json", "set.json.convenings.lock"}


@pytest.mark.skipif(os.name == "nt", reason="the limit on the size of files is one of POSIX")
def test_a_write_that_stops_half_way_leaves_the_old_file(path: Path) -> None:
    before = path.read_bytes()
    code = (
        "import resource, sys; from convenings.store.storage import DatasetStorage\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "from convenings.domain.errors import BadInput\n"
        "try: DatasetStorage(sys.argv[1]).write({'zeta': {str(n): {'text': 'x' * 100} for n in range(1, 999)}})\n"
        "except BadInput as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert "the disk is full" in done.stdout
    assert path.read_bytes() == before
    assert names(path.parent) <= {"set.json", "set.json.convenings.lock"}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_read_only_folder_is_refused_in_one_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = path.read_bytes()

    class Lock:
        def __init__(self, *_: object, **__: object) -> None: ...

        acquire = staticmethod(refusing(number))

    for target, attribute, value in ((filelock, "FileLock", Lock), (os, "fsync", refusing(number))):
        with monkeypatch.context() as patch:
            patch.setattr(target, attribute, value)
            with pytest.raises(BadInput, match="read-only, so nothing was saved; copy it to a folder of your own"):
                DatasetStorage(path).write({})
    assert path.read_bytes() == before
    assert names(path.parent) <= {"set.json", "set.json.convenings.lock"}


def test_a_read_only_file_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(BadInput, match="read-only"):
        DatasetStorage(path).write({})
    assert json.loads(path.read_bytes()) == SMALL


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="folder does not exist"):
        files.replace(tmp_path / "no" / "set.json", b"{}")


SAVER = """
import sys
from convenings.store.storage import DatasetStorage
storage = DatasetStorage(sys.argv[1])
tables = storage.read()
first = tables["zeta"]["1"]["n"] + 1
for number in range(first, first + 10**6):
    tables["zeta"] = {str(doc): {"n": number, "text": "é" * 50} for doc in range(1, 400)}
    storage.write(tables)
    if number == first:
        print("saved once", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_kill_at_any_moment_leaves_a_whole_file(path: Path) -> None:
    moments = random.Random(7)
    last = 1
    for _ in range(60):
        with subprocess.Popen(
            [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{SAVER}", str(path)],
            stdout=subprocess.PIPE,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"saved once\n"
            # Not a wait for something to happen: the moment of the kill itself is what is drawn.
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(moments.uniform(0, 0.03))
            child.send_signal(signal.SIGKILL)
        rows = json.loads(path.read_bytes())["zeta"]
        states = {row["n"] for row in rows.values()}
        assert len(states) == 1
        assert len(rows) == 399
        assert max(states) > last
        last = max(states)
        assert path.read_bytes() == canonical.encode({"zeta": rows})
    assert last > 60
    DatasetStorage(path).write({})
    assert names(path.parent) <= {"set.json", "set.json.convenings.bak", "set.json.convenings.lock"}


def test_a_read_only_file_is_locked_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"{}")
    path.chmod(0o444)
    with files.locked(path):
        assert path.read_bytes() == b"{}"
