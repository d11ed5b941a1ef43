"""From a report to records by keys: draft, review, word, undo; nothing counts before it is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Participation, Person, Statement
from convenings.drafting.review import Review
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.tui.dialogs.menu import Menu
from convenings.tui.panes.reader import TextReader
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.reviewing import REPORT, go_to, records, report, review, states


async def test_a_terminal_that_grows_leaves_no_word_of_the_report_out(tmp_path: Path) -> None:
    async with review(NARROW, report(tmp_path)) as user:
        for size in (MEDIUM, WIDE):
            await user.resize(*size)
            shown = " ".join(line[4:].strip(" │┃▐▌") for line in user.lines(user.region("report"))[1:-1])
            user.expect(" ".join(shown.split()), " ".join(REPORT.split()), "the report")


async def test_a_value_and_how_it_was_found_are_apart(tmp_path: Path) -> None:
    async with review(MEDIUM, report(tmp_path)) as user:
        await go_to(user, "Paul Okafor")
        for width in range(100, 141, 2):
            await user.resize(width, 36)
            line = next(line for line in user.lines(user.region("drafts")) if " role " in line)
            assert "keynote speaker  " in line, (width, line)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_text_and_draft_stand_side_by_side(size: tuple[int, int], tmp_path: Path) -> None:
    async with review(size, report(tmp_path)) as user:
        user.expect_screen("seminar.txt", "9 Review", "open", "Lighthouse Seminar on Tidal Power", "2021-05-03")
        user.expect_keys("accept, next", "reject")
        text, drafts = user.region("report"), user.region("drafts")
        assert (text.y < drafts.y) if size == SIZES["narrow"] else (text.x < drafts.x and text.y == drafts.y)
        user.expect_sound()


async def test_enter_accepts_and_goes_on_and_nothing_counts_before(tmp_path: Path) -> None:
    dataset = report(tmp_path)
    async with review(WIDE, dataset) as user:
        assert [record.id.partition("/")[0] for record in records(dataset)] == ["source"]
        await user.press("enter")
        user.expect_crumb("Accepted: The Lighthouse Seminar on Tidal Power · Z undoes it")
        (event,) = (record for record in records(dataset) if record.id.startswith("event/"))
        assert event.evidence[0].source.startswith("source/")
        first = states(dataset)
        assert list(first.values()).count("accepted") >= 1
        user.expect_sound()


async def test_x_rejects_space_leaves_for_later_and_z_takes_back(tmp_path: Path) -> None:
    dataset = report(tmp_path)
    async with review(MEDIUM, dataset) as user:
        await user.press("x")
        assert states(dataset)["The Lighthouse Seminar on Tidal Power"] == "rejected"
        user.expect_crumb("Rejected: The Lighthouse Seminar")
        await user.press("Z")
        assert states(dataset)["The Lighthouse Seminar on Tidal Power"] == "open"
        user.expect_crumb("ndone")
        await user.press("R")
        assert states(dataset)["The Lighthouse Seminar on Tidal Power"] == "rejected"
        await user.press("Z", "space")
        assert states(dataset)["The Lighthouse Seminar on Tidal Power"] == "later"
        user.expect_screen("1 later")


async def test_a_report_becomes_records_and_what_lacks_words_waits(tmp_path: Path) -> None:
    """All is accepted by Enter; statements are worded after that, one after the other, and the dataset is clean."""
    dataset = report(tmp_path)
    async with review(MEDIUM, dataset) as user:
        for _ in range(40):
            if Review.open(dataset).progress().open == 0:
                break
            await user.press("enter")
        user.expect_screen("to be worded")
        await user.press("enter")
        await user.type("Ports ought to pool what they measure")
        await user.press("enter")
        for number in range(2, 6):
            user.expect_screen(f"{6 - number} to be worded", "a sentence or two in your own words")
            await user.type(f"What paragraph {number} says")
            await user.press("enter")
        summaries = [record.summary for record in records(dataset) if isinstance(record, Statement)]
        assert summaries == ["Ports ought to pool what they measure"]
        roles = {(record.agent, record.role) for record in records(dataset) if isinstance(record, Participation)}
        names = {record.id: record.label for record in records(dataset) if isinstance(record, Person)}
        assert {(names.get(agent or ""), role) for agent, role in roles} >= {
            ("Ingrid Solberg", "moderator"),
            ("Paul Okafor", "keynote speaker"),
        }
        user.expect_sound()
    assert check(Dataset.open(dataset)) == []


async def test_what_is_typed_in_place_says_which_keys_it_takes(tmp_path: Path) -> None:
    async with review(NARROW, report(tmp_path)) as user:
        await user.press("E")
        user.expect_screen("Name; enter keeps it · esc leaves it as it was")
        # The letters of the view are letters now.
        assert user.lines()[-1].strip() == "enter keep it  esc leave it as it was  ^z undo typing"
        await user.press("!")
        user.expect_screen("esc leaves it as it was")
        await user.press("escape")
        user.expect_not_on_screen("esc leaves it", "Tidal Power!")
        user.expect_sound()


async def test_words_selected_in_the_text_become_a_record(tmp_path: Path) -> None:
    """By keys: to a paragraph without a record, over its words, and a letter says what they are."""
    dataset = report(tmp_path)
    async with review(MEDIUM, dataset) as user:
        await user.press("tab")
        user.expect_active("report")
        await user.press("G", "right", "greater_than_sign")
        user.expect_keys("make a record", missing=["accept, next"])
        await user.press("enter")
        await user.type("gap")
        await user.press("enter")
        user.expect_active("drafts")
        assert states(dataset)["weather was"] == "open"
        await user.press("E")
        await user.type("Nobody says how the weather was at night")
        await user.press("enter")
        assert any(getattr(record, "detail", "").startswith("Nobody says") for record in records(dataset))
        user.expect_sound()


async def test_words_are_selected_by_the_mouse(tmp_path: Path) -> None:
    async with review(MEDIUM, report(tmp_path)) as user:
        await user.click_text("report", "Engineer")
        user.expect_active("report")
        selection = user.explorer.state.selection
        assert selection is not None
        assert REPORT.split("\n\n")[selection.paragraph - 1][selection.start : selection.end] == "Engineer"
        await user.press("comma")
        selection = user.explorer.state.selection
        assert selection is not None
        assert REPORT.split("\n\n")[selection.paragraph - 1][selection.start : selection.end] == "Chief Engineer"
        await user.press("escape")
        user.expect_active("drafts")
        user.expect_sound()


async def test_the_span_of_a_field_moves_by_a_word(tmp_path: Path) -> None:
    dataset = report(tmp_path)
    async with review(WIDE, dataset) as user:
        await user.press("full_stop")
        assert "Lighthouse Seminar on Tidal Power" in states(dataset)
        await user.press("less_than_sign")
        assert "Lighthouse Seminar on Tidal" in states(dataset)
        await user.press("greater_than_sign", "comma")
        assert "The Lighthouse Seminar on Tidal Power" in states(dataset)
        await user.press("Z", "Z")
        assert "Lighthouse Seminar on Tidal" in states(dataset)


async def test_all_that_a_filter_shows_is_accepted_and_nothing_without_one(tmp_path: Path) -> None:
    dataset = report(tmp_path)
    async with review(MEDIUM, dataset) as user:
        await user.press("A")
        user.expect_crumb("A filter has to say which")
        await user.filter("how:honorific")
        user.expect_screen("Ingrid Solberg", "/how:honorific")
        await user.press("A")
        user.expect_crumb("none of these is open")
        await user.press("escape")
        found = states(dataset)
        assert {name for name, state in found.items() if state == "accepted"} >= {"Ingrid Solberg", "Paul Okafor"}
        await user.press("Z")
        assert set(states(dataset).values()) == {"open"}
        await user.filter("how:nothing-like-it")
        user.expect_screen("Nothing drafted matches this filter")
        user.expect_sound()


async def test_a_second_one_of_a_name_is_told_and_not_merged(tmp_path: Path) -> None:
    report(tmp_path)
    dataset = report(
        tmp_path, "Visit\n\nDr Ingrid Solberg, Director of the Tide Trust, moderated the visit.\n", "visit.txt"
    )
    async with review(WIDE, dataset) as user:
        await user.filter("solberg")
        await user.press("A")
        assert "another record is called Ingrid Solberg" in " ".join(user.screen().split())
        assert [each.label for each in records(dataset) if isinstance(each, Person)].count("Ingrid Solberg") == 2
        user.expect_sound()


async def test_role_and_organisation_are_chosen_and_a_field_is_rejected(tmp_path: Path) -> None:
    dataset = report(tmp_path)
    async with review(MEDIUM, dataset) as user:
        await go_to(user, "Paul Okafor")
        await user.press("r")
        await user.type("panellist")
        await user.press("enter", "o")
        await user.type("harbour")
        await user.press("enter")
        user.expect_screen("panellist", "Harbour Institute")
        await user.press("up")
        user.expect(user.explorer.state.field, "title_as_stated", "field")
        await user.press("x")
        user.expect_crumb("Title rejected")
        await user.press("enter")
        assert [record.title_as_stated for record in records(dataset) if isinstance(record, Participation)] == [""]
        roles = [record.role for record in records(dataset) if isinstance(record, Participation)]
        assert roles == ["panellist"]


async def test_a_report_is_drafted_from_within(tmp_path: Path) -> None:
    """The palette asks for its file, and the review opens on it."""
    dataset, path = tmp_path / "own.json", tmp_path / "visit.txt"
    Dataset.create(dataset, "Own")
    path.write_text(REPORT, encoding="utf-8")
    async with open_explorer(MEDIUM, dataset) as user:
        await user.press("9")
        user.expect_crumb("Nothing is drafted here")
        await user.find("draft a report")
        await user.type(str(path))
        await user.press("enter")
        await user.expect_soon("9 Review", "of 6 open", "visit.txt")
        user.expect_active("drafts")
        user.expect_sound()


async def test_what_a_decision_said_stays_while_the_dataset_is_read_again(tmp_path: Path) -> None:
    """Nobody has to be told that the file is another one who has just had it written."""
    async with review(WIDE, report(tmp_path)) as user:
        await user.press("enter")
        await user.until_rebuilt()
        user.explorer.reloader.reload_if_stale()
        await user.until_rebuilt()
        user.expect_crumb("Accepted: The Lighthouse Seminar")
        assert "Read again" not in " ".join(user.explorer.bars.said)


async def test_a_filter_that_hides_the_record_in_use_is_listed_once(tmp_path: Path) -> None:
    async with review(WIDE, report(tmp_path)) as user:
        await user.filter("kind:statement")
        context, state = user.explorer.context, user.explorer.state.at("drafts", "draft/000000/none")
        assert context.review_list(state) is context.review_list(state)


CHINESE = """潮汐会议

海港局的林安娜主持了会议，并说各个港口应当共享它们的测量结果，因为没有人能够独自完成这项工作，也没有人应当独自完成这项工作。
"""


async def test_a_click_selects_the_word_under_it_also_where_letters_are_wide(tmp_path: Path) -> None:
    """Beside a line, the last one of the line."""
    async with review(NARROW, report(tmp_path, CHINESE)) as user:
        pane = user.explorer.panes["report"]
        assert isinstance(pane, TextReader)
        await user.click_text("report", "独")
        assert chosen(user) == "独"
        lines = user.lines(user.region("report"))
        first = next(number for number, line in enumerate(lines) if "海港局" in line)
        await user.click("report", first, 77)
        assert chosen(user) == lines[first].strip(" │┃▐")[-1]


def chosen(user: User) -> str:
    """The words that are selected in the text."""
    pane, selection = user.explorer.panes["report"], user.explorer.state.selection
    assert isinstance(pane, TextReader)
    assert selection is not None
    return pane.paragraphs[selection.paragraph - 1][selection.start : selection.end]


async def test_what_words_can_be_made_of_is_found_by_the_letters_that_are_named(tmp_path: Path) -> None:
    async with review(MEDIUM, report(tmp_path)) as user:
        await user.press("tab", "G", "right", "enter")
        menu = user.app.screen
        assert isinstance(menu, Menu)
        keys = [entry.key for entry in menu.entries]
        assert menu._line.placeholder == " · ".join(f"{entry.key} {entry.name}" for entry in menu.entries)
        assert keys == ["p", "o", "q", "s", "g", "e"], "the record in use is no person, who could have a role"
