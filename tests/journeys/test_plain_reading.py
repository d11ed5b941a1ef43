"""Every list shows exactly what the file says; and what the plain reading says of the bundled dataset is true."""

from __future__ import annotations

import random

import pytest

from tests.driver import BUNDLED, WIDE
from tests.journeys.world import LISTS, World

PANEL = ["CHEN Lan", "FU Changbo", "HUANG Qingwei", "LIU Xiaojun", "ZHAO Keyu"]
LOOKED_AT = 40
"""How many records of each list are looked at, drawn by chance."""


async def test_every_list_holds_what_the_file_says_in_its_order(world: World) -> None:
    """All rows of all lists, and the numbers of all in their borders."""
    async with world.open(WIDE) as user:
        for pane in LISTS:
            user.expect_rows(pane, world.rows(pane))
        user.expect_note("timeline", f"{world.count('timeline'):,} shown")
        user.expect_cursor("timeline", world.start)


@pytest.mark.parametrize("pane", LISTS)
async def test_what_is_related_to_any_record_is_what_the_file_says(pane: str, world: World) -> None:
    """For records drawn by chance: the rows of the other lists that stand out are those that are related."""
    sample = random.Random(7).sample(world.lists[pane], min(LOOKED_AT, world.count(pane)))
    async with world.open(WIDE) as user:
        for ref in sample:
            row = user.model.row_of(ref)
            assert row is not None
            for other in LISTS:
                related = user.model.related_to_all({"timeline": "events"}.get(other, other), [row])
                ids = {user.model.one(row).id for row in related} - {ref}
                user.expect(ids, world.tied[ref] & set(world.lists[other]), f"{other} related to {ref}")


def test_the_plain_reading_of_the_bundled_dataset_is_right() -> None:
    """What the journeys go by is what somebody who read the reports knows."""
    world = World(BUNDLED)
    assert world.start == "Beijing workshop"
    assert [world.count(pane) for pane in LISTS] == [23, 28, 40, 14]
    assert world.labels(world.cast) == ["Round table discussion", "FU Changbo", "HUANG Qingwei", "Ant Foundation"]
    assert world.rows("speakers", "event/round-table") == PANEL
    assert world.rows("timeline", "person/huang-qingwei") == [
        "10th CCF", "Tech for Social Good seminar, Shenzhen", "Round table discussion",
    ]  # fmt: skip
    assert world.rows("organisations", "event/round-table", "person/huang-qingwei") == ["Ant Foundation"]
    assert world.rows("questions", "organisation/ant-foundation") == [
        "How can technology serve high-quality development?",
        "What can enterprises do for public welfare?",
        "How do technology and goodness relate?",
    ]
