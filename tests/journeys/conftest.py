"""One suite, two datasets: a journey that asks for ``world`` is made in the bundled dataset and in a generated one."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from convenings.index.open import open_model
from tests.benchmarks import generate
from tests.driver import BUNDLED
from tests.journeys.world import World

GENERATED = 100_000
"""Records of the generated dataset."""


@pytest.fixture(params=["bundled", "100k"])
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> World:
    """The dataset that comes with the program; then 100 000 generated records, their index built once for all tests."""
    if request.param == "bundled":
        return _read(BUNDLED)
    folder: Path = request.getfixturevalue("generated")
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(folder))
    return _read(folder / "generated.json")


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the generated dataset and of its index; the first process of the run that asks makes them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "generated"
    folder.mkdir(exist_ok=True)
    dataset = folder / "generated.json"
    with FileLock(folder / "generated.lock"):
        if not dataset.exists():
            generate.write(GENERATED, dataset)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
            open_model(dataset).close()
    return folder


@cache
def _read(path: Path) -> World:
    """A dataset is read once by each process, and never changed."""
    return World(path)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the bundled dataset, which may be changed."""
    return Path(shutil.copy(BUNDLED, tmp_path / "copy.json"))
