"""What a user keeps: marks, notes, citations, and the place where they left off."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.store.user_data import UserData
from convenings.tui.dialogs.notes import NoteEditor
from tests.driver import BUNDLED, MEDIUM, NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.world import World

KEY = str(BUNDLED.resolve())


async def leave(user: User) -> None:
    """Quit by the key."""
    await user.press("q")
    assert user.app.return_code == 0


async def test_a_mark_is_seen_kept_and_taken_off(world: World) -> None:
    """m marks, the row says so, it is there the next time; m again takes it off."""
    name, key = world.label(world.panellist), str(world.path.resolve())
    async with world.open(WIDE) as user:
        await user.find(name)
        await user.press("m")
        user.expect_crumb(f"Marked: {name}")
        user.expect_screen(f"*● {name}")
    assert UserData.open().marks(key) == {world.panellist}
    async with world.open(WIDE) as user:
        await user.find(name)
        user.expect_screen(f"*● {name}")
        await user.press("m")
        user.expect_crumb("No longer marked")
        user.expect_not_on_screen(f"*● {name}")
    assert UserData.open().marks(key) == set()


async def test_marked_only(world: World) -> None:
    """M shows only what is marked in the list in use, and everything again; without marks it says so."""
    first, _, third, *_ = world.rows("speakers")
    async with world.open(MEDIUM) as user:
        await user.press("2", "M")
        user.expect_crumb("Nothing is marked yet")
        await user.press("G", "g", "m", "down", "down", "m", "M")
        user.expect_rows("speakers", [first, third])
        await user.press("M")
        user.expect_rows("speakers", world.rows("speakers"))
        await user.filter("is:marked")
        user.expect_rows("speakers", [first, third])


async def test_a_note_is_written_shown_found_and_removed(world: World) -> None:
    """n opens an editor; what is kept stands in the profile; an empty one is removed; Esc gives the change up."""
    name, key = world.label(world.moderator), str(world.path.resolve())
    async with world.open(WIDE) as user:
        await user.find(name)
        await user.press("n")
        user.expect_screen(f"Note on {name}")
        await user.type("Ask the organisers.")
        await user.press("ctrl+s")
        user.expect_profile(name, ["Your note", "Ask the organisers."])
        user.expect_crumb("Note kept")
        await user.press("n")
        await user.type("Never mind")
        await user.press("escape")
        user.expect_profile(name, ["Ask the organisers."], lacks=["Never mind"])
        await user.press("2")
        await user.filter("is:noted")
        user.expect_rows("speakers", [name])
    assert UserData.open().note(key, world.moderator) == "Ask the organisers."
    async with world.open(WIDE) as user:
        await user.find(name)
        await user.press("n", "f7", "delete", "ctrl+s")
        user.expect_profile(name, lacks=["Your note", "Ask the organisers."])
    assert not UserData.open().notes(key)


async def test_a_citation_names_record_source_paragraph_and_id(world: World) -> None:
    """y copies a sentence that says where the record is supported; Y its id alone."""
    name, passages = world.label(world.moderator), world.documents[world.moderator]["evidence"]
    async with world.open(NARROW) as user:
        await user.find(name)
        await user.press("y")
        text = user.app.clipboard
        assert text.startswith(f"{name}. ")
        assert any(
            world.documents[passage["source"]]["title"] in text and f"paragraph {passage['paragraph']}" in text
            for passage in passages
        )
        assert text.endswith(f"{world.moderator}.")
        user.expect_crumb(f"Sent to the clipboard: {name}.")
        await user.press("Y")
        assert user.app.clipboard == world.moderator


async def test_a_citation_goes_to_the_clipboard() -> None:
    """y copies a sentence that names the record, the source, its date, the paragraph and the id."""
    async with open_explorer(NARROW) as user:
        await user.find("fu changbo")
        await user.press("y")
        text = user.app.clipboard
        assert text.startswith("FU Changbo. ")
        assert "(2023-09-17), paragraph 10" in text
        assert text.endswith("person/fu-changbo.")
        user.expect_crumb("Sent to the clipboard: FU Changbo.")
        await user.press("Y")
        assert user.app.clipboard == "person/fu-changbo"


async def test_a_citation_is_of_the_passage_chosen() -> None:
    """On a line of the profile, or in the evidence, the passage of that line is cited."""
    async with open_explorer(WIDE) as user:
        await user.find("sprc workshop")
        await user.press("e")
        shown = user.four_panes.profile.profile
        assert shown is not None
        cited = {c.number: c.evidence.paragraph for c in shown.cited}
        assert cited[1] != cited[2]
        for number in (1, 2):
            while (line := user.four_panes.evidence.item) is None or line.numbers != (number,):
                await user.press("down")
            await user.press("y")
            assert f"paragraph {cited[number]}" in user.app.clipboard


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("pane", ["3", "5", "e"], ids=["list", "profile", "evidence"])
async def test_the_session_comes_back_as_it_was(size: tuple[int, int], pane: str, world: World) -> None:
    """Pins, filter, order, cursors, pane, axis and drawer are there the next time; --fresh starts anew."""
    name = world.label(world.body)
    async with world.open(size, fresh=False) as user:
        await user.find(world.label(world.panel))
        await user.press("enter", "+", "3")
        await user.filter(name)
        await user.press("s", pane)
        here = user.explorer.current()
        await leave(user)
    async with world.open(size, fresh=False) as user:
        there = user.explorer.current()
        for field in ("lens", "subject", "pane", "listing", "folded", "zoom", "zoomed", "evidence"):
            user.expect(getattr(there, field), getattr(here, field), field)
        after, before = ({name: cursor.ref for name, cursor in place.cursors.items()} for place in (there, here))
        user.expect(after, before, "cursors")
        user.expect_active(here.pane)
        user.expect_profile(name)
        user.expect_rows("organisations", [name])
        await user.press("[")
        user.expect_crumb("This is where you started")
    async with world.open(size) as user:
        user.expect_cursor("timeline", world.start)
        user.expect_profile(world.start)


async def test_a_corrupt_own_file_is_set_aside_and_said(own_folders: Path) -> None:
    """A file of marks that cannot be read stops nothing, is kept under another name, and is spoken of."""
    file = own_folders / "data" / "own.json"
    file.parent.mkdir(parents=True)
    file.write_text("{ no json", encoding="utf-8")
    async with open_explorer(WIDE, fresh=False) as user:
        user.expect_crumb("was corrupt", "own.json.corrupt-1")
        await user.press("down", "m")
        user.expect_crumb("Marked")
    assert (file.parent / "own.json.corrupt-1").read_text(encoding="utf-8") == "{ no json"


@pytest.mark.parametrize(
    "session",
    [
        {},
        {"version": 99, "lens": {}},
        {"pane": 7},
        {"pane": "nowhere", "listing": "nowhere", "subject": "person/nobody", "zoom": [1.0, 0.0]},
        {"lens": {"filters": {"nowhere": "x"}, "orders": {"speakers": "by weight"}}},
        {"folded": ["person/chen-lan", "event/nothing"], "zoomed": True, "evidence": True},
        {"lens": {"pins": [{"pane": "speakers", "ref": "person/nobody"}], "filters": {"speakers": "colour:red"}}},
        {"cursors": {"nowhere": {"ref": "a/b", "top": "c/d"}, "timeline": {"ref": "", "top": ""}}},
    ],
)
async def test_an_odd_session_starts_all_the_same(session: dict[str, object], own_folders: Path) -> None:
    """A session of another shape, or of records that are gone, never stops the start."""
    UserData.open().save_session(KEY, session)
    async with open_explorer(MEDIUM, fresh=False) as user:
        user.expect_sound()
        await user.press("1", "g", "down", "enter", "escape")
        user.expect_sound()
        assert len(user.rows("timeline")) == 23
        await leave(user)
    assert json.loads((own_folders / "data" / "own.json").read_text(encoding="utf-8"))["sessions"]


async def test_a_session_of_another_shape_is_spoken_of() -> None:
    """What cannot be read is said, once."""
    UserData.open().save_session(KEY, {"pane": 7})
    async with open_explorer(WIDE, fresh=False) as user:
        user.expect_crumb("Where you left off could not be read")


async def test_what_cannot_be_kept_is_said_when_it_is_first_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a home that cannot be written to, a mark holds for the session, and the user is told once."""

    def refuse(*_: object, **__: object) -> None:
        raise BadInput("the folder is read-only", file="own.json")

    monkeypatch.setattr("convenings.store.files.replace", refuse)
    async with open_explorer(WIDE) as user:
        assert not user.explorer.context.workspace.user_data.warnings
        await user.press("m")
        assert len(user.explorer.context.workspace.user_data.warnings) == 1
        user.expect_crumb(user.explorer.context.workspace.user_data.warnings[0][:60])
        await user.press("down", "m")
        user.expect_crumb("Marked")


ODD = "می\u200cخواهم\t👩\u200d👩\u200d👧 ❤\ufe0f\r\nsecond\x1b[31m\u2028third\x85 \u202eback\n"
"""Joiners, tabs, variation selectors, odd line breaks, and what a terminal would obey."""


async def test_a_note_is_not_changed_by_being_looked_at() -> None:
    """n and ^s leave every character as it was, and so does an edit beside it; nothing of it acts on the terminal."""
    UserData.open().set_note(KEY, "person/fu-changbo", ODD)
    async with open_explorer(MEDIUM) as user:
        await user.find("fu changbo")
        await user.press("n")
        assert isinstance(user.app.screen, NoteEditor)
        assert not {"\x1b", "\u202e", "\x85", "\u2028"} & set(user.screen())
        await user.press("ctrl+s")
        assert UserData.open().note(KEY, "person/fu-changbo") == ODD
        await user.press("n")
        await user.type("x")
        await user.press("ctrl+s")
    assert UserData.open().note(KEY, "person/fu-changbo") == f"{ODD}x"


@pytest.mark.parametrize("way", ["quit", "terminate", "hang up"])
async def test_an_open_note_is_kept_however_the_program_ends(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """ctrl+q, SIGTERM and a closed terminal keep what is being written."""
    ends: list[int] = []
    monkeypatch.setattr("convenings.tui.app.os._exit", ends.append)
    async with open_explorer(MEDIUM) as user:
        await user.find("fu changbo")
        await user.press("n")
        await user.type("Ask him.")
        if way == "quit":
            await user.press("ctrl+q")
        elif way == "terminate":
            user.app.exit(return_code=128 + signal.SIGTERM)
        else:
            user.app._hung_up()
    assert UserData.open().note(KEY, "person/fu-changbo") == "Ask him."


async def test_a_note_that_was_being_written_in_a_crash_is_brought_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed is on the disk after a moment; the next start says so, and n shows it."""
    monkeypatch.setattr("convenings.tui.dialogs.notes.KEPT_AFTER", 0.01)
    async with open_explorer(MEDIUM) as user:
        await user.find("fu changbo")
        await user.press("n")
        await user.type("Ask him.")
        await user.until(lambda: UserData.open().drafts(KEY) == {"person/fu-changbo": "Ask him."}, "the note on disk")
        monkeypatch.setattr(user.app, "_keep_open_note", str)
    async with open_explorer(MEDIUM) as user:
        user.expect_crumb("A note on FU Changbo was being written")
        await user.find("fu changbo")
        await user.press("n")
        await user.type("!")
        await user.press("ctrl+s")
    assert UserData.open().note(KEY, "person/fu-changbo") == "Ask him.!"
    assert not UserData.open().drafts(KEY)


async def test_a_note_that_was_given_up_comes_back_by_undoing() -> None:
    """Esc gives a change up and says how to have it back: n shows the note, ^z what was written."""
    UserData.open().set_note(KEY, "person/fu-changbo", "One.")
    async with open_explorer(MEDIUM) as user:
        await user.find("fu changbo")
        await user.press("n")
        await user.type(" Two.")
        await user.press("escape")
        user.expect_crumb("Given up: n and then ^z")
        await user.press("n", "ctrl+s")
        assert UserData.open().note(KEY, "person/fu-changbo") == "One."
        await user.press("n")
        await user.type(" Two.")
        await user.press("escape", "n", "ctrl+z", "ctrl+s")
    assert UserData.open().note(KEY, "person/fu-changbo") == "One. Two."


async def test_kept_is_said_of_what_is_on_the_disk_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that cannot be written is said to be held; once it can, it is written with what follows, or at quit."""

    def refuse(*_: object, **__: object) -> None:
        raise BadInput("the folder is read-only", file="own.json")

    async with open_explorer(WIDE) as user:
        await user.find("fu changbo")
        with monkeypatch.context() as patch:
            patch.setattr("convenings.store.files.replace", refuse)
            await user.press("n")
            await user.type("Ask him.")
            await user.press("ctrl+s")
            user.expect_crumb("Note held until you leave", "not on the disk yet")
            user.expect_profile("FU Changbo", ["Ask him."])
            assert not UserData.open().notes(KEY)
        await leave(user)
    assert UserData.open().note(KEY, "person/fu-changbo") == "Ask him."
