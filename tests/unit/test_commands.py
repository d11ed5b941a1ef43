"""Commands: declared once, complete, without clashes."""

from __future__ import annotations

from convenings.tui import key_table
from convenings.tui.commands.registry import BROWSING, BY_ID, COMMANDS, REVIEWING, key_name
from convenings.tui.commands.review import REVIEW_COMMANDS
from convenings.tui.views.registry import VIEWS


def test_ids_are_unique_and_keys_within_a_view() -> None:
    """No two commands have an id in common, and none that work in one view a key."""
    assert len(BY_ID) == len(COMMANDS)
    for commands in (BROWSING, REVIEWING):
        keys = [key for command in commands for key in command.keys.split(",") if key]
        assert len(keys) == len(set(keys))


def test_what_a_view_has_is_listed() -> None:
    """``--keys``, README and ``keymap.json`` know every command of every view."""
    assert {command.id for view in VIEWS for command in view.commands} == set(BY_ID)


def test_words_of_a_command() -> None:
    """A label is a word or three, the help one sentence with a full stop."""
    for command in COMMANDS:
        assert command.label
        assert len(command.label) <= 14, command.id
        assert command.help.endswith("."), command.id
        assert command.help[0].isupper(), command.id


def test_the_line_of_keys_has_an_order() -> None:
    """Places in the line of keys are distinct, and help is last, where it is always shown."""
    for commands in (BROWSING, REVIEW_COMMANDS):
        places = [command.position for command in commands if command.position]
        assert len(set(places)) == len(places)
    for commands in (BROWSING, REVIEWING):
        assert max(commands, key=lambda command: command.position).id == "help"


def test_names_of_keys() -> None:
    """Keys are named as they stand on a keyboard."""
    names = {key: key_name(key) for key in ("ctrl+p", "left_square_bracket", "shift+tab", "slash", "G", "pagedown")}
    assert list(names.values()) == ["^p", "[", "⇧tab", "/", "G", "pgdn"]
    assert not [name for name, *_ in key_table()[0] if "_" in name]


def test_the_table_of_keys_lists_every_command() -> None:
    """In the order of their declaration."""
    assert [command for _, command, _, _ in key_table()[0]] == [command.id for command in COMMANDS]
