"""The keys that a user binds: what is taken from whom is said, and they are listed as they are."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from convenings.__main__ import main
from convenings.store.user_data import UserData
from convenings.tui import key_table
from convenings.tui.commands.keymap import keymap_of
from convenings.tui.commands.registry import BY_ID, COMMANDS
from convenings.tui.dialogs.in_place import InPlace
from convenings.tui.dialogs.menu import Menu
from tests import PATIENCE
from tests.driver import MEDIUM, NARROW, open_explorer
from tests.journeys.reviewing import report


def write_keymap(own_folders: Path, **bound: str) -> Path:
    """Bind keys as a user does."""
    path = own_folders / "data" / "keymap.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bound), "utf-8")
    return path


def test_nothing_bound_changes_nothing() -> None:
    keymap = keymap_of({})
    assert (keymap.changed, keymap.faults) == ({}, ())
    assert keymap.applied(COMMANDS) == list(COMMANDS)


def test_a_key_is_taken_from_the_command_that_had_it_and_that_is_said() -> None:
    keymap = keymap_of({"mark": "q", "note": "z"})
    assert keymap.changed == {"mark": "q", "note": "z", "quit": "ctrl+q", "zoom": ""}
    assert keymap.faults == (
        "keymap.json: z does note, so zoom has no key left; the palette has it",
        "keymap.json: q does mark, so quit is left ^q",
    )


def test_keys_that_change_places_are_no_fault() -> None:
    keymap = keymap_of({"mark": "n", "note": "m"})
    assert keymap.changed == {"mark": "n", "note": "m"}
    assert keymap.faults == ()


def test_a_key_is_taken_from_nobody_in_another_view() -> None:
    assert keymap_of({"mark": "x"}).faults == ()
    keymap = keymap_of({"reject_draft": "m", "mark": "q"})
    assert keymap.changed == {"mark": "q", "reject_draft": "m", "quit": "ctrl+q"}
    keymap = keymap_of({"help": "x"})
    assert keymap.changed == {"help": "x", "reject_draft": ""}
    assert keymap.faults == ("keymap.json: x does help, so reject_draft has no key left; the list of keys has it",)
    assert keymap_of({"edit": "w", "edit_draft": "w"}).faults == ()


def test_a_character_names_its_key() -> None:
    keymap = keymap_of({"mark": "?", "note": " é , + "})
    assert keymap.changed["mark"] == "question_mark"
    assert keymap.changed["note"] == "é,plus"
    assert keymap.changed["help"] == "f1"


@pytest.mark.parametrize(
    ("bound", "fault"),
    [
        ({"marc": "q"}, "there is no command 'marc'; perhaps 'mark' is meant"),
        ({"mark": "ctlr+q"}, "there is no key 'ctlr+q', so mark is not bound to it"),
        ({"mark": "spacebar"}, "there is no key 'spacebar', so mark is not bound to it"),
        ({"mark": ""}, "mark is bound to no key, so it stays on m"),
        ({"mark": "w", "note": "w"}, "w is bound to mark and to note; it does the first"),
    ],
)
def test_what_binds_nothing_is_said(bound: dict[str, str], fault: str) -> None:
    keymap = keymap_of(bound)
    assert f"keymap.json: {fault}" in keymap.faults
    assert all(each.keys for each in keymap.applied([BY_ID["mark"], BY_ID["note"]]))


def test_a_name_of_any_length_is_told_in_a_line() -> None:
    assert max(map(len, keymap_of({"x" * 100_000: "q", "mark": "y" * 100_000}).faults)) < 200


def test_the_table_has_the_keys_as_they_are() -> None:
    table, faults = key_table({"mark": "q,space"})
    keys = {name: key for key, name, *_ in table}
    assert (keys["mark"], keys["quit"], keys["note"]) == ("q space", "^q", "n")
    assert len(faults) == 1


def test_the_command_line_lists_the_keys_as_they_are(own_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_keymap(own_folders, mark="z", nothing="x")
    assert main(["--keys", "--json"]) == 0
    out, err = capsys.readouterr()
    keys = {each["id"]: each["keys"] for each in json.loads(out)}
    assert (keys["mark"], keys["zoom"]) == (["z"], [])
    assert "z does mark, so zoom has no key left" in err
    assert "there is no command 'nothing'" in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_its_place_is_not_waited_for(own_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = own_folders / "data" / "keymap.json"
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    user_data = UserData.open()
    reader = threading.Thread(target=user_data.keymap, daemon=True)
    reader.start()
    reader.join(PATIENCE)
    assert not reader.is_alive()
    assert "not a regular file" in user_data.warnings[0]


async def test_the_screen_shows_the_keys_as_they_are(own_folders: Path) -> None:
    write_keymap(own_folders, zoom="w", palette="ctrl+o", mark="e")
    async with open_explorer((200, 50)) as user:
        user.expect_screen("^o search", "w zoom")
        user.expect_crumb("e does mark, so evidence has no key left")
        await user.press("ctrl+o")
        keys = {label: key for label, _, key in user.choices()}
        assert (keys["zoom"], keys["mark"], keys["evidence"]) == ("w", "e", "command")
        await user.press("escape", "e")
        user.expect_crumb("Marked")
        await user.press("slash")
        user.expect_screen("words  key:value")


async def test_a_key_that_the_review_shares_stays_its_own(own_folders: Path, tmp_path: Path) -> None:
    """Elsewhere it does what it was bound to, and what it did there is done by the key that was chosen for it."""
    write_keymap(own_folders, add="x", edit="w")
    async with open_explorer(MEDIUM, report(tmp_path)) as user:
        await user.press("x")
        opened = user.app.screen
        assert isinstance(opened, Menu)
        await user.press("escape", "9", "E")
        edited = user.app.screen
        assert isinstance(edited, InPlace)
        await user.press("escape", "x")
        user.expect_crumb("Rejected: ")


async def test_an_input_methods_sign_does_what_its_key_was_bound_to(own_folders: Path) -> None:
    write_keymap(own_folders, mark="slash")
    async with open_explorer(NARROW) as user:
        await user.press("fullwidth_solidus")
        user.expect_crumb("Marked")
