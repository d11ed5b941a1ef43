"""What somebody who has read both reports holds the bundled dataset to."""

from __future__ import annotations

from functools import cache
from typing import cast

import pytest

from convenings.domain.basis import inferred_fields
from convenings.domain.kinds import REFERENCES, kind_of
from convenings.domain.record_values import Evidence
from convenings.domain.records import (
    Event,
    Gap,
    Organisation,
    Question,
    Record,
    Relation,
    Source,
    Statement,
    Topic,
)
from convenings.domain.references import ids_in
from convenings.store.dataset import Dataset
from convenings.store.paths import bundled_dataset


@cache
def records() -> dict[str, Record]:
    return {record.id: record for _, _, _, record in Dataset.open(bundled_dataset()).scan()}


def sources_of(record: Record) -> set[str]:
    return {piece.source for piece in record.evidence}


def statement(slug: str) -> Statement:
    return cast(Statement, records()[f"statement/{slug}"])


def covers(piece: Evidence, other: Evidence) -> bool:
    """Whether the passage of the one contains the passage of the other."""
    place, other_place = (piece.source, piece.paragraph), (other.source, other.paragraph)
    return place == other_place and piece.start <= other.start and other.end <= piece.end


def overlaps(piece: Evidence, other: Evidence) -> bool:
    """Whether the passages of the two have a word in common."""
    place, other_place = (piece.source, piece.paragraph), (other.source, other.paragraph)
    return place == other_place and piece.start < other.end and other.start < piece.end


def texts(piece: Evidence) -> bool:
    """Whether the evidence supports a summary or topics."""
    return not {"summary", "topics"}.isdisjoint(piece.fields)


def test_every_id_that_went_leads_to_a_record() -> None:
    former = Dataset.open(bundled_dataset()).resolved_redirects()
    assert former["topic/research-policy"] == "topic/social-impact"
    assert former["event/shenzhen-opening"] == "event/shenzhen-seminar"
    assert former["relation/sharp-supports-workshop"] == "participation/workshop-sharp-supporter"
    assert set(former.values()) <= records().keys()
    assert not former.keys() & records().keys()


def test_every_inferred_bearing_has_a_reason_of_its_own() -> None:
    bearings = [b for r in records().values() if isinstance(r, Statement) for b in r.questions if b.basis == "inferred"]
    reasons = [bearing.reason for bearing in bearings]
    assert reasons
    assert all(reason and "our classification" not in reason for reason in reasons)
    assert len(set(reasons)) == len(reasons)


def test_a_bearing_on_a_question_of_the_other_report_says_so() -> None:
    for record in records().values():
        for bearing in record.questions if isinstance(record, Statement) else ():
            across = sources_of(record).isdisjoint(sources_of(records()[bearing.question]))
            assert bearing.reason.endswith("(the question is of the other report)") == across, (record.id, bearing)
            # Neither report refers to the other, so that no tie between them is stated.
            assert not across or bearing.basis == "inferred"


def test_no_order_and_no_grouping_is_taken_for_stated() -> None:
    """No report numbers the parts of an event, nor makes one round of the visits that it tells in one sentence."""
    for record in records().values():
        if isinstance(record, Event) and record.position is not None:
            assert "position" in inferred_fields(record), record.id
    for slug in ("visit-youchange", "visit-tsinghua", "unsw-visits"):
        assert "super_event" in inferred_fields(records()[f"event/{slug}"])


def test_a_likeness_between_two_records_is_an_inference() -> None:
    likenesses = [r for r in records().values() if isinstance(r, Relation) and r.type in {"close to", "same as"}]
    assert likenesses
    for relation in likenesses:
        assert {"type", "subject", "object"} <= inferred_fields(relation), relation.id
        assert "three wordings" not in "".join(piece.note for piece in relation.evidence)


def test_an_inferred_name_has_a_passage_of_its_own() -> None:
    for record in records().values():
        names = getattr(record, "names", ())
        stated = [piece for piece in record.evidence if "names" in piece.fields and piece.basis == "stated"]
        assert any(name.basis == "stated" for name in names) or not stated, record.id


def test_who_is_recognised_under_another_name_is_an_inference_wherever_it_counts() -> None:
    """XI, the Party Central Committee, the Chinese Red Cross Foundation: that each is one we know is our reading."""
    checked = set()
    for party in records().values():
        readings = [e for e in party.evidence if e.basis == "inferred" and "names" in e.fields]
        for record in records().values():
            for name in REFERENCES[kind_of(record.id)] if readings and not isinstance(record, Gap) else ():
                if party.id not in ids_in(getattr(record, name)):
                    continue
                pieces = [piece for piece in record.evidence if name in piece.fields]
                if any(covers(piece, reading) for piece in pieces for reading in readings):
                    assert name in inferred_fields(record), (record.id, name)
                    checked.add(record.id)
    assert {"statement/xi-on-human-life", "statement/party-on-ethics", "statement/wang-humanity-day"} <= checked
    assert "relation/foundation-co-organises-day" in checked


def test_what_is_taken_as_a_speech_is_so_in_the_summary_of_the_speech_too() -> None:
    """Sentences that the report does not mark as the speaker's are no firmer in the event than in the statements."""
    checked = set()
    for claim in records().values():
        if not isinstance(claim, Statement) or not {"event", "agents"} <= inferred_fields(claim):
            continue
        event = records()[cast(str, claim.event)]
        supports = [piece for piece in claim.evidence if "summary" in piece.fields]
        # A sentence that comes after the speaker's words again is marked in the statement of those.
        last = max(supports, key=lambda piece: piece.start)
        for piece in filter(texts, event.evidence):
            if overlaps(piece, last):
                assert piece.basis == "inferred", (event.id, claim.id)
                checked.add(event.id)
    assert checked == {"event/yang-haobo-speech", "event/keynote"}


def test_where_a_statement_is_taken_as_made_a_participation_is_taken_as_had() -> None:
    part = records()["participation/remarks-huang-haoming"]
    assert {"event", "role"} <= inferred_fields(part)
    assert "event" in inferred_fields(statement("huang-capacity"))
    assert "event" in inferred_fields(records()["participation/workshop-undp-commentator"])
    assert "event" in inferred_fields(statement("cases-commented"))


def test_that_two_wordings_are_one_topic_is_an_inference() -> None:
    for slug in ("research-collaboration", "application-scenarios", "scientific-innovation", "science-ethics"):
        assert "type" in inferred_fields(records()[f"topic/{slug}"]), slug


def test_a_type_known_from_geography_is_an_inference() -> None:
    for slug in ("beijing", "sydney", "shenzhen"):
        assert "type" in inferred_fields(records()[f"place/{slug}"]), slug


def test_a_stated_bearing_rests_on_the_words_of_its_question() -> None:
    for record in records().values():
        for bearing in record.questions if isinstance(record, Statement) else ():
            words = [piece for piece in records()[bearing.question].evidence if "text" in piece.fields]
            meet = any(overlaps(piece, word) for piece in bearing.evidence for word in words)
            assert meet or bearing.basis == "inferred", record.id


def test_a_gap_about_what_somebody_did_shows_with_the_person() -> None:
    for gap in (record for record in records().values() if isinstance(record, Gap)):
        for ref in gap.about:
            person = getattr(records()[ref], "person", None) or getattr(records()[ref], "agent", None)
            assert not person or kind_of(person) != "person" or person in gap.about, (gap.id, person)


def test_a_gap_concerns_all_that_has_it() -> None:
    support, grammar = (cast(Gap, records()[f"gap/{slug}"]) for slug in ("support-kind", "program-grammar"))
    assert {"relation/acc-supports-project", "participation/workshop-acc-supporter"} <= set(support.about)
    assert {"statement/workshops-inform-research", "statement/program-bridges"} <= set(grammar.about)
    for slug, event in (("yang-continuation", "event/yang-haobo-speech"), ("wang-continuation", "event/keynote")):
        assert event in cast(Gap, records()[f"gap/{slug}"]).about


def test_what_a_gap_calls_open_no_summary_settles() -> None:
    """Which activities the agencies commented on is not clear."""
    for ref in ("event/beijing-agency-comments", "statement/agencies-questions"):
        assert "“these activities”" in cast(Event | Statement, records()[ref]).summary


def test_a_part_has_what_its_whole_was_for() -> None:
    for slug in ("unsw-visits", "visit-youchange", "visit-tsinghua"):
        assert "topic/research-collaboration" in cast(Event, records()[f"event/{slug}"]).topics


def test_what_repeats_a_question_leads_to_the_question() -> None:
    """Novelty is not social innovation, and users are not enterprises."""
    former = Dataset.open(bundled_dataset()).resolved_redirects()
    assert former["topic/novelty"] == "question/in-what-ways-new"
    assert former["topic/users"] == "question/how-users-react"
    assert former["topic/sustainability-of-practices"] == "question/sustainable"


def test_every_topic_is_of_use() -> None:
    used = {ref for record in records().values() for ref in getattr(record, "topics", ())}
    used |= {record.broader for record in records().values() if isinstance(record, Topic) and record.broader}
    assert {record.id for record in records().values() if isinstance(record, Topic)} <= used


def test_no_note_speaks_of_what_stands_elsewhere() -> None:
    """A note of why topics were chosen is not left behind from questions that stood beside them."""
    for record in records().values():
        for piece in record.evidence:
            assert piece.fields != ["topics"] or "question" not in piece.note, record.id


def test_an_id_says_that_somebody_runs_something_only_where_the_type_does() -> None:
    for record in records().values():
        if isinstance(record, Relation) and "-runs-" in record.id:
            assert record.type == "runs", record.id


def test_the_reports_meet_in_questions_of_each_by_statements_of_the_other() -> None:
    across: dict[str, set[str]] = {}
    for record in records().values():
        for bearing in record.questions if isinstance(record, Statement) else ():
            if sources_of(record).isdisjoint(sources_of(records()[bearing.question])):
                across.setdefault(bearing.question, set()).add(record.id)
    assert across["question/what-drives-enterprises"] == {
        "statement/yang-guides-enterprises",
        "statement/chen-connection",
    }
    assert "statement/new-possibilities" in across["question/enterprises-and-public-welfare"]
    assert "statement/chen-experience" in across["question/how-entrepreneurs-innovate"]
    assert "statement/attendees-agreed" in across["question/integrate-technology-and-needs"]
    assert "statement/wang-rescue-platform" in across["question/technology-for-social-innovation"]
    # What only sounds alike, as "new" methods and "Chinese" characteristics, is no answer.
    assert across.keys().isdisjoint(
        {f"question/{slug}" for slug in ("sustainable", "in-what-ways-new", "unique-to-china")}
    )


def test_who_discussed_is_not_said_to_be_mentioned() -> None:
    for slug in ("round-table-goodness", "round-table-enterprises", "round-table-theme"):
        assert len(statement(slug).agents) == 5
        assert not statement(slug).mentions


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("how-entrepreneurs-innovate", "set as aim"),
        ("technology-for-quality-development", "set as aim"),
        ("role-of-charities", "asked by the report"),
        ("integrate-technology-and-needs", "asked by the report"),
        ("unique-to-china", "raised"),
    ],
)
def test_what_happened_to_a_question_is_what_the_report_says(question: str, act: str) -> None:
    assert cast(Question, records()[f"question/{question}"]).occurrences[0].act == act


def test_where_something_sits_is_not_who_runs_it() -> None:
    sharp = cast(Relation, records()["relation/sharp-at-sprc"])
    assert (sharp.subject, sharp.type, sharp.object) == ("initiative/sharp", "housed at", "organisation/sprc")


def test_passages_of_one_paragraph_are_told_apart() -> None:
    source = cast(Source, records()["source/shenzhen-seminar-report"])
    assert len({part.digest for part in source.digest[5].parts}) == 10
    assert source.published_by is None
    assert isinstance(records()["organisation/tencent"], Organisation)
