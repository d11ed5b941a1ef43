"""What has no screen: ``python -m tests.benchmarks.inprocess WHAT FILE`` measures one thing and prints it as JSON.

Each in a process of its own, so that none has what another one has read.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.record_values import Evidence
from convenings.domain.records import Person, Record, Source
from convenings.domain.text import fold
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.index.search import Search
from tests.benchmarks.terminal import descendants, proportional, take_turns

QUERIES = 500
NAMES = 300
"""Names that each sort of recall is measured with."""
RECALL_AT = 10


def engine(path: Path) -> dict[str, float]:
    """Median and slowest of mixed queries, each asked once, in milliseconds, and how many took 50 or more."""
    model = open_model(path)
    search = Search(model)
    times = []
    for query in _mixed(model, random.Random(2)):
        began = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - began) * 1000)
    return {"median": median(times), "slowest": max(times), "over": sum(each >= 50 for each in times)}


def _mixed(model: ReadModel, rng: random.Random) -> Iterator[str]:
    """Queries as people type them, of every sort in turn."""
    made = 0
    while made < QUERIES:
        person = _person(model, rng)
        native = next((name.value for name in person.names if name.type == "native"), "")
        organisation = fold(model.one(rng.randrange(*model.range("organisation"))).label).split()
        question = fold(model.one(rng.randrange(*model.range("question"))).label).split()
        words, long = fold(person.label).split(), max(organisation, key=len)
        for query in (
            person.label, " ".join(reversed(words)), " ".join(word[:4] for word in words), words[0][:1], words[0][:2],
            _slip(words[-1], rng), f"{words[0]} {_slip(words[-1], rng)}", native[:1], native[:2],
            " ".join(organisation[:2]), _slip(long, rng), long[2:], " ".join(question[2:5]),
            "".join(word[0] for word in organisation), f"role:moderator {words[0]}",
            "kind:organisation " + long[:3], "zzzqx",
        ):  # fmt: skip
            if query and made < QUERIES:
                made += 1
                yield query


def recall(path: Path) -> dict[str, float]:
    """Share of queries whose first ten hits hold the record meant, by sort of query.

    Where more than ten records are called exactly what was asked for, ten of them count as well: nothing tells the
    right one from its namesakes.
    """
    model, rng = open_model(path), random.Random(3)
    search = Search(model)

    def words_of(person: Person) -> set[str]:
        return {" ".join(sorted(fold(person.label).split()))}

    def characters_of(person: Person) -> set[str]:
        return {name.value[:2] for name in person.names if name.type == "native"}

    def share(ask: Callable[[Person], str], called: Callable[[Person], set[str]]) -> float:
        asked = found = 0
        while asked < NAMES:
            person = _person(model, rng)
            if not (query := ask(person)):
                continue
            asked += 1
            ids = [model.one(hit.row).id for hit in search(query, RECALL_AT)]
            found += person.id in ids or (len(ids) == RECALL_AT and all(_like(model, i, person, called) for i in ids))
        return found / asked

    def other_order(person: Person) -> str:
        first, last = person.given, person.family
        return f"{first} {last}" if person.names[0].order == "family-first" else f"{last} {first}"

    def slipped(person: Person) -> str:
        return f"{person.given} {_slip(fold(person.family), rng)}" if len(fold(person.family)) >= 4 else ""

    return {
        "reversed": share(other_order, words_of),
        "typo": share(slipped, words_of),
        "characters": share(lambda person: next(iter(characters_of(person)), ""), characters_of),
    }


def _like(model: ReadModel, ref: str, person: Person, called: Callable[[Person], set[str]]) -> bool:
    """Whether a record is a person called the same."""
    found = model.find(ref)
    return isinstance(found, Person) and bool(called(found) & called(person))


def _person(model: ReadModel, rng: random.Random) -> Person:
    found = model.record(rng.randrange(*model.range("person")))
    assert isinstance(found, Person)
    return found


def _slip(word: str, rng: random.Random) -> str:
    """The word with one slip after its first letter: a letter wrong, missing, twice, or two the wrong way round."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    slips = (word[:at] + "x" + word[at + 1 :], word[:at] + word[at + 1 :], word[:at] + word[at - 1] + word[at:])
    turned = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return rng.choice([slip for slip in (*slips, turned) if slip != word])


def build(path: Path) -> dict[str, float]:
    """Seconds and peak megabytes of building the index, whatever processes it is done in; the cache must be empty.

    Memory that processes share is counted once; where the system does not tell, only the largest process counts.
    """
    import resource

    done, peak = Event(), 0.0

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, sum(map(proportional, (os.getpid(), *descendants(os.getpid())))))

    watcher = Thread(target=watch)
    began = time.perf_counter()
    building = subprocess.Popen(
        [sys.executable, "-m", "convenings.index.build.child", str(path)], stdout=subprocess.DEVNULL
    )
    watcher.start()
    building.wait()
    took = time.perf_counter() - began
    done.set()
    watcher.join()
    unit = 2**20 if sys.platform == "darwin" else 2**10
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    return {"seconds": took, "megabytes": max(peak, largest)}


def parse(path: Path) -> dict[str, float]:
    """Seconds of decoding the file into typed records with the collector off, which is the fastest way to have all."""
    import msgspec

    from convenings.store.canonical import Info

    tables: list[tuple[str, Any]] = [(TABLES[kind], dict.__class_getitem__((str, KINDS[kind]))) for kind in KINDS]
    whole = msgspec.defstruct("Whole", [("dataset", dict[str, Info]), *tables], gc=False)
    decoder = msgspec.json.Decoder(whole)
    data = path.read_bytes()
    gc.disable()
    began = time.perf_counter()
    decoder.decode(data)
    return {"seconds": time.perf_counter() - began}


def insert(path: Path) -> dict[str, float]:
    """Adding one record durably, against TinyDB's own way, in milliseconds.

    ``first`` is the first one of a file that nothing is known of, which is looked through before it.
    """
    from tinydb import TinyDB

    from convenings.store.dataset import Dataset

    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.json"), Path(folder, "theirs.json")
        shutil.copyfile(path, ours)
        shutil.copyfile(path, theirs)
        dataset, people = Dataset.open(ours), TinyDB(theirs).table("people")
        numbers = iter(range(1_000_000))

        def add_ours() -> float:
            person = Person(id=f"person/added-{next(numbers)}", label="Added")
            began = time.perf_counter()
            dataset.insert([person])
            return time.perf_counter() - began

        def add_theirs() -> float:
            document = {"id": f"person/added-{next(numbers)}", "label": "Added"}
            began = time.perf_counter()
            people.insert(document)
            return time.perf_counter() - began

        first = add_ours() * 1000
        found = take_turns(add_ours, add_theirs, 15, seconds=45)
    return {
        "first": first,
        "ratio": found.ratio,
        "ours": median(found.ours) * 1000,
        "theirs": median(found.theirs) * 1000,
        "pairs": len(found.ours),
    }


def write(path: Path) -> dict[str, float]:
    """Saves of many changes, in seconds: 100,000 records into a new file, beside TinyDB's ``insert_multiple`` of their
    documents; 10,000 upserts into that file; 100 merges at 5,000 records.

    The dataset at ``path`` is no matter: what is written is made up here.
    """
    import msgspec
    from tinydb import TinyDB

    from convenings.store.batch import Batch
    from convenings.store.dataset import Dataset

    def people(number: int) -> list[Record]:
        sources = [Source(id="source/report", label="Report", paragraphs=1)]
        return [*sources, *(_supported_person(at) for at in range(number))]

    def timed(act: Callable[[], object]) -> float:
        began = time.perf_counter()
        act()
        return time.perf_counter() - began

    with tempfile.TemporaryDirectory() as folder:
        records = people(100_000)
        documents = [msgspec.to_builtins(record) for record in records]
        theirs = TinyDB(Path(folder, "theirs.json")).table("people")
        new = Path(folder, "ours.json")
        dataset = Dataset(new)
        created = timed(lambda: Dataset.create(new, "Made up", batch=Batch(insert=records)))
        multiple = timed(lambda: theirs.insert_multiple(documents))
        changed = [msgspec.structs.replace(_supported_person(at), given="Ana") for at in range(95_000, 105_000)]
        upserted = timed(lambda: dataset.upsert(changed))
        small = Dataset.create(Path(folder, "small.json"), "Made up", batch=Batch(insert=people(5000)))
        pairs = [(f"person/p{at}", f"person/p{at + 1000}") for at in range(100)]
        merged = timed(lambda: small.merge_all(pairs))
    return {"created": created, "multiple": multiple, "upserted": upserted, "merged": merged}


def _supported_person(number: int) -> Person:
    """A person with a piece of evidence."""
    piece = Evidence(source="source/report", paragraph=1, start=0, end=8, passage_hash="0" * 16, fields=["family"])
    return Person(id=f"person/p{number}", label=f"Ana {number}", family="Lima", evidence=[piece])


MEASURES = {"engine": engine, "recall": recall, "build": build, "parse": parse, "insert": insert, "write": write}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]](Path(sys.argv[2])), ensure_ascii=False))
