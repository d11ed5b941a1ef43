"""The thread that reads keys: what it makes of bytes, and that it ends when it is told to."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from queue import Queue
from threading import Thread

import pytest
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.message import Message

from convenings.tui.input_driver import quick
from tests import PATIENCE

if sys.platform == "win32":
    pytest.skip("Textual has another driver there", allow_module_level=True)

from textual.drivers.linux_driver import LinuxDriver


class Reading:
    """A driver that reads what is written into a pipe."""

    def __init__(self) -> None:
        self.driver = quick(LinuxDriver)(App())
        assert isinstance(self.driver, LinuxDriver)
        self.driver.fileno, self.keyboard = os.pipe()
        self.read: Queue[Message] = Queue()
        self.driver.write = lambda data: None  # type: ignore[method-assign]
        self.driver.process_message = self.read.put  # type: ignore[assignment, method-assign]
        self.start()

    def start(self) -> None:
        assert isinstance(self.driver, LinuxDriver)
        self.thread = self.driver._key_thread = Thread(target=self.driver.run_input_thread, daemon=True)
        self.thread.start()

    def types(self, data: bytes) -> None:
        os.write(self.keyboard, data)

    def key(self) -> str:
        """The next key that was read."""
        event = self.read.get(timeout=PATIENCE)
        assert isinstance(event, events.Key)
        return event.key


@pytest.fixture
async def reading() -> AsyncIterator[Reading]:
    reader = Reading()
    yield reader
    reader.driver.disable_input()
    reader.thread.join(PATIENCE)
    assert not reader.thread.is_alive()
    reader.driver.close()
    # Textual says so once more in the end.
    reader.driver.disable_input()


async def test_keys_are_read(reading: Reading) -> None:
    reading.types("aü黄\x1b[B".encode())
    assert [reading.key() for _ in range(4)][::3] == ["a", "down"]


async def test_a_character_may_come_in_pieces(reading: Reading) -> None:
    for byte in "ü".encode():
        reading.types(bytes([byte]))
    event = reading.read.get(timeout=PATIENCE)
    assert isinstance(event, events.Key)
    assert event.character == "ü"


async def test_bytes_that_are_no_text_end_nothing(reading: Reading) -> None:
    reading.types(b"\xff\xfea")
    assert [reading.key() for _ in range(3)][-1] == "a"


async def test_escape_is_a_key_though_nothing_follows_it(reading: Reading) -> None:
    reading.types(b"\x1b")
    assert reading.key() == "escape"
    reading.types(b"j")
    assert reading.key() == "j"


async def test_it_ends_when_told_and_may_begin_again(reading: Reading) -> None:
    for _ in range(2):
        reading.driver.disable_input()
        reading.thread.join(PATIENCE)
        assert not reading.thread.is_alive()
    reading.start()
    reading.types(b"k")
    assert reading.key() == "k"


async def test_nothing_is_left_to_wake_the_next_thread(reading: Reading) -> None:
    """Whether or not there was a thread to end: the next one would look for a reason."""
    for _ in range(3):
        reading.driver.disable_input()
        with pytest.raises(BlockingIOError):
            os.read(reading.driver._wake_read, 1)  # type: ignore[attr-defined]


async def test_it_ends_where_the_keyboard_is_gone(reading: Reading) -> None:
    reading.types(b"a")
    os.close(reading.keyboard)
    assert reading.key() == "a"


async def test_other_drivers_stay_as_they_are() -> None:
    other: type[Driver] = HeadlessDriver
    assert quick(other) is other


@pytest.mark.parametrize(
    "gone", ["textual._time.get_time", "textual.drivers.linux_driver.LinuxDriver.run_input_thread"]
)
async def test_a_driver_that_has_changed_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, gone: str) -> None:
    monkeypatch.delattr(gone)
    assert quick(LinuxDriver) is LinuxDriver


class WithoutClock:
    """A parser that keeps no time."""

    def __init__(self, debug: bool) -> None:
        self.feed = self.tick = iter


class WithoutTick(WithoutClock):
    """A parser that is told of time in another way."""

    def __init__(self, debug: bool) -> None:
        self.feed = iter
        self._timeout_time = None


class MadeOtherwise:
    """A parser that asks for more."""

    def __init__(self, debug: bool, more: int) -> None:
        pass


@pytest.mark.parametrize("parser", [WithoutClock, WithoutTick, MadeOtherwise])
async def test_a_parser_that_has_changed_leaves_the_driver_as_it_is(
    monkeypatch: pytest.MonkeyPatch, parser: type
) -> None:
    monkeypatch.setattr("textual._xterm_parser.XTermParser", parser)
    assert quick(LinuxDriver) is LinuxDriver
