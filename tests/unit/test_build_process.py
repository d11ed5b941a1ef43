"""An index that is still being built: rows first, the rest later, and nothing asked of it meanwhile breaks."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, PANE_NAMES
from convenings.domain.query import BadQuery, parse
from convenings.index.build.child import COMPLETE
from convenings.index.build.process import BuildProcess
from convenings.index.evaluate import matching
from convenings.index.open import empty_model, open_model, peek_model
from convenings.index.questions import Row
from convenings.index.rows import Step
from convenings.index.search import Search, Tier
from convenings.index.stamp import index_path
from convenings.presentation.citation import citation
from convenings.presentation.profile.compose import BEING_READ, profile
from tests import PATIENCE
from tests.benchmarks import generate
from tests.unit import factory
from tests.unit.indexing import PANES, ids


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "set.json"
    factory.write(path)
    return path


def early_fields(row: Row) -> tuple[object, ...]:
    """What is known of a row before the rest of the dataset is read."""
    days = (row.first, row.last) if row.kind == "event" else ()
    return row.id, row.label, row.depth, row.size, row.date, row.flags, days


def waited_for(builder: BuildProcess) -> BuildProcess:
    builder._listener.join(PATIENCE)
    assert not builder._listener.is_alive()
    return builder


def test_nothing_is_there_before_the_rows(dataset: Path) -> None:
    assert peek_model(dataset) is None
    factory.index_until(dataset, "events")
    assert peek_model(dataset) is None


@pytest.mark.parametrize(("phase", "step"), [("names", Step.ROWS), ("records", Step.NAMES)])
def test_the_rows_are_there_before_the_rest(dataset: Path, phase: str, step: int) -> None:
    phases = factory.index_until(dataset, phase)
    assert phases == ["events", "rows", "names", "records"][: len(phases)]
    rows = peek_model(dataset)
    assert rows is not None
    with closing(rows), closing(open_model(dataset)) as complete:
        assert (rows.step, complete.step) == (step, Step.WHOLE)
        assert rows.title == complete.title
        for pane in PANES:
            early, late = rows.load_range(*rows.range(pane)), complete.load_range(*complete.range(pane))
            assert [early_fields(row) for row in early] == [early_fields(row) for row in late]
            assert [rows.record(row.row) for row in early] == [complete.record(row.row) for row in late]
    again = peek_model(dataset)
    assert again is not None
    with closing(again):
        assert again.complete


def test_the_timeline_is_there_before_the_other_rows(dataset: Path) -> None:
    factory.index_until(dataset, "rows")
    events = peek_model(dataset)
    assert events is not None
    with closing(events), closing(open_model(dataset)) as complete:
        assert (events.step, complete.step) == (Step.TIMELINE, Step.WHOLE)
        assert events.total == len(events.everything("events")) > 0
        early, late = (model.load_range(*model.range("events")) for model in (events, complete))
        assert [early_fields(row) for row in early] == [early_fields(row) for row in late]
        assert not any(len(events.everything(pane)) for pane in PANES[1:])


@pytest.mark.parametrize(
    ("phase", "step"),
    [("", Step.NOTHING), ("rows", Step.TIMELINE), ("names", Step.ROWS), ("records", Step.NAMES)],
)
def test_whatever_is_asked_meanwhile_has_an_answer(dataset: Path, phase: str, step: int) -> None:
    if phase:
        factory.index_until(dataset, phase)
    model = peek_model(dataset) if phase else empty_model(dataset)
    assert model is not None
    with closing(model):
        assert model.step == step
        assert bool(model.total) == bool(phase)
        for at in range(model.total):
            assert citation(model, profile(model, at))
            assert model.reasons(at, 0, model.total) == {}
            assert model.referrers(at) == []
            assert not any(model.counts(at))
        for pane in PANES:
            everything = list(range(*model.range(pane)))
            for order in ("", "most connected", "earliest"):
                assert list(model.everything(pane, order)) == everything
            assert list(model.related_to_all(pane, everything[:1])) == everything[:1]
            for query in (
                "river",
                '"on rivers"',
                "event:day",
                "date:2021",
                "role:speaker",
                "!is:gap",
                "place:x",
                "kind:event",
            ):
                with suppress(BadQuery):  # not every key has a meaning for every kind
                    matching(model, model.range(pane), parse(query))
        for query in ("rivers", "day riv", "%", "_", "kind:event", "x" * 10_000, '"day on rivers"'):
            Search(model)(query)
        if model.step >= Step.ROWS:
            assert ids(model, [hit.row for hit in Search(model)("ana lima")]) == ["person/ana"]
        assert {name.partition("/")[0] for name in model.ranges} <= {*KINDS, *PANE_NAMES}


@pytest.mark.parametrize("query", ["lima ana", "an lim", "ana lmia", "analima", "al", "speaker ana", "talk", "watr"])
def test_names_are_searched_before_the_rest_is_read_as_they_are_after_it(dataset: Path, query: str) -> None:
    factory.index_until(dataset, "records")
    names = peek_model(dataset)
    assert names is not None
    with closing(names), closing(open_model(dataset)) as complete:
        early, late = Search(names)(query), Search(complete)(query)
        assert early
        by_name = [hit for hit in late if hit.tier != Tier.TEXT]
        assert [(hit.tier, hit.row) for hit in early] == [(hit.tier, hit.row) for hit in by_name]


@pytest.mark.parametrize("phase", ["rows", "names", "records"])
def test_nothing_is_said_to_be_missing_that_is_not_read_yet(dataset: Path, phase: str) -> None:
    factory.index_until(dataset, phase)
    model = peek_model(dataset)
    assert model is not None
    with closing(model):
        for at in range(model.total):
            shape = profile(model, at)
            assert [entry.unknown for entry in shape.facts if entry.unknown] == [BEING_READ]
            assert not shape.sections


def test_a_build_that_stopped_halfway_is_done_again(dataset: Path) -> None:
    factory.index_until(dataset, "texts")
    with closing(open_model(dataset)) as model:
        assert model.complete
        assert ids(model, [hit.row for hit in Search(model)("ana lima")])[0] == "person/ana"
    assert not list(index_path(dataset).parent.glob("*.part"))


def test_the_child_builds_once(dataset: Path) -> None:
    states = []
    for _ in range(2):
        builder = waited_for(BuildProcess(dataset))
        assert (builder.phase, builder.error, builder.unwritable) == (COMPLETE, "", False)
        states.append(index_path(dataset).stat().st_mtime_ns)
        model = peek_model(dataset)
        assert model is not None
        with closing(model):
            assert model.complete
    assert states[0] == states[1]


def test_a_child_that_waits_has_made_the_timeline_and_goes_on_when_told(dataset: Path) -> None:
    builder = BuildProcess(dataset, waits=True)
    while builder.phase == "events" and builder._listener.is_alive():
        builder._listener.join(0.001)
    assert (builder.phase, builder.step) == ("rows", Step.TIMELINE)
    model = peek_model(dataset)
    assert model is not None
    with closing(model):
        assert model.step == Step.TIMELINE
    builder.go_on()
    assert waited_for(builder).phase == COMPLETE
    builder.go_on()


def test_the_child_builds_again_what_is_distrusted(dataset: Path) -> None:
    waited_for(BuildProcess(dataset))
    with closing(open_model(dataset)) as model:
        before, old = index_path(dataset).stat().st_mtime_ns, model.content_hash
    waited_for(BuildProcess(dataset, "another"))
    assert index_path(dataset).stat().st_mtime_ns == before
    assert waited_for(BuildProcess(dataset, old)).phase == COMPLETE
    assert index_path(dataset).stat().st_mtime_ns != before


def test_the_child_says_what_is_wrong_in_a_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "schlecht-é.json"
    bad.write_text('{"dataset": {"1": {"format": 2, "title": "T"}}, "people": {"1": {"id": "person/é", "lable": "É"}}}')
    builder = waited_for(BuildProcess(bad))
    assert builder.phase != COMPLETE
    assert not builder.unwritable
    assert builder.error.startswith(str(bad))
    assert "there is no field 'lable'" in builder.error
    assert "Traceback" not in builder.error


def test_the_child_says_that_nothing_can_be_kept(dataset: Path) -> None:
    folder = index_path(dataset).parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    builder = waited_for(BuildProcess(dataset))
    assert (builder.unwritable, builder.error) == (True, "")


def test_a_child_that_is_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    generate.write(5000, path)
    folder = index_path(path).parent
    builder = BuildProcess(path)
    while not list(folder.glob("*.part")) and builder._listener.is_alive():
        builder._listener.join(0.001)
    assert builder.phase != COMPLETE
    builder.stop()
    waited_for(builder)
    assert not list(folder.glob("*.part"))
    builder.stop()
    with closing(open_model(path)) as model:
        assert model.complete


def test_a_child_that_is_stopped_is_not_waited_for(dataset: Path) -> None:
    builder = BuildProcess(dataset, waits=True)
    try:
        while builder.phase == "events" and builder._listener.is_alive():
            builder._listener.join(0.001)
        # It would now wait for its input for ever.
        stopper = Thread(target=builder.stop, daemon=True)
        stopper.start()
        stopper.join(PATIENCE)
        assert not stopper.is_alive()
        assert builder._child.poll() is not None
    finally:
        builder._child.kill()
    waited_for(builder)
    assert builder.phase == "rows"
    assert not index_path(dataset).exists()


@pytest.mark.parametrize("way", [peek_model, empty_model, open_model])
def test_a_dataset_that_cannot_be_read_is_said(dataset: Path, monkeypatch: pytest.MonkeyPatch, way: object) -> None:
    with closing(open_model(dataset)):
        pass

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert callable(way)
    with pytest.raises(BadInput) as caught:
        way(dataset)
    assert caught.value.file == str(dataset)
    assert caught.value.hint


def test_a_missing_dataset_is_said(tmp_path: Path) -> None:
    for way in (peek_model, empty_model, open_model):
        with pytest.raises(BadInput, match="no such file"):
            way(tmp_path / "none.json")
    assert list(tmp_path.iterdir()) == []
