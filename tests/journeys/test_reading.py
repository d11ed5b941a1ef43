"""The attached text of a source, read through: from a passage on, from passage to passage, and back where one was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.tui.dialogs.reader import Reader
from convenings.tui.explorer.screen import Explorer
from convenings.tui.panes.reader import LONGEST_STRETCH, TextReader
from tests.driver import MEDIUM, NARROW, SIZES, User, open_explorer
from tests.unit import factory
from tests.unit.test_passages import TEXTS, attach

QUOTES = ("Ana Lima (chair) asked", "who owns", "chair")
LONG = [f"Paragraph {number} on rivers, of which there are many in every country." for number in range(3000)]
NOTHING_ATTACHED = "The text of this report is not attached: convenings attach FILE"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A dataset in which the person rests on three passages of the third paragraph, one inside another."""
    content = factory.records()
    for at, record in enumerate(content):
        if record.id == "person/ana":
            evidence = [factory.evidence(3, quote, "family", note=quote) for quote in QUOTES]
            content[at] = replace(record, evidence=evidence)
        elif any(piece.paragraph == 3 for piece in record.evidence):
            content[at] = replace(record, evidence=[factory.evidence(1, "A day", "label")])
    return Path(factory.write(tmp_path / "rivers.json", content).path)


def pane(user: User) -> TextReader:
    assert isinstance(user.app.screen, Reader), user.screen()
    return user.app.screen.query_one(TextReader)


def read_now(user: User) -> str:
    """The words that stand out as those that are read."""
    words = pane(user).words
    return "" if words is None else pane(user).paragraphs[words.paragraph - 1][words.start : words.end]


async def open_evidence(user: User) -> None:
    await user.find("ana lima")
    await user.press("e")


async def open_source(user: User) -> None:
    """Read the text of the source from its beginning."""
    await open_evidence(user)
    await user.press("g", "enter", "t")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_enter_opens_the_text_at_the_passage_and_esc_is_back_where_one_was(
    size: tuple[int, int], dataset: Path
) -> None:
    attach(factory.TEXT)
    async with open_explorer(size, dataset) as user:
        await open_evidence(user)
        await user.press("j")
        before, screen = user.explorer.current(), user.screen()
        user.expect_keys("read")
        await user.press("enter")
        user.expect_screen("A day on rivers", "Rivers, rivers, and once more rivers.", "passage")
        assert read_now(user) in QUOTES
        user.expect_sound()
        await user.press("down", "G", "g", "escape")
        assert isinstance(user.app.screen, Explorer)
        assert user.explorer.current() == before
        user.expect(user.explorer.focused, user.explorer.focused_pane(), "focus")
        assert user.screen() == screen


async def test_a_number_opens_the_text_at_its_own_words(dataset: Path) -> None:
    """Also where a longer passage has them within itself."""
    attach(factory.TEXT)
    async with open_explorer(MEDIUM, dataset) as user:
        await open_evidence(user)
        seen = []
        for _ in range(10):
            item = user.four_panes.evidence.item
            assert item is not None
            if not item.ref:
                await user.press("enter")
                seen.append(read_now(user))
                await user.press("escape")
            await user.press("down")
        assert set(QUOTES) <= set(seen)


async def test_n_and_p_go_from_passage_to_passage(dataset: Path) -> None:
    """In the order of the text, and they stop at both ends."""
    attach(factory.TEXT)
    async with open_explorer(MEDIUM, dataset) as user:
        await open_evidence(user)
        await user.press("enter", "p", "p", "p", "p")
        first = read_now(user)
        words = [first]
        for _ in range(6):
            await user.press("n")
            words.append(read_now(user))
        every = list(dict.fromkeys(words))
        assert len(every) > 1
        assert [factory.TEXT.index(text) for text in every] == sorted(factory.TEXT.index(text) for text in every)
        await user.press("shift+tab")
        assert read_now(user) == every[-2]
        await user.click_text("dialog-keys", "next passage")
        assert read_now(user) == every[-1]
        await user.click_text("dialog-keys", "back")
        assert isinstance(user.app.screen, Explorer)


async def test_without_the_text_one_sentence_says_how_to_attach_it(dataset: Path) -> None:
    async with open_explorer(MEDIUM, dataset) as user:
        await open_evidence(user)
        for key in ("enter", "t"):
            await user.press(key)
            user.expect_crumb(NOTHING_ATTACHED)
        user.expect_active("evidence")


async def test_the_source_of_a_passage_is_followed_from_its_place(dataset: Path) -> None:
    async with open_explorer(MEDIUM, dataset) as user:
        await open_evidence(user)
        await user.press("up", "enter")
        user.expect_profile("Rivers")


@pytest.mark.parametrize("attached", ["moved", "lost"])
async def test_a_passage_that_is_not_where_it_was(attached: str, dataset: Path) -> None:
    """One that has moved is read where it stands now; of one that is lost this is said, at the place where it was."""
    attach(TEXTS[attached])
    async with open_explorer(MEDIUM, dataset) as user:
        await open_evidence(user)
        drawer = user.four_panes.evidence
        number = next(each.numbers[0] for each in drawer.passages if each.state == attached)
        while drawer.item is None or drawer.item.ref or drawer.item.numbers != (number,):
            await user.press("down")
        await user.press("enter")
        if attached == "moved":
            assert read_now(user)
            user.expect_screen(f"[{number}]")
        else:
            user.expect_screen(f"[{number}] is not in this text any more (lost): this is where it was", "(seat)")


async def test_t_reads_the_text_of_a_source_and_of_a_line_of_the_profile(dataset: Path) -> None:
    attach(factory.TEXT)
    async with open_explorer(NARROW, dataset) as user:
        await open_source(user)
        user.expect_screen("A day on rivers")
        assert read_now(user) == ""
        await user.press("t")
        assert isinstance(user.app.screen, Explorer)
        await user.find("ana lima")
        await user.press("5", "t")
        assert isinstance(user.app.screen, Reader)


@pytest.mark.parametrize("size", [(40, 12), NARROW, (200, 50)], ids=str)
async def test_only_what_is_on_the_screen_is_wrapped(
    size: tuple[int, int], dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many paragraphs a text has, and however long one of them is."""
    huge = "\N{CJK UNIFIED IDEOGRAPH-6CB3}" * 400_000
    attach(factory.TEXT + "\n".join([*LONG, huge, *LONG[:3], "The last line."]))
    wrapped: list[int] = []
    wrap = TextReader._wrap

    def counting(reader: TextReader, number: int) -> object:
        wrapped.append(number)
        return wrap(reader, number)

    monkeypatch.setattr(TextReader, "_wrap", counting)
    async with open_explorer(size, dataset) as user:
        await open_source(user)
        user.expect_screen("A day on rivers")
        for key in ("G", "pageup", "pageup", "up", "down", "g", "pagedown", "end", "pageup"):
            del wrapped[:]
            await user.press(key)
            assert len(wrapped) <= 3 * size[1], key
        await user.press("G")
        user.expect_screen("The last line.")
        user.expect_sound()
        await user.resize(size[0] + 20, size[1] + 4)
        user.expect_screen("The last line.")
        assert len(pane(user)._stretches) > 400_000 // LONGEST_STRETCH
        for _ in range(30):
            await user.press("pageup")
        user.expect_screen("\N{CJK UNIFIED IDEOGRAPH-6CB3}" * 10)
        user.expect_sound()


async def test_every_line_of_a_text_can_be_scrolled_to(dataset: Path) -> None:
    """Down to the last and up again, by line and by screen, nothing twice and nothing left out."""
    lines = [f"Line {number}." for number in range(90)]
    attach("\n".join(lines))
    async with open_explorer(NARROW, dataset) as user:
        await open_source(user)
        for keys in (["down"] * 200, ["pagedown"] * 20):
            await user.press("g")
            seen = dict.fromkeys(re.findall(r"Line \d+\.", user.screen()))
            for key in keys:
                await user.press(key)
                seen |= dict.fromkeys(re.findall(r"Line \d+\.", user.screen()))
            assert list(seen) == lines
        await user.press("G")
        bottom = user.screen()
        await user.wheel("text", 5)
        assert user.screen() == bottom
        await user.wheel("text", -1)
        assert user.screen() != bottom


async def test_a_text_with_control_sequences_is_harmless(dataset: Path) -> None:
    attach("\x1b[31mred\x1b[0m [bold]loud[/bold] \u202eback\n" + factory.TEXT)
    async with open_explorer(NARROW, dataset) as user:
        await open_evidence(user)
        await user.press("enter", "g")
        user.expect_screen("[bold]loud[/bold]")
        user.expect_sound()


async def test_keys_in_one_burst_open_and_close_one_reader(dataset: Path) -> None:
    attach(factory.TEXT)
    async with open_explorer(NARROW, dataset) as user:
        await open_evidence(user)
        await user.burst("enter", "enter", "enter")
        assert isinstance(user.app.screen, Reader)
        assert sum(isinstance(screen, Reader) for screen in user.app.screen_stack) == 1
        await user.burst("escape", "q", "t")
        assert user.app.is_running
        assert sum(isinstance(screen, Reader) for screen in user.app.screen_stack) <= 1
