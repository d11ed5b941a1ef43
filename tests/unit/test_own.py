from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from convenings.domain.errors import BadInput
from convenings.store import files, paths, sources
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.store.user_data import VERSION, UserData
from tests import earlier
from tests.unit import factory

KEY = "/data/set.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "new" / "own"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_is_made_until_something_is_kept(folder: Path) -> None:
    user_data = UserData.open(folder)
    assert (user_data.marks(KEY), user_data.notes(KEY), user_data.note(KEY, "person/a"), user_data.session(KEY)) == (
        set(),
        {},
        "",
        None,
    )
    assert (user_data.theme(), user_data.views(KEY), user_data.attached(), user_data.attached_text("source/a")) == (
        "",
        {},
        {},
        None,
    )
    assert user_data.warnings == []
    assert not folder.parent.exists()


def test_everything_is_kept_by_dataset(folder: Path) -> None:
    user_data = UserData.open(folder)
    assert user_data.toggle_mark(KEY, "person/a")
    assert user_data.toggle_mark(KEY, "person/b")
    assert not user_data.toggle_mark(KEY, "person/b")
    user_data.set_note(KEY, "person/a", "Ask her.")
    user_data.set_note(KEY, "person/a", "Ask her again: 漢\n\x1b[0m")
    user_data.set_view(KEY, "chairs", "role:chair")
    user_data.save_session(KEY, {"pane": 2})
    user_data.save_session(KEY, {"pane": 3, "lens": ["person/a"], "scroll": {"x": 1.5, "y": None}})
    user_data.set_theme("light")
    again = UserData.open(folder)
    assert again.marks(KEY) == {"person/a"}
    assert again.notes(KEY) == {"person/a": "Ask her again: 漢\n\x1b[0m"}
    assert again.views(KEY) == {"chairs": "role:chair"}
    assert again.session(KEY) == {"pane": 3, "lens": ["person/a"], "scroll": {"x": 1.5, "y": None}}
    assert again.theme() == "light"
    assert (again.marks("other"), again.notes("other"), again.session("other"), again.views("other")) == (
        set(),
        {},
        None,
        {},
    )
    assert again.warnings == []
    with TinyDB(folder / "own.json", encoding="utf-8", access_mode="r") as db:
        assert [dict(row) for row in db.table("own")] == [{"version": VERSION}]


def test_all_that_an_earlier_version_kept_is_still_read(tmp_path: Path) -> None:
    dataset, folder = earlier.moved_to(tmp_path)
    key, before = str(dataset.resolve()), (folder / "own.json").read_bytes()
    user_data = UserData.open(folder)
    assert user_data.marks(key) == {"person/ana"}
    assert user_data.notes(key) == {"person/ana": "Ask her: 谁拥有河流?"}
    assert user_data.views(key) == {"chairs": "role:chair !is:unnamed"}
    assert user_data.theme() == "convenings-light"
    assert user_data.keymap() == {"mark": "space", "note": "w", "order": "o"}
    assert user_data.attached_text("source/rivers") == factory.TEXT
    session = user_data.session(key)
    assert session is not None
    assert session["lens"]["pins"] == [{"pane": "speakers", "ref": "person/ana"}]
    assert check(Dataset.open(dataset), {"source/rivers": factory.TEXT}) == []
    assert user_data.warnings == []
    assert (folder / "own.json").read_bytes() == before
    user_data.toggle_mark(key, "event/day")
    lines = set((folder / "own.json").read_bytes().splitlines())
    assert len(set(before.splitlines()) - lines) == 1, "only the line before the new one has changed, by a comma"


def test_empty_means_gone(folder: Path) -> None:
    user_data = UserData.open(folder)
    user_data.set_note(KEY, "person/a", "x")
    user_data.set_note(KEY, "person/a", " \n")
    user_data.set_view(KEY, "v", "x")
    user_data.set_view(KEY, "v", "")
    user_data.set_view(KEY, "never", "")
    user_data.set_theme("dark")
    user_data.set_theme("")
    assert (user_data.notes(KEY), user_data.views(KEY), user_data.theme()) == ({}, {}, "")


@given(st.text())
def test_any_text_can_be_noted(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    user_data = UserData.open(tmp_path_factory.mktemp("own"))
    user_data.set_note(KEY, "person/a", text)
    assert user_data.warnings == []
    assert UserData.open(user_data.folder).note(KEY, "person/a") == (
        text.encode("utf-8", "replace").decode() if text.strip() else ""
    )


def test_two_programs_keep_each_others_marks(folder: Path) -> None:
    one, two = UserData.open(folder), UserData.open(folder)
    one.toggle_mark(KEY, "person/a")
    two.toggle_mark(KEY, "person/b")
    one.toggle_mark(KEY, "person/c")
    assert one.marks(KEY) == two.marks(KEY) == {"person/a", "person/b", "person/c"}


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff",
        b"[]",
        b'{"marks": {"1": {"dataset": "x"}}}',
        b'{"marks": {"one": {"dataset": "x", "id": "y"}}}',
        b'{"sessions": {"1": {"dataset": "x", "data": 3}}}',
        b'{"own": {"1": {"version": "two"}}}',
        b'{"own": {"1": {}}}',
        b'{"own": ' * 100_000,
    ],
)
def test_a_corrupt_file_is_set_aside_with_a_warning(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "own.json.corrupt-1").write_bytes(b"older")
    (folder / "own.json").write_bytes(content)
    user_data = UserData.open(folder)
    assert user_data.marks(KEY) == set()
    [warning] = user_data.warnings
    assert "own.json.corrupt-2" in warning
    assert user_data.toggle_mark(KEY, "person/a")
    assert (folder / "own.json.corrupt-1").read_bytes() == b"older"
    assert (folder / "own.json.corrupt-2").read_bytes() == content
    again = UserData.open(folder)
    assert again.marks(KEY) == {"person/a"}
    assert again.warnings == []


def test_a_corrupt_file_in_a_read_only_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    folder.mkdir(parents=True)
    (folder / "own.json").write_bytes(b"{")
    monkeypatch.setattr(Path, "rename", refuse)
    user_data = UserData.open(folder)
    user_data.toggle_mark(KEY, "person/a")
    assert user_data.marks(KEY) == {"person/a"}
    assert len(user_data.warnings) == 1
    assert (folder / "own.json").read_bytes() == b"{"


def test_an_empty_file_is_a_beginning(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "own.json").write_bytes(b"")
    user_data = UserData.open(folder)
    user_data.toggle_mark(KEY, "person/a")
    assert UserData.open(folder).marks(KEY) == {"person/a"}
    assert user_data.warnings == []


def test_a_newer_version_is_not_written_over(folder: Path) -> None:
    folder.mkdir(parents=True)
    before = json.dumps({"own": {"1": {"version": VERSION + 1}}, "marks": {"1": {"of": "a new shape"}}}).encode()
    (folder / "own.json").write_bytes(before)
    user_data = UserData.open(folder)
    assert user_data.toggle_mark(KEY, "person/a")
    assert user_data.marks(KEY) == {"person/a"}
    user_data.save_session(KEY, {"a": 1})
    assert user_data.session(KEY) == {"a": 1}
    [warning] = user_data.warnings
    assert f"version {VERSION + 1}" in warning
    assert (folder / "own.json").read_bytes() == before
    assert not [name for name in names(folder) if "corrupt" in name]


def test_a_folder_that_cannot_be_made_means_memory_and_one_warning(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    user_data = UserData.open(tmp_path / "file" / "own")
    assert user_data.toggle_mark(KEY, "person/a")
    user_data.set_note(KEY, "person/a", "x")
    user_data.attach("source/a", tmp_path / "a.txt", "0" * 16, b"text")
    assert user_data.marks(KEY) == {"person/a"}
    assert user_data.note(KEY, "person/a") == "x"
    assert user_data.attached() == {"source/a": tmp_path / "a.txt"}
    assert user_data.attached_text("source/a") == "text"
    [warning] = user_data.warnings
    assert warning.startswith("marks, notes and your place last until you leave")


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_what_cannot_be_saved_now_is_saved_with_the_next_change(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    user_data = UserData.open(folder)
    user_data.toggle_mark(KEY, "person/a")
    before = (folder / "own.json").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        user_data.toggle_mark(KEY, "person/b")
        assert not user_data.set_note(KEY, "person/b", "x")
        assert user_data.problem
        assert user_data.marks(KEY) == {"person/a", "person/b"}
        assert (folder / "own.json").read_bytes() == before
        assert UserData.open(folder).marks(KEY) == {"person/a"}
    user_data.toggle_mark(KEY, "person/c")
    assert user_data.problem == ""
    assert user_data.marks(KEY) == UserData.open(folder).marks(KEY) == {"person/a", "person/b", "person/c"}
    assert UserData.open(folder).note(KEY, "person/b") == "x"
    assert len(user_data.warnings) == 1


def test_what_was_noted_before_the_disk_was_full_is_still_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user_data = UserData.open(folder)
    user_data.set_note(KEY, "person/a", "first")
    user_data.set_note(KEY, "person/b", "second")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        user_data.set_note(KEY, "person/c", "third")
    assert user_data.notes(KEY) == {"person/a": "first", "person/b": "second", "person/c": "third"}


def test_a_session_given_out_is_the_callers_own(folder: Path) -> None:
    user_data = UserData.open(folder)
    user_data.save_session(KEY, {"lens": ["person/a"]})
    session = user_data.session(KEY)
    assert session is not None
    session["lens"].append("person/b")
    assert user_data.session(KEY) == {"lens": ["person/a"]}


def test_a_file_that_cannot_be_read_is_left_alone_until_it_can(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    UserData.open(folder).toggle_mark(KEY, "person/a")
    before = (folder / "own.json").read_bytes()

    def refuse(path: Path) -> None:
        raise BadInput("the file may not be read", file=str(path))

    with monkeypatch.context() as patch:
        patch.setattr(files, "read", refuse)
        user_data = UserData.open(folder)
        assert user_data.marks(KEY) == set()
        user_data.toggle_mark(KEY, "person/b")
        assert user_data.marks(KEY) == {"person/b"}
        assert len(user_data.warnings) == 1
        assert (folder / "own.json").read_bytes() == before
    assert user_data.flush()
    assert UserData.open(folder).marks(KEY) == {"person/a", "person/b"}


def test_attached_texts_are_kept_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfA title\r\n\r\n\xc2\xa0B\n"
    user_data = UserData.open(folder)
    user_data.attach("source/a-report", tmp_path / "a.txt", sources.text_hash(data), data)
    again = UserData.open(folder)
    [(source, path)] = again.attached().items()
    assert source == "source/a-report"
    assert path.parent == folder / "sources"
    assert path.read_bytes() == data
    assert again.attached_text("source/a-report") == user_data.attached_text(source) == "A title\r\n\r\n\u00a0B\n"
    newer = b"Another\n"
    again.attach(source, tmp_path / "b.txt", sources.text_hash(newer), newer)
    assert UserData.open(folder).attached_text(source) == "Another\n"
    assert len(again.attached()) == 1
    assert again.detach(source)
    assert not again.detach(source)
    assert again.attached_text(source) is None
    assert UserData.open(folder).attached() == {}


def test_attaching_leaves_only_the_texts_that_are_attached(folder: Path, tmp_path: Path) -> None:
    user_data = UserData.open(folder)
    for data in (b"one", b"one", b"two"):
        user_data.attach("source/a", tmp_path / "a.txt", sources.text_hash(data), data)
    assert names(folder / "sources") == {user_data.attached()["source/a"].name}
    user_data.detach("source/a")
    assert names(folder / "sources") == set()
    assert not (tmp_path / "a.txt").exists()


def test_ids_cannot_lead_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    user_data = UserData.open(folder)
    user_data.attach("source/../../x", tmp_path / "a.txt", "0" * 16, b"x")
    assert user_data.attached()["source/../../x"].parent == folder / "sources"


def test_a_text_that_is_not_utf8_is_not_attached(folder: Path, tmp_path: Path) -> None:
    user_data = UserData.open(folder)
    with pytest.raises(BadInput, match="not UTF-8"):
        user_data.attach("source/a", tmp_path / "a.txt", "0" * 16, b"\xff")
    assert user_data.attached() == {}


def test_an_attached_text_that_is_gone_is_none_and_said(folder: Path, tmp_path: Path) -> None:
    UserData.open(folder).attach("source/a", tmp_path / "a.txt", "0" * 16, b"x")
    user_data = UserData.open(folder)
    user_data.attached()["source/a"].unlink()
    assert user_data.attached_text("source/a") is None
    assert user_data.attached_text("source/a") is None
    assert len(user_data.warnings) == 1


def test_folders_follow_the_system_and_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CACHE"):
        monkeypatch.delenv(f"CONVENINGS_{name}_DIR", raising=False)
    assert {paths.data_dir().name, paths.cache_dir().name} & {"convenings"}
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path / "cache"))
    assert paths.data_dir() == tmp_path / "data"
    assert paths.cache_dir() == tmp_path / "cache"
    UserData.open().toggle_mark(KEY, "person/a")
    assert (tmp_path / "data" / "own.json").exists()
    assert names(tmp_path) == {"data"}
