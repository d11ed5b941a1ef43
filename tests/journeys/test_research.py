"""What researchers ask of a dataset, answered by the explorer and by the command line alike."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from convenings.__main__ import main
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS
from convenings.domain.query.parser import parse
from convenings.index.open import open_model
from convenings.workspace import Workspace
from tests.driver import BUNDLED, MEDIUM, WIDE, User, open_explorer
from tests.journeys.world import World

Ask = Callable[..., tuple[list[str], str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Gives the ids that ``convenings list`` prints, and what it says beside them."""

    def list_command(*arguments: str, world: World | None = None) -> tuple[list[str], str]:
        dataset = ("--dataset", str(world.path)) if world else ()
        capsys.readouterr()
        main(["list", *arguments, "--json", *dataset])
        out, err = capsys.readouterr()
        return [record["id"] for record in json.loads(out)], err

    return list_command


def ids(user: User, pane: str) -> list[str]:
    """Ids of all rows of a list."""
    return [user.model.one(row).id for row in user.list(pane).rows]


def only_inferred(record: dict[str, Any]) -> bool:
    """Whether a record says of nothing that it is stated, and of something that it is inferred, its parts included."""
    bases = {value for name, value in record.items() if name.endswith("_basis")}
    for part in (record, *record.get("occurrences", ()), *record.get("questions", ())):
        bases |= {piece.get("basis", "stated") for piece in part.get("evidence", ())} | {part.get("basis")}
    bases |= {"inferred"} & {name.get("basis") for name in record.get("names", ())}
    return bases - {None} == {"inferred"}


async def test_people_without_an_organisation_that_is_stated(world: World, ask: Ask) -> None:
    """Neither a member of one nor there for one; the pane lists those of them who took part."""
    tables = world.tables
    affiliated = {row["agent"] for row in tables["participations"] if row.get("on_behalf_of") and "agent" in row}
    affiliated |= {row["person"] for row in tables["memberships"]}
    expected = {row["id"] for row in tables["people"]} - affiliated
    async with world.open(MEDIUM) as user:
        await user.press("2")
        await user.filter("is:unaffiliated kind:person")
        assert set(ids(user, "speakers")) == expected & set(world.lists["speakers"])
    assert set(ask("person", "--filter", "is:unaffiliated", world=world)[0]) == expected


async def test_all_recommendations_on_a_topic(ask: Ask) -> None:
    """By its type and topic, in the palette as on the command line; and there is nothing else of that type."""
    world = World(BUNDLED)
    every = [row["id"] for row in world.tables["statements"] if row["type"] == "recommendation"]
    topic = "topic/digital-management"
    on_it = [ref for ref in every if topic in world.documents[ref].get("topics", ())]
    assert on_it
    for line, expected in (
        ("type:recommendation", every),
        (f'type:recommendation topic:"{world.label(topic)}"', on_it),
    ):
        assert sorted(ask("statement", "--filter", line)[0]) == sorted(expected)
        async with open_explorer(WIDE) as user:
            await user.press("ctrl+p")
            await user.type(f"kind:statement {line}")
            labels = sorted(label for label, _, kind in user.choices() if kind == "statement")
            assert labels == sorted(world.documents[ref]["summary"] for ref in expected)
            user.expect_screen(f"{len(expected)} shown")


async def test_everything_that_is_only_inferred(world: World, ask: Ask) -> None:
    """All records whose evidence is inferred without exception; the palette says of how many it shows some."""
    expected = {ref for ref, record in world.documents.items() if only_inferred(record)}
    line = "basis:inferred !basis:stated"
    listed, said = ask("--filter", line, world=world)
    assert set(listed) == expected
    assert f"{len(expected)} of {len(world.documents)}" in said
    async with world.open(WIDE) as user:
        await user.press("ctrl+p")
        await user.type(line)
        shown = [choice for choice in user.choices() if choice[2] != "command"]
        assert len(shown) == min(len(expected), 50)
        user.expect_screen(f"50 of {len(expected):,}" if len(expected) > 50 else f"{len(expected)} shown")


async def test_what_both_events_share(ask: Ask) -> None:
    """Two pins, and all that is related to both: the same as the two keys select."""
    async with open_explorer(WIDE) as user:
        for name in ("Beijing workshop", "Tech for Social Good seminar, Shenzhen"):
            await user.find(name)
            await user.press("1", "enter")
        user.expect_screen("2 pinned")
        shared = {pane: ids(user, pane) for pane in ("organisations", "questions")}
    line = 'event:"Beijing workshop" event:"Tech for Social Good seminar, Shenzhen"'
    assert shared["organisations"] == ask("organisation", "--filter", line)[0] == ["organisation/tencent"]
    assert shared["questions"] == ask("question", "--filter", line)[0]
    assert len(shared["questions"]) > 1


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("09:30", ["event/shenzhen-seminar", "event/yang-haobo-speech", "event/keynote", "event/huang-haoming-remarks",
                   "event/chen-yan-sharing", "event/round-table", "event/lv-zhenya-comment"]),
        ("08:30", []),
    ],
)  # fmt: skip
async def test_what_is_on_at_a_time(time: str, expected: list[str], ask: Ask) -> None:
    """What has begun and may go on; nothing is on before it begins, nor a part before its whole."""
    line = f"date:2023-09-16T{time}"
    async with open_explorer(MEDIUM) as user:
        await user.press("1")
        await user.filter(line)
        assert ids(user, "timeline") == expected
    found, said = ask("event", "--filter", line)
    assert found == expected
    assert ("none of 23" in said) == (not expected)


def test_a_negation_is_the_exact_complement_at_any_size(world: World) -> None:
    """What a line selects of a kind and what its negation selects are apart, and all of it together."""
    chance = random.Random(11)
    names = [world.label(ref) for pane in world.lists for ref in chance.sample(world.lists[pane], 6)]
    lines = [word for name in names for word in (name.split()[0], f'"{name}"')]
    lines += ["a", "in the", "role:speaker", "role:attendee", "basis:inferred", "is:undated", "is:unnamed", "date:2019"]
    for key in ("person", "organisation", "event", "place", "topic"):
        refs = [row["id"] for row in world.documents.values() if row["id"].startswith(f"{key}/")]
        lines += [f'{key}:"{world.label(ref)}"' for ref in chance.sample(refs, 4)]
    with closing(open_model(world.path)) as model:
        workspace, asked = Workspace(model), 0
        for line in dict.fromkeys(lines):
            for kind in KINDS:
                first, last = model.range(kind)
                try:
                    chosen = workspace.matching(parse(line), first, last)
                except BadInput:
                    continue
                others = workspace.matching(parse(f"!({line})"), first, last)
                assert sorted([*chosen, *others]) == list(range(first, last)), (line, kind)
                asked += 1
    assert asked > 400
