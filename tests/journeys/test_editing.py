"""A record is edited in a form: what is wrong is said while one types, and what is saved is on the screen at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.record_values import Evidence, Name
from convenings.domain.records import Person
from convenings.presentation.record_form import NOT_LOOKED_AT
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.store.sources import passage_hash
from convenings.tui.dialogs.conflict import ConflictDialog
from convenings.tui.dialogs.path_prompt import PathPrompt
from tests.driver import BUNDLED, NARROW, SIZES, WIDE, open_explorer
from tests.journeys.editing import attached, editor, event, go_to_line, is_form, rename, until_dialog, write


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_name_is_corrected_and_seen_at_once(size: tuple[int, int], copy: Path) -> None:
    async with open_explorer(size, copy) as user:
        await user.find("beijing workshop")
        ref, state = user.subject(), user.explorer.state
        await user.press("E")
        user.expect_screen("Edit event Beijing workshop", "label", "2018-06-20  20 June 2018")
        await write(user, "Workshop in Beijing")
        user.expect_screen("• label", "Workshop in Beijing")
        user.expect_sound()
        await user.press("ctrl+s")
        await user.expect_message("Saved · Changed label of")
        assert user.model.label(ref) == "Workshop in Beijing"
        assert event(copy, ref).label == "Workshop in Beijing"
        assert user.explorer.state.cursors == state.cursors
        assert user.explorer.state.lens == state.lens
        assert user.explorer.state.pane == state.pane
        await user.until_rebuilt()
        assert "Workshop in Beijing" in user.rows("timeline")
        assert user.subject() == ref
        user.expect_sound()
    assert check(Dataset(copy)) == []


async def test_a_form_goes_on_while_others_save_again_and_again(copy: Path) -> None:
    """What it asks is what is shown by then, not an index that was closed meanwhile."""
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        await user.press("E")
        await go_to_line(user, "place")
        person = next(each for each in Dataset(copy).records("person") if isinstance(each, Person))
        for number in range(3):
            Dataset(copy).update(replace(person, label=f"Somebody {number}"))
            user.explorer.reloader.reload_if_stale()
            await user.until_rebuilt()
        await write(user, "shenz")
        user.expect_screen("Shenzhen Convention and Exhibition Center")
        user.expect_sound()
        await user.press("escape", "escape")


async def test_what_is_wrong_is_said_at_its_line_and_not_saved(copy: Path) -> None:
    before = copy.read_bytes()
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        await user.press("E")
        await go_to_line(user, "date")
        await write(user, "20.6.2018")
        user.expect_screen("! date")
        await user.press("ctrl+s")
        assert editor(user).line.heading == "date"
        await write(user, "2018-06")
        user.expect_screen("June 2018")
        user.expect_not_on_screen("! date")
        await user.press("pageup", "pageup")
        await write(user, "")
        user.expect_screen("! label", "is empty")
        await user.press("ctrl+s")
        assert is_form(user)
        await user.press("escape")
        user.expect_screen("esc again gives up what you wrote")
        await user.press("escape")
        assert not is_form(user)
    assert copy.read_bytes() == before


async def test_what_the_check_would_say_stands_at_the_field(copy: Path) -> None:
    """An end without a date, a reference to itself: no rule is left out."""
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await user.press("E")
        await go_to_line(user, "super event")
        await user.type(ref)
        await user.expect_soon("! super event", "closes in itself")
        await user.press("escape", "ctrl+s")
        assert is_form(user)
    assert event(copy, ref).super_event is None


async def test_words_of_closed_lists_and_records_are_offered(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await user.press("E")
        await go_to_line(user, "type")
        await user.press("tab")
        user.expect_screen("workshop", "seminar", "fair")
        await user.press("escape")
        await write(user, "semi")
        user.expect_screen("seminar")
        await user.press("enter")
        assert editor(user).form.document["type"] == "seminar"
        await go_to_line(user, "place")
        await write(user, "shenzhen")
        user.expect_sound()
        await user.press("enter")
        user.expect_screen("Shenzhen")
        await user.press("ctrl+s")
        await user.expect_message("Changed type, place of")
    assert (event(copy, ref).type, event(copy, ref).place) == ("seminar", "place/shenzhen")
    # No text is attached: the passages stay, and say that nobody has looked at them.
    notes = [piece.note for piece in event(copy, ref).evidence if {"type", "place"} & set(piece.fields)]
    assert notes
    assert all(NOT_LOOKED_AT in note for note in notes)


async def test_the_bundled_dataset_is_edited_in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    before = BUNDLED.read_bytes()
    async with open_explorer(WIDE) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await user.press("m", "E")
        assert type(user.app.screen) is PathPrompt
        user.expect_screen("a copy to work in")
        await user.press("enter")
        copy = tmp_path / "convenings.json"
        assert is_form(user)
        await write(user, "Workshop in Beijing")
        await user.press("ctrl+s")
        await user.expect_message("Saved · Changed label of")
        assert user.subject() == ref
        await user.until_rebuilt()
        assert user.model.path == copy
        assert event(copy, ref).label == "Workshop in Beijing"
        assert user.explorer.context.marked
    # Whoever comes back to the dataset goes on in the copy, and is not led to make a second one.
    async with open_explorer(NARROW) as user:
        await user.find("beijing workshop")
        await user.press("E")
        user.expect_screen("enter goes on in your copy of it", "convenings.json")
        await user.press("enter")
        assert is_form(user)
        assert user.model.path == copy
        user.expect_screen("Edit event Workshop in Beijing")
        user.expect_sound()
    assert [each.name for each in tmp_path.glob("*.json")] == ["convenings.json"]
    assert BUNDLED.read_bytes() == before


async def test_somebody_elses_save_is_shown_beside_and_not_run_over(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        await user.press("E")
        await write(user, "Ours")
        Dataset(copy).update(replace(event(copy, ref), label="Theirs", language="en"))
        await user.press("ctrl+s")
        await until_dialog(user, ConflictDialog)
        user.expect_screen("Changed by somebody else meanwhile", "it is now    Theirs", "it was to be Ours")
        user.expect_sound()
        assert event(copy, ref).label == "Theirs"
        await user.press("down", "enter")
        assert is_form(user)
        user.expect_screen("Ours")
        await user.press("ctrl+s")
        await user.expect_message("Changed label of Ours")
        assert (event(copy, ref).label, event(copy, ref).language) == ("Ours", "en")


async def test_several_changes_in_a_row_share_a_build(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        ref = user.subject()
        for text in ("One", "Two", "Three"):
            await rename(user, text)
            await user.expect_message(f"Saved · Changed label of {text}")
            assert user.model.label(ref) == text
            user.expect_profile(text)
        await user.until_rebuilt()
        assert "Three" in user.rows("timeline")
        user.expect_profile("Three")


async def test_a_form_is_left_at_once_where_nothing_would_be_lost(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("beijing workshop")
        await user.press("a")
        await user.type("speaker")
        await user.press("enter")
        assert is_form(user)
        await user.press("escape")
        assert not is_form(user)
        await user.press("E")
        await go_to_line(user, "date")
        # What is no date is no change of the record, and typed all the same.
        await write(user, "20.6.2018")
        await user.press("escape")
        user.expect_screen("esc again gives up what you wrote")
        await user.press("escape", "E")
        await go_to_line(user, "evidence 1")
        await user.press("ctrl+d", "escape")
        user.expect_screen("esc again gives up what you wrote")
        await user.press("escape")
        assert not is_form(user)
        user.expect_sound()


async def test_a_filter_is_typed_on_while_the_index_is_made_anew(copy: Path) -> None:
    """No letter of it is taken for a command."""
    async with open_explorer(WIDE, copy) as user:
        await user.find("beijing workshop")
        await rename(user, "Workshop in Beijing")
        await user.expect_message("Z undoes it")
        await user.press("slash")
        await user.type("works")
        await user.until_rebuilt()
        await user.type("hop")
        user.expect(user.explorer.state.lens.filters, {"timeline": "workshop"}, "filters")
        assert user.explorer.state.typing


async def test_a_record_is_named_by_another_of_its_names(tmp_path: Path) -> None:
    """In the form as on the command line."""
    path = attached(tmp_path)
    piece = Evidence(
        source="source/tides", paragraph=2, start=0, end=11, passage_hash=passage_hash("The keepers"), fields=["*"]
    )
    marl = Person(id="person/marl", label="Ines Marl", names=[Name(value="Ines of the Harbour")], evidence=[piece])
    Dataset(path).insert([marl])
    async with open_explorer(WIDE, path) as user:
        await user.find("meetng")
        await user.press("a")
        await user.type("participation event")
        await user.press("enter")
        await go_to_line(user, "agent")
        await write(user, "ines of the harbour")
        await user.press("escape", "down")
        user.expect_screen("Ines Marl  person/marl")
