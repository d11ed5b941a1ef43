"""The application: themes, the session, and the explorer as its screen."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from textual.app import App
from textual.driver import Driver
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme

from convenings.domain.errors import BadInput
from convenings.domain.state import State
from convenings.domain.text import plain
from convenings.store.user_file import LOCK_SECONDS
from convenings.tui.commands.keymap import keymap_of
from convenings.tui.commands.registry import COMMANDS
from convenings.tui.explorer.screen import Explorer
from convenings.tui.input_driver import quick
from convenings.tui.paint.themes import CONVENINGS_DARK, CONVENINGS_LIGHT, DEFAULT, OURS, adapted
from convenings.tui.textual_private import ask_first, declared_again
from convenings.tui.views.registry import NO_KEY, with_wide_keys
from convenings.workspace import Workspace

if TYPE_CHECKING:
    from convenings.index.build.process import BuildProcess


def _first_theme(app: Any) -> str:
    """The theme to start with: the one chosen, if there is such a theme."""
    return app.chosen_theme if app.chosen_theme in app.available_themes else DEFAULT


class ConveningsApp(App[None]):
    """A terminal explorer over one dataset.

    Args:
        workspace: The dataset, with what the user has added to it.
        fresh: Start anew instead of where the last session ended.
        theme: Name of a theme; the one last used where empty.
        builder: A build of the index that is under way; the explorer takes up what it makes.
    """

    TITLE = "Convenings"
    theme: Reactive[str] = declared_again(App, "theme", Reactive(Initialize(_first_theme)))
    """Known before the stylesheet is first parsed, so that it is parsed once."""
    CSS_PATH = "explorer.tcss"
    """Given here and not to the screens: the stylesheet is then parsed once at start, and not once a screen."""
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        workspace: Workspace,
        *,
        fresh: bool = False,
        theme: str = "",
        builder: BuildProcess | None = None,
        begun_with: Path | None = None,
        greeting: str = "",
    ) -> None:
        self._builder = builder
        self._begun_with = begun_with or workspace.model.path
        self.chosen_theme = theme or workspace.user_data.theme() or DEFAULT
        super().__init__()
        ask_first(self, self.recovers_from)
        self.workspace = workspace
        self.user_data = workspace.user_data
        self.previews_theme = False
        """Whether the theme is only looked at, and not to be remembered."""
        self.fresh = fresh
        self.keymap = keymap_of(self.user_data.keymap())
        """The keys that the user has bound."""
        self.user_data.warnings.extend(filter(None, (greeting, *self.keymap.faults)))
        self._explorer: Explorer | None = None
        self.next_dataset: Path | None = None
        """The dataset that is to be opened in the place of this one."""
        self.next_greeting = ""
        """What is to be said there first."""
        self.is_to_open_again = False
        """Whether it left as its index was damaged, and is to be opened on a new one."""

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours, then Textual's."""
        return OURS | super().available_themes

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by name; Textual asks for it many times in a painting."""
        if theme_name in OURS:
            return OURS[theme_name]
        other = super().get_theme(theme_name)
        return None if other is None else adapted(other)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this system, with an input thread that waits for no clock."""
        return quick(super().get_driver_class())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our hues for themes that do not name them: those of our dark or our light theme."""
        theme: Theme = self.current_theme
        return dict((CONVENINGS_DARK if theme.dark else CONVENINGS_LIGHT).variables)

    def get_default_screen(self) -> Screen[Any]:
        """The explorer, at the place where the last session ended."""
        restored = None if self.fresh else self._restored()
        self._say_drafts()
        self._explorer = Explorer(self.workspace, restored, self._builder, self.keymap)
        return self._explorer

    def _say_drafts(self) -> None:
        """Say of which records a note was being written when the program ended all at once."""
        drafts = self.user_data.drafts(self.workspace.user_data_key)
        for ref in drafts if self.workspace.model.total else ():
            what = f"A note on {self.workspace.model.label(ref)} was being written when the program ended"
            self.user_data.warnings.append(f"{what}: n there shows it")

    def _restored(self) -> State | None:
        data = self.user_data.session(self.workspace.user_data_key)
        if data is None:
            return None
        try:
            return msgspec.convert(data, State)
        except msgspec.ValidationError:
            self.user_data.warnings.append("Where you left off could not be read, so this is the start")
            return None

    def on_mount(self) -> None:
        """Bind the user's own keys, and remember the theme whenever it changes."""
        if self.keymap.changed:
            # All of them: what has a new key, or had one, Textual takes from every command of any view that shares it.
            commands = self.keymap.applied(COMMANDS)
            self.set_keymap({command.id: with_wide_keys(command.keys or NO_KEY) for command in commands})
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            with suppress(RuntimeError, ValueError):
                loop.add_signal_handler(signal.SIGTERM, partial(self.exit, return_code=128 + signal.SIGTERM))
                loop.add_signal_handler(signal.SIGHUP, self._hung_up)
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        if self.workspace.ownership.candidates:
            self.call_after_refresh(self._ask_whose_marks)

    def _ask_whose_marks(self) -> None:
        """Ask with which dataset's marks and notes this one goes on, where several may be meant."""
        from convenings.tui.dialogs.marked import WhoseMarks

        workspace, data = self.workspace_shown, self.user_data
        every = {each.dataset: each for each in workspace.ownership.candidates}

        def take(key: str | None) -> None:
            if key is not None and self._explorer is not None:
                workspace.choose(every.get(key))
                self._explorer.show_user_data()
                self._explorer.say(data.warnings[-1] if key and data.warnings else "Begun with no marks and notes")

        choices = [
            (key, each.path or each.title, f"{len(data.marks(key))} marked, {len(data.notes(key))} with a note")
            for key, each in every.items()
        ]
        self.push_screen(WhoseMarks(choices), take)

    def _hung_up(self) -> None:
        """The terminal is gone: keep the session, and do not try to restore what nobody sees."""
        self._keep_open_note()
        self.save_session()
        if self._explorer is None or not self._explorer.saves.holds_up(self._end_hung_up):
            self._end_hung_up()

    def _end_hung_up(self) -> None:
        os._exit(128 + signal.SIGHUP)

    def _keep_theme(self, theme: Theme) -> None:
        if not self.previews_theme and theme.name != self.chosen_theme:
            self.choose_theme(theme.name)

    def choose_theme(self, name: str) -> None:
        """Remember a theme for the next start."""
        self.chosen_theme = name
        self.user_data.set_theme(name)

    def action_help_quit(self) -> None:
        """Say how to leave to whoever presses ctrl+c."""
        if self._explorer is not None:
            self._explorer.say("Press q to quit")

    def save_session(self) -> None:
        """Keep the place for the next start; a place that cannot be kept stops nobody from leaving."""
        explorer = self._explorer
        if explorer is not None and explorer.is_mounted and explorer.model.total:
            with suppress(BadInput, OSError):
                if not self.workspace_shown.ownership.candidates:
                    place = msgspec.to_builtins(explorer.current().lasting())
                    self.user_data.save_session(self.workspace_shown.user_data_key, place)
                self.user_data.flush(LOCK_SECONDS)

    def _keep_open_note(self) -> str:
        """Keep a note that is being written as it stands; gives what is to be said of it."""
        from convenings.tui.dialogs.notes import NoteEditor

        data, key = self.user_data, self.workspace_shown.user_data_key
        for screen in self.screen_stack if self._explorer is not None else ():
            if isinstance(screen, NoteEditor) and screen.is_changed and screen.note.strip():
                label = self.workspace_shown.model.label(screen.ref)
                is_saved = data.set_note(key, screen.ref, screen.note)
                outcome = "kept as it stood" if is_saved else f"not kept: {data.problem}"
                return plain(f"convenings: the note on {label} was {outcome}")
        return ""

    @property
    def workspace_shown(self) -> Workspace:
        """The dataset as it is shown now, after any reload."""
        return self.workspace if self._explorer is None else self._explorer.context.workspace

    def recovers_from(self, error: Exception) -> bool:
        """Whether the index was damaged: then it is made anew, and the explorer opened again at its place."""
        from convenings.index.open import discard_damaged

        if self.is_to_open_again:
            return True
        if not discard_damaged(self.workspace.model.path):
            return False
        self.is_to_open_again = True
        # What it stands on may be what cannot be read.
        with suppress(Exception):
            self.save_session()
        self._explorer = None
        self.exit()
        return True

    def open_next(self, path: Path, greeting: str) -> None:
        """Leave, and open another dataset in its place, saying something first."""
        self.next_dataset, self.next_greeting = path, greeting
        self.exit()

    async def action_quit(self) -> None:
        """Leave, keeping the session."""
        self.exit()

    def _way_back(self) -> str:
        """How to come back to what is shown where that is not what was opened: a copy, or what was imported."""
        shown = self.workspace_shown.model.path
        if self.next_dataset is not None or shown == self._begun_with:
            return ""
        path = shlex.quote(plain(str(shown.absolute())))
        return f"You worked in {plain(shown.name)}; what opens it again is\nconvenings {path}"

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Keep the session and a note that is being written, then leave; say how to come back.

        What is being saved is waited for, unless it is asked a second time.
        """
        saves = self._explorer.saves if self._explorer is not None else None
        if saves is not None and saves.holds_up(partial(self.exit, *args, **kwargs)):
            return
        sentences = [self._keep_open_note(), saves.unsaved() if saves is not None else "", self._way_back()]
        if (sentence := "\n".join(filter(None, sentences))) and not kwargs.get("message"):
            from rich.text import Text

            kwargs["message"] = Text(sentence)
        self.save_session()
        if self._explorer is not None and self._explorer.reloader.builder is not None:
            self._explorer.reloader.builder.stop()
        super().exit(*args, **kwargs)
