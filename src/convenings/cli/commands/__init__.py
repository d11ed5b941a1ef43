"""The commands of the command line: one file each, named as the command is, that holds it as ``COMMAND``.

To add one, write the file and its name into :data:`COMMANDS`; parser, help, completion and README follow.
"""

from __future__ import annotations

from importlib import import_module

from convenings.cli.command import Command

COMMANDS: dict[str, str] = {
    name: f"{__name__}.{name}"
    for name in (
        "search",
        "show",
        "list",
        "check",
        "new",
        "copy",
        "add",
        "edit",
        "set",
        "merge",
        "split",
        "remove",
        "undo",
        "redo",
        "history",
        "format",
        "attach",
        "import",
        "export",
        "draft",
        "review",
        "stats",
    )
}
"""Name of every command to its module, in the order of the help."""


def load(name: str) -> Command:
    """A command by its name; nothing but its module, and what that imports, is loaded.

    Raises:
        KeyError: There is no such command.
    """
    command: Command = import_module(COMMANDS[name]).COMMAND
    return command
