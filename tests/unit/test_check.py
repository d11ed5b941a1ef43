from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convenings.store import canonical, sources
from convenings.store.check import check, unworded
from convenings.store.dataset import Dataset
from convenings.store.faults import Fault
from tests.unit import factory
from tests.unit.factory import TEXT

Tables = dict[str, dict[str, Any]]


def faults_of(path: Path, tables: Tables, text: str | None = None) -> list[Fault]:
    path.write_bytes(canonical.encode(tables))
    faults = check(Dataset.open(path), {"source/rivers": text} if text is not None else None)
    for fault in faults:
        assert fault.file == str(path)
        assert fault.hint
        assert "\n" not in str(fault)
    return faults


def row(tables: Tables, ref: str) -> dict[str, Any]:
    return next(row for rows in tables.values() for row in rows.values() if row.get("id") == ref)


def put(ref: str, field: str, value: Any) -> Callable[[Tables], object]:
    """Set a field of a record; a dot goes into an item, ``evidence.1.end``; the Ellipsis takes the field away."""

    def spoil(tables: Tables) -> None:
        *way, last = field.split(".")
        at: Any = row(tables, ref)
        for step in way:
            at = at[int(step)] if step.isdigit() else at[step]
        if value is ...:
            del at[last]
        else:
            at[last] = value

    return spoil


def copy_of(ref: str, table: str, **changes: Any) -> Callable[[Tables], object]:
    """Add a copy of a record with some fields changed."""

    def spoil(tables: Tables) -> None:
        tables[table][str(len(tables[table]) + 1)] = row(tables, ref) | changes

    return spoil


def redirect(**redirects: str) -> Callable[[Tables], object]:
    """Add redirects between topics."""

    def spoil(tables: Tables) -> None:
        tables["redirects"] = {
            str(number): {"id": f"topic/{old}", "to": new if "/" in new else f"topic/{new}"}
            for number, (old, new) in enumerate(redirects.items(), 1)
        }

    return spoil


def both(*spoils: Callable[[Tables], object]) -> Callable[[Tables], object]:
    return lambda tables: [spoil(tables) for spoil in spoils]


def test_a_sound_dataset_has_no_fault_with_its_text_and_without(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "x.json", factory.tables()) == []
    assert faults_of(tmp_path / "x.json", factory.tables(), TEXT) == []


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        # identity
        (put("place/ghent", "id", "place/Ghent"), None),
        (copy_of("gap/who", "gaps", id="gap/Wer"), ("gaps", "gap/Wer", "id", "not a proper id")),
        (copy_of("gap/who", "gaps", id="gap/"), ("gaps", "gap/", "id", "not a proper id")),
        (copy_of("gap/who", "gaps", id="gap/a_b"), ("gaps", "gap/a_b", "id", "not a proper id")),
        (copy_of("gap/who", "gaps", id="gap/ä"), ("gaps", "gap/ä", "id", "not a proper id")),
        (copy_of("gap/who", "gaps", id="person/x"), ("gaps", "person/x", "id", "no id of a gap")),
        (copy_of("gap/who", "gaps", id="who"), ("gaps", "who", "id", "no id of a gap")),
        (copy_of("gap/who", "gaps"), ("gaps", "gap/who", "id", "stands twice")),
        # references
        (put("gap/who", "about", ["event/dai"]), ("gaps", "gap/who", "about", "no record 'event/dai'")),
        (put("gap/who", "about", ["nothing"]), ("gaps", "gap/who", "about", "does not belong here")),
        (put("event/day", "place", "person/ana"), ("events", "event/day", "place", "does not belong here")),
        (
            put("question/owner", "occurrences.0.agents", ["place/ghent"]),
            ("questions", "question/owner", "occurrences[0].agents", "does not belong here"),
        ),
        (
            put("question/owner", "occurrences.0.event", "event/none"),
            ("questions", "question/owner", "occurrences[0].event", "no record 'event/none'"),
        ),
        (put("gap/who", "evidence.0.source", "source/x"), ("gaps", "gap/who", "evidence[0].source", "no record")),
        (
            put("question/owner", "occurrences.0.evidence.0.source", "topic/water"),
            ("questions", "question/owner", "occurrences[0].evidence[0].source", "does not belong here"),
        ),
        # chains
        (
            both(
                put("topic/water", "broader", "topic/rivers"),
                put("topic/water", "evidence.0.fields", ["type", "broader"]),
            ),
            ("topics", "topic/water", "broader", "topic/water → topic/rivers → topic/water"),
        ),
        (redirect(a="b", b="a"), ("redirects", "topic/a", "to", "topic/a → topic/b → topic/a")),
        (redirect(a="none"), ("redirects", "topic/a", "to", "no record 'topic/none'")),
        (redirect(rivers="water"), ("topics", "topic/rivers", "id", "the id redirects to 'topic/water'")),
        # dates
        (put("event/day", "date", "4 May"), ("events", "event/day", "date", "EDTF")),
        (put("event/day", "date", "2021-02-30"), ("events", "event/day", "date", "EDTF")),
        (put("membership/ana", "first_attested", "x"), ("memberships", "membership/ana", "first_attested", "EDTF")),
        (put("source/rivers", "published", "May"), ("sources", "source/rivers", "published", "EDTF")),
        (put("event/day", "date_basis", ...), ("events", "event/day", "date_basis", "the date has no basis")),
        (
            both(
                put("event/talk", "date", "2021-05-05"),
                put("event/talk", "date_basis", "stated"),
                put("event/talk", "evidence.0.fields", ["type", "super_event", "date"]),
            ),
            ("events", "event/talk", "date", "outside the date of 'event/day', 2021-05-04"),
        ),
        (
            both(
                put("event/talk", "start_time", "9:00"),
                put("event/talk", "evidence.0.fields", ["type", "super_event", "start_time"]),
            ),
            ("events", "event/talk", "start_time", "not a time"),
        ),
        # parties
        (
            both(
                put("participation/ana", "unnamed", "someone"),
                put("participation/ana", "evidence.0.fields", ["event", "role", "agent", "on_behalf_of", "unnamed"]),
            ),
            ("participations", "participation/ana", "unnamed", "an agent and an unnamed party"),
        ),
        (
            both(
                put("participation/some", "unnamed", ...),
                put("participation/some", "evidence.0.fields", ["event", "role"]),
            ),
            ("participations", "participation/some", "agent", "neither an agent nor an unnamed party"),
        ),
        (
            both(
                put("statement/one", "unnamed", "all"),
                put(
                    "statement/one",
                    "evidence.0.fields",
                    ["type", "summary", "event", "agents", "unnamed"],
                ),
            ),
            ("statements", "statement/one", "unnamed", "an agent and an unnamed party"),
        ),
        # support
        (put("person/ana", "evidence", []), ("people", "person/ana", "evidence", "the record has no evidence")),
        (put("source/rivers", "evidence", []), ("sources", "source/rivers", "evidence", "the record has no evidence")),
        (put("person/ana", "given", "Ana"), ("people", "person/ana", "given", "no evidence supports this field")),
        (put("event/day", "evidence.0.fields", []), ("events", "event/day", "date", "no evidence supports this field")),
        (
            put("question/owner", "occurrences.0.evidence", []),
            ("questions", "question/owner", "occurrences[0].evidence", "the occurrence has no evidence"),
        ),
        # evidence
        (
            put("person/ana", "evidence.0.fields", ["family", "given"]),
            ("people", "person/ana", "evidence[0].fields", "the field 'given' is not set"),
        ),
        (
            put("person/ana", "evidence.0.fields", ["family", "familly"]),
            ("people", "person/ana", "evidence[0].fields", "no field 'familly' to support"),
        ),
        (
            put("question/owner", "occurrences.0.evidence.0.fields", ["text"]),
            ("questions", "question/owner", "occurrences[0].evidence[0].fields", "no field 'text' to support"),
        ),
        (put("gap/who", "evidence.0.paragraph", 5), ("gaps", "gap/who", "evidence[0].paragraph", "no paragraph 5")),
        (put("gap/who", "evidence.0.paragraph", 0), ("gaps", "gap/who", "evidence[0].paragraph", "no paragraph 0")),
        (put("gap/who", "evidence.0.start", -1), ("gaps", "gap/who", "evidence[0].start", "there is no passage")),
        (put("gap/who", "evidence.0.end", 0), ("gaps", "gap/who", "evidence[0].start", "there is no passage")),
        (
            put("gap/who", "evidence.0.passage_hash", "0" * 15),
            ("gaps", "gap/who", "evidence[0].passage_hash", "no passage hash"),
        ),
        (
            put("gap/who", "evidence.0.passage_hash", "F" * 16),
            ("gaps", "gap/who", "evidence[0].passage_hash", "no passage hash"),
        ),
        (
            put("event/day", "date_basis", "inferred"),
            ("events", "event/day", "date_basis", "it is inferred, and no evidence is"),
        ),
        (
            put("event/day", "place_basis", "inferred"),
            ("events", "event/day", "place_basis", "it is inferred, and no evidence is"),
        ),
        (
            put("organisation/unit", "parent_basis", "inferred"),
            ("organisations", "organisation/unit", "parent_basis", "it is inferred"),
        ),
        (
            put("participation/ana", "role_basis", "inferred"),
            ("participations", "participation/ana", "role_basis", "it is inferred"),
        ),
        (
            put("membership/ana", "attested_basis", "inferred"),
            ("memberships", "membership/ana", "attested_basis", "it is inferred"),
        ),
        (
            put("source/rivers", "published_basis", "inferred"),
            ("sources", "source/rivers", "published_basis", "it is inferred"),
        ),
        (
            put("topic/rivers", "evidence.0.note", " "),
            ("topics", "topic/rivers", "evidence[0].note", "the inference has no note"),
        ),
        # what is inferred
        (
            put("event/day", "date_basis", "inferred"),
            ("events", "event/day", "date_basis", "inferred, and no evidence is; give evidence for date"),
        ),
        (
            put("membership/ana", "attested_basis", "inferred"),
            ("memberships", "membership/ana", "attested_basis", "evidence for first_attested or last_attested"),
        ),
        (
            both(
                put("place/ghent", "names", [{"value": "Gand", "basis": "inferred"}]),
                put("place/ghent", "evidence.0.fields", ["type", "names"]),
            ),
            ("places", "place/ghent", "names", "a name is inferred, and no evidence is"),
        ),
        (
            both(
                put("statement/one", "questions.0.basis", "inferred"),
                put("statement/one", "questions.0.evidence.0.basis", "inferred"),
            ),
            ("statements", "statement/one", "questions[0].reason", "the inference has no reason"),
        ),
        (
            both(
                put("statement/one", "questions.0.basis", "inferred"),
                put("statement/one", "questions.0.reason", "So it is."),
            ),
            ("statements", "statement/one", "questions[0].basis", "inferred, and no evidence is"),
        ),
        (
            put("statement/one", "questions.0.evidence", []),
            ("statements", "statement/one", "questions[0].evidence", "the bearing has no evidence"),
        ),
        (
            put("statement/one", "questions.0.question", "topic/water"),
            ("statements", "statement/one", "questions", "does not belong here"),
        ),
        (
            lambda tables: row(tables, "statement/one")["questions"].append(
                row(tables, "statement/one")["questions"][0]
            ),
            ("statements", "statement/one", "questions", "two bearings are on one question"),
        ),
        # digest
        (
            put("source/rivers", "digest.1.parts", [{"start": 4, "end": 9, "digest": " "}]),
            ("sources", "source/rivers", "digest[1].parts[0].digest", "the entry is empty"),
        ),
        (
            put(
                "source/rivers",
                "digest.1.parts",
                [{"start": 0, "end": 9, "digest": "A."}, {"start": 8, "end": 12, "digest": "B."}],
            ),
            ("sources", "source/rivers", "digest[1].parts[1].start", "no stretch behind the one before"),
        ),
        (
            put("source/rivers", "digest.1.number", 1),
            ("sources", "source/rivers", "digest", "goes wrong at its entry 2, for paragraph 1"),
        ),
        (
            put("source/rivers", "digest.3.number", 5),
            ("sources", "source/rivers", "digest", "goes wrong at its entry 4, for paragraph 5"),
        ),
        (
            put("source/rivers", "digest.1.page", 0),
            ("sources", "source/rivers", "digest[1].page", "there is no page 0"),
        ),
        # the same twice
        (
            copy_of(
                "participation/ana", "participations", id="participation/again", on_behalf_of=["organisation/unit"]
            ),
            ("participations", "participation/again", "", "the same as 'participation/ana'"),
        ),
        (
            copy_of("participation/some", "participations", id="participation/again"),
            ("participations", "participation/again", "", "the same as 'participation/some'"),
        ),
        (
            copy_of("relation/runs", "relations", id="relation/again"),
            ("relations", "relation/again", "", "the same as 'relation/runs'"),
        ),
        # nothing left empty
        (put("gap/who", "label", " "), ("gaps", "gap/who", "label", "the label is empty")),
        (put("membership/ana", "title", ""), None),
        (put("gap/who", "about", []), None),
        # no record at all
        (put("gap/who", "type", "hole"), ("gaps", "gap/who", "type", "'hole' is not a known type")),
        (
            put("participation/ana", "role", "mentioned"),
            ("participations", "participation/ana", "role", "'mentioned' is not a known role"),
        ),
        (put("place/ghent", "tipe", "city"), ("places", "place/ghent", "tipe", "perhaps 'type' is meant")),
    ],
)
def test_a_broken_record_gives_exactly_its_fault(
    tmp_path: Path, spoil: Callable[[Tables], object], expected: tuple[str, str, str, str] | None
) -> None:
    tables = factory.tables()
    spoil(tables)
    faults = faults_of(tmp_path / "x.json", tables)
    if expected is None:
        assert len(faults) == 2
        return
    [fault] = faults
    assert (fault.table, fault.record, fault.field) == expected[:3]
    assert expected[3] in f"{fault.what}; {fault.hint}"


def test_a_digest_is_asked_only_of_paragraphs_that_evidence_cites(tmp_path: Path) -> None:
    tables = factory.tables()
    row(tables, "source/rivers")["digest"].pop()
    row(tables, "source/rivers")["paragraphs"] = 1 << 62
    assert faults_of(tmp_path / "x.json", tables) == []


def test_a_digest_that_is_not_written_yet_is_open_and_no_fault(tmp_path: Path) -> None:
    tables = factory.tables()
    put("source/rivers", "digest.0.digest", " ")(tables)
    row(tables, "source/rivers")["digest"].pop(1)
    path = tmp_path / "x.json"
    assert faults_of(path, tables) == []
    dataset = Dataset.open(path)
    records = [record for _, _, _, record in dataset.scan()]
    assert unworded(records, {}) == {"source/rivers": [1, 2]}


def test_a_changed_id_leaves_a_dangling_reference_with_its_mend(tmp_path: Path) -> None:
    tables = factory.tables()
    put("place/ghent", "id", "place/gent")(tables)
    [fault] = faults_of(tmp_path / "x.json", tables)
    assert (fault.record, fault.field, fault.what) == ("event/day", "place", "there is no record 'place/ghent'")
    assert fault.hint == "perhaps 'place/gent' is meant"


def test_what_was_merged_into_a_record_of_another_kind_resolves_there(tmp_path: Path) -> None:
    tables = factory.tables()
    redirect(a="place/ghent")(tables)
    put("gap/who", "about", ["topic/a"])(tables)
    assert faults_of(tmp_path / "x.json", tables) == []
    put("question/owner", "topics", ["topic/a"])(tables)
    [fault] = faults_of(tmp_path / "x.json", tables)
    assert (fault.field, fault.what) == ("topics", "'topic/a' does not belong here")


def test_references_resolve_through_redirects(tmp_path: Path) -> None:
    tables = factory.tables()
    put("place/ghent", "id", "place/gent")(tables)
    tables["redirects"] = {
        "1": {"id": "place/ghent", "to": "place/gand"},
        "2": {"id": "place/gand", "to": "place/gent"},
    }
    assert faults_of(tmp_path / "x.json", tables) == []


def test_a_session_is_measured_by_the_nearest_dated_event_above(tmp_path: Path) -> None:
    tables = factory.tables()
    copy_of("event/talk", "events", id="event/part", super_event="event/talk", date="2021-05", date_basis="stated")(
        tables
    )
    put(
        "event/part",
        "evidence",
        [row(tables, "event/talk")["evidence"][0] | {"fields": ["type", "super_event", "date"]}],
    )(tables)
    [fault] = faults_of(tmp_path / "x.json", tables)
    assert (fault.record, fault.field) == ("event/part", "date")
    row(tables, "event/part")["date"] = "2021-05-04"
    assert faults_of(tmp_path / "x.json", tables) == []


def test_delegations_of_different_bodies_are_not_the_same(tmp_path: Path) -> None:
    tables = factory.tables()
    fields = ["event", "role", "unnamed", "on_behalf_of"]
    piece = row(tables, "participation/some")["evidence"][0] | {"fields": fields}
    for name in ("trust", "unit"):
        copy_of(
            "participation/some",
            "participations",
            id=f"participation/{name}",
            on_behalf_of=[f"organisation/{name}"],
            evidence=[piece],
        )(tables)
    assert faults_of(tmp_path / "x.json", tables) == []


@pytest.mark.parametrize(
    ("ref", "is_proper"), [("rivers-2021", True), ("org.example:rivers/1", True), ("My Rivers", False)]
)
def test_an_id_of_a_dataset_is_one_word(tmp_path: Path, ref: str, is_proper: bool) -> None:
    tables = factory.tables()
    tables["dataset"]["1"]["id"] = ref
    faults = faults_of(tmp_path / "x.json", tables)
    assert [(fault.table, fault.field) for fault in faults] == ([] if is_proper else [("dataset", "id")])


def test_several_faults_are_all_told(tmp_path: Path) -> None:
    tables = factory.tables()
    put("gap/who", "type", "hole")(tables)
    put("event/day", "date", "x")(tables)
    put("person/ana", "label", "")(tables)
    assert {fault.record for fault in faults_of(tmp_path / "x.json", tables)} == {"gap/who", "event/day", "person/ana"}


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (lambda data: json.dumps(json.loads(data), indent=1).encode(), 2),
        (lambda data: data.replace(b"\n", b"\r\n"), 1),
        (lambda data: data.rstrip(), None),
        (lambda data: data.replace(b'{"format":2,"title":"Rivers"}', b'{"title":"Rivers","format":2}'), 3),
        (lambda data: data.replace(b'"label":"Ghent"', b'"label":"Ghent","names":[]'), None),
    ],
)
def test_a_file_that_is_not_canonical_is_told_by_its_first_line(
    tmp_path: Path, form: Callable[[bytes], bytes], line: int | None
) -> None:
    dataset = factory.write(tmp_path / "x.json")
    before = dataset.path.read_bytes()
    dataset.path.write_bytes(form(before))
    [fault] = check(dataset)
    assert (fault.table, fault.record, fault.field) == ("", "", "")
    assert "not in canonical form from line" in fault.what
    assert line is None or fault.what.endswith(f"line {line} on")
    dataset.tidy()
    assert dataset.path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT.replace("On 4 May", "Then, on 4 May"), "has moved to paragraph 2, "),
        (TEXT.replace("4 May 2021", "4 May MMXXI"), "lost"),
        (TEXT.replace("On 4 May 2021", "4 May 2021 and 4 May 2021"), "several other places"),
        (TEXT.replace("\u00a0", ""), "has moved to paragraph 3, "),
    ],
)
def test_passages_that_are_not_where_they_were_are_told(tmp_path: Path, text: str, says: str) -> None:
    faults = faults_of(tmp_path / "x.json", factory.tables(), text)
    assert any(says in fault.what for fault in faults)
    assert all("evidence[" in fault.field for fault in faults)


def test_one_wrong_locator_is_one_fault(tmp_path: Path) -> None:
    tables = factory.tables()
    piece = row(tables, "question/owner")["occurrences"][0]["evidence"][0]
    piece["start"], piece["end"] = piece["start"] + 1, piece["end"] + 1
    [fault] = faults_of(tmp_path / "x.json", tables, TEXT)
    start = piece["start"] - 1
    assert (fault.record, fault.field) == ("question/owner", "occurrences[0].evidence[0]")
    assert fault.what == f"the passage has moved to paragraph 3, {start} to {start + len('who owns a river?')}"
    assert faults_of(tmp_path / "x.json", tables) == []


def test_a_text_attached_under_an_old_id_counts(tmp_path: Path) -> None:
    tables = factory.tables()
    tables["redirects"] = {"1": {"id": "source/old", "to": "source/rivers"}}
    path = tmp_path / "x.json"
    path.write_bytes(canonical.encode(tables))
    assert check(Dataset.open(path), {"source/old": TEXT}) == []
    assert check(Dataset.open(path), {"source/old": "Another text"}) != []


def test_a_fault_is_one_harmless_line() -> None:
    fault = Fault("x.json", "people", "person/\x1b[31mx", "", "odd\nname \u202e", "mend it")
    assert "\x1b" not in str(fault)
    assert "\n" not in str(fault)
    assert str(Fault("x.json", "people", "person/x", "id", "odd", "mend it")) == (
        "x.json: people, person/x, field id: odd; mend it"
    )


def test_the_text_hash_of_the_sample_is_its_own() -> None:
    assert row(factory.tables(), "source/rivers")["text_hash"] == sources.text_hash(TEXT.encode())


def test_what_is_inferred_by_evidence_with_a_note_is_sound(tmp_path: Path) -> None:
    tables = factory.tables()
    put("membership/ana", "attested_basis", "inferred")(tables)
    put("membership/ana", "evidence.0.basis", "inferred")(tables)
    put("membership/ana", "evidence.0.note", "The day of the workshop.")(tables)
    assert faults_of(tmp_path / "set.json", tables) == []
