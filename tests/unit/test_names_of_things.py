"""Names say what a value is, never that somebody has it; docstrings stand alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "convenings"
MODULES = sorted(SOURCE.rglob("*.py"))
# fmt: off
PARTICIPLES = frozenset({
    "found", "known", "made", "said", "given", "kept", "told", "asked", "begun", "taken", "drawn", "shown", "written",
    "listed", "placed", "named", "looked", "spoken",
})
# fmt: on
"""Each tells of what was done to get a value: ``found`` may be a row, a line, a match or a file."""
MOST = 0.01
"""Share of names that may have one of them as a word, for where it is the word of the trade (``NamedTuple``)."""


def assigned_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a module gives to a variable, attribute, parameter, function or class, with its line."""
    for node in ast.walk(tree):
        match node:
            # Targets of assignments, loops, comprehensions, ``with`` and ``:=`` are all names that are stored to.
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.arg(arg=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name, node.lineno
            case ast.ExceptHandler(name=str(name)):
                yield name, node.lineno
            case ast.alias(asname=str(name)):
                yield name, 0


def words_of(name: str) -> frozenset[str]:
    """Words of a name, in small letters: ``_found_by`` gives found and by, ``KeptRows`` kept and rows."""
    return frozenset(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", name).casefold()))


def names_of(path: Path) -> list[tuple[str, int]]:
    return list(assigned_names(ast.parse(path.read_text(encoding="utf-8"))))


def test_the_names_of_a_module_are_all_seen() -> None:
    text = (
        "import a as one\nfor two in a:\n    three = four.five = 6\nseven: int = 1\n"
        "def eight(nine, *ten, eleven=1, **twelve): [0 for thirteen in a]\n"
        "class Fourteen: ...\nwith a as fifteen: (sixteen := 1)\n"
        "match a:\n    case {'k': seventeen}: ...\ntry: ...\nexcept E as eighteen: ...\nasync def nineteen(): ...\n"
    )
    # fmt: off
    expected = {
        "one", "two", "three", "five", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "Fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    }
    # fmt: on
    assert {name for name, _ in assigned_names(ast.parse(text))} == expected


def test_words_of_a_name_are_told_apart() -> None:
    assert words_of("_found_by") == {"found", "by"}
    assert words_of("KeptRows") == {"kept", "rows"}
    assert words_of("unnamed") == {"unnamed"}


def test_names_say_what_a_value_is() -> None:
    names = [(path, name, line) for path in MODULES for name, line in names_of(path)]
    bad = [(path, name, line) for path, name, line in names if words_of(name) & PARTICIPLES]
    report = "\n".join(f"{path.relative_to(SOURCE)}:{line}: {name}" for path, name, line in bad)
    assert len(names) > 3000
    assert len(bad) < MOST * len(names), f"{len(bad)} of {len(names)} names\n{report}"
    assert not [each for each in bad if each[1].strip("_") == "found"], report


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_docstrings_stand_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if text.startswith("The same")]
