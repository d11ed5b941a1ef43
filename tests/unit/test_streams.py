"""Streams and an environment as supervisors, containers and full disks leave them; JSON on a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.cli.streams import harmless_json
from convenings.index.build import child, publish
from convenings.index.open import open_model
from convenings.index.stamp import index_path
from convenings.store import paths
from tests.driver import ROOT
from tests.unit import factory
from tests.unit.cli_records import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by a shell")


def by_shell(line: str, *arguments: object, unbuffered: bool = False) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a line in which "$@" stands for the program with arguments."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    env |= {"PYTHONPATH": str(ROOT / "src")} | ({"PYTHONUNBUFFERED": "1"} if unbuffered else {})
    command = ["bash", "-c", line, "bash", sys.executable, "-m", "convenings", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, env=env, check=False)
    return result.returncode, result.stdout, result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "event"),
        ("list", "--json"),
        ("show", "person/ana"),
        ("stats",),
        ("search", "ana"),
        ("--keys",),
        ("--help",),
    ],
)
def test_without_stdout_nothing_is_printed_and_the_exit_code_holds(rivers: Path, arguments: tuple[str, ...]) -> None:
    more = () if arguments[0].startswith("--") else ("--dataset", rivers)
    assert by_shell('"$@" >&-', *arguments, *more) == (0, "", "")
    assert by_shell('"$@" <&- >&- 2>&-', *arguments, *more) == (0, "", "")


def test_without_stderr_a_refusal_is_an_exit_code(rivers: Path) -> None:
    for line in ('"$@" 2>&-', '"$@" 2>/dev/full'):
        assert by_shell(line, "list", "nothing", "--dataset", rivers) == (2, "", "")


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_that_could_not_be_written_is_said(option: str, unbuffered: bool) -> None:
    code, _, err = by_shell('"$@" >/dev/full', option, unbuffered=unbuffered)
    assert (code, err.count("\n")) == (2, 1)
    assert "no space left on device" in err


@pytest.mark.parametrize("arguments", [("show",), ("show", "--json"), ("list", "event", "--filter")])
def test_an_argument_that_is_no_unicode_is_no_fault(run: Run, rivers: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments, "person/\udcff", "--dataset", rivers)
    assert code in (1, 2)
    assert "Traceback" not in err
    assert out in ("", "[]\n")


def test_who_has_no_home_is_told_what_cannot_be_kept(run: Run, rivers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    def homeless(*_: object, **__: object) -> None:
        raise RuntimeError("could not determine the home directory")

    for name in ("CACHE", "DATA", "STATE"):
        monkeypatch.delenv(f"CONVENINGS_{name}_DIR")
    monkeypatch.setattr(platformdirs, "user_cache_path", homeless)
    monkeypatch.setattr(platformdirs, "user_data_path", homeless)
    assert run("list", "event", "--dataset", rivers)[0] == 0
    assert run("show", "person/ana", "--dataset", rivers)[0] == 0
    assert "no home folder" in str(paths.data_dir())


HOSTILE = [
    "\x9b31m",
    "\x9d0;T\x9c",
    "\x7f",
    "\u202eabc",
    "\u2066",
    "\u200b",
    "\ud800",
    "\u2028",
    "\u0301x",
    "\U000e0041",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_terminal_would_obey_is_escaped(text: str) -> None:
    dumped = harmless_json(json.dumps({"label": text}, ensure_ascii=False, indent=2))
    assert dumped.replace("\n", "").isprintable()
    assert json.loads(dumped) == {"label": text}


def test_what_people_read_is_not_escaped() -> None:
    dumped = json.dumps({"label": "黄浩明 é e\u0301 Łódź 🙂 한"}, ensure_ascii=False)
    assert harmless_json(dumped) == dumped


@given(
    st.recursive(st.text(st.characters(codec=None)), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_escaped_json_says_the_same(value: object) -> None:
    assert json.loads(harmless_json(json.dumps(value, ensure_ascii=False, indent=2))) == value


def test_json_on_a_terminal_is_escaped(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, label = tmp_path / "hostile.json", "An\x9b31ma\u202e"
    tables = factory.tables()
    tables["people"]["1"]["label"] = label
    path.write_text(json.dumps(tables), encoding="utf-8")
    assert label in run("show", "person/ana", "--json", "--dataset", path)[1]
    monkeypatch.setattr("convenings.cli.common.is_terminal", lambda: True)
    for arguments in (("show", "person/ana"), ("list", "person")):
        out = run(*arguments, "--json", "--dataset", path)[1]
        assert label not in out
        assert "An\\u009b31ma\\u202e" in out


def test_ctrl_c_while_the_program_is_imported_is_no_traceback() -> None:
    code = (
        "import sys, builtins\n"
        "from convenings.__main__ import main\n"
        "real = builtins.__import__\n"
        "def interrupted(name, *rest, **more):\n"
        "    if name.startswith('convenings.cli'): raise KeyboardInterrupt\n"
        "    return real(name, *rest, **more)\n"
        "builtins.__import__ = interrupted\n"
        "sys.exit(main(['list']))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "")


def test_a_builder_that_was_stopped_is_said_and_not_waited_for(
    rivers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "WAIT_FOR_ANOTHER", 0.3)
    monkeypatch.setattr(publish, "LOOK_EVERY", 0.05)
    index_path(rivers).parent.mkdir(parents=True)
    with publish.sole_builder(index_path(rivers)):
        assert child.main([str(rivers)]) == 0
    phases = capsys.readouterr().out.split("\n")
    assert phases[0] == child.WAITING
    assert child.COMPLETE in phases
    with_index = open_model(rivers)
    assert with_index.complete
    with_index.close()


def test_a_build_is_finished_though_nobody_hears_of_it(rivers: Path) -> None:
    command = [sys.executable, "-m", "convenings.index.build.child", str(rivers)]
    line = '"$@" | true; exit ${PIPESTATUS[0]}'
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    result = subprocess.run(
        ["bash", "-c", line, "bash", *command], capture_output=True, text=True, env=env, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert index_path(rivers).exists()
