"""Two years of one conference, imported: a room at a time, a speaker over the years, a track, a free word."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.interchange.run import import_files
from tests.driver import NARROW, open_explorer

SIZES = {"80x24": NARROW, "200x50": (200, 50)}
ADA = "<person id='7'>Ada Moss</person>"
FIRST = f"""<schedule><conference><title>Garden Days 2031</title><venue>Old Mill</venue><city>Ghent</city>
<start>2031-05-03</start><end>2031-05-04</end></conference>
<day index='1' date='2031-05-03'>
<room name='Great Hall'>
<event id='1'><start>13:00</start><duration>00:50</duration><title>Ferns in the rain</title><track>Wet plants</track>
<type>lecture</type><persons><person id='8'>Bo Li</person></persons></event>
<event id='2'><start>14:00</start><duration>00:50</duration><title>Moss on walls</title><track>Wet plants</track>
<type>lecture</type><abstract>What a lichen is, and is not.</abstract><persons>{ADA}</persons></event>
</room>
<room name='Tool Shed'>
<event id='3'><start>14:00</start><duration>00:30</duration><title>Sharpening</title><track>Tools</track>
<type>workshop</type><persons><person id='9'>Cy Ort</person></persons></event>
</room></day>
<day index='2' date='2031-05-04'><room name='Great Hall'>
<event id='4'><start>14:00</start><duration>01:00</duration><title>CANCELLED Night walk</title><track>Wet plants</track>
<persons><person id='8'>Bo Li</person></persons></event></room></day></schedule>"""
SECOND = f"""<schedule><conference><title>Garden Days 2032</title><venue>New Barn</venue><city>Ghent</city>
<start>2032-05-01</start><end>2032-05-01</end></conference>
<day index='1' date='2032-05-01'><room name='Loft'>
<event id='1'><start>10:00</start><duration>00:50</duration><title>Moss on roofs</title><track>Wet plants</track>
<type>lecture</type><persons>{ADA.replace("Moss", "B. Moss")}</persons></event>
</room></day></schedule>"""


@pytest.fixture
def gardens(tmp_path: Path) -> Path:
    """Both years in one dataset."""
    files = [tmp_path / "first.xml", tmp_path / "second.xml"]
    for file, text in zip(files, (FIRST, SECOND), strict=True):
        file.write_text(text, encoding="utf-8")
    dataset = tmp_path / "gardens.json"
    report = import_files(files, dataset)
    assert [(each.error, each.skipped) for each in report.files] == [("", []), ("", [])]
    return dataset


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_what_is_on_in_a_room_at_a_time(gardens: Path, size: tuple[int, int]) -> None:
    """Find the room, pin it, and ask for the hour: its talks by time, the one that is on, and who speaks there."""
    async with open_explorer(size, gardens) as user:
        await user.find("Great Hall")
        await user.press("p", "1")
        user.expect_rows("timeline", ["Ferns in the rain", "Moss on walls", "CANCELLED Night walk"])
        user.expect_screen("14:00–14:50")
        await user.filter("date:2031-05-03T14:30")
        user.expect_rows("timeline", ["Moss on walls"])
        await user.press("escape", "2")
        user.expect_rows("speakers", ["Ada Moss", "Bo Li"])
        user.expect_sound()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_speaker_over_the_years(gardens: Path, size: tuple[int, int]) -> None:
    """One person of one id, found by either spelling, with the talks of both years."""
    async with open_explorer(size, gardens) as user:
        for spelling in ("Ada Moss", "Ada B. Moss"):
            await user.find(spelling)
            user.expect(user.subject(), "person/ada-moss", "subject")
        talks = ["Moss on walls", "Moss on roofs", "3 May 2031", "1 May 2032"]
        for text in talks:
            assert text in user.profile(), text
        await user.press("p", "1")
        assert {"Moss on walls", "Moss on roofs"} <= set(user.rows("timeline"))
        assert "Sharpening" not in user.rows("timeline")
        user.expect_sound()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_track(gardens: Path, size: tuple[int, int]) -> None:
    """A track is one topic over the years, with its talks and those who give them."""
    async with open_explorer(size, gardens) as user:
        await user.find("Wet plants")
        user.expect(user.subject(), "topic/wet-plants", "subject")
        await user.press("p", "1")
        user.expect_rows("timeline", ["Ferns in the rain", "Moss on walls", "CANCELLED Night walk", "Moss on roofs"])
        await user.press("2")
        assert user.rows("speakers")[:2] == ["Ada Moss", "Bo Li"]
        user.expect_sound()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_free_word(gardens: Path, size: tuple[int, int]) -> None:
    """A word of a title or of its abstract finds the talk, and the hour does without any pin."""
    async with open_explorer(size, gardens) as user:
        await user.filter("sharpening")
        user.expect_rows("timeline", ["Sharpening"])
        await user.press("escape")
        await user.filter("lichen")
        user.expect_rows("timeline", ["Moss on walls"])
        await user.press("escape")
        await user.filter("date:2031-05-03T14:00")
        rows = [row for row in user.rows("timeline") if not row.startswith("Garden Days")]
        user.expect(rows, ["Moss on walls", "Sharpening"], "what is on")
