"""The program as its users start it: in a terminal, with keys, signals and sizes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import PATIENCE
from tests.benchmarks import generate
from tests.journeys.story import MODERATOR, OPENING
from tests.terminal.terminal import (
    ENTER_SCREEN,
    HIDE_CURSOR,
    LEAVE_SCREEN,
    PROGRAM,
    ROOT,
    SHOW_CURSOR,
    Terminal,
    environment,
    open_terminal,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")
RESTORED = "echo True, lines True"
FAILING = (
    "from convenings.tui.commands import move; from convenings.__main__ import main; import sys;"
    "move.moved = lambda *_: 1 / 0; sys.exit(main())"
)
"""The program with a fault in a command."""


def assert_screen_left(terminal: Terminal) -> None:
    """The alternate screen was left after it was entered, and the cursor shown after it was hidden."""
    sent = bytes(terminal.sent)
    assert ENTER_SCREEN in sent
    assert sent.rindex(LEAVE_SCREEN) > sent.rindex(ENTER_SCREEN)
    assert sent.rindex(SHOW_CURSOR) > sent.rindex(HIDE_CURSOR)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
def test_the_story_by_keys_alone(own_folders: Path, size: tuple[int, int]) -> None:
    """Who moderated, for whom, the evidence, a panellist's organisation, its questions, and back to the start."""
    with open_terminal(own_folders, "--fresh", size=size) as terminal:
        terminal.expect(OPENING)
        for step in MODERATOR:
            terminal.press(*step.keys)
            terminal.expect(*step.seen, gone=step.gone)
        terminal.press("q")
        assert terminal.expect_end() == f"left with 0, {RESTORED}"
        assert_screen_left(terminal)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
def test_leaving_gives_the_terminal_back(own_folders: Path, key: str) -> None:
    """The alternate screen is left, the cursor shown, echo and lines are on again."""
    with open_terminal(own_folders, "--fresh") as terminal:
        terminal.expect(OPENING)
        terminal.press(key)
        assert terminal.expect_end() == f"left with 0, {RESTORED}"
        assert_screen_left(terminal)


def test_a_crash_gives_the_terminal_back(own_folders: Path) -> None:
    """A fault in a command ends the program with an error, and the terminal as it was."""
    with open_terminal(own_folders, "--fresh", program=(sys.executable, "-c", FAILING)) as terminal:
        terminal.expect(OPENING)
        terminal.press("down")
        end = terminal.expect_end()
        assert not end.startswith("left with 0")
        assert end.endswith(RESTORED)
        assert b"ZeroDivisionError" in terminal.sent
        assert_screen_left(terminal)


def test_ctrl_c_says_how_to_leave(own_folders: Path) -> None:
    """The key that ends other programs does not end this one by mistake: it says what does."""
    with open_terminal(own_folders, "--fresh") as terminal:
        terminal.expect(OPENING)
        terminal.press("ctrl+c")
        terminal.expect("quit")
        terminal.press("down")
        terminal.expect("◆ Company presentations")
        terminal.press("q")
        assert terminal.expect_end() == f"left with 0, {RESTORED}"


def test_the_size_may_change_at_any_moment(own_folders: Path) -> None:
    """Each size shows its layout; too small a terminal says so, and the place is kept."""
    with open_terminal(own_folders, "--fresh", size=(200, 60)) as terminal:
        terminal.expect(OPENING, "5 Profile", "4 Questions")
        terminal.find("round table")
        terminal.expect("◆ Round table discussion", gone=["Palette"])
        terminal.resize(80, 24)
        terminal.expect("2 Speakers 5", "◆ Round table discussion")
        terminal.resize(20, 5)
        terminal.expect("Make the")
        terminal.resize(40, 12)
        terminal.expect("Round table discussion", "? keys")
        terminal.resize(120, 36)
        terminal.expect("2 Speakers", "5 Profile", "FU Changbo")
        terminal.resize(200, 60)
        terminal.expect("2 Speakers", "3 Organisations", "5 of 28 related", "◆ Round table discussion")


def test_a_terminal_too_small_from_the_start(own_folders: Path) -> None:
    """It says what is wrong, and goes on when there is room."""
    with open_terminal(own_folders, "--fresh", size=(30, 6)) as terminal:
        terminal.expect("Make the terminal larger", "10 rows")
        terminal.resize(80, 24)
        terminal.expect(OPENING)


def test_the_session_comes_back_and_fresh_starts_anew(own_folders: Path) -> None:
    """The next start is where one left, unless it is told to be fresh."""
    with open_terminal(own_folders) as terminal:
        terminal.expect(OPENING)
        terminal.press("enter", "2")
        terminal.expect("▶ Beijing workshop", "┏━ 9 spoke")
        terminal.press("q")
        terminal.expect_end()
    with open_terminal(own_folders) as terminal:
        terminal.expect("▶ Beijing workshop", "┏━ 9 spoke")
    with open_terminal(own_folders, "--fresh") as terminal:
        terminal.expect(OPENING, gone=["▶"])


def test_a_citation_is_sent_to_the_terminal(own_folders: Path) -> None:
    """Copying is an OSC 52 sequence, which works over ssh too."""
    with open_terminal(own_folders, "--fresh") as terminal:
        terminal.expect(OPENING)
        terminal.press("Y")
        terminal.expect("Sent to the clipboard: event/beijing-workshop")
        assert b"\x1b]52;c;ZXZlbnQvYmVpamluZy13b3Jrc2hvcA==\x07" in terminal.sent


def test_no_colour(own_folders: Path) -> None:
    """NO_COLOR leaves greys only."""
    with open_terminal(own_folders, "--fresh", NO_COLOR="1") as terminal:
        terminal.expect(OPENING)
        for found in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", bytes(terminal.sent)):
            assert max(map(int, found)) - min(map(int, found)) <= 1


def test_a_read_only_home(own_folders: Path, tmp_path: Path) -> None:
    """Where nothing can be kept, everything but the keeping works, and that is said."""
    file = tmp_path / "file"
    file.write_text("not a folder")
    cache, data, state = (str(file / name) for name in ("CACHE", "DATA", "STATE"))
    with open_terminal(
        own_folders, "--fresh", CONVENINGS_CACHE_DIR=cache, CONVENINGS_DATA_DIR=data, CONVENINGS_STATE_DIR=state
    ) as terminal:
        terminal.expect("◆ 23")
        terminal.press("down", "down", "up", "m")
        terminal.expect("Marked")
        terminal.find("fu changbo")
        terminal.expect("● FU Changbo", gone=["Palette"])
        terminal.press("q")
        assert terminal.expect_end() == f"left with 0, {RESTORED}"


def test_not_a_terminal(own_folders: Path) -> None:
    """Without a terminal: one sentence on stderr, exit 2, nothing on stdout."""
    done = subprocess.run(
        PROGRAM,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(own_folders),
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().count("\n") == 1
    assert "terminal" in done.stderr.decode()


@pytest.mark.parametrize(
    ("content", "says"), [(None, "no such file"), (b"{", "JSON"), (b"\xff\xfe", "UTF-8"), (b"[]", "")]
)
def test_a_dataset_that_cannot_be_opened(own_folders: Path, tmp_path: Path, content: bytes | None, says: str) -> None:
    """One sentence names the file, in a terminal too, and the screen was never taken."""
    path = tmp_path / "broken.json"
    if content is not None:
        path.write_bytes(content)
    with open_terminal(own_folders, str(path), size=(200, 24)) as terminal:
        end = terminal.expect_end()
        assert end == f"left with 2, {RESTORED}"
        assert says.casefold() in terminal.text.casefold()
        assert "broken.json" in terminal.text
        assert "Traceback" not in terminal.text
        assert ENTER_SCREEN not in terminal.sent


def test_another_dataset_is_named_on_the_command_line(own_folders: Path, tmp_path: Path) -> None:
    """The path given is the one opened, from any folder."""
    path = tmp_path / "copy.json"
    path.write_bytes(
        (ROOT / "data" / "convenings.json").read_bytes().replace(b"Workshop in Sydney", b"Workshop at Sydney")
    )
    with open_terminal(own_folders, str(path)) as terminal:
        terminal.expect("Workshop at Sydney")


def test_who_leaves_a_copy_to_work_in_is_told_where_it_is(own_folders: Path, tmp_path: Path) -> None:
    """The next start opens the dataset that cannot be changed again: the copy would seem to be lost."""
    with open_terminal(own_folders, "--fresh", HOME=str(tmp_path)) as terminal:
        terminal.expect(OPENING)
        terminal.press("E")
        terminal.expect("a copy to work in")
        terminal.press("enter")
        terminal.expect("Edit event")
        terminal.press("escape")
        terminal.expect("You work in the copy")
        terminal.press("q")
        terminal.expect_end()
        said = terminal.sent[terminal.sent.rindex(LEAVE_SCREEN) :].decode()
        # A path that is longer than a line is broken.
        assert f"convenings{tmp_path / 'convenings.json'}" in "".join(said.split())


def test_what_was_imported_beside_the_file_is_said_at_once_and_on_leaving(own_folders: Path, tmp_path: Path) -> None:
    (tmp_path / "talks.csv").write_text("Date,Title\n2031-05-03,Rivers\n")
    with open_terminal(own_folders, "--fresh", size=(200, 30)) as terminal:
        terminal.expect(OPENING)
        terminal.press("I")
        terminal.expect("Import a file or a folder")
        terminal.press(str(tmp_path / "talks.csv"), "enter")
        terminal.expect("Import this")
        terminal.press("enter")
        terminal.expect("Imported into", "1 event")
        terminal.press("q")
        terminal.expect_end()
        said = terminal.sent[terminal.sent.rindex(LEAVE_SCREEN) :].decode()
        assert f"convenings{tmp_path / 'talks.convenings.json'}" in "".join(said.split())


def test_a_large_dataset_is_there_before_it_is_indexed(own_folders: Path, tmp_path: Path) -> None:
    """The first start shows it while another process indexes it; the second finds the index."""
    path = tmp_path / "large.json"
    generate.write(5000, path)
    for start in ("Indexed 5,000 records", "◆ 600"):
        with open_terminal(own_folders, str(path), "--fresh") as terminal:
            terminal.expect(start, "1 Timeline")
            terminal.press("q")
            assert terminal.expect_end() == f"left with 0, {RESTORED}"
    assert not list(own_folders.rglob("*.part"))


def test_what_is_typed_right_after_a_key_is_not_lost(own_folders: Path) -> None:
    """Keys that arrive in one burst go where they would go one by one: palette, filter, the pane just entered."""
    with open_terminal(own_folders, "--fresh") as terminal:
        terminal.expect(OPENING)
        terminal.press("ctrl+p", "type:fu changbo", "enter")
        terminal.expect("● FU Changbo", gone=["Palette"])
        terminal.press("5", "enter")
        terminal.expect("round table, no date of its own")
        terminal.press("2", "/", "type:role:moderator", "enter")
        terminal.expect("● FU Changbo", "1 of 28")
        terminal.press("q")
        terminal.expect_end()


def test_being_told_to_end_gives_the_terminal_back(own_folders: Path) -> None:
    """A kill -TERM leaves the terminal in order too, and the session kept."""
    with open_terminal(own_folders, "--fresh") as terminal:
        terminal.expect(OPENING)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.expect_end().endswith(RESTORED)
        assert_screen_left(terminal)


def test_a_dataset_cut_off_under_the_explorer(own_folders: Path, tmp_path: Path) -> None:
    """A file truncated in place while it is open never ends the program."""
    path = tmp_path / "copy.json"
    shutil.copy(ROOT / "data" / "convenings.json", path)
    with open_terminal(own_folders, str(path), "--fresh") as terminal:
        terminal.expect(OPENING)
        os.truncate(path, 0)
        # What is wrong is said over the last rows, until a key.
        terminal.expect("Not reloaded")
        terminal.press("G")
        terminal.expect("Viewing and experience event")
        terminal.press("5", "1", "q")
        assert terminal.expect_end() == f"left with 0, {RESTORED}"


@pytest.mark.skipif(sys.platform != "linux", reason="only here the system says in a file what a process does")
def test_suspended_and_called_back(own_folders: Path) -> None:
    """ctrl+z hands the terminal back; called back, the screen is as it was and keys work."""
    with open_terminal(own_folders) as terminal:
        terminal.expect("Beijing workshop", "? keys")
        terminal.press("down", "enter")
        terminal.expect("1 pinned")
        terminal.press("ctrl+z")
        terminal.wait(lambda: state_of(terminal.pid) == "T", "the program to be suspended")
        terminal.wait(lambda: LEAVE_SCREEN in terminal.sent, "the screen to be left")
        assert_screen_left(terminal)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.expect("1 pinned", "? keys")
        terminal.press("escape")
        terminal.expect("? keys", gone=["1 pinned"])
        terminal.press("q")
        assert terminal.expect_end().startswith("left with 0")


def state_of(pid: int) -> str:
    """The letter by which the system says what a process does: ``T`` for suspended."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
