"""The terminal goes away while the program is open."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.journeys.story import OPENING
from tests.terminal.terminal import open_terminal

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")


def test_a_terminal_that_hangs_up_loses_no_session(own_folders: Path) -> None:
    """The exit code names the signal, and the next start is where the terminal was closed."""
    with open_terminal(own_folders) as terminal:
        terminal.expect(OPENING)
        terminal.press("enter", "2")
        terminal.expect("▶ Beijing workshop", "┏━ 9 spoke")
        os.kill(terminal.pid, signal.SIGHUP)
        assert terminal.expect_end().startswith(f"left with {128 + signal.SIGHUP},")
    with open_terminal(own_folders) as terminal:
        terminal.expect("▶ Beijing workshop", "┏━ 9 spoke")
