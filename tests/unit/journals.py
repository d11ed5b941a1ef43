"""What tests of the journal share: a dataset of two people, its steps, and what its people are called."""

from __future__ import annotations

from pathlib import Path

import msgspec

from convenings.domain.records import Person
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.journal import Journal, Step

ANA, BO = Person(id="person/ana", label="Ana"), Person(id="person/bo", label="Bo")


def two_people(folder: Path) -> Dataset:
    """A new dataset of two people."""
    return Dataset.create(folder / "set.json", "Set", batch=Batch(insert=[ANA, BO]))


def steps(dataset: Dataset) -> list[Step]:
    """The steps of the journal of a dataset, the first one first."""
    return [entry.step for entry in Journal(dataset.path).entries()]


def people(dataset: Dataset) -> dict[str, str]:
    """Id of each person to what it is called."""
    return {record.id: record.label for record in dataset.records("person") if isinstance(record, Person)}


def renamed(record: Person, label: str) -> Person:
    """A person with another name."""
    return msgspec.structs.replace(record, label=label)
