"""Records are added, removed and changed together, each change one step: undone, done again, and in the history."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Event, Participation
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.tui.commands import change
from convenings.tui.dialogs.record_history import RecordHistory
from tests.driver import NARROW, WIDE, open_explorer
from tests.journeys.editing import editor, event, is_form, rename, until_dialog


async def test_a_change_is_undone_and_done_again_also_in_another_session(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        await user.press("Z")
        user.expect_crumb("Nothing of this dataset has been changed yet")
        ref = user.subject()
        await rename(user, "Workshop in Beijing")
        await user.expect_message("Z undoes it")
        await user.press("Z")
        await user.expect_message("Undone: changed label of")
        assert user.model.label(ref) == "Beijing workshop"
        user.expect_profile("Beijing workshop")
        await user.press("R")
        await user.expect_message("Done again")
        user.expect_profile("Workshop in Beijing")
        await user.until_rebuilt()
    async with open_explorer(WIDE, copy, fresh=False) as user:
        await user.press("Z")
        await user.expect_message("Undone")
        assert event(copy, ref).label == "Beijing workshop"
        await user.press("Z")
        await user.expect_message("there is nothing to undo")


async def test_a_speaker_is_added_to_an_event(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await user.press("a")
        user.expect_screen("Add to Beijing workshop", "participation, event: this one")
        await user.type("speaker")
        await user.press("enter")
        assert is_form(user)
        user.expect_screen("Add a participation to Beijing workshop", "not looked at")
        await user.type("speaker")
        await user.press("enter")
        assert editor(user).line.heading == "agent"
        await user.type("haoming")
        user.expect_sound()
        await user.press("enter", "ctrl+s")
        await user.expect_message("Added")
        await user.until_rebuilt()
        assert "HUANG Haoming" in user.profile()
        (added,) = [each for each in parts(copy) if (each.event, each.agent) == (ref, "person/huang-haoming")]
        assert (added.role, added.evidence[0].note[:13]) == ("speaker", "not looked at")
        assert check(Dataset(copy)) == []
        await user.press("Z")
        await user.expect_message("Undone: added")
        assert added.id not in {each.id for each in parts(copy)}


async def test_a_record_is_removed_with_what_cannot_be_without_it(copy: Path) -> None:
    before = copy.read_bytes()
    async with open_explorer(WIDE, copy) as user:
        await user.find("huang haoming")
        ref = user.subject()
        await user.press("D")
        user.expect_screen("Remove HUANG Haoming", "refer to it", ref)
        # What changes of a long value is shown, and not what it begins with before and after.
        user.expect_screen(
            "explicit no, agents person/huang-haoming, evidence (", "explicit no, evidence (", "as before →"
        )
        user.expect_sound()
        await user.press("escape")
        assert copy.read_bytes() == before
        await user.press("D", "enter")
        await user.expect_message("Removed HUANG Haoming")
        await user.until_rebuilt()
        assert user.model.row_of(ref) is None
        assert [fault for fault in check(Dataset(copy)) if ref in str(fault)] == []
        await user.press("Z")
        await user.expect_message("Undone")
        await user.until_rebuilt()
        assert user.model.row_of(ref) is not None
    assert copy.read_bytes() == before
    assert check(Dataset(copy)) == []


def parts(path: Path) -> list[Participation]:
    return [each for each in Dataset(path).records("participation") if isinstance(each, Participation)]


async def test_one_field_of_many_records_is_one_step(copy: Path) -> None:
    """All that the filter shows: each before and after, one save, one undo."""
    before = copy.read_bytes()
    async with open_explorer(WIDE, copy) as user:
        await user.filter("type:seminar or type:workshop")
        await user.press("E")
        user.expect_screen("that the filter shows", "this record alone")
        await user.press("enter")
        await user.type("language")
        await user.press("enter")
        await user.type("en")
        await user.press("enter")
        user.expect_screen("Change language", "language: (nothing) → en")
        user.expect_sound()
        await user.press("enter")
        await user.expect_message("Changed language in")
        changed = [each for each in Dataset(copy).records("event") if isinstance(each, Event) and each.language == "en"]
        assert {each.type for each in changed} == {"seminar", "workshop"}
        assert len(changed) > 1
        await user.press("Z")
        await user.expect_message("Undone")
    assert copy.read_bytes() == before


async def test_the_organisation_of_many_people_takes_ten_keys_beside_its_name(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.press("2")
        await user.filter("role:speaker")
        await user.press("E", "enter")
        await user.type("organisation of their")
        await user.press("enter")
        await user.type("tsinghua")
        await user.press("enter")
        user.expect_screen("Change organisation of their memberships", "→ organisation/tsinghua")
        await user.press("down", "x")
        user.expect_screen("✗")
        await user.press("up", "enter")
        await user.expect_message("Changed organisation of their memberships in")
        assert check(Dataset(copy)) == []


async def test_marked_rows_of_a_list_of_any_length_are_edited_together(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change, "MOST_TOGETHER", 2)
    async with open_explorer(WIDE, copy) as user:
        await user.press("m", "down", "m", "E")
        user.expect_screen("the 2 marked rows", "this record alone")


async def test_what_there_is_nothing_to_do_again_of_is_said_in_its_own_words(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        await rename(user, "Workshop in Beijing")
        await user.expect_message("Z undoes it")
        await user.press("R")
        await user.expect_message("Nothing is done again: there is nothing to do again")


async def test_the_history_of_a_record_is_listed(copy: Path) -> None:
    """What each field was and became, when and by whom; nothing of other records."""
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        await user.explorer.action_do("history")
        user.expect_crumb("Nothing of this dataset has been changed yet")
        await rename(user, "Workshop in Beijing")
        await user.expect_message("Z undoes it")
        await user.press("Z")
        await user.expect_message("Undone")
        await user.find("history")
        await until_dialog(user, RecordHistory)
        user.expect_screen(
            "What was done to Beijing workshop", "label: Beijing workshop → Workshop in Beijing", "undid: "
        )
        user.expect_screen("undone", "2 steps")
        user.expect_sound()
        await user.press("down", "escape")
        await user.find("huang haoming")
        await user.find("history")
        await user.expect_message("No change of HUANG Haoming is in the journal")


async def test_a_change_by_hand_is_said_at_the_next_opening(copy: Path) -> None:
    """Also an older copy in its place; and nothing where the file is as the last step left it."""
    older = copy.read_bytes()
    async with open_explorer(NARROW, copy) as user:
        await rename(user, "Workshop in Beijing")
        await user.expect_message("Z undoes it")
    newer = copy.read_bytes()
    for data, sentence in (
        (newer.replace(b"Asia Academy", b"Asian Academy"), "Another program, or somebody by hand, has changed the"),
        (older, "or the file is an older copy, before all steps"),
    ):
        copy.write_bytes(data)
        async with open_explorer(NARROW, copy) as user:
            await user.expect_message(sentence)
            user.expect_sound()
    copy.write_bytes(newer)
    async with open_explorer(NARROW, copy) as user:
        user.explorer.reloader.compare_with_journal()
        await user.app.workers.wait_for_complete()
        await user.settle()
        user.expect_not_on_screen("by hand", "older copy")


async def test_a_field_of_many_records_is_called_what_can_be_read(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.press("2", "slash")
        await user.type("role:panellist")
        await user.press("enter", "E", "enter")
        user.expect_screen("organisation of their memberships", "on behalf of, in their participations")
        user.expect_not_on_screen("of of")
