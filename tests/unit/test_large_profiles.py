"""Profiles of what has very many ties or parts: what is read is bounded, and what is not listed is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import (
    Event,
    Initiative,
    Membership,
    Organisation,
    Participation,
    Person,
    Question,
    Record,
    Relation,
    Statement,
    Topic,
)
from convenings.index.model import ReadModel
from convenings.presentation.profile import event, kinds, sections
from convenings.presentation.profile.builder import MOST_ENTRIES
from tests.unit.factory import bearing
from tests.unit.indexing import opened
from tests.unit.profiles import about, lines, section


def test_long_sections_are_cut_and_counted(tmp_path: Path) -> None:
    content: list[Record] = [Initiative(id="initiative/i", label="I", type="project", topics=["topic/t"])]
    content += [Topic(id="topic/t", label="T", type="concept")]
    content += [
        Statement(id=f"statement/s{n}", type="report", summary=f"Claim {n}", topics=["topic/t"])
        for n in range(MOST_ENTRIES + 5)
    ]
    with opened(tmp_path / "set.json", content) as small:
        (statements,) = [s for s in about(small, "topic/t").sections if s.title == "Statements"]
        assert (len(statements.entries), statements.total) == (MOST_ENTRIES, MOST_ENTRIES + 5)


def test_a_long_section_reads_no_more_than_it_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content: list[Record] = [Topic(id="topic/t", label="T", type="concept")]
    content += [
        Statement(id=f"statement/s{n}", type="report", summary=f"Claim {n}", topics=["topic/t"])
        for n in range(3 * MOST_ENTRIES)
    ]
    with opened(tmp_path / "set.json", content) as small:
        read: list[int] = []
        record = ReadModel.record

        def note(self: ReadModel, at: int) -> Record:
            read.append(at)
            return record(self, at)

        monkeypatch.setattr(ReadModel, "record", note)
        (statements,) = about(small, "topic/t").sections
        assert (statements.total, statements.counted) == (3 * MOST_ENTRIES, True)
        assert len(read) == 1 + MOST_ENTRIES


def test_of_what_has_very_many_ties_the_first_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is listed is the beginning of what would be, and no number is said to be all that is not known to be."""
    content: list[Record] = [Organisation(id="organisation/o", label="O", type="foundation")]
    content += [Person(id=f"person/p{n}", label=f"P{n}") for n in range(10)]
    content += [Event(id=f"event/e{n}", label=f"E{n}", type="workshop", date=f"{2000 + n}") for n in range(9)]
    for n in reversed(range(9)):
        content += [
            Participation(
                id=f"participation/p{n}", event=f"event/e{n}", agent=f"person/p{n}", role="speaker",
                on_behalf_of=["organisation/o"],
            ),
            Statement(
                id=f"statement/s{n}", type="report", summary=f"{n}", agents=[f"person/p{n}"], event=f"event/e{n}",
                questions=[bearing("question/q")],
            ),
        ]  # fmt: skip
    content += [
        Relation(id="relation/r", subject="person/p9", type="other", object="organisation/o"),
        *(
            Membership(id=f"membership/m{n}", person=f"person/p{n}", organisation="organisation/o", title="Member")
            for n in (8, 7)
        ),
    ]
    content += [Question(id="question/q", label="Q?", text="Q?", form="numbered", occurrences=[])]
    titles = ["Roles", "People", "What was said for it"]
    with opened(tmp_path / "set.json", content) as small:
        whole = about(small, "organisation/o")
        assert [(s.title, s.total, s.counted) for s in whole.sections if s.title in titles] == [
            (title, 9, True) for title in titles
        ]
        for module in (kinds, sections):
            monkeypatch.setattr(module, "MOST_DECODED", 4)
        found = about(small, "organisation/o")
        assert [(s.title, s.number, len(s.entries)) for s in found.sections if s.title in titles] == [
            ("Roles", "9", 4),
            ("People", "9 or more", 6),
            ("What was said for it", "9", 9),
        ]
        assert section(found, "Questions it bears on") == section(whole, "Questions it bears on") != []
        for title in titles:
            first = [e.ref for e in section(found, title)]
            every = [e.ref for e in section(whole, title)]
            assert first == [ref for ref in every if ref in first], title
            assert first == every[: len(first)], title
        assert [e.ref for e in section(found, "Roles")] == [f"event/e{n}" for n in range(4)]


def test_what_took_place_in_very_many_parts_is_not_said_to_be_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content: list[Record] = [Event(id="event/e", label="E", type="seminar"), Person(id="person/p", label="P")]
    for n in range(6):
        content += [
            Event(id=f"event/s{n}", label=f"S{n}", type="speech", super_event="event/e", position=n),
            Participation(id=f"participation/p{n}", event=f"event/s{n}", agent="person/p", role="speaker"),
            Statement(id=f"statement/s{n}", type="report", summary=f"{n}", agents=["person/p"], event=f"event/s{n}"),
        ]
    with opened(tmp_path / "set.json", content) as small:
        for read, numbers in ((7, ["6", "6", "6"]), (4, ["3 or more", "6", "3 or more"])):
            monkeypatch.setattr(event, "SESSIONS_READ", read)
            found = about(small, "event/e")
            assert [s.title for s in found.sections] == [
                "Who spoke in its parts",
                "Parts",
                "What was said in its parts",
            ]
            assert [s.number for s in found.sections] == numbers
            said = "of its 6 parts the first 3 are looked into here"
            assert (said in lines(found)) == (read == 4)
