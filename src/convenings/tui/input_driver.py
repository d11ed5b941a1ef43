"""Reloader keys without a clock: Textual's driver for Linux and macOS with an input thread that is woken.

Textual's own thread looks up every 0.1 s. Until then it neither knows that a lone Escape was that key, and not the
first byte of another one, nor that the program is over, for which it looks up twice. This one sleeps until there is a
key, or until it is woken.
"""

from __future__ import annotations

import os
import sys
from codecs import getincrementaldecoder
from select import select
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver

READ = 4096
"""Bytes that are read at once."""
SOON = 1.0
"""Seconds within which whoever wakes the thread says why; it does so at once."""


def quick(driver: type[Driver]) -> type[Driver]:
    """The same driver with such a thread.

    Drivers other than the one of Linux and macOS come back as they are. So does that one in a release of Textual that
    has changed what is its own affair: reading keys with a clock is better than not reading them.
    """
    if sys.platform == "win32":
        return driver
    try:
        from textual._time import get_time
        from textual._xterm_parser import XTermParser
        from textual.drivers.linux_driver import LinuxDriver

        parser = XTermParser(False)
        known = parser._timeout_time is None and callable(parser.feed) and callable(parser.tick)
    except (ImportError, AttributeError, TypeError):
        return driver
    if driver is not LinuxDriver or not known or not vars(driver).keys() >= {"run_input_thread", "disable_input"}:
        return driver

    class QuickDriver(LinuxDriver):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._woken, self._waker = os.pipe()

        def run_input_thread(self) -> None:
            parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
            watched = [self._woken, self.fileno]
            while not self.exit_event.is_set():
                # Where the parser waits for what follows an Escape, it says until when.
                until = parser._timeout_time
                ready, _, _ = select(watched, [], [], None if until is None else max(0.0, until - get_time()))
                if self._woken in ready:
                    os.read(self._woken, READ)
                    self.exit_event.wait(SOON)
                elif self.fileno in ready:
                    read = os.read(self.fileno, READ)
                    if not read:
                        watched.remove(self.fileno)
                    # To feed nothing would say that nothing more will come.
                    for event in parser.feed(text) if (text := decode(read)) else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

        def disable_input(self) -> None:
            if self._key_thread is not None and self._key_thread.is_alive():
                os.write(self._waker, b"\0")
            super().disable_input()

        def close(self) -> None:
            super().close()
            os.close(self._woken)
            os.close(self._waker)

    return QuickDriver
