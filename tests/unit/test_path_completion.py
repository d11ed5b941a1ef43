"""A path that is typed goes on to what lies there: folders first, whatever the case, nothing that cannot be shown."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from convenings.presentation.path_completion import MOST_WAYS, common_path, path_from, path_ways


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("Étude.csv", "events.csv", "events.ics", ".hidden"):
        (tmp_path / name).write_text("", encoding="utf-8")
    for name in ("Archive", "exports"):
        (tmp_path / name).mkdir()
    return tmp_path


def names(typed: str, **options: bool) -> list[str]:
    return [way.name for way in path_ways(typed, **options)]


def test_what_lies_there_is_offered_folders_first(folder: Path) -> None:
    assert names(f"{folder}/") == ["Archive/", "exports/", "Étude.csv", "events.csv", "events.ics"]
    assert names(f"{folder}/e") == ["exports/", "Étude.csv", "events.csv", "events.ics"]
    assert names(f"{folder}/E", only_folders=True) == ["exports/"]
    assert names(f"{folder}/.") == [".hidden"]
    assert names(f"{folder}/missing/") == names(f"{folder}/events.csv/") == []


def test_what_is_put_beside_a_dataset_is_offered_where_its_ending_is_typed(tmp_path: Path) -> None:
    kept = ("mine.convenings.json", "mine.json", "notes.bak", "x.convenings.lock.csv")
    own = [f"mine.json.convenings.{ending}" for ending in ("bak", "journal", "lock", "tmp", "bak.tmp", "format1-2")]
    for name in (*kept, *own):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert names(f"{tmp_path}/") == list(kept)
    assert names(f"{tmp_path}/mine.json") == ["mine.json"]
    assert names(f"{tmp_path}/mine.json.convenings.b") == ["mine.json.convenings.bak", "mine.json.convenings.bak.tmp"]


def test_what_they_have_in_common_is_typed_at_once(folder: Path) -> None:
    assert common_path(path_ways(f"{folder}/ev")) == f"{folder}/events."
    assert common_path(path_ways(f"{folder}/arch")) == f"{folder}/Archive/"
    assert common_path([]) == ""


def test_the_home_of_the_user_stays_a_tilde(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert [way.path for way in path_ways("~/ex")] == ["~/exports/"]
    assert path_from(" ~/exports/new.csv ") == folder / "exports" / "new.csv"
    monkeypatch.chdir(folder)
    assert [way.path for way in path_ways("events.i")] == ["events.ics"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_names_that_are_no_text_are_left_out_and_controls_are_shown_harmless(tmp_path: Path) -> None:
    for name in (b"a\xff", b"b\x1b[2J", b"c\nd"):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text("", encoding="utf-8")
    assert names(f"{tmp_path}/") == ["b␛[2J"]


def test_of_very_many_the_first_are_offered(tmp_path: Path) -> None:
    for number in range(MOST_WAYS + 50):
        (tmp_path / f"{number:04}").write_text("", encoding="utf-8")
    assert len(path_ways(f"{tmp_path}/")) == MOST_WAYS
