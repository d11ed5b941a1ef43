"""From reports to records: what is drafted waits in a queue, and becomes records with evidence when it is accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Organisation, Participation, Person, Source, Statement
from convenings.drafting.keeping import draft_into
from convenings.drafting.reading import read_and_draft
from convenings.drafting.review import Review
from convenings.index.open import open_model
from convenings.interchange.apart import Cancelled, Limits
from convenings.presentation.citation import citation
from convenings.presentation.profile import compose
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.workspace import open_workspace
from tests.unit import report_files
from tests.unit.cli_records import Run
from tests.unit.reviews import REPORT, draft_of, first, records, review_of

PEOPLE = {"Ana Lima": "moderator", "Bo Berg": "keynote speaker"}


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "own"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rivers.json"


@pytest.fixture
def review(path: Path) -> Review:
    return review_of(REPORT, path)


def roles(path: Path) -> dict[str, str]:
    here = records(path)
    return {
        here[each.agent].label: each.role  # type: ignore[attr-defined]  # agents have labels
        for each in here.values()
        if isinstance(each, Participation) and each.agent
    }


def test_nothing_of_a_draft_is_in_the_dataset_but_the_report_itself(review: Review, path: Path) -> None:
    [source] = records(path).values()
    assert isinstance(source, Source)
    assert (source.title, source.paragraphs, source.language) == ("Workshop on tidal rivers", 5, "en")
    assert review.text(source.id) == REPORT.splitlines()
    assert review.progress().open == review.progress().total == len(review.records())
    places = [record.place for record in review.records()]
    assert places == sorted(places)


def test_every_field_rests_on_its_words(review: Review) -> None:
    for record in review.records():
        for name, field in record.fields.items():
            if field.evidence and name.split(".")[0] in ("agent", "name", "title_as_stated", "on_behalf_of"):
                assert review.passage(record, name) == field.value


def test_accepting_a_person_writes_all_that_they_need(review: Review, path: Path) -> None:
    decision = review.accept(draft_of(review, "Ana Lima"))
    here = records(path)
    [participation] = [each for each in here.values() if isinstance(each, Participation)]
    assert (participation.role, participation.title_as_stated) == ("moderator", "Director")
    [body] = participation.on_behalf_of
    assert getattr(here[body], "label", "") == "River Institute"
    assert participation.event in decision.refs
    assert {each.partition("/")[0] for each in here} == {
        "source", "event", "place", "person", "organisation", "membership", "participation",
    }  # fmt: skip
    assert participation.role_basis == "inferred"
    assert any(piece.basis == "inferred" and "moderated" in piece.note for piece in participation.evidence)
    assert check(review.dataset, {each: REPORT for each in here if each.startswith("source/")}) == []
    assert decision.following is not None
    assert decision.following.place > review.record(draft_of(review, "Ana Lima")).place


def test_a_statement_waits_for_words_of_the_readers_own(review: Review, path: Path) -> None:
    ref = first(review, "statement")
    assert review.accept(ref).refs == ()
    assert review.record(ref).state == "wording"
    assert ref in [record.id for record in review.to_be_worded()[0]]
    review.set(ref, "summary", "A dam alters a river for ever.")
    [statement] = [each for each in records(path).values() if isinstance(each, Statement)]
    assert statement.summary == "A dam alters a river for ever."
    assert [getattr(records(path)[each], "label", "") for each in statement.agents] == ["Bo Berg"]
    assert "dams change" not in path.read_text("utf-8")
    assert check(review.dataset) == []


def test_what_is_rejected_stays_so_when_the_report_is_drafted_again(review: Review, path: Path, tmp_path: Path) -> None:
    ref = draft_of(review, "Ana Lima")
    review.reject(ref)
    report = tmp_path / "report.txt"
    result = draft_into(path, report, read_and_draft(report))
    assert not result.is_new
    again = Review.open(path)
    assert again.record(ref).state == "rejected"
    assert again.progress().total == review.progress().total
    # Nothing has changed, so that the decision can be undone still.
    again.undo()
    assert again.record(ref).state == "open"


def test_every_decision_can_be_undone_and_done_again(review: Review, path: Path) -> None:
    before, drafts = records(path), review.records()
    for record in drafts:
        review.accept(record.id)
    after, accepted = records(path), review.records()
    assert repeated(review.undo) > 3
    assert (records(path), review.records()) == (before, drafts)
    repeated(review.redo)
    assert (records(path), review.records()) == (after, accepted)


def repeated(decide: Callable[[], object]) -> int:
    """How often something can be done before it is refused."""
    number = 0
    with suppress(BadInput):
        while decide():
            number += 1
    return number


def test_what_somebody_else_has_changed_is_not_undone_over(review: Review, path: Path) -> None:
    review.accept(draft_of(review, "Ana Lima"))
    dataset = Dataset.open(path)
    [person] = [each for each in records(path).values() if isinstance(each, Person)]
    dataset.update(msgspec.structs.replace(person, honorific="Dr"))
    with pytest.raises(BadInput, match="changed since"):
        review.undo()


def test_a_decision_that_was_cut_off_before_the_dataset_was_saved_is_taken_back(
    review: Review, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object) -> None:
        raise KeyboardInterrupt

    ref = draft_of(review, "Ana Lima")
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Dataset, "save", fall)
        with pytest.raises(KeyboardInterrupt):
            review.accept(ref)
    assert path.read_bytes() == before
    again = Review.open(path)
    assert again.record(ref).state == "open"
    again.accept(ref)
    assert roles(path) == {"Ana Lima": "moderator"}


def test_a_name_of_the_dataset_is_proposed_and_never_merged(review: Review, path: Path, tmp_path: Path) -> None:
    review.accept(draft_of(review, "Ana Lima"))
    other = tmp_path / "other.txt"
    other.write_text("Seminar on tides\nDr Lima Ana chaired the seminar in Ghent on 5 June 2021.\n", encoding="utf-8")
    draft_into(path, other, read_and_draft(other))
    again = Review.open(path)
    ref = draft_of(again, "Lima Ana")
    assert again.namesakes(again.record(ref)) == ["person/ana-lima"]
    again.set(ref, "agent", "person/ana-lima")
    again.accept(ref)
    people = [each for each in records(path).values() if isinstance(each, Person)]
    assert [each.label for each in people] == ["Ana Lima"]
    assert [name.value for name in people[0].names] == ["Lima Ana"]
    assert len(people[0].evidence) == 2
    assert check(again.dataset) == []


def test_a_field_is_written_moved_and_taken_out(review: Review, path: Path) -> None:
    ref = draft_of(review, "Ana Lima")
    with pytest.raises(BadInput, match="'boss' is no role"):
        review.set(ref, "role", "boss")
    with pytest.raises(BadInput, match="no field 'rol'"):
        review.set(ref, "rol", "chair")
    review.set(ref, "role", "chair")
    review.set(ref, "title_as_stated", "")
    body = review.record(ref).fields["on_behalf_of"]
    assert body.evidence is not None
    review.move(ref, "agent", 0, 11)
    assert review.record(ref).main.value == "Dr Ana Lima"
    review.accept(ref)
    assert roles(path) == {"Dr Ana Lima": "chair"}
    [participation] = [each for each in records(path).values() if isinstance(each, Participation)]
    assert participation.title_as_stated == ""
    assert [piece.note for piece in participation.evidence if "role" in piece.fields] == [
        "as the reader of the report wrote"
    ]
    assert check(review.dataset) == []


def test_words_that_the_drafter_missed_become_a_record(review: Review, path: Path) -> None:
    source = review.reports[0].source
    review_words = review.text(source)[1]
    start = review_words.index("Ghent")
    decision = review.add(source, "organisation", 2, start, start + 5)
    assert decision.following is not None
    review.accept(decision.following.id)
    assert [each.label for each in records(path).values() if isinstance(each, Organisation)] == ["Ghent"]
    gap = review.add(source, "gap", 2, 0, 12).following
    assert gap is not None
    review.accept(gap.id)
    review.set(gap.id, "detail", "Nobody says who paid.")
    assert check(review.dataset) == []
    with pytest.raises(BadInput, match="no words"):
        review.add(source, "gap", 9, 0, 12)


def test_all_that_a_filter_shows_is_accepted_in_one_step(review: Review, path: Path) -> None:
    review.accept_all("kind:person how:honorific")
    assert roles(path) == PEOPLE
    review.undo()
    assert roles(path) == {}
    for query in ("", "colour:red", "kind:cat"):
        with pytest.raises(BadInput):
            review.accept_all(query)


def test_what_needs_a_rejected_record_says_so(review: Review, path: Path) -> None:
    review.reject(first(review, "event"))
    with pytest.raises(BadInput, match="was rejected"):
        review.accept(draft_of(review, "Ana Lima"))
    assert len(records(path)) == 1


def test_citations_give_the_page(tmp_path: Path, path: Path) -> None:
    pages = [
        [(50, 800, "Workshop on tidal rivers in Ghent on 4 May 2021")],
        [(50, 800, "Dr Ana Lima moderated the workshop.")],
    ]
    report = tmp_path / "report.pdf"
    report.write_bytes(report_files.pdf(*pages))
    draft_into(path, report, read_and_draft(report))
    review = Review.open(path)
    ref = draft_of(review, "Ana Lima")
    assert review.page(review.record(ref)) == 2
    review.accept(ref)
    [source] = [each for each in records(path).values() if isinstance(each, Source)]
    assert [(entry.number, entry.page, entry.digest) for entry in source.digest][-1] == (2, 2, "")
    assert check(review.dataset) == []
    with open_workspace(open_model(path)) as workspace:
        [row] = workspace.model.rows_of(["person/ana-lima"]).values()
        assert "page 2, paragraph 2" in citation(workspace.model, compose.profile(workspace.model, row))


def test_who_is_accepted_as_new_and_has_the_name_of_another_is_told(run: Run, tmp_path: Path, path: Path) -> None:
    """Nobody is merged: two reports may speak of two people, and whoever knows joins them."""
    reports = [tmp_path / "first.txt", tmp_path / "second.txt"]
    for number, each in enumerate(reports, 1):
        each.write_text(f"Seminar {number}\n\nDr Eva Roth, Director of the Street Institute, chaired the seminar.\n")
    assert run("draft", *reports, "--into", path)[0] == 0
    code, _, err = run("review", "--filter", "kind:person", "--accept-all", "--dataset", path)
    assert code == 0
    assert "another record is called Eva Roth, too; convenings merge joins two" in err
    assert len(list(Dataset.open(path).records("person"))) == 2


def test_where_nothing_is_drafted_it_is_said_how_a_report_is(run: Run, rivers: Path) -> None:
    code, _, err = run("review", "--dataset", rivers)
    assert (code, "convenings draft FILE --into DATASET reads a report" in err) == (1, True)
    assert "0 of 0 open" not in err


def test_from_two_reports_to_a_dataset_by_commands(run: Run, tmp_path: Path, path: Path) -> None:
    first_report, second = tmp_path / "first.docx", tmp_path / "second.txt"
    lines = ["Seminar on quiet streets", "The seminar took place in Lyon on 7 March 2022."]
    table = report_files.table(("Name", "Title", "Body"), ("Dr Eva Roth", "Director", "Street Institute"))
    talk = report_files.paragraph("Mr Jon Vale, Chairman of the Walking Trust, chaired the seminar.")
    body = "".join(map(report_files.paragraph, lines)) + talk + table
    first_report.write_bytes(report_files.docx(body))
    second.write_text(REPORT, encoding="utf-8")
    assert run("draft", first_report, second, "--into", path)[0] == 0
    listed = json.loads(run("review", "--json", "--dataset", path)[1])
    assert listed["progress"]["open"] == listed["progress"]["total"] == len(listed["drafts"])
    assert run("review", "--filter", "kind:person", "--accept-all", "--dataset", path)[0] == 0
    assert roles(path) | {"Jon Vale": "chair", **PEOPLE} == roles(path)
    for item in listed["drafts"]:
        if item["kind"] == "statement":
            assert run("review", "--set", item["id"], "summary=Dams alter rivers.", "--dataset", path)[0] == 0
            assert run("review", "--accept", item["id"], "--dataset", path)[0] == 0
        if item["kind"] == "question":
            assert run("review", "--reject", item["id"], "--dataset", path)[0] == 0
    code, out, err = run("check", path)
    assert (code, out) == (0, "")
    assert "to be worded" in err
    [paragraph, *_] = [
        each["id"]
        for each in json.loads(run("review", "--json", "--dataset", path)[1])["to_be_worded"]
        if each["kind"] == "paragraph"
    ]
    assert run("review", "--set", paragraph, "digest=It tells of a seminar.", "--dataset", path)[0] == 0
    assert "It tells of a seminar." in path.read_text("utf-8")
    assert run("review", "--undo", "--dataset", path)[0] == 0
    assert "It tells of a seminar." not in path.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("--accept", "draft/none/p-1"),
        ("--set", "draft/none/p-1"),
        ("--set", "draft/none/p-1", "role"),
        ("--filter", "kind:cat"),
        ("--accept-all",),
        ("--undo",),
    ],
)
def test_bad_decisions_are_one_sentence(run: Run, review: Review, path: Path, words: tuple[str, ...]) -> None:
    code, out, err = run("review", *words, "--dataset", path)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_report_that_cannot_be_read_holds_up_no_other(run: Run, tmp_path: Path, path: Path) -> None:
    bad, good = tmp_path / "bad.pdf", tmp_path / "good.txt"
    bad.write_bytes(b"%PDF-1.4\nnothing")
    good.write_text(REPORT, encoding="utf-8")
    code, _, err = run("draft", bad, good, "--into", path)
    assert code == 2
    assert "bad.pdf" in err
    assert Review.open(path).progress().total > 3


@pytest.mark.parametrize(("limits", "what"), [(Limits(96 << 20, 30), "memory"), (Limits(0, 1), "seconds of computing")])
def test_a_report_that_takes_too_much_is_one_sentence(tmp_path: Path, limits: Limits, what: str) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Dr Ana Lima said that rivers rise. " * 60_000, encoding="utf-8")
    with pytest.raises(BadInput, match=what) as error:
        read_and_draft(report, limits=limits)
    assert error.value.file == str(report)


def test_drafting_can_be_given_up(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    with pytest.raises(Cancelled):
        read_and_draft(report, is_cancelled=lambda: True)
