"""Two pins of one kind: what both share, what only one of them has, and what only the other."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from convenings.__main__ import main
from tests.driver import MEDIUM, NARROW, WIDE, User, open_explorer
from tests.journeys.world import World

LEAST = 10
"""Letters of a label that are certain to stand in the line above the keys."""
KINDS = {"speakers": ("person", "participation"), "organisations": ("organisation",), "questions": ("question",)}
"""List to the kinds of its records."""


@pytest.fixture
def two(world: World) -> tuple[str, str]:
    """Two events of their own names, neither a part of the other, that have something in common and each something of
    its own."""
    timeline = dict.fromkeys(ref for ref in world.lists["timeline"] if world.only(ref))
    listed = {ref for name in KINDS for ref in world.lists[name]}
    parts: dict[str, list[str]] = defaultdict(list)
    for ref in world.lists["timeline"]:
        for whole in world.whole(ref):
            parts[whole].append(ref)
    for first in timeline:
        near = dict.fromkeys(other for ref in world.tied[first] & listed for other in world.tied[ref])
        for second in sorted((near.keys() & timeline.keys()) - world.tied[first] - {first}):
            own = (world.tied[first] - world.tied[second], world.tied[second] - world.tied[first])
            if not (own[0] & listed and own[1] & listed):
                continue
            # A relation may be to a session alone: the key takes sessions in, and a pin is of one record.
            either = world.tied[first] | world.tied[second]
            if all(world.tied[ref] & listed <= either for ref in (*parts[first], *parts[second])):
                return first, second
    raise LookupError("no two events share anything")


async def pin_both(user: User, world: World, two: tuple[str, str]) -> None:
    for ref in two:
        await user.find(world.label(ref))
        await user.press("1", "enter")


def shared(world: World, name: str, first: str, second: str) -> list[str]:
    return [ref for ref in world.lists[name] if ref in world.tied[first] and ref in world.tied[second]]


def only(world: World, name: str, first: str, second: str) -> list[str]:
    return [ref for ref in world.lists[name] if ref in world.tied[first] and ref not in world.tied[second]]


@pytest.mark.parametrize("size", [NARROW, MEDIUM, WIDE], ids=["80x24", "120x36", "200x60"])
async def test_two_events_are_compared(size: tuple[int, int], world: World, two: tuple[str, str]) -> None:
    """c goes from what both share to what only the first has, to what only the second has, and back; so does esc."""
    first, second = two
    async with world.open(size) as user:
        await pin_both(user, world, two)
        sides = [
            ("and ▶ ", shared, (first, second)),
            ("▶ only ", only, (first, second)),
            ("▶ only ", only, (second, first)),
            ("and ▶ ", shared, (first, second)),
        ]
        for sign, side, refs in sides:
            user.expect_crumb(sign, *(["not "] if side is only else ["what both share"] if size == WIDE else []))
            for name in KINDS:
                user.expect_rows(name, world.labels(side(world, name, *refs)))
            user.expect_sound()
            user.expect_keys("compare")
            await user.press("c")
        await user.press("escape")
        user.expect_crumb("and ▶ ")
        for name in KINDS:
            user.expect_rows(name, world.labels(shared(world, name, first, second)))
        await user.press("escape")
        for name in KINDS:
            user.expect_rows(name, world.rows(name, first))


async def test_the_cursor_stands_on_what_the_side_has(world: World, two: tuple[str, str]) -> None:
    """The profile shows a row of the list in use, whatever stood under the cursor on the side before."""
    async with world.open(MEDIUM) as user:
        await pin_both(user, world, two)
        for name, key in zip(KINDS, "234", strict=True):
            await user.press(key)
            for _ in range(3):
                await user.press("c")
                if user.rows(name):
                    assert user.cursor(name) in user.rows(name)
                    user.expect_profile(user.cursor(name))


async def test_what_is_compared_is_a_place_to_come_back_to(world: World, two: tuple[str, str]) -> None:
    """Back goes from side to side, and the next session opens on the side that was looked at."""
    async with world.open(MEDIUM) as user:
        await pin_both(user, world, two)
        await user.press("c", "c", "[")
        user.expect_crumb("▶ only ")
        assert user.explorer.state.lens.only == two[0]
        await user.press("]", "q")
    async with world.open(MEDIUM, fresh=False) as user:
        assert user.explorer.state.lens.only == two[1]
        user.expect_rows("speakers", world.labels(only(world, "speakers", two[1], two[0])))


async def test_one_pin_of_a_kind_compares_with_nothing(world: World) -> None:
    """The key says what it is for."""
    async with world.open(MEDIUM) as user:
        await user.find(world.label(world.panel))
        await user.press("1", "enter", "c")
        user.expect_crumb("Nothing to compare: pin two records of one kind")
        user.expect_keys(missing=["compare"])


@pytest.mark.parametrize("name", KINDS)
async def test_the_command_line_selects_the_sets_that_are_compared(
    world: World, two: tuple[str, str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two ``event:`` are what both share, and one of them negated is what only the other has."""
    sides: list[set[str]] = []
    async with world.open(MEDIUM) as user:
        await pin_both(user, world, two)
        for _ in range(3):
            sides.append({user.model.one(row).id for row in user.list(name).rows})
            await user.press("c")
    first, second = (f'event:"{world.label(ref)}"' for ref in two)
    for side, line in zip(sides, (f"{first} {second}", f"{first} !{second}", f"!{first} {second}"), strict=True):
        ids: set[str] = set()
        for kind in KINDS[name]:
            main(["list", kind, "--filter", line, "--json", "--dataset", str(world.path)])
            ids |= {record["id"] for record in json.loads(capsys.readouterr().out)}
        assert ids & set(world.lists[name]) == side


@pytest.mark.parametrize("size", [(40, 12), NARROW, MEDIUM], ids=["40x12", "80x24", "120x36"])
@pytest.mark.parametrize("number", [2, 3, 5])
async def test_the_line_above_the_keys_says_that_all_pins_hold(size: tuple[int, int], number: int) -> None:
    """Also where there is no room to name each of them; and that one holds alone, where it does."""
    async with open_explorer(size) as user:
        await user.press("1", "g", "enter")
        for _ in range(number - 1):
            await user.press("down", "enter")
        first = user.model.one(user.list("timeline").rows[0]).label[:LEAST]
        shared = "all share" if number > 2 else "both share"
        is_short = number * 18 > size[0]
        if is_short:
            user.expect_crumb(f"{number} pinned, what {shared}: ▶ {first}")
        else:
            user.expect_crumb(f"▶ {first}", " and ▶ ")
        assert "……" not in user.crumb()
        await user.press("c")
        user.expect_crumb(f"{number} pinned, only one: ▶ only {first[:8]}" if is_short else f"▶ only {first[:8]}")
        user.expect_sound()


async def test_a_person_and_a_party_without_a_name_are_compared() -> None:
    """One list shows both, so that both are of one kind there."""
    async with open_explorer(WIDE) as user:
        await user.press("2", "g", "enter")
        rows = user.list("speakers").rows
        at = next(at for at, row in enumerate(rows) if user.model.one(row).kind == "participation")
        await user.press(*["down"] * at, "enter")
        user.expect_crumb(" and ▶ ", "what both share")
        person, party = (user.model.one(rows[position]).row for position in (0, at))
        events = {
            name: set(user.model.related_rows(row, *user.model.range("events")))
            for name, row in (("person", person), ("party", party))
        }
        assert set(user.list("timeline").rows) == events["person"] & events["party"]
        await user.press("c")
        assert set(user.list("timeline").rows) == events["person"] - events["party"]
        await user.press("c")
        assert set(user.list("timeline").rows) == events["party"] - events["person"]
