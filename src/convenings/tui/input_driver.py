"""Reads keys without a clock: Textual's driver for Linux and macOS with an input thread that is woken.

Textual's own thread looks up every 0.1 s. Until then it neither knows that a lone Escape was that key, and not the
first byte of another one, nor that the program is over, for which it looks up twice. This one sleeps until there is a
key, or until it is woken.
"""

from __future__ import annotations

import os
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from select import select
from threading import Event
from typing import TYPE_CHECKING, Any

from convenings.tui.textual_private import KeyParser

if TYPE_CHECKING:
    from textual.driver import Driver

READ = 4096
"""Bytes that are read at once."""


def quick(driver: type[Driver]) -> type[Driver]:
    """A driver of Textual's with a thread that is woken.

    Drivers other than the one of Linux and macOS come back as they are. So does that one in a release of Textual that
    has changed what is its own affair: reading keys with a clock is better than not reading them.
    """
    if sys.platform == "win32":
        return driver
    try:
        from textual.drivers.linux_driver import LinuxDriver

        KeyParser()
    except (ImportError, AttributeError, TypeError):
        return driver
    if driver is not LinuxDriver or not vars(driver).keys() >= {"run_input_thread", "disable_input"}:
        return driver

    class QuickDriver(LinuxDriver):
        def __init__(self, *args: Any, debug: bool = False, **kwargs: Any) -> None:
            super().__init__(*args, debug=debug, **kwargs)
            self._debug_keys = debug
            self._ending = Event()
            """Whether the thread is to end; a byte in the pipe has it look."""
            self._open_pipe()

        def _open_pipe(self) -> None:
            self._wake_read, self._wake_write = os.pipe()
            os.set_blocking(self._wake_read, False)
            self._pipe_closed = False

        def start_application_mode(self) -> None:
            if self._pipe_closed:
                # Comes back from a suspension, for which Textual closes its driver.
                self._open_pipe()
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def run_input_thread(self) -> None:
            parser, decode = KeyParser(self._debug_keys), getincrementaldecoder("utf-8")("replace").decode
            watched = [self._wake_read, self.fileno]
            while not self._ending.is_set():
                ready, _, _ = select(watched, [], [], parser.seconds_left())
                if self.fileno in ready:
                    data = os.read(self.fileno, READ)
                    if not data:
                        # The terminal is gone: only being woken is left to wait for.
                        watched.remove(self.fileno)
                    # To feed an empty text would say that nothing more will come.
                    for event in parser.feed(text) if (text := decode(data)) else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

        def disable_input(self) -> None:
            # Textual does so once more after it has closed the driver.
            if self._pipe_closed:
                super().disable_input()
                return
            self._ending.set()
            os.write(self._wake_write, b"\0")
            # Waits for the thread, which may have ended without reading the byte, or may never have begun.
            super().disable_input()
            with suppress(BlockingIOError):
                os.read(self._wake_read, READ)
            self._ending.clear()

        def close(self) -> None:
            super().close()
            self._pipe_closed = True
            os.close(self._wake_read)
            os.close(self._wake_write)

    return QuickDriver
