"""Completion: what a shell is offered comes from the parser, and from the dataset by a question that costs little."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import convenings
from convenings.cli import offers
from convenings.cli.parser import SHELLS
from convenings.domain.kinds import KINDS
from convenings.domain.query.keys import KEYS
from convenings.domain.records import Person, Record
from convenings.domain.roles import ROLES
from convenings.index.open import peek_model
from tests.unit import factory
from tests.unit.cli_records import Run


def offered(run: Run, what: str, word: str, *line: str | Path) -> list[str]:
    """What is offered in place of a word, which is always without a word on stderr and with exit code 0."""
    code, out, err = run("--complete", what, word, *line)
    assert (code, err) == (0, "")
    return out.splitlines()


def test_ids_are_offered_kind_by_kind(run: Run) -> None:
    assert offered(run, "ids", "") == [f"{kind}/" for kind in KINDS]
    assert offered(run, "ids", "pe") == ["person/"]
    assert offered(run, "ids", "person/fu-") == ["person/fu-changbo"]
    assert offered(run, "ids", "nothing/x") == []
    assert all(ref.startswith("source/") for ref in offered(run, "sources", ""))


def test_ids_are_those_of_the_dataset_that_the_line_names(run: Run, rivers: Path) -> None:
    assert offered(run, "ids", "person/", "convenings", "--dataset", rivers, "show") == ["person/ana"]
    assert offered(run, "ids", "person/", "convenings", "show", f"--dataset={rivers}") == ["person/ana"]
    assert offered(run, "ids", "person/", "convenings", "--dataset", "no-such-file", "show") == []


def test_keys_and_their_values_are_offered(run: Run, rivers: Path) -> None:
    assert offered(run, "query", "") == [f"{key}:" for key in KEYS]
    assert offered(run, "query", "ro") == ["role:"]
    assert offered(run, "query", "role:mod") == ["role:moderator"]
    assert set(offered(run, "query", "role:")) <= {f"role:{role.split(' ')[0]}" for role in ROLES}
    assert offered(run, "query", "kind:pl") == ["kind:place"]
    assert offered(run, "query", "basis:") == ["basis:stated", "basis:inferred"]
    assert "type:workshop" in offered(run, "query", "type:")
    assert offered(run, "query", "type:", "--dataset", rivers).count("type:unnamed") == 1
    assert offered(run, "query", "is:mar") == ["is:marked"]
    assert offered(run, "query", "event:") == []


def test_the_last_term_of_a_quoted_query_is_completed(run: Run) -> None:
    assert offered(run, "query", "'chen !(ro") == ["chen !(role:"]
    assert offered(run, "query", '"role:mod ba') == ["role:mod basis:"]


def test_what_needs_quoting_is_not_offered(run: Run, tmp_path: Path) -> None:
    content: list[Record] = [
        Person(id=ref, label="x") for ref in ("person/a", "person/$(reboot)", "person/b c", "person/d;e")
    ]
    path = factory.write(tmp_path / "x.json", content).path
    assert offered(run, "ids", "person/", "--dataset", path) == ["person/a"]


def test_no_index_is_built_of_a_large_dataset(run: Run, rivers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "SMALL", 10)
    assert offered(run, "ids", "person/", "--dataset", rivers) == []
    assert peek_model(rivers) is None
    assert offered(run, "query", "role:", "--dataset", rivers)


@pytest.mark.parametrize("words", [[], ["ids"], ["nothing", "x"]], ids=str)
def test_a_question_that_is_none_is_answered_with_nothing(run: Run, words: list[str]) -> None:
    assert run("--complete", *words)[0::2] == (0, "")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_script_is_one_of_its_shell(run: Run, shell: str) -> None:
    if (program := shutil.which(shell)) is None:
        pytest.skip(f"{shell} is not installed")
    script = run("--print-completion", shell)[1]
    done = subprocess.run([program, "-n"], input=script.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_zsh_is_told_what_to_offer_in_words_that_it_leaves_as_they_are(run: Run) -> None:
    """It puts options of its own behind the first word of an action, unless a blank stands before it."""
    script = run("--print-completion", "zsh")[1]
    assert all(f": _convenings_offer {what}" in script for what in offers.OFFERS)
    assert ":_convenings_offer" not in script


BASH = r"""
complete_line() {
  COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
  shift
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
  _convenings
  printf '%s\n' "${COMPREPLY[@]}"
}
"""


@pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="needs bash")
@pytest.mark.parametrize(
    ("line", "words", "offers"),
    [
        ("convenings li", ["convenings", "li"], ["list"]),
        ("convenings show person/fu-", ["convenings", "show", "person/fu-"], ["person/fu-changbo"]),
        ("convenings show event/round-table person/fu-", ["convenings", "show", "event/round-table", "person/fu-"],
         ["person/fu-changbo"]),
        ("convenings list pl", ["convenings", "list", "pl"], ["place"]),
        ("convenings list person --filter ro", ["convenings", "list", "person", "--filter", "ro"], ["role:"]),
        ("convenings list person --filter role:mod", ["convenings", "list", "person", "--filter", "role", ":", "mod"],
         ["moderator"]),
        ("convenings search role:mod", ["convenings", "search", "role", ":", "mod"], ["moderator"]),
        ("convenings attach --detach ", ["convenings", "attach", "--detach", ""], None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_bash_completes(run: Run, tmp_path: Path, line: str, words: list[str], offers: list[str] | None) -> None:
    script, program = tmp_path / "completion.bash", tmp_path / "bin" / "convenings"
    script.write_text(run("--print-completion", "bash")[1], encoding="utf-8")
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m convenings "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    source = str(Path(convenings.__file__).parents[1])
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    quoted = " ".join(f"'{word}'" for word in (line, *words))
    done = subprocess.run(
        ["bash", "-c", f"source '{script}'\n{BASH}\ncomplete_line {quoted}"],
        env=os.environ | {"PATH": path, "PYTHONPATH": source},
        capture_output=True,
        check=True,
        text=True,
    )
    replies = done.stdout.split("\n")[:-1]
    if offers is None:
        assert replies
        assert all(reply.startswith("source/") for reply in replies)
    else:
        assert replies == offers
