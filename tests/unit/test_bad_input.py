"""Hostile and broken datasets: shown as they are or refused in one sentence; never a traceback, never a hang."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.query import BadQuery, parse
from convenings.domain.records import Event, Person, Record
from convenings.domain.text import plain
from convenings.index.evaluate import matching
from convenings.index.open import open_model
from convenings.index.search import LIMIT, Search
from convenings.presentation.citation import citation
from convenings.presentation.profile.compose import profile
from tests.unit import factory
from tests.unit.indexing import PANES, datasets, opened, row

Tables = dict[str, dict[str, Any]]
Spoil = Callable[[Tables], object]

QUERIES = (
    *(
        "a",
        "river",
        "kind:event",
        "event:day",
        "date:2021",
        "date:0001/9999",
        "place:ghent",
        "topic:water",
        "org:trust",
    ),
    *("!foo rivers", '"day on rivers"', "is:gap", "is:unnamed", "x" * 10_000, "role:speaker", "basis:inferred"),
)


def exercise(path: Path) -> int:
    """Ask everything of a dataset that a pane, a profile, a search or a filter would ask; how many records it has."""
    with closing(open_model(path)) as model:
        for at in range(min(model.total, 120)):
            value = profile(model, at)
            texts = [
                model.one(at).label,
                model.one(at).trailing,
                model.one(at).secondary,
                citation(model, value),
                value.title,
            ]
            texts += [text for e in value.entries() for text in (e.text, e.note, e.unknown)]
            texts += model.reasons(at, 0, model.total).values()
            for text in texts:
                assert text == plain(text), "what is shown can do no harm"
            assert len(model.referrers(at, 10_000)) == model.referrer_count(at)
            assert all(count >= 0 for count in model.counts(at))
        search = Search(model)
        for query in QUERIES:
            assert len(search(query)) <= LIMIT
            for pane in (*PANES, *KINDS):
                with suppress(BadQuery):  # not every key has a meaning for every kind
                    matching(model, model.range(pane), parse(query))
        for pane in PANES:
            assert list(model.everything(pane)) == list(range(*model.range(pane)))
            for order in ("most connected", "earliest") if pane != "events" else ():
                assert sorted(model.everything(pane, order)) == list(model.everything(pane))
            model.related_to_all(pane, list(range(min(model.total, 5))))
        return model.total


def find(tables: Tables, ref: str) -> dict[str, Any]:
    document: dict[str, Any] = next(r for rows in tables.values() for r in rows.values() if r.get("id") == ref)
    return document


def put(ref: str, **fields: Any) -> Spoil:
    return lambda tables: find(tables, ref).update(fields)


def only(*names: str) -> Spoil:
    """Keep only some tables."""
    return lambda tables: [tables.pop(name) for name in list(tables) if name not in ("dataset", *names)]


def chain(table: str, field: str, number: int, *, ring: bool = False, star: bool = False, **fields: Any) -> Spoil:
    """A table of records each of which is part of the one before it, of the first one, or round in a ring."""
    kind = next(kind for kind, name in TABLES.items() if name == table)

    def spoil(tables: Tables) -> None:
        tables[table] = {}
        for n in range(number):
            document = {"id": f"{kind}/e{n}", "label": f"E{n}", **fields}
            if n or ring:
                document[field] = f"{kind}/e{0 if star else (n - 1) % number}"
            tables[table][str(n + 1)] = document

    return spoil


def lost_source(tables: Tables) -> None:
    for rows in tables.values():
        for document in rows.values():
            for evidence in document.get("evidence", ()):
                evidence["source"] = "source/none"


NASTY = "\x00\x1b[31m\x1b]0;x\x07\u202e[/][bold]\n\r\t\u2028\ue000\U000e0041👩\u200d👧"
OCCURRENCE = {"event": "", "act": "raised", "explicit": True, "agents": ["", "person/none"]}

SHOWN: dict[str, Spoil] = {
    "an event that is part of itself": put("event/day", super_event="event/day"),
    "two events that are part of each other": put("event/day", super_event="event/talk"),
    "an organisation that is its own parent": put("organisation/trust", parent="organisation/trust"),
    "two organisations in a ring": put("organisation/trust", parent="organisation/unit"),
    "a place inside itself": put("place/ghent", parent="place/ghent"),
    "two topics in a ring": put("topic/water", broader="topic/rivers"),
    "a relation to itself": put("relation/runs", subject="organisation/trust", object="organisation/trust"),
    "a participation of nobody anywhere": put(
        "participation/ana", event="event/none", agent="person/none", on_behalf_of=["organisation/none"]
    ),
    "a participation with both a party and none": put("participation/ana", unnamed="somebody"),
    "a participation with neither": put("participation/some", unnamed=None),
    "a statement about nothing": put(
        "statement/one",
        event="x",
        agents=[""],
        topics=["", "\x00"],
        questions=[{"question": "question/none", "basis": "inferred"}, {"question": "", "basis": "stated"}],
        mentions=["person/none", "person/ana"],
    ),
    "an event nowhere": put(
        "event/day", place="place/none", super_event="event/none", topics=["topic/none", "topic/none"]
    ),
    "references of the wrong kind": put("membership/ana", person="event/day", organisation="person/ana"),
    "a question raised nowhere": put("question/owner", occurrences=[OCCURRENCE] * 200),
    "a gap about itself": put("gap/who", about=["gap/who", "gap/none", ""]),
    "evidence from a source that is not there": lost_source,
    "evidence in no paragraph": lambda tables: find(tables, "event/day")["evidence"][0].update(
        paragraph=10**9, start=-5, end=10**18
    ),
    "a label of ten thousand letters": put("event/day", label="x" * 10_000),
    "a label of ten thousand words": put("event/day", label="word " * 10_000),
    "a label of ten thousand hyphens": put("event/day", label="a-" * 10_000, names=[{"value": "b-" * 10_000}]),
    "a person of ten thousand letters": put(
        "person/ana", label="li " * 3_000, family="l" * 10_000, given="lü " * 3_000
    ),
    "a person of three thousand lü": put("person/ana", label="lü " * 3_000, names=[{"value": "nü " * 3_000}]),
    "ten thousand ideographs": put("person/ana", label="黄浩明" * 3_333),
    "no label": put("event/day", label=""),
    "a label of nothing but emoji": put("event/day", label="🎉🎉"),
    "a label that is a query": put("event/day", label='"a" AND (b* NEAR ^c) kind:person !x'),
    "an unnamed party of controls": put("participation/some", unnamed=NASTY),
    "an event of controls": put(
        "event/day",
        label=NASTY,
        summary=NASTY,
        start_time=NASTY,
        attendance={"as_stated": NASTY},
        names=[{"value": NASTY}],
    ),
    "a person of controls": put("person/ana", label=NASTY, honorific=NASTY, family=NASTY, given=NASTY),
    "an organisation of controls": put("organisation/trust", label=NASTY, unnamed=NASTY, summary=NASTY),
    "a role of controls": put("participation/ana", title_as_stated=NASTY, count={"as_stated": NASTY}),
    "a membership of controls": put("membership/ana", title=NASTY, last_attested=NASTY),
    "a relation of controls": put("relation/runs", as_stated=NASTY, tie=NASTY, type="other"),
    "a statement of controls": put("statement/one", summary=NASTY, agents=[], unnamed=NASTY),
    "a question of controls": put("question/owner", label=NASTY, text=NASTY),
    "a source of controls": put(
        "source/rivers",
        label=NASTY,
        title=NASTY,
        publisher=NASTY,
        published=NASTY,
        digest=[{"number": 1, "digest": NASTY, "parts": [{"start": 9, "end": -1, "digest": NASTY}]}],
    ),
    "a gap of controls": put("gap/who", label=NASTY, detail=NASTY),
    "references of controls": put("participation/ana", event=NASTY, agent=NASTY, on_behalf_of=[NASTY]),
    "an id of controls": lambda tables: tables["people"].update({"2": {"id": f"person/{NASTY}", "label": ""}}),
    "an id that climbs": lambda tables: tables["people"].update({"2": {"id": "person//../../x/", "label": "X"}}),
    "an id that is only its kind": lambda tables: tables["people"].update({"2": {"id": "person", "label": "X"}}),
    "a title of controls": lambda tables: tables["dataset"]["1"].update(title=NASTY, description=NASTY),
    "a huge position": put("event/talk", position=10**30),
    "a huge number": put("question/owner", number=10**40),
    "a huge and a negative count": put("event/day", attendance={"as_stated": "many", "min": 10**40, "max": -1}),
    "twenty thousand topics of one event": put("event/day", topics=[f"topic/{n}" for n in range(20_000)]),
    "redirects in a ring": lambda tables: tables.update(
        redirects={"1": {"id": "person/a", "to": "person/b"}, "2": {"id": "person/b", "to": "person/a"}}
    ),
    "a redirect of a record that is there": lambda tables: tables.update(
        redirects={"1": {"id": "person/ana", "to": "person/none"}}
    ),
    "tables without records": lambda tables: [tables.update({name: {}}) for name in tables if name != "dataset"],
    "no tables": only(),
    "no events": lambda tables: tables.pop("events"),
    "only events": only("events"),
    "only people": only("people"),
    "only participations": only("participations"),
    "only statements": only("statements"),
    "only sources": only("sources"),
    "places nested a thousand deep": chain("places", "parent", 1_000, type="city"),
    "topics in a ring of a thousand": chain("topics", "broader", 1_000, ring=True, type="concept"),
    "units nested a thousand deep": chain("organisations", "parent", 1_000, type="unit"),
    "events nested five hundred deep": chain("events", "super_event", 500, type="fair", date="2020"),
    "events in a ring of three hundred": chain("events", "super_event", 300, ring=True, type="fair"),
    "two thousand sessions of one event": chain("events", "super_event", 2_000, star=True, type="fair"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_bad_data_is_shown_as_it_is(tmp_path: Path, name: str) -> None:
    tables = factory.tables()
    SHOWN[name](tables)
    path = tmp_path / "set.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    records = sum(len(rows) for table, rows in tables.items() if table in TABLES.values())
    assert exercise(path) == records, "no record is lost"


DATES = [
    *("0000", "0000-00-00", "0001", "0001-01-01", "9999", "9999-12-31", "9999-24", "9999-XX", "99XX", "00XX", "000X"),
    *("2021-13", "2021-02-30", "2021-25", "2021-05-04T25:00:00", "2021/2020", "../..", "/", "..", "../2021", "2021/.."),
    *("0001/9999", "May 2021", "", "x" * 10_000, "\x00", "\x1b[2J", "２０２１", "2021-05-04\n", "-2021", "Y20210"),
]


@pytest.mark.parametrize("date", DATES, ids=range(len(DATES)))
def test_any_date_is_shown(tmp_path: Path, date: str) -> None:
    tables = factory.tables()
    put("event/day", date=date)(tables)
    put("source/rivers", published=date)(tables)
    put("membership/ana", first_attested=date, last_attested=date)(tables)
    path = tmp_path / "set.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    assert exercise(path) == len(factory.records())


def _replaced(old: str, new: str) -> Callable[[str], bytes]:
    def spoil(text: str) -> bytes:
        assert old in text
        return text.replace(old, new).encode("utf-8", "surrogatepass")

    return spoil


REFUSED: dict[str, tuple[Callable[[str], bytes], str]] = {
    "a lone surrogate, escaped": (_replaced('"Day on rivers"', '"\\ud800"'), "line 1, column"),
    "a lone surrogate in an id": (_replaced('"event/talk"', '"event/\\udc00x"'), "line 1, column"),
    "a lone surrogate, raw": (_replaced("Day on rivers", "\ud800"), "not UTF-8"),
    "an integer of six thousand digits": (
        _replaced('"label": "Talk"', f'"label": "Talk", "position": 1{"0" * 6_000}'),
        "field position",
    ),
    "an infinite number": (_replaced('"label": "Talk"', '"label": "Talk", "position": 1e400'), "field position"),
    "a fraction": (_replaced('"label": "Talk"', '"label": "Talk", "position": 1.5'), "event/talk, field position"),
    "an unknown role": (_replaced('"role": "speaker"', '"role": "speeker"'), "perhaps 'speaker' is meant"),
    "an unknown field": (_replaced('"label": "Talk"', '"lable": "Talk"'), "perhaps 'label' is meant"),
    "a hundred thousand brackets": (_replaced('"Day on rivers"', "[" * 100_000), "nested too deeply"),
    "a cut": (lambda text: text[: len(text) // 2].encode(), "cut off"),
    "nothing": (lambda _: b"", "empty"),
    "no dataset": (lambda _: b'{"people": {}}', "no table 'dataset'"),
    "a newer format": (_replaced('"format": 2', '"format": 99'), "newer Convenings"),
    "a null": (lambda _: b"null", "not an object of tables"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_dataset_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    spoil, words = REFUSED[name]
    path = tmp_path / "set.json"
    path.write_bytes(spoil(json.dumps(factory.tables())))
    with pytest.raises(BadInput) as caught:
        open_model(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_an_unknown_reference_is_shown_by_its_id(tmp_path: Path) -> None:
    content = [r for r in factory.records() if r.id not in ("organisation/trust", "event/talk")]
    with opened(tmp_path / "set.json", content) as model:
        value = profile(model, row(model, "participation/ana"))
        assert [fact.text for fact in value.facts][:3] == [
            "Ana Lima",
            "speaker at event/talk",
            "for organisation/trust",
        ]
        assert model.one(row(model, "person/ana")).secondary == "organisation/trust"


def test_events_nested_too_deep_keep_their_order_and_lose_only_far_ties(tmp_path: Path) -> None:
    content: list[Record] = [Event(id="event/e0", label="E0", type="fair")]
    content += [Event(id=f"event/e{n}", label="E", type="fair", super_event=f"event/e{n - 1}") for n in range(1, 500)]
    with opened(tmp_path / "set.json", content) as model:
        assert [model.one(at).depth for at in model.everything("events")] == list(range(500))
        assert model.reason(0, 1) == model.reason(0, 50) == "part"
        assert model.reason(0, 499) == ""


@settings(max_examples=30)
@given(content=datasets(cyclic=True))
def test_made_up_datasets_with_rings_and_lost_references(
    tmp_path_factory: pytest.TempPathFactory, content: list[Record]
) -> None:
    path = tmp_path_factory.mktemp("bad") / "set.json"
    factory.write(path, [*content, Event(id="event/last", label="Last", type="workshop")])
    with closing(open_model(path)) as model:
        for at in range(model.total):
            value = profile(model, at)
            assert citation(model, value)
            assert {n for e in value.entries() for n in e.numbers} <= {cited.number for cited in value.cited}
        for query in (
            "alpine",
            "event:bridge",
            "place:cedar",
            "topic:delta",
            "org:ember",
            "!date:2021",
            "type:workshop",
        ):
            assert len(Search(model)(query)) <= LIMIT
            for pane in PANES:
                with suppress(BadQuery):  # not every key has a meaning for every kind
                    matching(model, model.range(pane), parse(query))


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=60)
@given(label=text, family=text, given=text, other=text)
def test_any_name_is_indexed_and_shown_harmlessly(
    tmp_path_factory: pytest.TempPathFactory, label: str, family: str, given: str, other: str
) -> None:
    tables = factory.tables([Person(id="person/p", label="P")])
    tables["people"]["1"].update(label=label, family=family, given=given, names=[{"value": other}])
    path = tmp_path_factory.mktemp("names") / "set.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    with closing(open_model(path)) as model:
        assert model.one(0).label == plain(label)
        assert all(entry.text == plain(entry.text) for entry in profile(model, 0).entries())
        for query in (label, family, given, other):
            try:
                assert len(Search(model)(query)) <= 1
            except BadInput:
                assert ":" in query
