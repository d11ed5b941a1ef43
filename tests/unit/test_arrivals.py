"""Records are put in order as they arrive: what comes in does not depend on in how many parts it came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from convenings.domain.record_values import Evidence, Link
from convenings.domain.records import Event, Participation, Person, Record, Source
from convenings.interchange import jobs, reading, run, target
from convenings.interchange.arrivals import Arrivals, record_hash
from convenings.interchange.outcome import encode_part
from convenings.interchange.reading import ForeignFile
from convenings.interchange.run import Options, import_files
from convenings.interchange.sifting import FirstLook, sift
from tests import foreign_files

SOURCE = Source(id="source/talks", label="talks.csv", type="data")
TALKS = jobs.Job(file=ForeignFile(name="talks.csv", data=foreign_files.table(",")), source=SOURCE)
TALK, NIGHT = "event/talk", "event/night"


def evidence(source: str = SOURCE.id) -> list[Evidence]:
    return [Evidence(source=source, pointer="row=2", start=0, end=9, passage_hash="0" * 16, fields=["*"])]


def records() -> dict[str, Record]:
    """A talk within an event, with somebody who speaks."""
    every: list[Record] = [
        Event(id=NIGHT, evidence=evidence(), label="Night", type="conference", date="2031-05-01", date_basis="stated"),
        Event(
            id=TALK, evidence=evidence(), label="Talk", type="talk", super_event=NIGHT, date="2031-05-01",
            date_basis="stated",
        ),
        Person(id="person/ana", evidence=evidence(), label="Ana"),
        Participation(id="participation/ana", evidence=evidence(), event=TALK, agent="person/ana", role="speaker"),
    ]  # fmt: skip
    return {record.id: record for record in every}


def changed(ref: str, **fields: object) -> Callable[[dict[str, Record]], None]:
    def change(every: dict[str, Record]) -> None:
        every[ref] = msgspec.structs.replace(every[ref], **fields)

    return change


CHANGES = {
    "nothing": lambda every: None,
    "an empty label": changed("person/ana", label=" "),
    "a bad link": changed("person/ana", links=[Link(url="javascript:alert(1)")]),
    "no evidence": changed("participation/ana", evidence=[]),
    "another source": changed("person/ana", evidence=evidence("source/other")),
    "a day outside": changed(TALK, date="2031-06-01"),
    "no day": changed(NIGHT, date="soon"),
    "nobody": lambda every: every.pop("person/ana"),
    "no event": lambda every: every.pop(TALK),
    "a reference of another kind": changed("participation/ana", agent=TALK),
    "a fault in what others refer to": changed(TALK, id="event/-"),
}


@pytest.mark.parametrize("case", CHANGES)
@pytest.mark.parametrize("kind", ["data", "report"])
@pytest.mark.parametrize("redirects", [{}, {"person/ana": "person/bo"}, {SOURCE.id: "source/other"}])
def test_a_first_look_changes_nothing(case: str, kind: str, redirects: dict[str, str]) -> None:
    """Also where the source turns out to be of another type than it was expected to be."""
    every = records()
    CHANGES[case](every)
    first_look = FirstLook(SOURCE, redirects)
    for record in every.values():
        first_look.look(record.id.partition("/")[0], record)
    source = msgspec.structs.replace(SOURCE, type=kind, evidence=evidence(), text_hash="0" * 16)
    every = {source.id: source, **every}
    others: dict[str, Record] = {"person/bo": Person(id="person/bo", evidence=evidence("source/x"), label="Bo")}
    assert sift(every, others, redirects, first_look) == sift(every, others, redirects)


def test_sound_records_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    every = {ref: record for ref, record in records().items() if ref != TALK}
    every["participation/ana"] = msgspec.structs.replace(every["participation/ana"], event=NIGHT)
    first_look = FirstLook(SOURCE, {})
    for record in every.values():
        first_look.look(record.id.partition("/")[0], record)
    monkeypatch.setattr("convenings.interchange.sifting._first_finding", None)
    assert sift({**every}, {SOURCE.id: SOURCE}, {}, first_look) == (every, [])


def test_a_record_that_comes_again_takes_the_place_of_the_first() -> None:
    arrivals = Arrivals(FirstLook(SOURCE, {}))
    first = Person(id="person/ana", evidence=evidence(), label=" ")
    last = Person(id="person/ana", evidence=evidence(), label="Ana")
    arrivals.take(encode_part([first], {"person/ana": "Ana"}))
    arrivals.take(encode_part([last], {}))
    rest = jobs.run(
        jobs.Job(file=ForeignFile(name="x.csv", data=foreign_files.table(",")), source=SOURCE), arrivals.take
    )
    outcome = arrivals.outcome(rest)
    assert outcome.records["person/ana"] == last
    assert outcome.keys["person/ana"] == "Ana"
    assert outcome.hashes["person/ana"] == record_hash(last)


def test_text_that_is_no_unicode_is_told_in_a_part() -> None:
    arrivals = Arrivals(FirstLook(SOURCE, {}))
    bad = Person(id="person/bad", evidence=evidence(), label="\ud800")
    arrivals.take(encode_part([*records().values(), bad], {}))
    rest = jobs.run(
        jobs.Job(file=ForeignFile(name="x.csv", data=foreign_files.table(",")), source=SOURCE), arrivals.take
    )
    outcome = arrivals.outcome(rest)
    assert [each.reason for each in outcome.skipped] == ["a text in it is no Unicode text"]
    assert records().items() <= outcome.records.items()


@pytest.mark.parametrize("name", [name for name in foreign_files.every_file() if name != "mine.json"])
def test_a_dataset_is_the_same_to_the_byte_in_however_many_parts_it_comes(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "now", lambda: "2031-05-01T00:00:00Z")
    monkeypatch.setattr(target, "new_id", lambda: "urn:uuid:0")
    file = tmp_path / name
    file.write_bytes(foreign_files.every_file()[name])
    contents = []
    for at_once in (1, 3, 10**6):
        monkeypatch.setattr(reading, "AT_ONCE", at_once)
        into = tmp_path / f"{at_once}.json"
        report = import_files([file], into, Options(attach=False))
        # Again, into what is there by now.
        import_files([file], into, Options(attach=False))
        contents.append((into.read_bytes(), report.files))
    assert contents[0] == contents[1] == contents[2]
