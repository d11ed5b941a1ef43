"""The command line and bad input: one sentence, the right exit code, no traceback; and hostile text shown harmless."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

import convenings
from convenings.__main__ import main
from convenings.cli import common
from convenings.domain.kinds import KINDS
from tests import PATIENCE
from tests.unit import factory

TABLE: dict[str, Any] = factory.tables()
WHOLE = json.dumps(TABLE, ensure_ascii=False).encode()


def spoilt(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The bytes of the small dataset after a change."""
    tables = json.loads(WHOLE)
    change(tables)
    return json.dumps(tables).encode()


BAD: dict[str, bytes | None] = {
    "missing": None,
    "empty": b"",
    "truncated": WHOLE[: len(WHOLE) // 2],
    "non-UTF-8": WHOLE.replace(b"Ana", b"An\xe9", 1),
    "non-JSON": b"a,b,c\n1,2,3\n",
    "wrong shape": b"[1, 2, 3]",
    "another TinyDB file": b'{"_default": {"1": {"a": 1}}}',
    "newer version": spoilt(lambda t: t["dataset"]["1"].update(format=99)),
    "unknown field": spoilt(lambda t: t["people"]["1"].update(colour="red")),
    "unknown role": spoilt(lambda t: t["participations"]["1"].update(role="mentioned")),
    "hostile field": spoilt(lambda t: t["people"]["1"].update({"[/]\x1b[2J\n\u202e": 1})),
}


def program(*arguments: str | Path, stdout: int | IO[bytes] = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, without a terminal."""
    source = str(Path(convenings.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-m", "convenings", *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": source, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


def one_line(err: str) -> bool:
    """Whether a text is one harmless line of the program."""
    return err.startswith("convenings: ") and err.count("\n") == 1 and err.endswith("\n") and err[:-1].isprintable()


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize(
    "arguments",
    [["list", "person"], ["list", "person", "--json"], ["search", "ana"], ["show", "person/ana"], ["stats"], []],
    ids=" ".join,
)
def test_a_bad_dataset_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, arguments: list[str]
) -> None:
    path = tmp_path / "bad.json"
    if (data := BAD[name]) is not None:
        path.write_bytes(data)
    monkeypatch.setenv("CONVENINGS_DATASET", str(path))
    code = main(arguments)
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert one_line(err)
    assert err.startswith(f"convenings: {path}: ")
    assert "; " in err


def test_a_bad_dataset_leaves_no_traceback_in_a_process_either(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    for data in (WHOLE[:100], BAD["unknown role"] or b""):
        path.write_bytes(data)
        done = program("list", "person", "--dataset", path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert one_line(done.stderr.decode())
    assert "'mentioned' is not a known role" in done.stderr.decode()


@pytest.mark.parametrize("name", ["missing", "truncated", "non-UTF-8", "non-JSON", "wrong shape", "newer version"])
def test_check_cannot_read_what_is_no_dataset(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / "bad.json"
    if (data := BAD[name]) is not None:
        path.write_bytes(data)
    assert main(["check", str(path)]) == 2
    assert one_line(capsys.readouterr().err)


@pytest.mark.parametrize("name", ["unknown field", "unknown role", "hostile field"])
def test_check_names_what_is_wrong_with_a_record(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(BAD[name] or b"")
    assert main(["check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(f"{path}: ") and line.isprintable() for line in lines)


def test_a_dangling_reference_is_only_for_check_to_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dangling.json"
    path.write_bytes(spoilt(lambda t: t["participations"]["1"].update(agent="person/nobody", event="event/none")))
    for arguments in (
        *(["list", kind] for kind in KINDS),
        ["list", "participation", "--json"],
        ["show", "participation/ana"],
        ["show", "participation/ana", "--json"],
        ["show", "organisation/trust"],
        ["search", "ana"],
        ["stats"],
    ):
        assert main([*arguments, "--dataset", str(path)]) == 0, arguments
    capsys.readouterr()
    assert main(["check", str(path)]) == 1
    assert "there is no record 'person/nobody'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["list", "peple"], "'people'"),
        (["list", "qqq"], "use one of: event, person"),
        (["show"], "convenings show --help"),
        (["list", "person", "--filter", "rolle:chair"], "role:"),
        (["list", "person", "--filter", "role:boss"], "moderator"),
        (["list", "person", "--filter", "date:yesterday"], "date"),
        (["search", "wher:x"], "query, column 1: there is no key"),
        (["search", "x", "--limit", "0"], "from 1 on"),
        (["search", "x", "--limit", "many"], "many"),
        (["search", "x", "--kind", "evnt"], "'event'"),
        (["attach", "--source", "source/x"], "no file is named"),
        (["attach", "a", "--csv"], "name no file"),
        (["format"], "no dataset is named"),
        (["attach", "a", "b", "--source", "source/x"], "one file"),
        (["attach", "a", "--detach", "source/x"], "stands alone"),
        (["attach", "."], "folder"),
        (["attach", "nowhere.txt"], "nowhere.txt"),
        (["attach", str(Path(__file__))], "attach --source ID"),
        (
            ["attach", str(Path(__file__)), "--source", "source/shenzen-seminar-report"],
            "'source/shenzhen-seminar-report'",
        ),
        (["check", "--source", str(Path(__file__))], "test_cli_input.py"),
        (["--fresh", "list", "event"], "--fresh"),
        (["--json"], "--keys"),
        (["--bogus"], "--bogus"),
        (["serch", "huang"], "huang"),
        (["serch"], "'search'"),
        (["--theme"], "--theme"),
        (["--print-completion", "elvish"], "bash"),
        (["list\x1b[2J", "\u202e"], "convenings --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use_is_one_sentence_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], word: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert one_line(err)
    assert word in err


def test_a_text_that_is_not_utf8_is_not_attached(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Café".encode("latin-1"))
    assert main(["attach", str(path)]) == 2
    err = capsys.readouterr().err
    assert one_line(err)
    assert f"{path}: byte 3: " in err


def test_a_text_that_cannot_be_kept_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "file" / "data"))
    text = tmp_path / "rivers.txt"
    text.write_bytes(factory.TEXT.encode())
    path = factory.write(tmp_path / "x.json").path
    assert main(["attach", str(text), "--dataset", str(path)]) == 2
    assert "the text could not be kept" in capsys.readouterr().err.splitlines()[-1]


def test_without_a_place_for_the_index_everything_is_found_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert main(["show", "person/fu-changbo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "person/fu-changbo"


def test_the_explorer_needs_a_terminal() -> None:
    done = program()
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr.decode())
    assert b"needs a terminal" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="another way to end it there")
def test_the_explorer_needs_no_terminal_where_a_browser_draws_it() -> None:
    source = str(Path(convenings.__file__).parents[1])
    driver = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "TERM": "dumb"}
    process = subprocess.Popen(
        [sys.executable, "-m", "convenings", "--fresh"],
        env=os.environ | driver | {"PYTHONPATH": source},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        # The driver's first word to the server that would hand on what is drawn.
        output = process.stdout.readline()
        assert output == b"__GANGLION__\n"
        while b"Convenings" not in output:
            piece = os.read(process.stdout.fileno(), 65536)
            assert piece, output
            output += piece
        leave = b'{"type": "quit"}'
        _, err = process.communicate(b"M" + len(leave).to_bytes(4, "big") + leave)
    finally:
        process.kill()
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals of a type")
def test_the_explorer_needs_more_than_a_dumb_terminal(tmp_path: Path) -> None:
    import pexpect

    source = str(Path(convenings.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": source, "TERM": "dumb"}
    code = (
        "import sys; from convenings.__main__ import main as m; code = m(); print('textual' in sys.modules); exit(code)"
    )
    child = pexpect.spawn(sys.executable, ["-c", code], env=environment, encoding="utf-8", timeout=PATIENCE)
    output = child.read()
    child.close()
    assert child.exitstatus == 2
    assert "type dumb" in output
    assert output.splitlines()[-1] == "False"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_an_unknown_theme_names_the_nearest() -> None:
    import pexpect

    source = str(Path(convenings.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": source, "TERM": "xterm-256color"}
    arguments = ["-m", "convenings", "--theme", "convenings-drak"]
    child = pexpect.spawn(sys.executable, arguments, env=environment, encoding="utf-8", timeout=PATIENCE)
    output = child.read()
    child.close()
    assert child.exitstatus == 2
    assert output == "convenings: there is no theme 'convenings-drak'; perhaps 'convenings-dark' is meant\r\n"


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(value: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(common, "print_json", interrupted)
    monkeypatch.setattr("convenings.cli.commands.stats.print_json", interrupted)
    # What a shell starts in the background ignores the signal.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main(["stats", "--json"]) == 130
    finally:
        signal.signal(signal.SIGINT, handler)
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is another error there")
def test_a_reader_that_stops_reading_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = program("list", "statement", "--json", stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a disk that is always full")
@pytest.mark.parametrize("arguments", [["list", "event"], ["stats", "--json"]], ids=" ".join)
def test_a_full_disk_is_one_sentence(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = program(*arguments, stdout=full)
    assert done.returncode == 2
    assert one_line(done.stderr.decode())
    assert b"no space left" in done.stderr


HOSTILE = {
    "closing tag": "[/]",
    "bold": "[bold]x[/bold] [link=file:///etc/passwd]y[/link]",
    "clear screen": "a\x1b[2J\x1b]0;title\x07b\x9b31mc",
    "bidirectional": "a\u202eb\u2066c\u200bd",
    "newlines": "one\ntwo\r\nthree\u2028four\x85five",
    "long": "word" * 2500,
    "emoji code": ":smile: 😀 👩‍👩‍👧 漢字",
    "marks": "Z" + "\u0301" * 200,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("columns", ["40", "160"])
def test_hostile_text_shows_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    bad = HOSTILE[name]
    path = tmp_path / "hostile.json"
    tables = json.loads(WHOLE)
    for rows in tables.values():
        for document in rows.values():
            for field in ("label", "title", "summary", "text", "detail", "family", "unnamed", "as_stated"):
                if field in document:
                    document[field] = f"{document[field]} {bad}"
            for evidence in document.get("evidence", []):
                evidence["note"] = bad
            for paragraph in document.get("digest", []):
                paragraph["digest"] = bad
    path.write_text(json.dumps(tables), encoding="utf-8")
    for kind in KINDS:
        assert main(["list", kind, "--dataset", str(path)]) == 0
        harmless(capsys.readouterr().out, columns)
        main(["list", kind, "--json", "--dataset", str(path)])
        for record in json.loads(capsys.readouterr().out):
            assert main(["show", record["id"], "--dataset", str(path)]) == 0
            harmless(capsys.readouterr().out, columns)
    assert main(["search", "ana", "--dataset", str(path)]) == 0
    out = capsys.readouterr().out
    harmless(out, columns)
    assert main(["stats", "--dataset", str(path)]) == 0
    harmless(capsys.readouterr().out, columns)
    if name in ("closing tag", "bold"):
        assert bad.split()[0] in out


def harmless(out: str, columns: str) -> None:
    """Refuse what a terminal would obey, and lines longer than the page."""
    from rich.cells import cell_len

    assert out
    for line in out.split("\n"):
        assert line.replace("\u3000", " ").isprintable()
        assert cell_len(line) <= int(columns)
        assert "\u0301" * 4 not in line


def test_hostile_text_stays_as_it_is_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hostile.json"
    label = "".join(HOSTILE.values())
    path.write_bytes(spoilt(lambda t: t["people"]["1"].update(label=label)))
    assert main(["show", "person/ana", "--json", "--dataset", str(path)]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["label"] == label
    assert "\x1b" not in out


def test_a_corrupt_index_is_mended_or_one_sentence(own_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "event"]) == 0
    whole = capsys.readouterr().out
    (index,) = (own_folders / "cache").glob("*.sqlite")
    index.write_bytes(index.read_bytes()[:8192] + b"U" * 200_000)
    code = main(["list", "event"])
    out, err = capsys.readouterr()
    assert (code, out) == (0, whole) or (code == 2 and one_line(err))
