"""Whether a dataset keeps what it promises: every fault by file, table, record and field, with a hint."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from convenings.domain.claims import claim_of
from convenings.domain.errors import BadInput
from convenings.domain.kinds import HIERARCHIES, TABLES, kind_of
from convenings.domain.records import FORMAT, Record
from convenings.domain.references import all_evidence
from convenings.store import canonical, evidence_rules, layout, rules
from convenings.store.book import Book
from convenings.store.data_files import DataFile
from convenings.store.dataset import Dataset
from convenings.store.decoding import BadRecord
from convenings.store.faults import Fault
from convenings.store.import_rules import imports
from convenings.store.sources import SourceText, paragraphs


def check(dataset: Dataset, attached: Mapping[str, str | bytes | DataFile] | None = None) -> list[Fault]:
    """Everything that is wrong with a dataset: the file, then its records in the order of the file, then what several
    of them are wrong about together.

    Args:
        dataset: the dataset.
        attached: id of a source to its text, as :func:`~convenings.store.sources.read_text` gives it, or to its
            structured file or the bytes of that; the passages of all evidence in these sources are looked up in them.

    Raises:
        BadInput: the file cannot be read as a dataset at all.
    """
    bad: list[BadRecord] = []
    scan = [(kind, record) for kind, _, _, record in dataset.scan(bad)]
    book = Book(redirects=dataset.redirects(), broken={error.record for error in bad})
    for _, record in scan:
        book.records.setdefault(record.id, record)
    texts = {book.resolve(source): attachment(content) for source, content in (attached or {}).items()}
    for source, text in texts.items():
        pieces = (piece for _, record in scan for piece in all_evidence(record))
        # Together, which takes much less than one by one.
        text.locate_all(piece for piece in pieces if book.resolve(piece.source) == source)
    file = str(dataset.path)
    faults = [Fault(file, "", "", "", what, hint) for what, hint in _form(dataset)]
    if dataset.info.id and not canonical.DATASET_ID.fullmatch(dataset.info.id):
        hint = "write small letters and digits, with single hyphens, dots, colons or slashes between them"
        faults.append(Fault(file, "dataset", "", "id", f"'{dataset.info.id}' is no proper id of a dataset", hint))
    faults += [Fault(file, error.table, error.record, error.field, error.what, error.hint) for error in bad]
    for kind, record in scan:
        if book.records[record.id] is not record or record.id in book.broken:
            faults.append(Fault(file, TABLES[kind], record.id, "id", "the id stands twice", "give each its own id"))
        for rule in rules.RULES:
            faults += [Fault(file, TABLES[kind], record.id, *finding) for finding in rule(kind, record, book)]
        if texts:
            findings = evidence_rules.locators(record, book, texts)
            faults += [Fault(file, TABLES[kind], record.id, *finding) for finding in findings]
    for together in (_duplicates, _shared_identifiers, _cycles):
        faults += [Fault(file, TABLES[kind_of(ref)], ref, *rest) for ref, *rest in together(book)]
    faults += [Fault(file, "redirects", old, "to", what, hint) for old, what, hint in _redirects(book)]
    faults += [Fault(file, "imports", *finding) for finding in imports(dataset.layout(), book)]
    return faults


def unworded(records: Iterable[Record], redirects: Mapping[str, str]) -> dict[str, list[int]]:
    """Source to the paragraphs that evidence cites and whose digest is still to be worded, which is no fault.

    Args:
        records: The records of a dataset.
        redirects: Its ids that merges took out of use.
    """
    book = Book(records={record.id: record for record in records}, redirects=dict(redirects))
    numbers = ((ref, evidence_rules.unworded(record, book)) for ref, record in book.records.items())
    return {ref: each for ref, each in numbers if each}


def attachment(content: str | bytes | DataFile) -> SourceText | DataFile:
    """What is attached for a source, as passages are looked up in it: a text, or a structured file or its bytes."""
    if isinstance(content, DataFile):
        return content
    return SourceText(paragraphs(content)) if isinstance(content, str) else DataFile(content)


def _form(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Whether the bytes of the file are its canonical form."""
    data = dataset.layout().data
    try:
        proper = canonical.encode(layout.parse(data, str(dataset.path)), _structs(dataset.info.format))
    except BadInput:
        # A document is not even an object, which stands among the faults already.
        return
    if data != proper:
        # The first line that differs is where a reader has to look.
        lines = zip(data.split(b"\n"), proper.split(b"\n"), strict=False)
        number = next((number for number, (is_, should) in enumerate(lines, 1) if is_ != should), proper.count(b"\n"))
        what = f"the file is not in canonical form from line {number} on"
        yield what, f"convenings format {shlex.quote(str(dataset.path))} writes it so"


def _structs(number: int) -> Mapping[str, type[msgspec.Struct]]:
    """Name of a table to the struct of its documents in the format with a number."""
    from convenings.store import format1

    return canonical.STRUCTS if number == FORMAT else format1.STRUCTS


def _duplicates(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """Participations and relations that say the same thing twice."""
    first: dict[tuple[object, ...], str] = {}
    for ref, record in book.records.items():
        key = claim_of(record, book.resolve)
        if key is not None and first.setdefault(key, ref) != ref:
            yield ref, "", f"this says the same as '{first[key]}'", "keep one of them, with the evidence of both"


def _shared_identifiers(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """What a system gives one number is one thing, and of its kind one record."""
    first: dict[tuple[str, str, str], str] = {}
    for ref, record in book.records.items():
        for index, identifier in enumerate(record.identifiers):
            other = first.setdefault((kind_of(ref), identifier.scheme, identifier.value), ref)
            if other != ref:
                what = f"'{other}' has the same {identifier.scheme}, {identifier.value}"
                yield ref, f"identifiers[{index}]", what, "merge the two, or correct the identifier of one"


def _cycles(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """Chains of parents that close in themselves, each named once."""
    for kind, field in HIERARCHIES.items():
        parents = {
            ref: book.resolve(parent)
            for ref, record in book.records.items()
            if kind_of(ref) == kind and (parent := getattr(record, field, None))
        }
        for chain in _circles(parents):
            yield chain[0], field, f"the chain closes in itself: {_chain(chain)}", "take one of them out of it"


def _redirects(book: Book) -> Iterator[tuple[str, str, str]]:
    """Redirects that do not lead to a record; what one kind said twice may have gone into a record of another."""
    circles = _circles(book.redirects)
    in_circles = {ref for circle in circles for ref in circle}
    for circle in circles:
        yield circle[0], f"the redirects close in themselves: {_chain(circle)}", "let one of them lead to a record"
    for old in book.redirects:
        target = book.resolve(old)
        if target in in_circles:
            continue
        if target not in book.records and target not in book.broken:
            yield old, f"there is no record '{target}'", "let it lead to a record, or remove it"


def _circles(following: Mapping[str, str]) -> list[list[str]]:
    """The closed chains in a mapping from each thing to the next one."""
    visited: set[str] = set()
    circles = []
    for start in following:
        chain: dict[str, None] = {}
        at = start
        while at in following and at not in visited and at not in chain:
            chain[at] = None
            at = following[at]
        if at in chain:
            links = list(chain)
            circles.append(links[links.index(at) :])
        visited |= chain.keys()
    return circles


def _chain(links: list[str]) -> str:
    parts = links if len(links) <= 5 else [*links[:4], "…"]
    return " → ".join([*parts, links[0]])
