"""What stands beside a file that is saved, who may read it, and who may write it next."""

from __future__ import annotations

import grp
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Person
from convenings.index.build import publish
from convenings.index.open import open_model
from convenings.index.stamp import index_path
from convenings.store import files
from convenings.store.dataset import Dataset
from convenings.store.user_data import UserData
from tests import PATIENCE
from tests.unit import factory

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no groups and one permission")

as_administrator = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only an administrator can be several users"
)
TEAM, ANA, BO = 61_000, 61_001, 61_002
"""Numbers of a group and of two users in it."""
INSERT = """
import os, sys
number, uid, gid, path = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
from convenings.domain.records import Person
from convenings.store.dataset import Dataset
import shutil, tempfile
os.umask(0o022)
if uid:
    # Loads all that is needed while it may be read.
    with tempfile.TemporaryDirectory() as folder:
        Dataset(shutil.copy(path, folder)).insert([Person(id="person/none", label="None")])
    os.setgroups([gid]); os.setgid(uid); os.setuid(uid)
for at in range(number):
    Dataset(path).insert([Person(id=f"person/{os.getpid()}-{at}", label="Bo")])
"""


def inserting(path: Path, number: int, uid: int = 0) -> subprocess.Popen[bytes]:
    """A process that inserts records, one after the other, as a user of the team."""
    words = f"import sys; sys.path[:] = {sys.path!r}\n{INSERT}"
    command = [sys.executable, "-S", "-c", words, str(number), str(uid), str(TEAM), str(path)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def person(number: int) -> Person:
    return Person(id=f"person/new-{number}", label="New")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_of_the_user_with_usual_names_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    own = {path.with_name(f"set.json{ending}"): ending.encode() for ending in (".bak", ".tmp", ".lock", ".bak.tmp")}
    for each, text in own.items():
        each.write_bytes(text)
    for number in range(3):
        Dataset(path).insert([person(number)])
    assert {each: each.read_bytes() for each in own} == own


def test_writers_wait_in_turn(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    before = len(Dataset(path).records("person"))
    writers = [inserting(path, 50) for _ in range(8)]
    errors = [writer.communicate(timeout=10 * PATIENCE)[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 8, errors
    assert len(Dataset(path).records("person")) == before + 400


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users can go through, as they cannot through those of the test."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        yield Path(name)


@as_administrator
@pytest.mark.parametrize("setgid", [True, False])
def test_a_file_of_a_team_stays_one(shared: Path, setgid: bool) -> None:
    folder = shared / "team"
    folder.mkdir()
    path = folder / "set.json"
    factory.write(path)
    for each, permissions in ((folder, 0o2770 if setgid else 0o770), (path, 0o660)):
        os.chown(each, ANA, TEAM)
        each.chmod(permissions)
    before = len(Dataset(path).records("person"))
    for number, user in enumerate((ANA, BO, ANA), 1):
        with inserting(path, 1, user) as writer:
            assert writer.communicate(timeout=PATIENCE)[1].decode() == ""
        assert (path.stat().st_gid, mode(path)) == (TEAM, 0o660)
        assert len(Dataset(path).records("person")) == before + number
    assert mode(folder / "set.json.convenings.lock") == 0o660


@as_administrator
def test_an_administrator_leaves_a_file_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    os.chown(path, ANA, TEAM)
    Dataset(path).insert([person(1)])
    assert (path.stat().st_uid, path.stat().st_gid) == (ANA, TEAM)


@as_administrator
def test_a_file_of_another_in_a_sticky_folder_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    path.chmod(0o666)
    tmp_path.chmod(0o1777)
    os.chown(path, ANA, TEAM)
    os.chown(tmp_path, ANA, TEAM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: BO)
        with pytest.raises(BadInput, match="read-only"):
            files.replace(path, b"{}\n")
    assert {each.name for each in tmp_path.iterdir()} == {"set.json"}


def test_extended_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(b"{}\n")
    try:
        os.setxattr(path, "user.colour", b"green")
    except (OSError, AttributeError):
        pytest.skip("this file system has none")
    files.replace(path, b"{ }\n")
    assert os.getxattr(path, "user.colour") == b"green"


def test_a_group_that_cannot_be_given_gives_no_other_group_its_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    other = next((each.gr_gid for each in grp.getgrall() if each.gr_gid != os.getegid()), None)
    path = tmp_path / "set.json"
    path.write_bytes(b"{}\n")
    try:
        os.chown(path, -1, other if other is not None else -1)
    except OSError:
        pytest.skip("this user is in one group only")
    path.chmod(0o664)
    monkeypatch.setattr(os, "chown", refuse)
    files.replace(path, b"{ }\n")
    assert mode(path) == 0o644


@pytest.mark.parametrize(("permissions", "expected"), [(0o600, 0o600), (0o640, 0o640), (0o666, 0o644)])
def test_an_index_may_be_read_by_whoever_may_read_its_dataset(tmp_path: Path, permissions: int, expected: int) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    path.chmod(permissions)
    umask = os.umask(0)
    try:
        open_model(path).close()
    finally:
        os.umask(umask)
    assert mode(index_path(path)) == expected


def test_what_is_the_users_own_is_private(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        user_data = UserData.open(tmp_path / "new" / "own")
        for number in range(2):
            user_data.set_note("/a.json", "person/ana", f"note {number}")
        user_data.attach("source/a", tmp_path / "a.txt", "0" * 16, b"text")
    finally:
        os.umask(umask)
    every = {each.name: mode(each) for each in user_data.folder.rglob("*") if each.is_file()}
    assert every.keys() >= {"own.json", "own.json.convenings.bak", "own.json.convenings.lock", f"a.{'0' * 16}.txt"}
    assert set(every.values()) == {0o600}
    assert {mode(user_data.folder), mode(user_data.folder / "sources")} == {0o700}


def test_what_is_the_users_own_becomes_private(tmp_path: Path) -> None:
    user_data = UserData.open(tmp_path)
    user_data.set_note("/a.json", "person/ana", "note")
    (tmp_path / "own.json").chmod(0o644)
    user_data.set_note("/a.json", "person/ana", "another")
    assert mode(tmp_path / "own.json") == 0o600


def test_what_killed_programs_have_left_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path)
    target = index_path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as gone:
        gone.wait()
    machine = publish._machine()
    left = target.with_name(f"other.sqlite.{machine}.{gone.pid}.1.part")
    at_work = target.with_name(f"other.sqlite.{machine}.{os.getpid()}.1.part")
    elsewhere = target.with_name(f"other.sqlite.00000000.{gone.pid}.1.part")
    for each in (left, at_work, elsewhere):
        each.write_bytes(b"part")
    open_model(path).close()
    assert [each.exists() for each in (left, at_work, elsewhere)] == [False, True, True]


def test_copies_that_no_source_has_are_removed_and_other_files_are_not(tmp_path: Path) -> None:
    user_data = UserData.open(tmp_path)
    user_data.attach("source/a", tmp_path / "a.txt", "0" * 16, b"text")
    orphan, own = (tmp_path / "sources" / name for name in ("b.0123456789abcdef.txt", "my own notes.txt"))
    for each in (orphan, own):
        each.write_bytes(b"x")
    user_data.attach("source/c", tmp_path / "c.txt", "1" * 16, b"text")
    assert [each.exists() for each in (orphan, own)] == [False, True]
    assert user_data.attached_text("source/a") == "text"


def test_a_lock_that_is_held_for_a_moment_is_not_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user_data = UserData.open(tmp_path)
    user_data.toggle_mark("/a.json", "person/a")
    monkeypatch.setattr("convenings.store.user_file.LOCK_SECONDS", 0.01)
    with files.locked(tmp_path / "own.json"):
        user_data.toggle_mark("/a.json", "person/b")
        assert not user_data.flush()
    assert user_data.problem
    user_data.toggle_mark("/a.json", "person/c")
    assert user_data.problem == ""
    assert UserData.open(tmp_path).marks("/a.json") == {"person/a", "person/b", "person/c"}
