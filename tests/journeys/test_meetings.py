"""A spreadsheet of meetings, imported: who met whom, when, and about what."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.interchange.run import import_files
from tests.driver import NARROW, open_explorer

SIZES = {"80x24": NARROW, "200x50": (200, 50)}
DIARY = """\
Date,Official,Met with,Organisation,Subject
2031-02-03,Ivy Thorne,Rex Holm,Shed Trust,Roofs of allotment sheds
2031-02-10,Ivy Thorne,Una Kade; Rex Holm,Shed Trust,Rain barrels
2031-02-10,Otto Vale,Una Kade,Moor Council,Paths over the moor
2031-03-01,Otto Vale,,Shed Trust,Roofs of allotment sheds
"""


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """The meetings as a dataset."""
    file, dataset = tmp_path / "diary.csv", tmp_path / "diary.json"
    file.write_text(DIARY, encoding="utf-8")
    (report,) = import_files([file], dataset).files
    assert (report.error, report.skipped) == ("", [])
    return dataset


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_who_met_somebody(diary: Path, size: tuple[int, int]) -> None:
    """Pin who is looked for: the meetings of theirs alone, and beside them whom they met there."""
    async with open_explorer(size, diary) as user:
        await user.find("Una Kade")
        await user.press("p", "1")
        user.expect_rows("timeline", ["Ivy Thorne with Una Kade and Rex Holm", "Otto Vale with Una Kade"])
        await user.press("2")
        assert {"Ivy Thorne", "Otto Vale"} <= set(user.rows("speakers"))
        user.expect_sound()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_whom_a_body_met(diary: Path, size: tuple[int, int]) -> None:
    """A body has its meetings, those included at which nobody is named for it, and the people who came for it."""
    async with open_explorer(size, diary) as user:
        await user.find("Shed Trust")
        await user.press("p", "1")
        meetings = ["Ivy Thorne with Rex Holm", "Ivy Thorne with Una Kade and Rex Holm", "Otto Vale with Shed Trust"]
        user.expect_rows("timeline", meetings)
        await user.press("2")
        assert {"Una Kade", "Rex Holm"} <= set(user.rows("speakers"))
        assert "Otto Vale" not in user.rows("speakers")
        user.expect_sound()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_month_and_its_evidence(diary: Path, size: tuple[int, int]) -> None:
    """A month is a filter, and the evidence of a meeting is its row with the headings of the file."""
    async with open_explorer(size, diary) as user:
        await user.filter("date:2031-03")
        user.expect_rows("timeline", ["Otto Vale with Shed Trust"])
        assert "Roofs of allotment sheds" in user.profile()
        await user.press("e")
        user.expect_screen("Otto Vale")
        user.expect_screen("Subject")
        user.expect_sound()
