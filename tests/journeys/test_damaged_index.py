"""The index is damaged while somebody looks at it: it is made anew, and nothing else is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.index import seal
from convenings.index.stamp import index_path
from tests.driver import MEDIUM, open_explorer
from tests.unit import factory


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A small dataset."""
    return Path(factory.write(tmp_path / "rivers.json").path)


def harm(index: Path) -> None:
    """Write over the second half of a file."""
    size = index.stat().st_size
    with index.open("rb+") as file:
        file.seek(size // 2)
        file.write(b"U" * (size - size // 2))


async def test_what_somebody_wrote_into_the_index_is_not_shown(dataset: Path) -> None:
    async with open_explorer(MEDIUM, dataset) as user:
        harm(index_path(dataset))
        user.explorer.reloader.reload_if_stale()
        await user.settle()
        user.expect_crumb("Read again")
        await user.find("ana lima")
        user.expect_cursor("speakers", "Ana Lima")
        model = user.explorer.model
        user.explorer.reloader.reload_if_stale()
        assert user.explorer.model is model
    assert not seal.is_damaged(index_path(dataset))


async def test_an_index_that_cannot_be_read_leaves_to_be_opened_again(dataset: Path) -> None:
    """Whatever the failure looks like; the terminal is opened once more on a new index."""
    async with open_explorer(MEDIUM, dataset) as user:
        await user.find("ana lima")
        index = index_path(dataset)
        harm(index)
        seal.write(index, seal.state_of(index.stat()), seal._read(index).checksum)

        user.app._handle_exception(KeyError("row"))
        assert user.app.is_to_open_again
        assert not index.exists()
    async with open_explorer(MEDIUM, dataset, fresh=False) as user:
        assert "Ana Lima" in user.rows("speakers")
