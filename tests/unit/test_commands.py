"""Commands: declared once, complete, without clashes."""

from __future__ import annotations

from convenings.tui import key_table
from convenings.tui.commands.registry import BY_ID, COMMANDS, key_name


def test_ids_and_keys_are_unique() -> None:
    """No two commands have an id or a key in common."""
    assert len(BY_ID) == len(COMMANDS)
    keys = [key for command in COMMANDS for key in command.keys.split(",") if key]
    assert len(keys) == len(set(keys))


def test_words_of_a_command() -> None:
    """A label is a word or three, the help one sentence with a full stop."""
    for command in COMMANDS:
        assert command.label
        assert len(command.label) <= 14, command.id
        assert command.help.endswith("."), command.id
        assert command.help[0].isupper(), command.id


def test_the_line_of_keys_has_an_order() -> None:
    """Places in the line of keys are distinct, and help is last, where it is always shown."""
    places = sorted((command.position, command.id) for command in COMMANDS if command.position)
    assert len({place for place, _ in places}) == len(places)
    assert places[-1][1] == "help"


def test_names_of_keys() -> None:
    """Keys are named as they stand on a keyboard."""
    names = {key: key_name(key) for key in ("ctrl+p", "left_square_bracket", "shift+tab", "slash", "G", "pagedown")}
    assert list(names.values()) == ["^p", "[", "⇧tab", "/", "G", "pgdn"]
    assert not [name for name, *_ in key_table()[0] if "_" in name]


def test_the_table_of_keys_lists_every_command() -> None:
    """In the order of their declaration."""
    assert [command for _, command, _, _ in key_table()[0]] == [command.id for command in COMMANDS]
