"""What journeys do with a form: go to a line, write in it, wait for what it opens."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from convenings.domain.record_values import Evidence, Paragraph
from convenings.domain.records import Event, Source
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.sources import passage_hash, text_hash
from convenings.tui.dialogs.record_editor import RecordEditor
from tests.driver import User


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


async def rename(user: User, text: str) -> None:
    """Give the record that is shown another label, and save it."""
    await user.press("E")
    await write(user, text)
    await user.press("ctrl+s")


async def until_dialog(user: User, kind: type) -> None:
    await user.until(lambda: isinstance(user.app.screen, kind), f"a {kind.__name__}")


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
