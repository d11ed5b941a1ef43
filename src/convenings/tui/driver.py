"""Leaving at once: Textual's driver without its wait for the input thread.

The thread that reads keys sits in a ``select`` of 0.1 s, twice, before it notices that the program is over. A process
that is about to end need not wait for it: the terminal is restored as always, and the thread ends with the process.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def quick(driver: type[Driver], leaving: list[bool]) -> type[Driver]:
    """A driver class that does not wait for its input thread once ``leaving`` holds something.

    Drivers other than the one of Linux and macOS come back as they are.
    """
    if sys.platform == "win32":
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    if driver is not LinuxDriver:
        return driver

    class QuickDriver(LinuxDriver):
        def disable_input(self) -> None:
            if leaving:
                self._key_thread = None
            super().disable_input()

    return QuickDriver
