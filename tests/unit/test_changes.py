from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from convenings.domain.edits import Change, Edit
from convenings.domain.errors import BadInput
from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Question,
)
from convenings.domain.references import references
from convenings.store import files
from convenings.store.check import check
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.editing import Editor
from tests.unit import factory

HEAD = '"dataset": {"1": {"format": 2, "title": "T"}}'


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return factory.write(tmp_path / "set.json")


def referred_to(dataset: Dataset) -> set[str]:
    """Every id that a record of the dataset points at."""
    return {ref for _, _, _, record in dataset.scan() for _, ref in references(record)}


def test_insert_adds_at_the_end_and_stays_canonical(dataset: Dataset) -> None:
    new = [Person(id="person/zoe", label="Zoé"), Event(id="event/late", label="Late", type="fair")]
    before = dataset.path.read_bytes().splitlines()
    dataset.insert(new)
    assert dataset.records("person")[-1] == new[0]
    assert dataset.records("event")[-1] == new[1]
    after = dataset.path.read_bytes().splitlines()
    assert len(after) == len(before) + 2
    assert '"2": {"id":"person/zoe","label":"Zoé"}'.encode() in after


@pytest.mark.parametrize("ref", ["person/ana", "person/old"])
def test_a_taken_id_is_refused_and_nothing_changes(tmp_path: Path, ref: str) -> None:
    dataset = factory.write(tmp_path / "set.json", redirects={"person/old": "person/ana"})
    before = dataset.path.read_bytes()
    with pytest.raises(BadInput, match=f"people, {ref}: the id is taken"):
        dataset.insert([Person(id="person/free", label="F"), Person(id=ref, label="A")])
    with pytest.raises(BadInput, match="people, person/twin: the id is taken"):
        dataset.insert([Person(id="person/twin", label="A"), Person(id="person/twin", label="A")])
    assert dataset.path.read_bytes() == before


def test_a_record_that_does_not_fit_is_refused(dataset: Dataset) -> None:
    with pytest.raises(BadInput, match="this is no id of a person; write it as person/name"):
        dataset.insert([Person(id="event/ana2", label="A")])
    wrong = Participation(id="participation/x", event="event/day", role="speeker")  # type: ignore[arg-type]
    with pytest.raises(BadRecord, match="'speeker' is not a known role; perhaps 'speaker' is meant"):
        dataset.insert([wrong])


def test_an_edit_reads_the_file_once_and_gives_the_records_as_they_are_now(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = msgspec.structs.replace
    [ana] = dataset.records("person")
    ana = replace(ana, evidence=[replace(piece, fields=["*"]) for piece in ana.evidence])
    dataset.update(replace(ana, family="Lima"))
    new = replace(ana, id="person/zoe", label="Zoé")
    edit = Edit(changes=[Change(ana, replace(ana, given="Ana")), Change(None, new)])
    reads: list[Path] = []
    read = files.read

    def note(path: Path) -> tuple[bytes, files.Signature]:
        reads.append(path)
        return read(path)

    monkeypatch.setattr(files, "read", note)
    saved = Editor(dataset).apply(edit)
    assert reads == [dataset.path]
    assert saved == [replace(ana, given="Ana", family="Lima"), new] == dataset.records("person")
    assert Editor(dataset).apply(edit) == saved
    assert Editor(dataset).apply(Edit(changes=[Change(new, None)])) == []


def test_update_changes_one_line(dataset: Dataset) -> None:
    before = dataset.path.read_bytes().splitlines()
    [ana] = dataset.records("person")
    dataset.update(msgspec.structs.replace(ana, given="Ana"))
    after = dataset.path.read_bytes().splitlines()
    assert len(after) == len(before)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    assert dataset.records("person") == [msgspec.structs.replace(ana, given="Ana")]
    with pytest.raises(BadInput, match="people, person/nobody: there is no record with this id"):
        dataset.update(Person(id="person/nobody", label="N"))


def test_remove(tmp_path: Path) -> None:
    dataset = factory.write(
        tmp_path / "set.json", redirects={"person/a": "person/b", "person/b": "person/ana", "topic/a": "topic/water"}
    )
    dataset.remove("person/ana")
    assert dataset.records("person") == []
    assert dataset.redirects() == {"topic/a": "topic/water"}
    for ref in ("person/ana", "nothing/x", ""):
        with pytest.raises(BadInput, match="there is no record with this id"):
            dataset.remove(ref)


def test_merge_rewrites_references_and_leaves_a_redirect(tmp_path: Path) -> None:
    dataset = factory.write(tmp_path / "set.json", redirects={"person/older": "person/ana"})
    [question] = dataset.records("question")
    assert isinstance(question, Question)
    occurrence = msgspec.structs.replace(question.occurrences[0], agents=["person/lima", "person/ana"])
    dataset.insert([Person(id="person/lima", label="A. Lima", evidence=[factory.evidence(3, "Lima")])])
    dataset.update(msgspec.structs.replace(question, occurrences=[occurrence]))
    dataset.merge("person/ana", "person/lima")
    assert [record.id for record in dataset.records("person")] == ["person/lima"]
    assert dataset.redirects() == {"person/older": "person/lima", "person/ana": "person/lima"}
    assert dataset.resolve("person/older") == dataset.resolve("person/ana") == "person/lima"
    [question] = dataset.records("question")
    assert isinstance(question, Question)
    assert question.occurrences[0].agents == ["person/lima"]
    assert "person/ana" not in referred_to(dataset)
    assert check(Dataset.open(dataset.path)) == []


def test_merging_a_source_rewrites_all_evidence(dataset: Dataset) -> None:
    [source] = dataset.records("source")
    dataset.insert([msgspec.structs.replace(source, id="source/new")])
    dataset.merge("source/rivers", "source/new")
    assert "source/rivers" not in referred_to(dataset)
    assert check(dataset) == []


def test_a_merge_that_makes_no_sense_is_refused(dataset: Dataset) -> None:
    before = dataset.path.read_bytes()
    for old, new, says in (
        ("person/ana", "person/ana", "cannot be merged"),
        ("person/ana", "place/ghent", "cannot be merged"),
        ("person/ana", "person/none", "no record with this id"),
        ("organisation/trust", "organisation/unit", "which lies below it"),
        ("topic/water", "topic/rivers", "which lies below it"),
    ):
        with pytest.raises(BadInput, match=says):
            dataset.merge(old, new)
    assert dataset.path.read_bytes() == before


def test_a_record_may_be_merged_into_the_one_above_it(dataset: Dataset) -> None:
    dataset.merge("organisation/unit", "organisation/trust")
    assert [record.id for record in dataset.records("organisation")] == ["organisation/trust"]
    assert check(dataset) == []


def test_tidy_makes_any_layout_canonical(dataset: Dataset) -> None:
    before = dataset.path.read_bytes()
    dataset.path.write_text(json.dumps(json.loads(before), indent=2))
    dataset.tidy()
    assert dataset.path.read_bytes() == before


def test_a_change_rests_on_what_another_program_has_saved(dataset: Dataset) -> None:
    other = Dataset.open(dataset.path)
    dataset.insert([Person(id="person/one", label="One")])
    other.insert([Person(id="person/two", label="Two")])
    dataset.insert([Person(id="person/three", label="Three")])
    assert [record.id for record in other.records("person")] == [
        "person/ana",
        "person/one",
        "person/two",
        "person/three",
    ]


def test_a_change_while_another_program_saves_is_refused(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.locked.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    before = dataset.path.read_bytes()
    with files.locked(dataset.path), pytest.raises(BadInput, match="is writing to this file; wait until"):
        dataset.remove("person/ana")
    assert dataset.path.read_bytes() == before


def test_what_is_no_dataset_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"mine": {"1": {}}}')
    with pytest.raises(BadInput, match="not a Convenings dataset"):
        Dataset(path).insert([Person(id="person/a", label="A")])
    assert path.read_text() == '{"mine": {"1": {}}}'
    with pytest.raises(BadInput, match="no such file"):
        Dataset(tmp_path / "none.json").tidy()
    twice = (
        f'{{{HEAD}, "people": {{"1": {{"id": "person/a", "label": "A"}}, "1": {{"id": "person/b", "label": "B"}}}}}}'
    )
    path.write_text(twice)
    with pytest.raises(BadInput, match="stands twice"):
        Dataset(path).tidy()
    assert path.read_text() == twice
    path.write_text('{"mine": {"1": {}}}')
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]


def test_organisations_keep_what_only_they_have(dataset: Dataset) -> None:
    body = Organisation(id="organisation/lost", label="Lost", type="company", unnamed="a company")
    dataset.insert([body])
    assert dataset.records("organisation")[-1] == body
