"""What tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.__main__ import main
from tests.unit import factory
from tests.unit.cli_records import Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program: exit code, stdout, stderr."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def run_(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(list(map(str, arguments)))
        return code, *capsys.readouterr()

    return run_


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    """The small dataset without faults."""
    return Path(factory.write(tmp_path / "rivers.json").path)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The text of its source."""
    path = tmp_path / "rivers.txt"
    path.write_bytes(factory.TEXT.encode())
    return path
