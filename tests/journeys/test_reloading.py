"""The dataset changes while it is open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from convenings.domain.records import Participation, Person
from convenings.index.build.process import SMALL
from convenings.index.model import ReadModel
from convenings.index.rows import Step
from convenings.index.stamp import stamp_of
from convenings.store.dataset import Dataset
from tests.benchmarks import generate
from tests.driver import MEDIUM, User, open_explorer
from tests.journeys.changes import change, change_unseen
from tests.unit import factory


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A small dataset that may be changed."""
    path = tmp_path / "small.json"
    factory.write(path)
    return path


async def notice(user: User) -> None:
    """Look at the file, as is done every other second."""
    user.explorer.reloader.reload_if_stale()
    await user.settle()


async def test_a_change_is_noticed_and_the_place_kept(dataset: Path) -> None:
    """New records appear; the cursor stays on its record though its row has moved."""
    async with open_explorer(MEDIUM, dataset) as user:
        await user.find("ana lima")
        await user.press("enter")
        await notice(user)
        user.expect_crumb("▶ Ana Lima")
        change(dataset)
        await notice(user)
        user.expect_crumb("Read again")
        user.expect_cursor("speakers", "Ana Lima")
        user.expect_active("speakers")
        user.expect_profile("Ana Lima")
        assert "Aaron Abel" in user.rows("speakers")
        assert user.explorer.state.lens.pinned("speakers") == ("person/ana",)
        await user.press("U")
        assert "Earlier day" in user.rows("timeline")


async def test_a_key_reads_it_again_at_once(dataset: Path) -> None:
    """ctrl+r does not wait for the next look."""
    async with open_explorer(MEDIUM, dataset) as user:
        change(dataset)
        await user.press("ctrl+r")
        user.expect_crumb("Read again")
        assert "Earlier day" in user.rows("timeline")


@pytest.mark.parametrize("spoilt", [b"", b'{"events": {', b"\xff\xfe", b"[]"])
async def test_a_file_that_cannot_be_read_changes_nothing(dataset: Path, spoilt: bytes) -> None:
    """A half-written file is spoken of, what is shown stays, and the next whole file is taken."""
    async with open_explorer(MEDIUM, dataset) as user:
        await user.press("2")
        before = user.rows("speakers")
        whole = dataset.read_bytes()
        dataset.write_bytes(spoilt)
        await notice(user)
        user.expect_crumb("Not reloaded")
        user.expect_rows("speakers", before)
        await user.press("down", "up", "1", "2")
        user.expect_rows("speakers", before)
        dataset.write_bytes(whole)
        change(dataset)
        await notice(user)
        assert "Aaron Abel" in user.rows("speakers")


async def test_a_file_that_is_gone_changes_nothing(dataset: Path) -> None:
    """A dataset removed from under the explorer is still shown, and said to be gone."""
    async with open_explorer(MEDIUM, dataset) as user:
        dataset.unlink()
        await notice(user)
        user.expect_crumb("Not reloaded")
        await user.press("2", "down", "enter", "5", "e")
        user.expect_sound()


async def test_a_record_that_is_gone_is_left_out(dataset: Path) -> None:
    """A pin and a subject that no longer exist are dropped; the rest stands."""
    async with open_explorer(MEDIUM, dataset) as user:
        await user.find("ana lima")
        await user.press("enter")
        kept = [
            msgspec.structs.replace(record, occurrences=[]) if record.id == "question/owner" else record
            for record in factory.records()
            if not record.id.endswith(("/ana", "/one"))
        ]
        factory.write(dataset, kept)
        await notice(user)
        assert not user.explorer.state.lens.pins
        assert "Ana Lima" not in user.rows("speakers")
        user.expect_sound()
        await user.press("down", "up", "[", "]", "1")
        user.expect_sound()


@pytest.mark.parametrize("opened", ["ctrl+p", "u", "n", "slash"])
async def test_a_change_while_something_is_open(dataset: Path, opened: str) -> None:
    """Palette, referrers, note and filter go on working over the new records."""
    async with open_explorer(MEDIUM, dataset) as user:
        await user.press("2", opened)
        change(dataset)
        await notice(user)
        await user.press("a", "down")
        await user.press("escape", "escape")
        user.expect_sound()
        assert user.app.is_running
        await user.press("ctrl+p")
        await user.type("aaron")
        user.expect_first_hit("Aaron Abel")


async def test_a_file_that_cannot_be_read_is_tried_once(dataset: Path) -> None:
    """Until the file changes again, it is neither read again nor spoken of again."""
    async with open_explorer(MEDIUM, dataset) as user:
        dataset.write_bytes(b"[]")
        await notice(user)
        user.expect_crumb("Not reloaded")
        await user.press("down")
        await notice(user)
        assert "Not reloaded" not in user.explorer.message


async def test_the_top_line_counts_what_has_been_read(dataset: Path) -> None:
    """Its title and counts are those of the dataset as it is now."""
    async with open_explorer(MEDIUM, dataset) as user:
        user.expect_screen("◆ 2 events  ● 1 person")
        change(dataset)
        await notice(user)
        user.expect_screen("◆ 3 events  ● 2 people")


async def verified(user: User) -> None:
    """Compare the file with what was indexed, as is done once it has been shown."""
    user.explorer.reloader.verify()
    await user.app.workers.wait_for_complete()
    await user.settle()


async def test_a_change_that_shows_in_nothing_but_the_content_is_noticed(dataset: Path) -> None:
    """Size, time and inode are as they were; the bytes are not, so they are read again, and the place is kept."""
    async with open_explorer(MEDIUM, dataset) as user:
        await user.find("ana lima")
        change_unseen(dataset, b"Ana Lima", b"Eva Lima")
        # As on a system that does not say when anything of a file was changed.
        user.model.stamp = stamp_of(dataset)
        await notice(user)
        user.expect_cursor("speakers", "Ana Lima")
        await verified(user)
        user.expect_crumb("Read again")
        user.expect_cursor("speakers", "Eva Lima")
        user.expect_profile("Eva Lima")


async def test_a_key_finds_that_too(dataset: Path) -> None:
    """ctrl+r trusts nothing."""
    async with open_explorer(MEDIUM, dataset) as user:
        change_unseen(dataset, b"Ana Lima", b"Eva Lima")
        await user.press("ctrl+r")
        await user.app.workers.wait_for_complete()
        await user.settle()
        assert "Eva Lima" in user.rows("speakers")


async def test_a_file_that_is_as_it_was_is_left_alone(dataset: Path) -> None:
    """Comparing says nothing and reads nothing again."""
    async with open_explorer(MEDIUM, dataset) as user:
        before, greeting = user.explorer.model, user.explorer.message
        await verified(user)
        assert user.explorer.model is before
        assert user.explorer.message == greeting


# A dataset so large that its index is built by another process


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A dataset of more bytes than are indexed at once."""
    path = tmp_path / "large.json"
    generate.write(3000, path)
    assert path.stat().st_size > SMALL
    return path


async def built(user: User) -> None:
    """Wait for the process that builds the index, and until what it has built is shown."""
    builder = user.explorer.reloader.builder
    assert builder is not None
    await asyncio.to_thread(builder._listener.join)
    while user.explorer.reloader.builder is not None:
        await user.settle()
    # The build may have been taken up while its process was waited for, and what it leads to be still under way.
    await user.settle()


def add(path: Path) -> None:
    """Add somebody who comes first among the speakers, as another program would."""
    dataset = Dataset(path)
    first = dataset.records("event")[0]
    dataset.insert(
        [
            Person(id="person/aaron", label="Aaa Abel", family="Abel"),
            Participation(id="participation/aaron", event=first.id, role="speaker", agent="person/aaron"),
        ]
    )


async def test_a_large_dataset_is_read_again_by_another_process(large: Path) -> None:
    """Meanwhile everything can be used; then the new records are there, and the cursor is on the record it was on."""
    async with open_explorer(MEDIUM, large) as user:
        await user.press("2", "G", "g", "down", "down", "enter")
        here, before = user.cursor("speakers"), user.rows("speakers")
        add(large)
        await notice(user)
        await user.press("down", "up")
        user.expect_cursor("speakers", here)
        await built(user)
        user.expect_cursor("speakers", here)
        user.expect_active("speakers")
        user.expect_profile(here)
        user.expect_rows("speakers", ["Aaa Abel", *before])
        assert len(user.explorer.state.lens.pins) == 1
        user.expect_crumb("Indexed 3,002 records")


async def test_what_is_shown_stays_whole_while_it_is_read_again(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole index of the dataset as it was is not given up for a part of one as it is."""
    async with open_explorer(MEDIUM, large) as user:
        shown: list[int] = []
        replace_model = user.explorer.reloader.replace_model

        def note(fresh: ReadModel) -> None:
            shown.append(fresh.step)
            replace_model(fresh)

        monkeypatch.setattr(user.explorer.reloader, "replace_model", note)
        add(large)
        await notice(user)
        await built(user)
        assert shown == [Step.WHOLE]


async def test_a_large_change_that_shows_in_nothing_but_the_content_is_noticed(large: Path) -> None:
    """The process that builds does not take the old index for the new one, and everything stays whole meanwhile."""
    async with open_explorer(MEDIUM, large) as user:
        await user.press("2")
        name = user.cursor("speakers")
        old = name.encode()
        new = b"Z" * len(name[0].encode()) + name[1:].encode()
        change_unseen(large, old, new)
        user.model.stamp = stamp_of(large)
        await verified(user)
        await built(user)
        assert new.decode() in [user.explorer.model.one(row).label for row in range(user.explorer.model.total)]
        assert user.explorer.model.is_of_content()


async def test_a_large_dataset_is_read_again_where_no_index_can_be_kept(large: Path, own_folders: Path) -> None:
    """A cache that cannot be written costs time, and nothing else."""
    (own_folders / "cache").write_text("no folder", encoding="utf-8")
    async with open_explorer(MEDIUM, large) as user:
        await user.press("2", "G")
        here = user.cursor("speakers")
        add(large)
        await notice(user)
        await built(user)
        user.expect_cursor("speakers", here)
        assert "Aaa Abel" in user.rows("speakers")


async def test_a_build_that_is_killed_changes_nothing(large: Path) -> None:
    """What was shown stays, it is said, and the next change is taken up."""
    async with open_explorer(MEDIUM, large) as user:
        await user.press("2")
        before = user.rows("speakers")
        whole = large.read_bytes()
        add(large)
        await notice(user)
        assert user.explorer.reloader.builder is not None
        user.explorer.reloader.builder.stop()
        await built(user)
        assert user.rows("speakers") in (before, ["Aaa Abel", *before])
        large.write_bytes(whole)
        add(large)
        await notice(user)
        await built(user)
        user.expect_rows("speakers", ["Aaa Abel", *before])


async def test_an_open_palette_searches_what_is_read_again(large: Path) -> None:
    """What was typed before is answered from the new records without another key."""
    async with open_explorer(MEDIUM, large) as user:
        add(large)
        await notice(user)
        await user.press("ctrl+p")
        await user.type("abel aa")
        await built(user)
        assert user.choices()[0][0] == "Aaa Abel"
