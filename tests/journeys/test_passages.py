"""The drawer and ``show`` say the same of each passage, whatever has become of it in the attached text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convenings.__main__ import main
from tests.driver import MEDIUM, open_explorer
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
    parts = re.split(r"(Rivers, paragraph \d of 4)", " ".join(text.split()))
    return [
        (place, re.findall(r"\[(\d+)\]", rest), next(state for phrase, state in words.items() if phrase in rest))
        for place, rest in zip(parts[1::2], parts[2::2], strict=True)
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
