"""The second reading of a dataset, table by table: the same records in the same places, of the same file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Person, Record
from convenings.index.build.table_reader import TableReader
from convenings.store.dataset import Dataset
from tests.unit import factory

Places = list[tuple[str, int, int, Record]]


def read_again(path: Path, meanwhile: Callable[[Path], object] = lambda _: None) -> tuple[Places, Places]:
    """What is read of a dataset at first, and once more after something has happened to its file."""
    dataset = Dataset.open(path)
    layout = dataset.layout()
    expected = list(dataset.scan(layout=layout))
    with path.open("rb") as file, ThreadPoolExecutor(max_workers=1) as background:
        tables = TableReader(dataset, layout, file)
        meanwhile(path)
        return expected, list(tables.scan(sha256(layout.data).hexdigest(), background))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "set.json"
    factory.write(path, redirects={"person/old": "person/ana"})
    return path


def test_every_record_is_read_again_at_its_place(dataset: Path) -> None:
    first, second = read_again(dataset)
    assert first == second
    assert len(first) == len(factory.records())


def test_white_space_does_not_matter(dataset: Path) -> None:
    dataset.write_bytes(b" " + dataset.read_bytes().replace(b'": {', b'" :\n {') + b"\n\n")
    first, second = read_again(dataset)
    assert first == second


def test_a_record_that_is_none_is_refused_as_what_it_is(dataset: Path) -> None:
    misspell(dataset)
    reader = Dataset(dataset)
    layout = reader.layout()
    with dataset.open("rb") as file, ThreadPoolExecutor(max_workers=1) as background:
        tables = TableReader(reader, layout, file)
        with pytest.raises(BadInput, match="there is no field 'famliy'"):
            list(tables.scan(sha256(layout.data).hexdigest(), background))


def test_a_file_that_another_one_replaces_is_read_to_its_end(dataset: Path) -> None:
    first, second = read_again(dataset, lambda path: Dataset.open(path).insert([Person(id="person/bo", label="Bo")]))
    assert first == second


def rename_in_place(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Ana Lima", b"Eva Lima"))


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def misspell(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"family"', b'"famliy"'))


@pytest.mark.parametrize("change", [rename_in_place, cut_off, misspell])
def test_a_file_that_is_written_into_is_refused(dataset: Path, change: Callable[[Path], None]) -> None:
    with pytest.raises(BadInput) as caught:
        read_again(dataset, change)
    assert "changes while it is read" in str(caught.value)
    assert caught.value.file == str(dataset)
    assert caught.value.hint
