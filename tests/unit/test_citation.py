"""A citation names record, source, paragraph and dataset in one harmless line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from convenings.domain.records import (
    Person,
    Record,
    Source,
    Topic,
)
from convenings.index.model import ReadModel
from convenings.presentation.citation import citation
from convenings.presentation.profile.compose import profile
from tests.unit import factory
from tests.unit.indexing import bundled, opened, row


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    with bundled(tmp_path_factory.mktemp("bundled")) as found:
        yield found


def cite(model: ReadModel, ref: str, number: int = 0) -> str:
    about = profile(model, row(model, ref))
    return citation(model, about, about.cited[number - 1] if number else None)


def test_the_first_passage_unless_another_is_given(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json") as small:
        assert cite(small, "person/ana") == "Ana Lima. A day on rivers (2021-05), paragraph 3. Rivers, person/ana."
        assert cite(small, "event/day", 1) == cite(small, "event/day")
        numbers = len(profile(small, row(small, "question/owner")).cited)
        assert "paragraph 3" in cite(small, "question/owner", numbers)


def test_inferred_evidence_is_called_so(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json") as small:
        about = profile(small, row(small, "topic/rivers"))
        inferred = next(cited for cited in about.cited if cited.evidence.basis == "inferred")
        assert ", paragraph 1, inferred. Rivers, topic/rivers." in citation(small, about, inferred)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Rivers are public.", "Rivers are public. "),
        ("Who owns a river?", "Who owns a river? "),
        ("“Who owns it?”", "“Who owns it?” "),
        ("谁拥有河流？", "谁拥有河流？ "),
        ("And so on…", "And so on… "),
        ("Rivers", "Rivers. "),
    ],
)
def test_a_title_that_is_a_sentence_gets_no_second_full_stop(tmp_path: Path, title: str, sentence: str) -> None:
    with opened(tmp_path / "set.json", [Topic(id="topic/t", label=title, type="concept")]) as small:
        assert cite(small, "topic/t").startswith(sentence)


def test_without_evidence_or_source_it_still_says_what_is_meant(tmp_path: Path) -> None:
    lost = factory.evidence(1, "rivers", "label")
    content: list[Record] = [
        Person(id="person/p", label="P"),
        Topic(id="topic/t", label="T", type="concept", evidence=[lost]),
    ]
    with opened(tmp_path / "set.json", content) as small:
        assert cite(small, "person/p") == "P. Rivers, person/p."
        assert cite(small, "topic/t") == "T. Rivers, topic/t."


def test_a_source_without_title_or_date_is_named_by_its_label(tmp_path: Path) -> None:
    content = [
        msgspec.structs.replace(record, title="", published=None) if isinstance(record, Source) else record
        for record in factory.records()
    ]
    with opened(tmp_path / "set.json", content) as small:
        assert cite(small, "person/ana") == "Ana Lima. Rivers, paragraph 3. Rivers, person/ana."


def test_nothing_in_it_can_do_harm(tmp_path: Path) -> None:
    bad = "\x1b[31mx\u202e\ny"
    content = [
        msgspec.structs.replace(record, title=bad, published=bad, label=bad)
        if isinstance(record, Source)
        else msgspec.structs.replace(record, label=bad)
        if isinstance(record, Person)
        else record
        for record in factory.records()
    ]
    content.append(Topic(id=f"topic/{bad}", label="T", type="concept"))
    with opened(tmp_path / "set.json", content) as small:
        for ref in ("person/ana", f"topic/{bad}"):
            said = cite(small, ref)
            assert said.isprintable()
            assert "\u202e" not in said


def test_every_record_of_the_bundled_dataset_can_be_cited(model: ReadModel) -> None:
    for at in range(model.total):
        said = citation(model, profile(model, at))
        assert said.endswith(f"{model.title}, {model.one(at).id}.")
        assert "paragraph" in said
        assert said.isprintable()
