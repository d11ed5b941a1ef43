"""What the review says of decisions, where it goes on, and that nothing of that is cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Participation, Person
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, open_explorer
from tests.journeys.reviewing import REPORT, records, report, review


async def test_whoever_writes_digests_goes_on_writing_though_drafts_are_open(tmp_path: Path) -> None:
    dataset = report(tmp_path)
    async with review(MEDIUM, dataset) as user:
        await user.press("enter", "enter")
        await user.press("G")
        user.expect_screen("Summary of paragraph 2", "Summary of paragraph 3")
        await user.press("k", "enter")
        await user.type("What the second says")
        await user.press("enter")
        user.expect_not_on_screen("Summary of paragraph 2")
        user.expect_screen("a sentence or two in your own words")
        await user.type("What the third says")
        await user.press("enter")
        # Nothing waits any more: on with what is open.
        user.expect_screen("Digest set", "3 of 6 open")
        user.expect_not_on_screen("to be worded")
        user.expect_sound()


async def test_an_organisation_is_given_a_role_and_a_decision_is_said_by_name(tmp_path: Path) -> None:
    dataset = report(tmp_path)
    async with review(NARROW, dataset) as user:
        await user.press("slash")
        await user.type("kind:organisation harbour")
        await user.press("enter", "r")
        await user.type("organiser")
        await user.press("enter")
        user.expect_screen("Role: organiser · Z undoes it", "Harbour Institute  organiser")
        await user.press("Z")
        user.expect_screen("Undone: set role “Harbour Institute”")
        user.expect_not_on_screen("Harbour Institute  organiser")
        await user.press("R", "enter")
        user.expect_screen("Accepted: Harbour Institute, with 1 that it needs · none of these is open")
        await user.press("Z")
        user.expect_screen("Undone: accept “Harbour Institute” and 1 more")
        await user.press("R")
        user.expect_screen("Done again: accept “Harbour Institute” and 1 more")
    roles = {(each.agent, each.role) for each in records(dataset) if isinstance(each, Participation)}
    assert roles == {("organisation/harbour-institute", "organiser")}
    assert check(Dataset.open(dataset)) == []


async def test_what_is_accepted_besides_is_counted(tmp_path: Path) -> None:
    async with review(WIDE, report(tmp_path)) as user:
        await user.press("slash")
        await user.type("kind:person")
        await user.press("enter", "A")
        user.expect_screen("2 accepted, with 3 that they need")
        # The head says how many of how many; what became of them stands below, whole in each width.
        user.expect_screen("1 of 6 open", "5 accepted")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_nothing_of_the_review_is_cut_unsaid(size: tuple[int, int], tmp_path: Path) -> None:
    """Head, numbers below it and hints: each of them fits."""
    async with review(size, report(tmp_path)) as user:
        await user.press("enter", "x", "space")
        user.expect_screen("of 6 open", "ticked", "to be worded", "1 later", "1 accepted", "1 rejected")
        await user.press("j")
        assert "…" not in user.crumb()
        await user.press("tab")
        assert "…" not in user.crumb()
        user.expect_crumb("enter")


@pytest.mark.parametrize("is_empty", [True, False], ids=["an empty dataset", "a dataset with records"])
async def test_a_report_drafted_in_the_explorer_is_reviewed_next(is_empty: bool, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    dataset = Dataset.create(path, "Own")
    if not is_empty:
        dataset.upsert([Person(id="person/ana", label="Ana")])
    (tmp_path / "seminar.txt").write_text(REPORT, encoding="utf-8")
    async with open_explorer(MEDIUM, path) as user:
        await user.find("draft a report")
        await user.type(str(tmp_path / "seminar.txt"))
        await user.press("enter")
        await user.expect_message("Drafted seminar.txt")
        await user.until(lambda: user.explorer.reloader.builder is None, "the end of the build")
        user.expect_active("drafts")
        user.expect_screen("9 Review", "6 of 6 open", "Lighthouse Seminar on Tidal Power")
        await user.press("enter")
        user.expect_screen("Accepted: The Lighthouse Seminar on Tidal Power")
        await user.until(lambda: user.explorer.reloader.builder is None, "the end of the build")
        user.expect_active("drafts")
        user.expect_sound()


async def test_a_span_that_is_moved_is_said_and_what_has_none_leads_to_the_record(tmp_path: Path) -> None:
    async with review(NARROW, report(tmp_path)) as user:
        await user.press("slash")
        await user.type("kind:organisation tidewater")
        await user.press("enter", "greater_than_sign")
        user.expect_crumb("Name: Tidewater Foundation, · Z undoes it")
        await user.press("Z", "escape", "slash")
        await user.type("kind:statement")
        await user.press("enter", "j", "j", "j", "e")
        user.expect_active("report")
        user.expect_screen("¶ 5 of 6")
