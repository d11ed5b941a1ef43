"""The architecture page is short and speaks of what is there, and files of the build say where they run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "src" / "ARCHITECTURE.md").read_text(encoding="utf-8")
MENTIONS = sorted(set(re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|toml)|(?:[\w-]+/)+)`", PAGE)))


def test_it_takes_two_pages_at_most() -> None:
    assert len(PAGE.splitlines()) <= 120
    assert len(re.findall(r"\w\S*", PAGE)) <= 1600


@pytest.mark.parametrize("mention", MENTIONS)
def test_what_it_names_is_there(mention: str) -> None:
    package = ROOT / "src" / "convenings"
    assert (ROOT / mention).exists() or any(package.rglob(mention)), f"{mention} has gone"


def test_every_room_is_in_it() -> None:
    rooms = [each for each in (ROOT / "src" / "convenings").iterdir() if (each / "__init__.py").exists()]
    assert not [room.name for room in rooms if f"`{room.name}/`" not in PAGE]


NAMES = sorted({*re.findall(r"`(?:\w+\.)?(\w+)`", PAGE)} - {"stated", "inferred", "toml", "py"})


@pytest.mark.parametrize("name", NAMES)
def test_what_it_calls_by_name_is_so_called(name: str) -> None:
    package = ROOT / "src" / "convenings"
    code = (path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    is_room = any(package.rglob(name))
    assert is_room or any(re.search(rf"\b{name}\b", text) for text in code), f"{name} has gone"


DEFINED_IN = re.findall(r"`(?:\w+\.)?(\w+)` (?:in |\()`((?:\w+/)*\w+\.py)`", PAGE)


@pytest.mark.parametrize(("name", "file"), DEFINED_IN)
def test_what_it_says_is_in_a_file_is_defined_there(name: str, file: str) -> None:
    package = ROOT / "src" / "convenings"
    code = (path.read_text(encoding="utf-8") for path in package.rglob(file))
    defined = re.compile(rf"^ *(?:(?:async )?def|class) {name}\b|^{name}\b[^\n=]*= ", re.M)
    assert any(defined.search(text) for text in code), f"{name} is not in {file}"


BUILD = ROOT / "src" / "convenings" / "index" / "build"
WHERE = re.compile(r"Runs in (the builder|the explorer's process), main thread( and \w+ thread)?[.:]")


@pytest.mark.parametrize("file", sorted(BUILD.glob("*.py")), ids=lambda file: file.stem)
def test_every_file_of_the_room_says_first_where_it_runs(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    where = WHERE.match(ast.get_docstring(ast.parse(source)) or "")
    assert where, f"the first line of {file.name} does not say in which process and thread it runs"
    assert where[2] or not re.search(r"\bThread(PoolExecutor)?\(", source), f"{file.name} starts a thread"
