"""An edit is on the screen before it is on the disk, which is said only then; what cannot be saved is taken back."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, current_thread

import pytest
from msgspec.structs import replace

from convenings.domain.records import Person
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.tui.dialogs.conflict import ConflictDialog
from convenings.tui.explorer import editing, saving
from tests import PATIENCE
from tests.driver import NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.editing import editor, event, go_to_line, is_form, rename, until_dialog, write

OLD, NEW = "Beijing workshop", "Workshop in Beijing"


class SlowDisk:
    """A disk on which nothing is before it is let go on.

    Args:
        fault: What becomes of it then; nothing where it is written.
    """

    def __init__(self, fault: int = 0) -> None:
        self.fault = fault
        self.faults = 1000
        """How many writes fail."""
        self.goes_on = Event()
        self.writes = 0

    def sync(self, descriptor: int) -> None:
        if current_thread().name != "save":
            return
        self.writes += 1
        assert self.goes_on.wait(PATIENCE)
        if self.fault and self.writes <= self.faults:
            raise OSError(self.fault, os.strerror(self.fault))


@contextmanager
def slow_disk(fault: int = 0) -> Iterator[SlowDisk]:
    """Have the dataset written by a slow disk, which is let go on at the end at the latest."""
    disk = SlowDisk(fault)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", disk.sync)
        try:
            yield disk
        finally:
            disk.goes_on.set()


async def until_saved(user: User) -> None:
    await user.until(lambda: not user.explorer.saves.outstanding, "everything to be saved")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_an_edit_is_shown_while_it_is_being_saved(size: tuple[int, int], copy: Path) -> None:
    async with open_explorer(size, copy) as user:
        await user.find("beijing workshop")
        ref, state = user.subject(), user.explorer.state
        with slow_disk() as disk:
            await rename(user, NEW)
            user.expect_screen(NEW)
            user.expect_profile(NEW)
            assert NEW in user.rows("timeline")
            user.expect_crumb("Saving: changed label of Workshop in Beijing …")
            user.expect_sound()
            assert user.explorer.state == state
            # Whatever is pressed meanwhile acts, and what is being saved is still said.
            await user.press("down")
            user.expect_crumb("Saving: changed label of Workshop in Beijing …")
            await user.press("up")
            assert event(copy, ref).label == OLD
            assert not any("Saved" in sentence for sentence in user.explorer.bars.said)
            disk.goes_on.set()
            await user.expect_message("Saved · Changed label of Workshop in Beijing · Z undoes it")
        assert event(copy, ref).label == NEW
        await user.until_rebuilt()
        user.expect_profile(NEW)
        user.expect_sound()


async def test_an_edit_that_cannot_be_saved_is_taken_back_with_its_form(copy: Path) -> None:
    before = copy.read_bytes()
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        with slow_disk(errno.ENOSPC) as disk:
            await rename(user, NEW)
            user.expect_profile(NEW)
            disk.goes_on.set()
            # Nobody has gone on to anything else: what was typed is there again, and why.
            await user.until(lambda: is_form(user), "the form to come back")
        user.expect_screen(NEW, "disk is full")
        user.expect_sound()
        user.expect_profile(OLD)
        assert OLD in user.rows("timeline")
        assert NEW not in user.rows("timeline")
        assert copy.read_bytes() == before
        await user.press("ctrl+s")
        await user.expect_message("Saved · Changed label")
        user.expect_profile(NEW)


async def test_what_was_typed_waits_for_whoever_has_gone_on(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        with slow_disk(errno.ENOSPC) as disk:
            await rename(user, NEW)
            await user.press("down")
            disk.goes_on.set()
            await user.expect_message("Not saved: ")
        user.expect_crumb("changed label of Workshop in Beijing", "E on it opens what was typed")
        assert not is_form(user)
        await user.press("up", "E")
        user.expect_screen("• label", NEW)
        await user.press("ctrl+s")
        await user.expect_message("Saved · Changed label")
        assert event(copy, ref).label == NEW


async def test_a_record_that_could_not_be_added_is_offered_again(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        with slow_disk(errno.ENOSPC) as disk:
            await user.press("a")
            await user.type("person, by itself")
            await user.press("enter")
            await user.type("Ines Marl")
            await user.press("ctrl+s", "down")
            disk.goes_on.set()
            await user.expect_message("Not saved: ")
        await user.press("a")
        user.expect_screen("person/ines-marl, which could not be saved")
        await user.type("ines")
        await user.press("enter")
        user.expect_screen("Ines Marl")
        await user.press("ctrl+s")
        await user.expect_message("Saved · Added Ines Marl")
    assert any(record.id == "person/ines-marl" for record in Dataset(copy).records("person"))


async def test_edits_are_saved_one_after_the_other_and_share_a_build(copy: Path) -> None:
    """The second one is made of what the first shows, and checked against what the file holds after it."""
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        with slow_disk() as disk:
            await rename(user, "One")
            await rename(user, "Two")
            await user.press("E")
            await go_to_line(user, "language")
            await write(user, "en")
            await user.press("ctrl+s")
            user.expect_profile("Two")
            user.expect_crumb("Saving 3 changes …")
            assert disk.writes == 1
            assert event(copy, ref).label == OLD
            disk.goes_on.set()
            await until_saved(user)
        assert (event(copy, ref).label, event(copy, ref).language) == ("Two", "en")
        await user.until_rebuilt()
        for label in ("Two", "Two", "One"):
            user.expect_profile(label)
            await user.press("Z")
            await until_saved(user)
        user.expect_profile(OLD)


async def test_an_edit_behind_one_that_fails_is_not_lost(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        with slow_disk(errno.ENOSPC) as disk:
            await rename(user, NEW)
            await user.press("E")
            await go_to_line(user, "language")
            await write(user, "en")
            await user.press("ctrl+s")
            disk.faults = 1
            disk.goes_on.set()
            await until_saved(user)
        assert (event(copy, ref).label, event(copy, ref).language) == (OLD, "en")
        assert ref in user.explorer.saves.unsaved_forms


async def test_an_undo_behind_an_edit_that_fails_undoes_nothing_else(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await rename(user, "Before")
        await user.expect_message("Saved · ")
        with slow_disk(errno.ENOSPC) as disk:
            await rename(user, NEW)
            await user.press("Z", "Z")
            disk.goes_on.set()
            await until_saved(user)
        assert event(copy, ref).label == "Before"
        user.expect_profile("Before")
        user.expect_crumb("nothing was there to undo")


@pytest.mark.parametrize("is_undone_first", [True, False])
async def test_what_an_undo_makes_of_a_record_is_nobody_elses(
    copy: Path, monkeypatch: pytest.MonkeyPatch, is_undone_first: bool
) -> None:
    """A form that was opened before it was known what an undo does is about the record after it."""
    monkeypatch.setattr(editing, "foreseen", lambda *_, **__: None)
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await rename(user, "Before")
        await user.expect_message("Saved · ")
        with slow_disk() as disk:
            await user.press("Z", "E")
            await write(user, NEW)
            if not is_undone_first:
                await user.press("ctrl+s")
            disk.goes_on.set()
            if is_undone_first:
                await user.until(lambda: not user.explorer.saves.outstanding, "the undo on the disk")
                await user.press("ctrl+s")
            await until_saved(user)
        assert event(copy, ref).label == NEW
        assert not is_form(user)
        await user.until_rebuilt()
        user.expect_profile(NEW)


async def test_a_conflict_takes_the_edit_back_and_shows_both(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await user.press("E")
        await write(user, "Ours")
        Dataset(copy).update(replace(event(copy, ref), label="Theirs"))
        await user.press("ctrl+s")
        await until_dialog(user, ConflictDialog)
        assert user.explorer.model.label(ref) != "Ours"
        await user.press("down", "enter")
        assert editor(user).form.document["label"] == "Ours"


async def test_what_is_removed_and_added_is_shown_before_it_is_saved(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        with slow_disk() as disk:
            await user.press("a")
            await user.type("speaker")
            await user.press("enter")
            await user.type("speaker")
            await user.press("enter")
            await user.type("haoming")
            await user.press("enter", "ctrl+s")
            user.expect_crumb("Saving: added")
            assert "HUANG Haoming" in user.profile()
            user.expect_sound()
            assert user.subject() == ref
            disk.goes_on.set()
            await user.expect_message("Saved · Added")
        await user.until_rebuilt()
        assert "HUANG Haoming" in user.profile()
        await user.find("huang haoming")
        person = user.subject()
        with slow_disk() as disk:
            await user.press("D", "enter")
            user.expect_crumb("Saving: removed HUANG Haoming")
            assert "HUANG Haoming" not in user.rows("speakers")
            assert user.model.row_of(person) is None
            user.expect_sound()
            disk.goes_on.set()
            await user.expect_message("Saved · Removed HUANG Haoming")
        await user.until_rebuilt()
        with slow_disk() as disk:
            await user.press("Z")
            await user.expect_soon("Saving: undone: ")
            assert user.model.label(person) == "HUANG Haoming"
            assert all(each.id != person for each in Dataset(copy).records("person"))
            disk.goes_on.set()
            await user.expect_message("Undone: ")
    assert check(Dataset(copy)) == []


async def test_leaving_waits_for_what_is_being_saved(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        with slow_disk() as disk:
            await rename(user, "One")
            await rename(user, "Two")
            await user.press("q")
            user.expect_crumb("The last 2 changes are being saved, then this is left")
            assert user.app.return_code is None
            disk.goes_on.set()
            await user.until(lambda: user.app.return_code is not None, "the program to be left")
    assert event(copy, ref).label == "Two"


async def test_leaving_a_second_time_says_what_may_be_lost(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        with slow_disk():
            await rename(user, "One")
            await user.press("q", "q")
            await user.until(lambda: user.app.return_code is not None, "the program to be left")
            assert "not known to be saved: changed label of One" in user.explorer.saves.unsaved()


async def test_leaving_stays_where_an_edit_fails(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        with slow_disk(errno.ENOSPC) as disk:
            await rename(user, "One")
            await user.press("q")
            disk.goes_on.set()
            await user.expect_message("Not saved: ")
        assert user.app.return_code is None
        user.expect_profile(OLD)


async def test_the_longest_wait_before_leaving_is_bounded(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "LEAVE_AFTER", 0.2)
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        with slow_disk():
            await rename(user, "One")
            await user.press("q")
            await user.until(lambda: user.app.return_code is not None, "the program to be left")


async def test_other_kinds_of_records_are_shown_at_once(copy: Path) -> None:
    """A person who was renamed: in the list, and where others name them."""
    async with open_explorer(WIDE, copy) as user:
        await user.find("huang haoming")
        ref = user.subject()
        with slow_disk():
            await rename(user, "Huang H.")
            user.expect_profile("Huang H.")
            assert "Huang H." in user.rows("speakers")
            await user.find("round table")
            assert "Huang H." in user.profile() or "Huang H." in user.rows("speakers")
        await until_saved(user)
        assert any(isinstance(each, Person) and each.id == ref for each in Dataset(copy).records("person"))


async def test_a_filter_stays_where_what_it_showed_is_removed_and_comes_back(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.press("2")
        await user.filter("haoming")
        user.expect_rows("speakers", ["HUANG Haoming"])
        await user.press("D", "enter")
        await user.expect_message("Saved · Removed HUANG Haoming")
        await user.until_rebuilt()
        user.expect(user.explorer.state.lens.filters, {"speakers": "haoming"}, "filters")
        await user.press("Z")
        await user.expect_message("Undone: ")
        await user.until_rebuilt()
        user.expect(user.explorer.state.lens.filters, {"speakers": "haoming"}, "filters")
        user.expect_rows("speakers", ["HUANG Haoming"])
        assert "hides" not in user.explorer.message


async def test_what_comes_back_and_is_hidden_by_a_filter_is_said_to_be(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("huang haoming")
        await user.press("D", "enter")
        await user.expect_message("Saved · Removed HUANG Haoming")
        await user.until_rebuilt()
        await user.press("2")
        await user.filter("zhao")
        await user.press("Z")
        await user.expect_message("the filter hides it")
        user.expect(user.explorer.state.lens.filters, {"speakers": "zhao"}, "filters")
