"""What all tests share: nobody's own files are read or written, and no test fails because the machine is busy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("convenings", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("convenings")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache, data and state of each test in a folder of its own; the folder."""
    folder = tmp_path_factory.mktemp("folders")
    for name in ("CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"CONVENINGS_{name}_DIR", str(folder / name.lower()))
    monkeypatch.delenv("CONVENINGS_DATASET", raising=False)
    return folder
