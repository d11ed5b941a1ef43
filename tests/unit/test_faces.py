"""Pane, ``list`` and ``search`` select the same records, and those that a plain walk over the records selects."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenings.__main__ import main
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, kind_of
from convenings.domain.query.keys import KEYS, kinds_of
from convenings.domain.query.parser import parse
from convenings.domain.query.tree import Field, Not, Query, Word, all_of, any_of, asking, conjuncts, fields, has_words
from convenings.domain.query.tree import negated as complement
from convenings.domain.record_values import Evidence
from convenings.domain.records import Initiative, Record, Source
from convenings.index.evaluate import kinds_between
from convenings.index.hits import Tier
from convenings.workspace import Workspace
from tests.unit.indexing import PANES, WORDS, datasets, ids, opened
from tests.unit.query_oracle import Oracle

EVERY = 100_000
"""No limit on hits."""

word = st.sampled_from([*WORDS, *(word[:3] for word in WORDS)])
name_ = word | st.just("none") | st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(" ".join)
value = {
    "kind": st.sampled_from(sorted(KINDS)),
    "role": st.sampled_from(["organiser", "chair", "speaker", "moderator"]),
    "type": st.sampled_from(["workshop", "company", "city", "concept", "report", "supports", "other", "project"]),
    "date": st.sampled_from(["2021", "2021-03-05", "../2020", "2022-06/2024", "1999", "2019/..", "none"]),
    "basis": st.sampled_from(["stated", "inferred"]),
    "status": st.sampled_from(["cancelled", "tentative"]),
    "language": st.sampled_from(["en", "de"]),
    "is": st.sampled_from(["marked", "noted", "unnamed", "gap", "inferred", "undated", "unaffiliated"]),
}
field_ = st.sampled_from(sorted(KEYS)).flatmap(
    lambda key: st.builds(
        Field, st.just(key), value.get(key, name_), quoted=st.booleans() if key not in value else st.just(False)
    )
)


def trees(terms: st.SearchStrategy[Any]) -> st.SearchStrategy[Query]:
    """Queries of some terms."""

    def composed(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        several = st.lists(parts, min_size=2, max_size=3)
        return parts.map(complement) | several.map(all_of) | several.map(any_of)

    return st.recursive(terms, composed, max_leaves=5)


@st.composite
def contents(draw: Callable[[st.SearchStrategy[Any]], Any]) -> list[Record]:
    """Small datasets with records of every kind."""
    content: list[Record] = draw(datasets())
    guess = Evidence(
        source="source/x0", paragraph=1, start=0, end=1, passage_hash="0" * 16, fields=["label"], basis="inferred"
    )
    topics = [record.id for record in content if kind_of(record.id) == "topic"]
    for n in range(2):
        about = draw(st.lists(st.sampled_from(topics), max_size=1)) if topics else []
        content.append(Initiative(id=f"initiative/x{n}", label=draw(word), type="project", topics=about))
        content.append(Source(id=f"source/x{n}", label=draw(word), type="report", evidence=[guess] * n))
    return content


class Faces:
    """One dataset as every face shows it, and the oracle's answer beside."""

    def __init__(self, workspace: Workspace, content: Sequence[Record]) -> None:
        self.workspace = workspace
        self.model = workspace.model
        user, key = workspace.user_data, workspace.user_data_key
        states = {"marked": user.marks(key), "noted": set(user.notes(key))}
        self.names = [name for name in (*PANES, *KINDS) if len(range(*self.model.range(name)))]
        """Panes and kinds that have rows."""
        self._with_word = cache(self._selected_by_word)
        self.oracle = Oracle(content, self._has_word, states)

    def refuses(self, query: Query, place: str) -> bool:
        """Whether a key of a query asks nothing of any record of a pane or kind, or a type is none."""
        wanted = set(kinds_between(self.model, *self.model.range(place)))
        for part in conjuncts(query):
            if isinstance(part, Field) and part.key == "kind":
                wanted &= {part.value}
        types = {getattr(record, name, "") for record in self.oracle.records.values() for name in ("type", "form")}
        senseless = wanted and any(
            wanted.isdisjoint(kinds_of(each.key, each.value if each.key == "is" else "")) for each in fields(query)
        )
        # A type, or a language, that no record has is refused.
        values = {
            "type": types,
            "language": {getattr(record, "language", "") for record in self.oracle.records.values()},
        }
        return bool(senseless) or any(each.value not in values.get(each.key, (each.value,)) for each in fields(query))

    def expected(self, query: Query, place: str) -> list[str]:
        """Ids of a pane or kind, in its order, that a walk over the records selects."""
        refs = ids(self.model, range(*self.model.range(place)))
        self._place = place
        return [ref for ref in refs if self.oracle.selects(query, ref)]

    def pane(self, query: Query, place: str) -> list[str]:
        """What a pane shows."""
        return ids(self.model, self.workspace.matching(query, *self.model.range(place)))

    def list_command(self, line: str, kind: str) -> list[str]:
        """What ``convenings list --json`` prints."""
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            main(["list", kind, "--json", "--dataset", str(self.model.path), f"--filter={line}"])
        return [record["id"] for record in json.loads(out.getvalue())]

    def hits(self, line: str, kind: str) -> dict[str, int]:
        """What ``search`` finds of a kind, with the tier of each hit."""
        hits = self.workspace.search(line, EVERY, [kind])
        return dict(zip(ids(self.model, [hit.row for hit in hits]), (hit.tier for hit in hits), strict=True))

    def _has_word(self, each: Word, ref: str) -> bool:
        return ref in self._with_word(each, self._place)

    def _selected_by_word(self, each: Word, place: str) -> frozenset[str]:
        return frozenset(self.pane(each, place))


@contextmanager
def faces(path: Path, content: list[Record], marks: Sequence[int], notes: Sequence[int]) -> Iterator[Faces]:
    """A dataset of these records, of which those at some numbers are marked or have a note."""
    with opened(path, content) as model:
        workspace, refs = Workspace(model), [record.id for record in content]
        for ref in workspace.user_data.marks(workspace.user_data_key):
            workspace.user_data.toggle_mark(workspace.user_data_key, ref)
        for ref in {refs[number % len(refs)] for number in marks}:
            workspace.user_data.toggle_mark(workspace.user_data_key, ref)
        for ref in {refs[number % len(refs)] for number in notes}:
            workspace.user_data.set_note(workspace.user_data_key, ref, "note")
        yield Faces(workspace, content)


numbers = st.lists(st.integers(0, 40), max_size=8)
many = settings(max_examples=25, suppress_health_check=[HealthCheck.data_too_large])


@many
@given(content=contents(), marks=numbers, notes=numbers, queries=st.lists(trees(field_), min_size=4, max_size=8))
def test_keys_negations_and_alternatives_select_the_same_on_every_face(
    tmp_path_factory: pytest.TempPathFactory,
    content: list[Record],
    marks: list[int],
    notes: list[int],
    queries: list[Query],
) -> None:
    with faces(tmp_path_factory.mktemp("faces") / "set.json", content, marks, notes) as dataset:
        for query in queries:
            line = str(query)
            for name in dataset.names:
                if dataset.refuses(query, name):
                    with pytest.raises(BadInput, match=r"has no meaning for|no (type|language) is called"):
                        dataset.pane(query, name)
                    continue
                expected = dataset.expected(query, name)
                assert dataset.pane(query, name) == expected, (line, name)
                if name in KINDS:
                    assert set(dataset.hits(line, name)) == set(expected), (line, name)
            kind = next((name for name in dataset.names if name in KINDS and not dataset.refuses(query, name)), None)
            if kind is not None:
                assert dataset.list_command(line, kind) == dataset.expected(query, kind), (line, kind)


@many
@given(
    content=contents(),
    marks=numbers,
    queries=st.lists(trees(field_ | st.builds(Word, word)), min_size=4, max_size=8),
)
def test_words_are_put_together_the_same_on_every_face(
    tmp_path_factory: pytest.TempPathFactory, content: list[Record], marks: list[int], queries: list[Query]
) -> None:
    """A pane keeps what its words and keys select, one by one; a hit is kept by all else than its words."""
    with faces(tmp_path_factory.mktemp("faces") / "set.json", content, marks, ()) as dataset:
        for query in filter(has_words, queries):
            line = str(query)
            for name in dataset.names:
                if dataset.refuses(query, name):
                    continue
                expected = dataset.expected(query, name)
                assert dataset.pane(query, name) == expected, (line, name)
                opposite = complement(query)
                rows = range(*dataset.model.range(name))
                assert sorted([*expected, *dataset.expected(opposite, name)]) == sorted(ids(dataset.model, rows))
                if name in KINDS and not _only_excludes(query):
                    hits = dataset.hits(line, name)
                    # A pane takes the beginning of a word in a text, a search only whole ones there: so look at names.
                    assert {ref for ref, tier in hits.items() if tier <= Tier.EXTRA} <= set(expected) or has_group(
                        query
                    )
                    rest = rest_of(query)
                    assert set(hits) <= set(dataset.expected(rest, name)), (line, name)


def _only_excludes(query: Query) -> bool:
    """Whether a query says only which words it does not want, and so finds nothing."""
    return not any(fields(query)) and all(isinstance(part, Not) for part in conjuncts(query))


def has_group(query: Query) -> bool:
    """Whether words stand in alternatives, of which each is searched by itself."""
    return any(not isinstance(part, Word | Field | Not) for part in conjuncts(query))


def rest_of(query: Query) -> Query:
    """What must hold of a hit besides the words that it is ranked by."""
    if not isinstance(query, Word) and any(isinstance(part, Word) for part in conjuncts(query)):
        return all_of([part for part in conjuncts(query) if not isinstance(part, Word)] or [asking(parse(""))])
    return asking(parse("")) if has_group(query) or isinstance(query, Word) else query


def test_a_mark_is_seen_by_every_face(tmp_path: Path) -> None:
    content: list[Record] = [Initiative(id=f"initiative/{n}", label=f"Alpine {n}", type="project") for n in "abc"]
    with faces(tmp_path / "set.json", content, [1], [2]) as dataset:
        for line, refs in (
            ("is:marked", ["initiative/b"]),
            ("alpine is:marked", ["initiative/b"]),
            ("is:noted or is:marked", ["initiative/b", "initiative/c"]),
            ("!is:marked", ["initiative/a", "initiative/c"]),
            ("alpine !(is:noted or is:marked)", ["initiative/a"]),
        ):
            assert dataset.pane(parse(line), "initiative") == dataset.list_command(line, "initiative") == refs
            assert list(dataset.hits(line, "initiative")) == refs


def test_pins_are_known_to_the_explorer_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content: list[Record] = [Initiative(id=f"initiative/{n}", label=f"Alpine {n}", type="project") for n in "ab"]
    with faces(tmp_path / "set.json", content, [], []) as dataset:
        span = dataset.model.range("initiative")
        assert dataset.workspace.matching(parse("is:pinned"), *span, pinned=[span[0]]) == [span[0]]
        assert [hit.row for hit in dataset.workspace.search("alpine is:pinned", pinned=[span[0]])] == [span[0]]
        assert dataset.workspace.matching(parse("is:pinned"), *span, pinned=[]) == []
        assert dataset.workspace.search("alpine is:pinned", pinned=[]) == []
        for arguments in (["list", "initiative", "--filter", "is:pinned"], ["search", "alpine", "!is:pinned"]):
            assert main([*arguments, "--dataset", str(dataset.model.path)]) == 2
            assert "is:pinned has no meaning here; only the explorer has pins" in capsys.readouterr().err


def test_user_data_is_read_only_where_a_query_speaks_of_it(tmp_path: Path, own_folders: Path) -> None:
    content: list[Record] = [Initiative(id="initiative/a", label="Alpine", type="project")]
    folder = own_folders / "data"
    folder.mkdir()
    (folder / "own.json").write_text("spoiled")
    with opened(tmp_path / "set.json", content) as model:
        path = str(model.path)
    for arguments, warnings in (
        (["list", "initiative", "--filter", "type:project"], 0),
        (["search", "type:project"], 0),
        (["search", "alpine", "is:marked", "or", "is:noted"], 1),
    ):
        err = io.StringIO()
        with redirect_stdout(io.StringIO()), redirect_stderr(err):
            main([*arguments, "--dataset", path])
        assert err.getvalue().count("corrupt") == 2 * warnings, err.getvalue()
