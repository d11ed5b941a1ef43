"""What refers to a record is read, and nothing else: a merge of two among many costs what the two have."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.kinds import TABLES
from convenings.domain.records import Person
from convenings.store import canonical, splice
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.line_spans import record_lines, tables
from convenings.store.referring import Referring
from convenings.store.splice import Lines
from tests.unit import factory

SLUGS = ["a", "b", 'a"b', "a\\", "é", "黄", "x\ny"]
ids = st.sampled_from([f"{kind}/{slug}" for kind in ("person", "event") for slug in SLUGS])
documents = st.fixed_dictionaries(
    {"id": ids, "event": ids, "role": st.just("speaker"), "agent": ids}, optional={"unnamed": ids}
)
unfit = st.fixed_dictionaries({"agent": ids, "id": st.one_of(ids, st.integers(0, 3))})


def lines_of(rows: list[dict[str, object]]) -> Lines:
    tables = {"dataset": {1: {"format": 2, "title": "T"}}, "participations": dict(enumerate(rows, 1))}
    return Lines(canonical.encode(tables))


def holders(lines: Lines, ref: str) -> set[str]:
    """Keys of the documents with a text that is this id, looked for in every one of them."""
    return {key for key in lines.every_key() if ref in (lines.document(key) or {}).values()}


@given(
    st.lists(documents | unfit, max_size=8),
    st.lists(st.tuples(ids, documents), max_size=3),
    st.lists(st.tuples(ids, documents), max_size=3),
    st.lists(ids, max_size=14),
)
def test_every_document_that_holds_an_id_is_among_what_may_refer_to_it(
    rows: list[dict[str, object]],
    before: list[tuple[str, dict[str, object]]],
    since: list[tuple[str, dict[str, object]]],
    asked_for: list[str],
) -> None:
    lines = lines_of(rows)
    for key, document in before:
        if lines.has(key):
            lines.put(key, msgspec.json.encode(document))
    referring = Referring(lines)
    for key, document in since:
        if lines.has(key):
            encoded = msgspec.json.encode(document)
            lines.put(key, encoded)
            referring.note(key, encoded)
    # More than are searched for one by one, so that both ways are gone.
    for ref in [*asked_for, *(f"person/{slug}" for slug in SLUGS), *(f"event/{slug}" for slug in SLUGS)]:
        assert set(referring.to(ref)) >= holders(lines, ref)


@given(st.lists(documents | unfit, max_size=8))
def test_lines_are_those_of_the_documents(rows: list[dict[str, object]]) -> None:
    lines = lines_of(rows)
    keys = list(lines.every_key())
    assert [lines.document(key) for key in keys] == rows
    first_of: dict[object, int] = {}
    for at, row in enumerate(rows):
        first_of.setdefault(row["id"], at)
    expected = [
        row["id"] if isinstance(row["id"], str) and first_of[row["id"]] == at else "@" for at, row in enumerate(rows)
    ]
    assert [key if not key.startswith("@") else "@" for key in keys] == expected


@pytest.mark.parametrize("number", [2, 40])
def test_a_merge_reads_only_what_refers_to_the_two(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many others there are, and whether the two have few records or many."""
    talk = next(record for record in factory.records() if record.id == "participation/ana")
    people = [Person(id=f"person/p{at}", label=f"P{at}") for at in range(600)]
    parts = [
        msgspec.structs.replace(talk, id=f"participation/p{at}-{each}", agent=f"person/p{at}", event=f"event/{each}")
        for at in range(600)
        for each in ("day", "talk")
    ]
    events = [record for record in factory.records() if record.id == "event/day"]
    more = [msgspec.structs.replace(events[0], id=f"event/e{at}") for at in range(number)]
    those = [
        msgspec.structs.replace(talk, id=f"participation/e{at}-{who}", agent=f"person/{who}", event=f"event/e{at}")
        for at in range(number)
        for who in ("p3", "p4")
    ]
    dataset = factory.write(tmp_path / "set.json", [*factory.records(), *people, *parts, *more, *those])
    read: list[str] = []
    document = splice.Lines.document

    def counting(lines: Lines, key: str) -> object:
        read.append(key)
        return document(lines, key)

    monkeypatch.setattr(splice.Lines, "document", counting)
    outcome = Dataset(dataset.path).foreseen(Batch(merge=[("person/p3", "person/p4")]))
    assert len(outcome.merged) == 1 + 2 + number, "both take part in the same events, in the same role"
    assert len(read) < 20 * (number + 2)
    others = {key for key in read if key.startswith(("person/p", "participation/p"))}
    assert not {
        key for key in others if not key.startswith(("person/p3", "person/p4", "participation/p3", "participation/p4"))
    }


def test_a_table_of_which_a_line_does_not_begin_with_an_id_is_read_all_the_same() -> None:
    assert set(TABLES.values()) >= {"people"}
    people = {
        1: {"id": "person/a", "label": "A"},
        2: {"label": "B", "id": "person/b"},
        3: {"id": "person/a", "label": "C"},
    }
    data = (
        b'{\n"dataset": {\n"1": {"format":2,"title":"T"}\n},\n"people": {\n'
        + b",\n".join(b'"%d": %b' % (number, msgspec.json.encode(document)) for number, document in people.items())
        + b"\n}\n}\n"
    )
    keys = list(record_lines(data, tables(data)))
    assert [key if key[0] != "@" else "@" for key in keys] == ["person/a", "person/b", "@"]
