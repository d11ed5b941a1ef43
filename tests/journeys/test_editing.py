"""A record is edited in a form: what is wrong is said while one types, and what is saved is on the screen at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.record_values import Evidence, Name, Paragraph
from convenings.domain.records import Event, Participation, Person, Source
from convenings.presentation.record_form import NOT_LOOKED_AT
from convenings.store.batch import Batch
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.store.sources import passage_hash, text_hash
from convenings.store.user_data import UserData
from convenings.tui.commands import change
from convenings.tui.dialogs.conflict import ConflictDialog
from convenings.tui.dialogs.passage_picker import PassagePicker
from convenings.tui.dialogs.path_prompt import PathPrompt
from convenings.tui.dialogs.record_editor import RecordEditor
from convenings.tui.dialogs.record_history import RecordHistory
from tests.driver import BUNDLED, NARROW, SIZES, WIDE, User, open_explorer


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copy(BUNDLED, tmp_path / "copy.json"))


def editor(user: User) -> RecordEditor:
    screen = user.app.screen
    assert isinstance(screen, RecordEditor), user.screen()
    return screen


def is_form(user: User) -> bool:
    return isinstance(user.app.screen, RecordEditor)


async def go_to_line(user: User, heading: str) -> None:
    """Go down in the form to a line."""
    for _ in range(200):
        if editor(user).line.heading == heading:
            return
        await user.press("down")
    user.fail(f"there is no line {heading}")


async def write(user: User, text: str) -> None:
    """Put a text in the place of what stands in the line."""
    await user.press("end", *["backspace"] * len(editor(user)._input.value))
    await user.type(text)


def event(path: Path, ref: str) -> Event:
    return next(each for each in Dataset(path).records("event") if each.id == ref and isinstance(each, Event))


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
        await user.expect_message("label of")
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
        await user.expect_message("label of")
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


async def rename(user: User, text: str) -> None:
    """Give the record that is shown another label, and save it."""
    await user.press("E")
    await write(user, text)
    await user.press("ctrl+s")


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
            await user.expect_message(f"label of {text}")
            assert user.model.label(ref) == text
            user.expect_profile(text)
        await user.until_rebuilt()
        assert "Three" in user.rows("timeline")
        user.expect_profile("Three")


REPORT = """Meeting of the tide keepers

The keepers of the Grey Harbour met in Lowtown on 3 May 2021.

Ines Marl of the Harbour Office opened the meeting.
"""


def attached(tmp_path: Path, text: str = REPORT) -> Path:
    """A dataset of one report whose text is attached: an event with a label that nobody would give it."""
    evidence = Evidence(
        source="source/tides", paragraph=2, start=0, end=11, passage_hash=passage_hash("The keepers"), fields=["*"]
    )
    path = tmp_path / "tides.json"
    digest = [Paragraph(number=2, digest="They met."), Paragraph(number=3, digest="It was opened.")]
    source = Source(
        id="source/tides",
        label="Report on tides",
        paragraphs=3,
        text_hash=text_hash(text.encode()),
        digest=digest,
        evidence=[replace(evidence, fields=["*"])],
    )
    meeting = Event(id="event/tides", label="Meetng", type="meeting", evidence=[evidence])
    Dataset.create(path, "Tides", batch=Batch(insert=[source, meeting]))
    return path


async def test_a_passage_is_picked_in_the_attached_text(tmp_path: Path) -> None:
    path, data = attached(tmp_path), UserData.open()
    data.attach("source/tides", tmp_path / "tides.txt", text_hash(REPORT.encode()), REPORT.encode())
    async with open_explorer(NARROW, path, user_data=data) as user:
        await user.find("meetng")
        await user.press("E")
        await write(user, "Ines Marl")
        await go_to_line(user, "evidence 1")
        user.expect_screen("“The keepers”")
        await user.press("enter")
        assert isinstance(user.app.screen, PassagePicker)
        user.expect_screen("Pick the passage", "Ines Marl of the Harbour Office")
        await user.press("slash")
        await user.type("ines")
        await user.press("enter", "greater_than_sign")
        user.expect_screen("paragraph 3 · 2 words")
        await user.press("right", "left", "comma", "greater_than_sign", "less_than_sign", "full_stop")
        await user.press("slash", *["backspace"] * 10)
        await user.type("harbour office")
        await user.press("enter")
        user.expect_screen("paragraph 3 · 2 words")
        user.expect_sound()
        await user.press("enter")
        assert is_form(user)
        user.expect_screen("“Harbour Office”")
        await user.press("ctrl+s")
        await user.expect_message("Changed label of")
    (piece,) = event(path, "event/tides").evidence
    assert (piece.paragraph, piece.start, piece.end, piece.note) == (3, 17, 31, "")
    assert piece.passage_hash == passage_hash("Harbour Office")


async def test_a_passage_is_picked_by_the_mouse_also_where_letters_are_wide(tmp_path: Path) -> None:
    text = "The keepers\n\nThe keepers met.\n\n没有人能够独自完成这项工作。\n"
    path, data = attached(tmp_path, text), UserData.open()
    data.attach("source/tides", tmp_path / "tides.txt", text_hash(text.encode()), text.encode())
    async with open_explorer(NARROW, path, user_data=data) as user:
        await user.find("meetng")
        await user.press("E")
        await go_to_line(user, "evidence 1")
        await user.press("enter")
        await user.click_text("text", "独")
        picker = user.app.screen
        assert isinstance(picker, PassagePicker)
        assert picker._pick.place(picker.span) == (5, 6)


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
        await user.expect_message("Nothing was done to HUANG Haoming")


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


async def until_dialog(user: User, kind: type) -> None:
    await user.until(lambda: isinstance(user.app.screen, kind), f"a {kind.__name__}")
