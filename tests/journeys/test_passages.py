"""The drawer and ``show`` say the same of each passage, whatever has become of it in the attached text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convenings.__main__ import main
from tests.driver import MEDIUM, NARROW, WIDE, User, open_explorer
from tests.unit import factory
from tests.unit.test_passages import TEXTS, attach

IN_DRAWER = {
    "locator moved": "moved",
    "locator exact": "exact",
    "no longer has this passage (ambiguous)": "ambiguous",
    "no longer has this passage (lost)": "lost",
    "Of water.": "",
}
IN_SHOW = {
    "(moved to paragraph": "moved",
    "passage ambiguous in the attached text": "ambiguous",
    "passage lost in the attached text": "lost",
    "”": "exact",
    "Of water.": "",
}
"""Words of each face to the state that they say; the first that are there count."""


def states(text: str, words: dict[str, str]) -> list[tuple[str, list[str], str]]:
    """Place, numbers and state of each passage in what a face says."""
    parts = re.split(r"(?:\[(\d+)\] )?(Rivers, paragraph \d of 4)", " ".join(text.split()))
    return [
        (
            place,
            [*([first] if first else []), *re.findall(r"\[(\d+)\]", rest)],
            next(state for phrase, state in words.items() if phrase in rest),
        )
        for first, place, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    ]


@pytest.mark.parametrize("state", ["", *TEXTS])
async def test_the_drawer_and_show_say_the_same(state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A digest, its words, that they have moved, or that they are nowhere for certain."""
    path = factory.write(tmp_path / "rivers.json").path
    if state:
        attach(TEXTS[state])
    async with open_explorer(MEDIUM, path) as user:
        await user.find("ana lima")
        await user.press("e")
        in_drawer = states(user.evidence(), IN_DRAWER)
        moved = user.evidence().count("the passage has moved in the attached text")
    assert main(["show", "person/ana", "--dataset", str(path)]) == 0
    in_show = states(capsys.readouterr().out.partition("\nEvidence")[2], IN_SHOW)
    assert in_drawer == in_show
    numbers = [int(number) for _, numbers, _ in in_drawer for number in numbers]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert len(in_drawer) < len(numbers)
    assert state in {each for _, _, each in in_drawer}
    assert moved == sum(each == "moved" for _, _, each in in_drawer)


async def read_down(user: User, number: int, key: str = "down") -> list[str]:
    """Every line that the drawer shows while a key is pressed so many times."""
    lines: dict[str, None] = {}
    for _ in range(number):
        lines |= dict.fromkeys(line.strip("┃│▐ ") for line in user.lines(user.region("evidence"))[1:-1])
        await user.press(key)
    return list(lines)


@pytest.mark.parametrize("attached", [False, True])
async def test_a_passage_can_be_read_in_the_smallest_terminal(attached: bool, tmp_path: Path) -> None:
    """The drawer has the screen for itself and begins with the words; on the way down nothing is passed over."""
    path = factory.write(tmp_path / "rivers.json").path
    if attached:
        attach(factory.TEXT)
    async with open_explorer((40, 12), path) as user:
        await user.find("ana lima")
        await user.press("e")
        user.expect(user.region("evidence").size, (40, 8), "size of the drawer")
        user.expect_screen("▌", "[1]")
        await user.press("z")
        user.expect_crumb("has the whole screen already")
        shown = " ".join(await read_down(user, 60))
        for passage in user.four_panes.evidence.passages:
            for word in (*passage.text.split(), *passage.digest.split()) if not attached else passage.text.split():
                assert word in shown
        for number in range(1, 6):
            assert f"[{number}]" in shown
        up = " ".join(await read_down(user, 60, "up"))
        assert set(shown.split()) <= set(up.split())
        await user.press("tab", "shift+tab", "escape")
        user.expect_not_on_screen("Evidence for")


async def test_z_gives_the_drawer_the_screen_and_takes_it_back() -> None:
    """Where it stands beside another pane, in every arrangement; so it does for the pane beside it in a narrow one."""
    for size in (NARROW, MEDIUM, WIDE):
        async with open_explorer(size) as user:
            await user.find("fu changbo")
            await user.press("e")
            before = user.region("evidence")
            await user.press("z")
            body = user.region("evidence")
            assert body.width == size[0]
            assert body.height >= size[1] - 4
            await user.press("z")
            user.expect(user.region("evidence"), before, "place of the drawer")
            await user.press("z", "escape")
            user.expect(user.region("evidence"), before, "place of the drawer")
            await user.press("escape")
            user.expect_not_on_screen("Evidence for")
            await user.press("e", "z", "e", "e")
            user.expect(user.region("evidence"), before, "place of the drawer")
    async with open_explorer(NARROW) as user:
        await user.press("5", "e", "shift+tab", "z")
        user.expect(user.region("profile").height, 20, "height of the profile")
        await user.press("z")
        assert user.region("profile").height < 20


async def test_what_was_asked_for_stands_first_under_its_passage() -> None:
    """However much else the passage supports, the number and the words are on the screen together."""
    async with open_explorer(NARROW) as user:
        await user.find("fu changbo")
        await user.press("5")
        profile = user.four_panes.profile
        seen = set()
        for _ in range(12):
            if profile.item is not None and profile.item.numbers:
                number = profile.item.numbers[0]
                seen.add(number)
                await user.press("e")
                user.expect_screen(f"[{number}] supports", "  ▌ ")
                await user.press("e")
            await user.press("down")
        assert len(seen) > 5
