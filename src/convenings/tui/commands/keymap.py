"""Which keys the commands have, once those that the user bound to some of them are taken into account."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from convenings.domain.errors import nearest
from convenings.tui.commands.command import Command
from convenings.tui.commands.registry import BROWSING, COMMANDS, REVIEWING, key_name

FILE = "keymap.json"
LONGEST = 40
"""Characters of a name that are repeated where it is no name."""
MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "meta", "hyper"})
NAMED_KEYS = frozenset({
    "escape", "enter", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up", "down",
    "left", "right", "space", "slash", "backslash", "at", "minus", "plus", "underscore",
    *(f"f{number}" for number in range(1, 25)),
})  # fmt: skip
"""Textual's names of keys that are neither a letter nor Unicode's name of a character."""
TEXTUAL_NAMES = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""Unicode's name of a character, as it is written for keys, to Textual's."""


class Keymap(msgspec.Struct, frozen=True):
    """Where keys of commands are not as the program has them."""

    changed: dict[str, str] = {}
    """Id of each command whose keys are not as the program has them to these keys, separated by commas, in Textual's
    names; an empty text where it has none."""
    faults: tuple[str, ...] = ()
    """What the user should know about ``keymap.json``, a sentence each."""

    def applied(self, commands: Iterable[Command]) -> list[Command]:
        """Commands with the keys that they have."""
        if not self.changed:
            return [*commands]
        return [replace(each, keys=self.changed.get(each.id, each.keys)) for each in commands]


def key_of(character: str) -> str:
    """Textual's name of the key of a character; other names come back as they are."""
    if len(character) != 1 or character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return TEXTUAL_NAMES.get(name, name)


def _is_key(name: str) -> bool:
    """Whether a terminal can send a key of this name, as far as that is known."""
    *modifiers, key = name.split("+")
    if not MODIFIERS.issuperset(modifiers):
        return False
    if len(key) == 1 or key in NAMED_KEYS:
        return True
    return any(_has_character(key.replace("_", sign)) for sign in (" ", "-"))


def _has_character(name: str) -> bool:
    try:
        unicodedata.lookup(name)
    except KeyError:
        return False
    return True


def keymap_of(bound: Mapping[str, str]) -> Keymap:
    """The keys of all commands where the user has bound some of them to others.

    A key that the user binds is taken from the command of the same view that had it. What is bound to no command, what
    is no key, and a key that is bound twice in one view is left out, and said.

    Args:
        bound: Id of a command to its keys, separated by commas.
    """
    by_id = {command.id: command for command in COMMANDS}
    faults: list[str] = []
    owners: dict[str, list[str]] = {}
    own: dict[str, list[str]] = {}
    for name, line in bound.items():
        if name not in by_id:
            near = nearest(name[:LONGEST], by_id)
            faults.append(
                f"{FILE}: there is no command {name[:LONGEST]!r}" + (f"; perhaps {near!r} is meant" if near else "")
            )
            continue
        for key in filter(None, (key_of(key.strip()) for key in line.split(","))):
            if not _is_key(key):
                faults.append(f"{FILE}: there is no key {key[:LONGEST]!r}, so {name} is not bound to it")
            elif other := _beside(by_id[name], owners.get(key, ())):
                faults.append(f"{FILE}: {key_name(key)} is bound to {other} and to {name}; it does the first")
            elif key not in own.setdefault(name, []):
                own[name].append(key)
                owners.setdefault(key, []).append(name)
        if name not in own:
            faults.append(f"{FILE}: {name} is bound to no key, so it stays on {_in_words(by_id[name].keys)}")
    keys = {name: ",".join(own[name]) if name in own else command.keys for name, command in by_id.items()}
    for name, command in by_id.items():
        former = command.keys.split(",") if name not in own else []
        if lost := {key: other for key in former if (other := _beside(command, owners.get(key, ())))}:
            keys[name] = ",".join(key for key in former if key not in lost)
            rest = f"no key left; the {'palette' if command.in_palette else 'list of keys'} has it"
            left = f"is left {_in_words(keys[name])}" if keys[name] else f"has {rest}"
            by = " and ".join(f"{key_name(key)} does {other}" for key, other in lost.items())
            faults.append(f"{FILE}: {by}, so {name} {left}")
    return Keymap({name: text for name, text in keys.items() if text != by_id[name].keys}, tuple(faults))


def _beside(command: Command, names: Sequence[str]) -> str:
    """Which of other commands works in a view in which a command does; empty where none does."""
    views = [{each.id for each in commands} for commands in (BROWSING, REVIEWING) if command in commands]
    return next((name for name in names if name != command.id and any(name in view for view in views)), "")


def _in_words(keys: str) -> str:
    return " ".join(key_name(key) for key in keys.split(",") if key)


def key_table(bound: Mapping[str, str]) -> tuple[list[tuple[str, str, str, str]], tuple[str, ...]]:
    """Keys as shown, id, label and help of every command where the user has bound some; what is wrong with that."""
    keymap = keymap_of(bound)
    commands = keymap.applied(COMMANDS)
    return [(_in_words(each.keys), each.id, each.label, _help(each)) for each in commands], keymap.faults


def _help(command: Command) -> str:
    """What a command does, and where, if it is one of the review alone: its keys do something else elsewhere."""
    if any(each.id == command.id for each in BROWSING):
        return command.help
    return f"In the review: {command.help[0].lower()}{command.help[1:]}"
