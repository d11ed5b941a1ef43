"""Profiles of the bundled dataset: complete, and saying of people and events what both reports say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from convenings.domain.kinds import KINDS
from convenings.domain.labels import NOT_STATED
from convenings.domain.records import (
    Event,
    Gap,
    Participation,
    Record,
    Statement,
)
from convenings.domain.references import all_evidence, ids_in
from convenings.index.model import ReadModel
from convenings.presentation.profile.builder import MOST_ENTRIES
from convenings.presentation.profile.compose import profile
from convenings.presentation.profile.value import GAPS, Profile
from tests.unit.indexing import PANES, bundled, ids, row
from tests.unit.profiles import about, lines, refs, section


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    with bundled(tmp_path_factory.mktemp("bundled")) as found:
        yield found


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_of_the_bundled_dataset_has_a_whole_profile(model: ReadModel, kind: str) -> None:
    rows = range(*model.range(kind))
    assert rows
    for at in rows:
        found, record = profile(model, at), model.record(at)
        assert (found.ref, found.kind) == (record.id, kind)
        assert found.title == model.one(at).label
        assert found.facts or found.sections, record.id
        numbers = [cited.number for cited in found.cited]
        assert numbers == list(range(1, len(numbers) + 1))
        used = {*found.numbers, *(number for entry in found.entries() for number in entry.numbers)}
        assert used == set(numbers), record.id
        for entry in found.entries():
            assert entry.text or entry.unknown, record.id
            assert not entry.ref or model.row_of(entry.ref) is not None, entry
            assert entry.basis in ("stated", "inferred")
        for cited in found.cited:
            owner = model.find(cited.ref)
            assert owner is not None
            # The note of a bearing's evidence is its reason.
            assert replace(cited.evidence, note="") in [replace(each, note="") for each in all_evidence(owner)]
            there = [
                each.fields
                for each in all_evidence(owner)
                if (each.source, each.paragraph, each.start, each.end, each.basis)
                == (
                    cited.evidence.source,
                    cited.evidence.paragraph,
                    cited.evidence.start,
                    cited.evidence.end,
                    cited.evidence.basis,
                )
            ]
            assert set(cited.evidence.fields) <= set(cited.fields) <= set().union(*there)
            assert model.row_of(cited.evidence.source) is not None
        for each in found.sections:
            assert len(each.entries) == min(each.total, MOST_ENTRIES)
        titles = [each.title for each in found.sections]
        assert len(titles) == len(set(titles))
        assert GAPS not in titles[:-1], "what is not known comes last"


def test_every_passage_of_a_record_is_cited_in_its_profile(model: ReadModel) -> None:
    for at in range(model.total):
        cited = {(c.evidence.source, c.evidence.paragraph, c.evidence.start) for c in profile(model, at).cited}
        own = {(e.source, e.paragraph, e.start) for e in model.record(at).evidence}
        assert own <= cited, model.one(at).id


def test_what_supports_a_name_is_cited_beside_it(model: ReadModel) -> None:
    found = about(model, "person/fu-changbo")
    assert [cited.fields for cited in found.cited if cited.number in found.numbers] == [("family", "given")]
    assert not about(model, "organisation/tencent").numbers, "its lines cite all that supports it"


def test_no_profile_gives_its_own_name_as_another_one(model: ReadModel) -> None:
    """What only repeats the name is no line; what supports it is cited all the same, as above."""
    for ref in ("event/beijing-workshop", "organisation/tencent-tech-welfare-team"):
        profile = about(model, ref)
        assert not [line for line in lines(profile) if line.endswith(f": {profile.title}") or "so called" in line]


def test_every_gap_stands_in_the_profile_of_what_it_concerns(model: ReadModel) -> None:
    for at in range(*model.range("gap")):
        gap = model.record(at)
        assert isinstance(gap, Gap)
        for ref in gap.about:
            if not ref.startswith(("gap/", "source/")):
                assert gap.id in {entry.ref for entry in section(about(model, ref), GAPS)}, (gap.id, ref)


def test_whoever_is_related_reads_so_in_both_profiles(model: ReadModel) -> None:
    for at in range(*model.range("participation")):
        part = model.record(at)
        assert isinstance(part, Participation)
        party = part.agent or part.id
        assert party in refs(about(model, part.event)), part.id
        for ref in filter(None, (part.agent, *part.on_behalf_of)):
            assert part.event in refs(about(model, ref)), part.id


def test_statements_stand_with_their_speaker_and_their_event(model: ReadModel) -> None:
    for at in range(*model.range("statement")):
        said = model.record(at)
        assert isinstance(said, Statement)
        for ref in filter(None, (said.event, *said.agents, *said.topics, *ids_in(said.questions), *said.mentions)):
            assert said.id in refs(about(model, ref)) or _cut(about(model, ref)), (said.id, ref)


def _cut(found: Profile) -> bool:
    return any(each.total > len(each.entries) for each in found.sections)


def test_the_source_does_not_say_for_whom_the_moderator_spoke(model: ReadModel) -> None:
    found = about(model, "person/fu-changbo")
    (role,) = section(found, "Roles")
    assert (role.ref, role.note, role.unknown) == ("event/round-table", "moderator", NOT_STATED)
    assert role.numbers
    assert not section(found, "Organisations")
    (moderator,) = [e for e in section(about(model, "event/round-table"), "Who spoke") if e.ref == "person/fu-changbo"]
    assert moderator.unknown == NOT_STATED
    assert model.one(row(model, "person/fu-changbo")).secondary == NOT_STATED


def test_what_belongs_to_the_fair_is_not_in_the_seminar(model: ReadModel) -> None:
    fair, seminar = about(model, "event/10th-ccf"), about(model, "event/shenzhen-seminar")
    own = {e.id for at in range(*model.range("event")) if _super(e := model.record(at)) == "event/10th-ccf"}
    assert "event/shenzhen-seminar" in own
    others = own - {"event/shenzhen-seminar"}
    assert {"event/ccf-exhibition", "event/ccf-case-release", "event/ccf-experience-event"} <= others
    assert own <= refs(fair)
    assert not others & refs(seminar)
    tied = set(ids(model, model.reasons(row(model, "event/shenzhen-seminar"), 0, model.total)))
    assert not others & tied
    for at in range(*model.range("participation")):
        part = model.record(at)
        if isinstance(part, Participation) and part.event in others:
            assert part.id not in refs(seminar)


def _super(record: Record) -> str | None:
    return record.super_event if isinstance(record, Event) else None


def test_a_leader_who_is_only_mentioned_is_nowhere_shown_as_present(model: ReadModel) -> None:
    ref, at = "person/xi-jinping", row(model, "person/xi-jinping")
    assert at not in model.everything("speakers")
    for pane in PANES:
        assert ref not in ids(model, model.everything(pane))
    counts = model.counts(at)
    # His post ties him to organisations; to nothing that took place.
    assert (counts.events, counts.speakers, counts.questions) == (0, 0, 0)
    for other in range(*model.range("participation")):
        part = model.record(other)
        assert isinstance(part, Participation)
        assert part.agent != ref
    for other in range(*model.range("event")):
        assert ref not in refs(profile(model, other))
    found = about(model, ref)
    assert "only mentioned" in lines(found)
    assert section(found, "Mentioned in")
    assert not section(found, "Roles")


def test_the_round_table_counts_for_the_seminar(model: ReadModel) -> None:
    table, seminar = about(model, "event/round-table"), about(model, "event/shenzhen-seminar")
    panellists = {e.ref for e in section(table, "Who spoke") if e.note.startswith("panellist")}
    assert len(panellists) >= 4
    assert not section(seminar, "Who spoke"), "those are the speakers of its parts"
    inside = {e.ref: e.note for e in section(seminar, "Who spoke in its parts")}
    assert panellists <= inside.keys()
    assert all("in Round table discussion" in inside[ref] for ref in panellists)


def test_counts_have_their_denominator(model: ReadModel) -> None:
    (fact,) = [f for f in about(model, "event/shenzhen-seminar").facts if "took part" in f.text]
    assert "more than 120" in fact.text
    assert "named here" in fact.text
    assert fact.numbers


def test_inferred_is_said(model: ReadModel) -> None:
    (date,) = [f for f in about(model, "event/shenzhen-seminar").facts if "September 2023" in f.text]
    event = model.find("event/shenzhen-seminar")
    assert isinstance(event, Event)
    assert date.basis == event.date_basis == "inferred"


@pytest.mark.parametrize("kind", KINDS)
def test_a_profile_says_nothing_twice(model: ReadModel, kind: str) -> None:
    """Neither its title once more, nor a fact, a heading or a line; who is a person is no "it"."""
    for at in range(*model.range(kind)):
        found = profile(model, at)
        facts = [fact.text for fact in found.facts if fact.text]
        assert found.title not in facts, found.ref
        assert len(set(facts)) == len(facts), found.ref
        titles = [each.title for each in found.sections]
        assert len(set(titles)) == len(titles), found.ref
        for each in found.sections:
            shown = [(entry.text, entry.ref, entry.note) for entry in each.entries]
            assert len(set(shown)) == len(shown), (found.ref, each.title)
        assert kind != "person" or not any(" it " in f" {title} " for title in titles)


def test_what_a_title_says_keeps_its_evidence_and_that_it_is_inferred(model: ReadModel) -> None:
    """The numbers stand behind the title; where the wording is inferred, a line says that."""
    for at in range(*model.range("statement")):
        found, record = profile(model, at), model.record(at)
        assert isinstance(record, Statement)
        wording = [cited for cited in found.cited if "summary" in dict(cited.claims).get(record.id, ())]
        inferred = any(piece.basis == "inferred" for piece in record.evidence if "summary" in piece.fields)
        lines_of_wording = [fact for fact in found.facts if fact.text == "this wording"]
        assert [fact.basis for fact in lines_of_wording] == ["inferred"] * inferred, record.id
        if not inferred:
            assert {cited.number for cited in wording} <= set(found.numbers), record.id
