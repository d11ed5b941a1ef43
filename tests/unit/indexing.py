"""Opening the index of small datasets, and making such datasets up, for the tests of the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from convenings.domain.query.parser import parse
from convenings.domain.record_values import Occurrence
from convenings.domain.records import (
    Event,
    Gap,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Relation,
    Statement,
    Topic,
)
from convenings.domain.references import references
from convenings.domain.roles import ROLES
from convenings.index.build.related_pairs import RelatedPairs
from convenings.index.build.related_rows import Relater
from convenings.index.evaluate import matching
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.index.search import LIMIT, Search
from convenings.index.stamp import index_path
from convenings.store.paths import bundled_dataset
from tests.unit import factory
from tests.unit.factory import bearing

PANES = ("events", "speakers", "organisations", "questions")
WORDS = ("alpine", "bridge", "cedar", "delta", "ember", "fjord")
"""Words of made-up labels: long enough to be no initials, and the beginning of no word that the program adds."""
DATES = ("2020", "2021-03", "2021-03-04", "2021-03-04/2021-03-06", "2022~", "../2019", "2023/..", "20XX")


@contextmanager
def opened(
    path: Path, content: list[Record] | None = None, redirects: dict[str, str] | None = None
) -> Iterator[ReadModel]:
    """The read model of a dataset of these records, written to ``path``."""
    factory.write(path, content, redirects)
    with closing(open_model(path)) as model:
        yield model


@contextmanager
def bundled(folder: Path) -> Iterator[ReadModel]:
    """The read model of the bundled dataset, its index kept in ``folder``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
        model = open_model(bundled_dataset())
    with closing(model):
        yield model


def ids(model: ReadModel, rows: Any) -> list[str]:
    """Ids of rows, in their order."""
    return [model.one(row).id for row in rows]


def found(model: ReadModel, text: str, limit: int = LIMIT, kinds: tuple[str, ...] = ()) -> list[str]:
    """Ids of what a search finds, the best first."""
    return ids(model, [hit.row for hit in Search(model)(text, limit, kinds)])


def row(model: ReadModel, ref: str) -> int:
    """The row of a record that is there."""
    found = model.row_of(ref)
    assert found is not None, ref
    return found


def related_pairs(*content: Record) -> tuple[RelatedPairs, list[str]]:
    """Related pairs, and ids by row; what is pointed at and is not there counts too."""
    pointed_at = [ref for record in content for _, ref in references(record)]
    names = list(dict.fromkeys([*(record.id for record in content), *pointed_at]))
    relater = Relater(enumerate(content), {ref: row for row, ref in enumerate(names)})
    for row, record in enumerate(content):
        if isinstance(record, Participation):
            relater.participation(row, record)
    relater.relate(enumerate(content))
    return relater.pairs, names


def related_ids(*content: Record) -> dict[tuple[str, str], str]:
    """Every pair of ids that the index relates, with the reason."""
    pairs, names = related_pairs(*content)
    return {
        (names[row], names[other]): pairs.reasons.text(reason)
        for row, others, reasons in list(pairs.by_row())
        for other, reason in zip(others, reasons, strict=True)
    }


Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def datasets(draw: Draw, cyclic: bool = False) -> list[Record]:
    """Small datasets whose references mostly resolve; wholes come before their parts unless they may be ``cyclic``."""
    size = {kind: draw(st.integers(0, 4)) for kind in ("event", "person", "organisation", "question", "topic", "place")}
    refs: Mapping[str, list[str]] = {kind: [f"{kind}/x{n}" for n in range(count)] for kind, count in size.items()}

    def one(*kinds: str) -> st.SearchStrategy[str]:
        return st.sampled_from([ref for kind in kinds for ref in refs[kind]] + [f"{kinds[0]}/none"])

    def some(*kinds: str) -> st.SearchStrategy[list[str]]:
        return st.lists(one(*kinds), max_size=2, unique=True)

    def parent(kind: str, number: int) -> str | None:
        others = refs[kind] if cyclic else refs[kind][:number]
        found: str | None = draw(st.none() | st.sampled_from([*others, f"{kind}/none"]))
        return found

    label = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
    role, few = st.sampled_from(ROLES[:8]), range(draw(st.integers(0, 4)))
    content: list[Record] = []
    for n, ref in enumerate(refs["event"]):
        date, place = draw(st.none() | st.sampled_from(DATES)), draw(st.none() | one("place"))
        content.append(
            Event(
                id=ref,
                label=draw(label),
                type=draw(st.sampled_from(["workshop", "visit"])),
                date=date,
                super_event=parent("event", n),
                position=draw(st.none() | st.integers(1, 3)),
                place=place,
                topics=draw(some("topic")),
                status=draw(st.sampled_from([None, None, "cancelled"])),
                language=draw(st.sampled_from(["", "", "en"])),
            )
        )
    content += [Person(id=ref, label=draw(label)) for ref in refs["person"]]
    for n, ref in enumerate(refs["organisation"]):
        content.append(Organisation(id=ref, label=draw(label), type="company", parent=parent("organisation", n)))
    content += [
        Place(id=ref, label=draw(label), type="city", parent=parent("place", n)) for n, ref in enumerate(refs["place"])
    ]
    for ref in refs["question"]:
        occurrences = [
            Occurrence(
                event=draw(one("event")),
                act=draw(st.sampled_from(["raised", "answered"])),
                explicit=True,
                agents=draw(some("person", "organisation")),
            )
            for _ in range(draw(st.integers(0, 2)))
        ]
        topics = draw(some("topic"))
        content.append(
            Question(id=ref, label=draw(label), text="", form="direct", topics=topics, occurrences=occurrences)
        )
    content += [Topic(id=ref, label=draw(label), type="concept") for ref in refs["topic"]]
    for n in few:
        agent = draw(st.none() | one("person", "organisation"))
        content.append(
            Participation(
                id=f"participation/x{n}",
                event=draw(one("event")),
                role=draw(role),
                agent=agent,
                unnamed=None if agent else draw(label),
                on_behalf_of=draw(some("organisation")),
                title_as_stated=draw(st.sampled_from(["", "director"])),
            )
        )
    for n in few:
        person, organisation = draw(one("person")), draw(one("organisation"))
        content.append(Membership(id=f"membership/x{n}", person=person, organisation=organisation, title="fellow"))
    for n in few:
        ends = draw(one("organisation", "event")), draw(one("event", "person"))
        content.append(Relation(id=f"relation/x{n}", type="supports", subject=ends[0], object=ends[1]))
    for n in few:
        content.append(
            Statement(
                id=f"statement/x{n}",
                type="report",
                summary=draw(label),
                event=draw(st.none() | one("event")),
                agents=draw(some("person", "organisation")),
                topics=draw(some("topic")),
                questions=list(map(bearing, draw(some("question")))),
                mentions=draw(some("person", "organisation")),
            )
        )
    for n in few:
        content.append(Gap(id=f"gap/x{n}", label=draw(label), type="other", about=draw(some("event", "person"))))
    return content


def parts(path: Path) -> list[Path]:
    """What builds of an index have left unfinished."""
    return list(index_path(path).parent.glob("*.part"))


def selected(model: ReadModel, pane: str, query: str, user: Mapping[str, Collection[int]] | None = None) -> set[str]:
    """Slugs of the records of a pane or a kind that a query selects, given what only the user knows."""
    none: Mapping[str, Collection[int]] = {"marked": (), "noted": (), "pinned": ()}
    states = {**none, **(user or {})}
    user_rows: dict[str, Callable[[], list[int]]] = {state: partial(list, rows) for state, rows in states.items()}
    rows = matching(model, model.range(pane), parse(query), user_rows)
    assert rows == sorted(set(rows))
    return {ref.partition("/")[2] for ref in ids(model, rows)}
