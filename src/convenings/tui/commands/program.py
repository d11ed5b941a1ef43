"""Commands that concern the program as a whole."""

from __future__ import annotations

import sys

from convenings.domain.state import State
from convenings.tui.commands.command import (
    OpenExport,
    OpenHelp,
    OpenImport,
    OpenMessages,
    OpenThemes,
    Quit,
    Refusal,
    Reload,
    Result,
    Suspend,
    command,
)
from convenings.tui.commands.context import Context


@command("question_mark,f1", "keys", "List the keys that work here, to find one and to run it.", position=9)
def help(state: State, context: Context) -> Result:  # noqa: A001 (its id, which keymaps name)
    """List the keys that work here."""
    return OpenHelp()


@command("exclamation_mark", "messages", "List what was said since the start, each sentence whole.")
def messages(state: State, context: Context) -> Result:
    """List what was said."""
    return OpenMessages()


@command("T", "theme", "Choose a theme; each is shown while the cursor stands on it.")
def theme(state: State, context: Context) -> Result:
    """List the themes."""
    return OpenThemes()


@command("I", "import", "Import files: tables, calendars, schedules; shown before anything is written.")
def import_files(state: State, context: Context) -> Result:
    """Ask for files to import."""
    return OpenImport()


@command("X", "export", "Write what the panes show, or everything, as a dataset, CSV, workbook or calendar.")
def export(state: State, context: Context) -> Result:
    """Ask what is to be taken out, and where to."""
    if not context.model.complete:
        return Refusal("The dataset is still being read; it can be exported once it is read")
    return OpenExport()


@command("ctrl+r", "reload", "Read the dataset again.")
def reload(state: State, context: Context) -> Result:
    """Read the dataset again, and come back to the same place."""
    return Reload()


@command("ctrl+z", "suspend", "Go to the shell; its fg comes back here.")
def suspend(state: State, context: Context) -> Result:
    """Hand the terminal back to the shell."""
    return Refusal("This system has no way to suspend a program") if sys.platform == "win32" else Suspend()


@command("q,ctrl+q", "quit", "Leave; the next start comes back to where you were.")
def quit(state: State, context: Context) -> Result:  # noqa: A001 (its id, which keymaps name)
    """Leave."""
    return Quit()
