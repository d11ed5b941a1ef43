"""No command opens a network connection: each is run with sockets forbidden."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from convenings.cli.commands import COMMANDS
from tests.driver import BUNDLED
from tests.offline import NetworkUsed, sockets_forbidden
from tests.unit.cli_records import Run

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "search": ("hao ming huang", "--kind", "person"),
    "show": ("person/fu-changbo",),
    "list": ("participation", "--filter", "role:panellist"),
    "check": (),
    "format": ("DATASET",),
    "attach": ("TEXT", "--source", "source/shenzhen-seminar-report", "--anyway"),
    "new": ("NEW",),
    "copy": ("NEW",),
    "add": ("person", "label=Bo", "--dataset", "DATASET"),
    "edit": ("person/fu-changbo", "label=FU Chang-bo", "--dataset", "DATASET"),
    "set": ("language", "en", "--filter", "type:speech", "--kind", "event", "--dataset", "DATASET"),
    "merge": ("topic/young", "topic/vulnerable-groups", "--dataset", "DATASET"),
    "split": ("person/huang-haoming", "--name", "Huang", "--copy", "family", "--dataset", "DATASET"),
    "remove": ("gap/beijing-no-person-named", "--dataset", "DATASET"),
    "undo": ("--dataset", "DATASET"),
    "redo": ("--dataset", "DATASET"),
    "history": ("--dataset", "DATASET"),
    "import": ("TABLE", "--into", "NEW"),
    "export": ("--format", "csv", "-o", "NEW"),
    "draft": ("TEXT",),
    "review": ("--dataset", "DATASET"),
    "stats": (),
}
"""Command to what it is run with on the bundled dataset; words in capitals stand for files and ids.

A command whose business is the network has no place here."""

EXPECTED = {"attach": 1, "undo": 2, "redo": 2, "history": 1, "review": 1}
"""Exit codes other than 0: the text is not that of the report, and nothing was done or drafted before."""


def test_every_command_is_run() -> None:
    assert set(ARGUMENTS) == set(COMMANDS)


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["people", "json"])
@pytest.mark.parametrize("name", ARGUMENTS)
def test_no_command_reaches_for_the_network(run: Run, tmp_path: Path, name: str, form: tuple[str, ...]) -> None:
    text = tmp_path / "report.txt"
    text.write_text("Not the report.\n", encoding="utf-8")
    dataset = shutil.copy(BUNDLED, tmp_path)
    table = tmp_path / "meetings.csv"
    table.write_text("Date,Title\n2031-02-03,Roofs of sheds\n", encoding="utf-8")
    files = {"TEXT": str(text), "DATASET": str(dataset), "TABLE": str(table), "NEW": str(tmp_path / "new")}
    with sockets_forbidden():
        code, out, err = run(name, *(files.get(part, part) for part in ARGUMENTS[name]), *form)
    assert code == EXPECTED.get(name, 0), err
    assert out or err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["--keys"],
        ["--theme", "?"],
        ["--print-completion", "bash"],
        *([name, "--help"] for name in COMMANDS),
    ],
    ids=" ".join,
)
def test_nor_does_what_the_program_says_of_itself(run: Run, arguments: list[str]) -> None:
    with sockets_forbidden():
        code, out, _ = run(*arguments)
    assert code == 0
    assert out


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.socket().connect(("127.0.0.1", 9)),
        lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("127.0.0.1", 9)),
    ],
    ids=["connection", "address", "stream", "datagram"],
)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_an_attempt_fails_where_it_is_made_and_cannot_be_swallowed(reach: Callable[[], object]) -> None:
    with pytest.raises(NetworkUsed), sockets_forbidden():
        reach()
    with pytest.raises(NetworkUsed), sockets_forbidden(), suppress(NetworkUsed):
        reach()


@pytest.mark.skipif(sys.platform == "win32", reason="there asyncio itself connects to its own machine")
def test_what_stays_on_the_machine_works_and_afterwards_everything_does() -> None:
    with sockets_forbidden():
        # A loop is made of a pair of sockets.
        asyncio.run(asyncio.sleep(0))
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
