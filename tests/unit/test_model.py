"""The read model answers what plain lists and loops over the records answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple

from convenings.domain.dates import date_in_words
from convenings.domain.dates import parse as parse_date
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, kind_of
from convenings.domain.names import sorting_key
from convenings.domain.query.keys import kinds_of
from convenings.domain.query.parser import parse
from convenings.domain.records import (
    Event,
    Membership,
    Organisation,
    Participation,
    Person,
    Question,
    Record,
    Statement,
)
from convenings.domain.roles import SPEAKING
from convenings.domain.text import fold, words
from convenings.index.evaluate import matching
from convenings.index.open import open_model
from convenings.index.rows import Flag
from convenings.store.dataset import Dataset
from tests.unit import factory
from tests.unit.indexing import PANES, WORDS, datasets, ids, opened, related_ids, row

Tied = dict[str, dict[str, str]]

made_up = settings(max_examples=40)
"""Each example writes a dataset and an index."""


@pytest.fixture
def set_path(tmp_path: Path) -> Path:
    return tmp_path / "set.json"


def in_pane(content: list[Record]) -> dict[str, set[str]]:
    """Pane to the ids of what it lists."""
    return {
        "events": {r.id for r in content if isinstance(r, Event)},
        "speakers": set().union(*speaker_groups(content)),
        "organisations": {r.id for r in content if isinstance(r, Organisation)},
        "questions": {r.id for r in content if isinstance(r, Question)},
    }


def speaker_groups(content: list[Record]) -> list[set[str]]:
    """Who spoke, who took part otherwise, and who is known by a membership alone."""
    events = {r.id: r for r in content if isinstance(r, Event)}

    def outermost(ref: str) -> str:
        seen = {ref}
        while ref in events and (above := events[ref].super_event) and above not in seen:
            ref = above
            seen.add(ref)
        return ref

    first: dict[tuple[object, ...], str] = {}
    roles: dict[str, set[str]] = defaultdict(set)
    for record in content:
        if isinstance(record, Participation):
            party = record.agent or record.id
            if not record.agent and record.on_behalf_of:
                those = tuple(sorted(record.on_behalf_of))
                party = first.setdefault((record.unnamed, those, outermost(record.event)), party)
            roles[party].add(record.role)
    people = {r.id for r in content if isinstance(r, Person)}
    silent = people - roles.keys()
    quoted = {agent for r in content if isinstance(r, Statement) and r.event for agent in r.agents if agent in silent}
    listed = {ref for ref in roles if ref in people or ref.startswith("participation/")}
    spoke = {ref for ref in listed if roles[ref] & SPEAKING} | quoted
    members = {r.person for r in content if isinstance(r, Membership) and r.person in silent}
    return [spoke, listed - spoke, members - spoke]


def tied_to(content: list[Record]) -> Tied:
    """Id to the ids that are there and related to it, with the reason."""
    known = {record.id: record for record in content}
    found: Tied = defaultdict(dict)
    for (a, b), why in related_ids(*content).items():
        if a in known and b in known:
            found[a][b] = why
    return found


@made_up
@given(content=datasets(cyclic=True))
def test_ranges_ties_and_counts(tmp_path_factory: pytest.TempPathFactory, content: list[Record]) -> None:
    panes = in_pane(content)
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        tied = tied_to(sorted(content, key=lambda record: row(model, record.id)))
        assert model.total == len(content)
        for kind in KINDS:
            assert set(ids(model, range(*model.range(kind)))) == {r.id for r in content if kind_of(r.id) == kind}
        for pane in PANES:
            assert set(ids(model, model.everything(pane))) == panes[pane]
        for record in content:
            at = row(model, record.id)
            assert model.record(at) == record
            assert {model.one(b).id: why for b, why in model.reasons(at, 0, model.total).items()} == tied[record.id]
            expected = tuple(len(panes[pane] & tied[record.id].keys()) for pane in PANES)
            assert model.counts(at) == expected
            for pane in PANES:
                first, last = model.range(pane)
                assert set(ids(model, model.related_rows(at, first, last))) == panes[pane] & tied[record.id].keys()
                assert ids(model, model.reasons(at, first, last)) == ids(model, model.related_rows(at, first, last))


@made_up
@given(content=datasets(), data=st.data())
def test_pins_are_combined(
    tmp_path_factory: pytest.TempPathFactory, content: list[Record], data: st.DataObject
) -> None:
    panes, tied = in_pane(content), tied_to(content)
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        rows = st.lists(st.integers(0, max(0, model.total - 1)), max_size=3)
        pins, excluded = (data.draw(rows), data.draw(rows)) if model.total else ([], [])
        names = ids(model, pins)
        for pane in PANES:
            expected = set(panes[pane]) if pins else set()
            for name in names:
                expected &= tied[name].keys() | {name}
            assert set(ids(model, model.related_to_all(pane, pins))) == expected
            expected = set(panes[pane]) if excluded and not pins else expected
            for name in ids(model, excluded):
                expected -= tied[name].keys() | {name}
            assert set(ids(model, model.related_to_all(pane, pins, excluded))) == expected
        for a in pins:
            for b in pins:
                assert model.reason(a, b) == tied[model.one(a).id].get(model.one(b).id, "")


@made_up
@given(content=datasets())
def test_referrers(tmp_path_factory: pytest.TempPathFactory, content: list[Record]) -> None:
    known = {record.id for record in content}
    expected: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for record in content:
        for name in record.__struct_fields__:
            value = getattr(record, name)
            for target in [value] if isinstance(value, str) else value or [] if isinstance(value, list) else []:
                if isinstance(target, str) and target in known and name not in ("id", "label"):
                    expected[target].add((name, record.id))
        for bearing in getattr(record, "questions", ()):
            expected[bearing.question].add(("questions", record.id))
        for occurrence in getattr(record, "occurrences", ()):
            for name, targets in (("event", [occurrence.event]), ("agents", occurrence.agents)):
                for target in targets:
                    expected[target].add((f"occurrences.{name}", record.id))
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        for ref in known:
            at = row(model, ref)
            found = [(field, model.one(other).id) for field, other in model.referrers(at)]
            assert sorted(found) == sorted(expected[ref])
            assert model.referrer_count(at) == len(found)
            assert model.referrers(at, 1) == model.referrers(at)[:1]


def _span(content: list[Record], ref: str) -> tuple[float, float] | None:
    """Days of an event: its own, or those of the nearest whole that has some; a visit has only its own."""
    events = {r.id: r for r in content if isinstance(r, Event)}
    event = events.get(ref)
    while event is not None:
        if event.date:
            date = parse_date(event.date)
            first = float("-inf") if date.earliest is None else date.earliest
            return first, float("inf") if date.latest is None else date.latest
        event = None if event.type == "visit" else events.get(event.super_event or "")
    return None


def _by_date(content: list[Record], record: Record, value: str) -> bool:
    span, date = _span(content, record.id), parse_date(value)
    first = date.earliest if date.earliest is not None else float("-inf")
    last = date.latest if date.latest is not None else float("inf")
    return span is not None and span[0] <= last and span[1] >= first


def _roles(content: list[Record], record: Record) -> set[str]:
    if isinstance(record, Participation):
        return {record.role}
    parts = [r for r in content if isinstance(r, Participation)]
    return {p.role for p in parts if record.id in (p.agent, *p.on_behalf_of)}


def _label(record: Record) -> str:
    return getattr(record, "label", "") or getattr(record, "unnamed", "") or ""


def _tied_by_name(content: list[Record], record: Record, kind: str, word: str) -> bool:
    """Related to a record of a kind with a word in its name or to a part of one, or being one; to a place by events."""
    called = {r.id for r in content if kind_of(r.id) == kind and any(w.startswith(word) for w in _label(r).split())}
    those = _with_parts(content, kind, called)
    if kind == "place" and not isinstance(record, Event):
        there = {r.id for r in content if isinstance(r, Event) and _tied_by_name(content, r, kind, word)}
        those = _with_parts(content, "event", there)
    return record.id in those or any(record.id in tied_to(content)[ref] for ref in those)


def _with_parts(content: list[Record], kind: str, refs: set[str]) -> set[str]:
    """Records of a kind and all their parts."""
    field = {"event": "super_event", "place": "parent", "organisation": "parent", "topic": "broader"}.get(kind, "none")
    while more := {r.id for r in content if kind_of(r.id) == kind and getattr(r, field, None) in refs} - refs:
        refs = refs | more
    return refs


@made_up
@given(content=datasets(), data=st.data())
def test_filters(tmp_path_factory: pytest.TempPathFactory, content: list[Record], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(WORDS))
    date = data.draw(st.sampled_from(["2021", "2021-03-05", "../2020", "2022-06/2024", "1999"]))
    role = data.draw(st.sampled_from(["organiser", "chair", "speaker"]))
    kind = data.draw(st.sampled_from(["event", "person", "organisation", "place"]))
    panes = in_pane(content)
    beside: dict[str, str] = {}
    """Id to what its row shows beside the label; of an event no list shows that."""

    def keeps(record: Record, part: str) -> bool:
        key, _, value = part.removeprefix("!").rpartition(":")
        tests: dict[str, Callable[[], bool]] = {
            "": lambda: any(w.startswith(value) for w in [*_label(record).split(), *words(beside[record.id])]),
            "date": lambda: _by_date(content, record, value),
            "role": lambda: value in _roles(content, record),
            "kind": lambda: kind_of(record.id) == value,
            "type": lambda: getattr(record, "type", "") == value,
            "is": lambda: bool(getattr(record, "unnamed", None)),
        }
        kept = tests[key]() if key in tests else _tied_by_name(content, record, key, value)
        return kept != part.startswith("!")

    offered = [word, word[:3], f"role:{role}", f"kind:{kind}", "type:workshop", "is:unnamed", f"{kind}:{word}"]
    terms = data.draw(st.lists(st.sampled_from(offered), min_size=1, max_size=3))
    terms = [data.draw(st.sampled_from(["", "!"])) + term for term in terms]
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        for pane in PANES:
            query = " ".join([*terms, f"date:{date}"] if pane == "events" else terms)
            among = [record for record in content if record.id in panes[pane]]
            for row in model.load(range(*model.range(pane))):
                beside[row.id] = "" if pane == "events" else f"{row.trailing} {row.secondary}"
            wanted = {kind_of(r.id) for r in among}.intersection(
                *({kind} for _ in range(f"kind:{kind}" in query.split()))
            )
            keys = [part.lstrip("!").partition(":")[::2] for part in query.split() if ":" in part]
            senseless = any(not wanted & set(kinds_of(key, value if key == "is" else "")) for key, value in keys)
            untyped = not any(isinstance(r, Event) and r.type == "workshop" for r in content)
            if (wanted and senseless) or ("type:workshop" in query and untyped):
                with pytest.raises(BadInput, match=r"has no meaning for|no type is called 'workshop'"):
                    matching(model, model.range(pane), parse(query))
                continue
            found = set(ids(model, matching(model, model.range(pane), parse(query))))
            assert found == {r.id for r in among if all(keeps(r, part) for part in query.split())}, query


@made_up
@given(content=datasets())
def test_orders(tmp_path_factory: pytest.TempPathFactory, content: list[Record]) -> None:
    panes, tied = in_pane(content), tied_to(content)
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        for pane in PANES[1:]:
            found = model.everything(pane, "most connected")
            assert set(ids(model, found)) == panes[pane]
            weights = [sum(len(panes[other] & tied[model.one(at).id].keys()) for other in PANES) for at in found]
            every = [model.one(at) for at in model.everything(pane, "earliest")]
            start = 0
            for size in model.group_sizes(pane):
                assert weights[start : start + size] == sorted(weights[start : start + size], reverse=True)
                group = every[start : start + size]
                firsts = [each.first for each in group if each.first is not None]
                assert firsts == sorted(firsts)
                # What has an open beginning stands by its end, and what is undated last.
                dated = [each.first is not None or each.last is not None for each in group]
                assert dated == sorted(dated, reverse=True)
                start += size
            assert start == len(weights)
        for kind in ("person", "organisation", "place", "topic"):
            labels = [_sorting_key(model.record(at)) for at in range(*model.range(kind))]
            if kind != "person":
                assert labels == sorted(labels)


def _sorting_key(record: Record) -> str:
    return sorting_key(fold(getattr(record, "label", "")), getattr(record, "family", ""), getattr(record, "given", ""))


@made_up
@given(content=datasets())
def test_speakers_stand_in_groups_each_by_name(tmp_path_factory: pytest.TempPathFactory, content: list[Record]) -> None:
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        every = model.everything("speakers")
        sizes, start = model.group_sizes("speakers"), 0
        for size, expected in zip(sizes, speaker_groups(content), strict=True):
            rows = [model.one(row) for row in every[start : start + size]]
            assert {row.id for row in rows} == expected
            for named in (True, False):
                labels = [_sorting_key(model.record(row.row)) for row in rows if (row.kind == "person") == named]
                assert labels == sorted(labels)
            kinds = [row.kind for row in rows]
            assert kinds == sorted(kinds, key=["person", "participation"].index)
            start += size
        assert [every.position(row) for row in every] == list(range(len(every)))
        assert model.group_sizes("speakers", sorted(every)) == sizes


@made_up
@given(content=datasets())
def test_days_of_events(tmp_path_factory: pytest.TempPathFactory, content: list[Record]) -> None:
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        for event in (r for r in content if isinstance(r, Event)):
            found, span = model.one(row(model, event.id)), _span(content, event.id)
            first = float("-inf") if found.first is None else found.first
            last = float("inf") if found.last is None else found.last
            assert ((first, last) if span else (found.first, found.last)) == (span or (None, None))
            assert bool(found.flags & Flag.INHERITED) == (span is not None and not event.date)
            assert found.date == (date_in_words(event.date, short=True) if event.date else "")
        bounds = [d for r in content if (s := _span(content, r.id)) for d in s if abs(d) != float("inf")]
        assert model.days.span == ((min(bounds), max(bounds)) if bounds else (None, None))


def test_some_rows_are_those_rows_in_the_order_asked_for(set_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("convenings.index.model.CACHED_ROWS", 3)
    with opened(set_path) as model:
        each = [model.one(at) for at in range(model.total)]
        for asked in ([], [0], [5, 2, 5, 0], list(range(model.total))[::-1]):
            assert model.load(asked) == [each[at] for at in asked]


def test_a_row_says_what_stands_in_it(set_path: Path) -> None:
    with opened(set_path) as model:
        ana, talk, some = (model.one(row(model, ref)) for ref in ("person/ana", "event/talk", "participation/some"))
        assert astuple(ana)[1:6] == ("person/ana", "person", "Ana Lima", "speaker", "Trust")
        assert astuple(talk)[2:9] == ("event", "Talk", "speech", "speech, part of Day on rivers", 1, 1, 737914)
        assert talk.flags == Flag.INHERITED
        assert astuple(some)[2:6] == (
            "participation",
            "members",
            "attendee",
            "organisation not stated, at Day on rivers",
        )
        assert some.flags == Flag.UNNAMED
        assert model.load_range(talk.row, talk.row + 1) == [talk]
        assert model.load_range(0, model.total) == [model.one(at) for at in range(model.total)]


def test_an_inferred_date_is_flagged(set_path: Path) -> None:
    event = Event(id="event/e", label="E", type="fair", date="2021", date_basis="inferred")
    with opened(set_path, [event]) as model:
        assert model.one(0).flags == Flag.INFERRED


def test_a_visit_does_not_take_its_whole_s_day(set_path: Path) -> None:
    day = Event(id="event/day", label="Day", type="workshop", date="2021-05-04")
    visit = Event(id="event/visit", label="Visit", type="visit", super_event="event/day")
    with opened(set_path, [day, visit]) as model:
        assert model.one(row(model, "event/visit")).first is None


def test_the_dataset_describes_itself(set_path: Path) -> None:
    with opened(set_path) as model:
        assert (model.title, model.description, model.path) == ("Rivers", "", set_path)


def test_what_is_not_there(set_path: Path) -> None:
    with opened(set_path) as model:
        assert model.row_of("person/none") is None
        assert model.find("person/none") is None
        assert model.label("person/none") == "person/none"
        assert model.label("person/\x1b[2J") == "person/␛[2J"
        assert model.range("nothing") == (0, 0)
        assert list(model.everything("nothing")) == []


def test_more_rows_than_are_kept(set_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("convenings.index.model.CACHED_ROWS", 2)
    with opened(set_path) as model:
        assert [model.one(at).row for at in [*range(model.total)] * 2] == [*range(model.total)] * 2


def test_a_dataset_cut_under_the_index_is_said(set_path: Path) -> None:
    factory.write(set_path)
    with closing(open_model(set_path)) as model:
        set_path.write_bytes(b"{}")
        with pytest.raises(BadInput) as caught:
            model.record(0)
        assert caught.value.file == str(set_path)
        assert model.is_stale()


def test_a_dataset_replaced_under_the_index_goes_on_being_read(set_path: Path) -> None:
    dataset = factory.write(set_path)
    with closing(open_model(set_path)) as model:
        dataset.remove("person/ana")
        assert isinstance(Dataset.open(set_path).records("person"), list)
        found = model.find("person/ana")
        assert isinstance(found, Person)
        assert model.is_stale()


@pytest.mark.parametrize("name", ["missing.json", "nul\0.json", "."])
def test_a_path_that_is_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_model(tmp_path / name)
    assert caught.value.hint
    assert caught.value.file == str(tmp_path / name)
