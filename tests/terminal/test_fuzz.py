"""A short attack with made-up inputs; a long one is made by hand, see :mod:`tests.fuzz`."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.driver import ROOT


def test_no_made_up_input_breaks_the_program() -> None:
    numbers = ("--inputs", "240", "--terminal", "4", "--kills", "24", "--edits", "6", "--seed", "suite")
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    result = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *numbers],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "274 cases" in result.stdout
