"""The rules of evidence and of the sources that it points at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from convenings.domain.basis import EVERY_FIELD
from convenings.domain.errors import nearest
from convenings.domain.record_values import Bearing, Evidence, Occurrence
from convenings.domain.records import UNSUPPORTED_FIELDS, Record, Source
from convenings.domain.references import has_parts, parts_of
from convenings.store.book import Book, Finding, is_set
from convenings.store.data_files import DataFile
from convenings.store.sources import SourceText

_HASH = re.compile(r"[0-9a-f]{16}")
_COMPARE = "compare the attached {} with the one the dataset was made from"
NO_SUPPORT = "no evidence supports this field"
"""What is wrong with a claim for which no passage stands."""
_WHOLE = [EVERY_FIELD]


def support(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Every record, occurrence and bearing has evidence, and every claim is among what the record's supports."""
    if not record.evidence:
        yield Finding("evidence", "the record has no evidence", "say where the source supports it")
    else:
        is_whole = any(EVERY_FIELD in evidence.fields for evidence in record.evidence)
        fields = set() if is_whole else {name for evidence in record.evidence for name in evidence.fields}
        for name, default in () if is_whole else _claims(type(record)):
            value = getattr(record, name)
            if is_set(value) and value != default and name not in fields:
                yield Finding(name, NO_SUPPORT, "name it in the fields of the evidence for it")
    for path, part in parts_of(record) if has_parts(record) else ():
        if not part.evidence:
            hint = "say where the source supports it"
            yield Finding(f"{path}.evidence", f"the {type(part).__name__.lower()} has no evidence", hint)


def evidence(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Evidence points at a possible passage, names fields that are there, and says what an inference rests on."""
    holders = (record, *(part for _, part in parts_of(record))) if has_parts(record) else (record,)
    if all(_is_surely_right(piece, holder, book) for holder in holders for piece in holder.evidence):
        return
    for path, piece, holder in pieces_of(record):
        for name in piece.fields:
            if name == EVERY_FIELD:
                continue
            if name not in holder.__struct_fields__:
                near = nearest(name, holder.__struct_fields__)
                hint = f"perhaps '{near}' is meant" if near else "name a field of the record"
                yield Finding(f"{path}.fields", f"there is no field '{name}' to support", hint)
            elif not is_set(getattr(holder, name)):
                yield Finding(f"{path}.fields", f"the field '{name}' is not set", "set it, or take it out here")
        yield from _selector(path, piece, book)
        if not _HASH.fullmatch(piece.passage_hash):
            hint = "write the first 16 hexadecimal digits of the passage's SHA-256, in small letters"
            yield Finding(f"{path}.passage_hash", f"'{piece.passage_hash}' is no passage hash", hint)
        # Why a bearing is inferred stands in its reason.
        if piece.basis == "inferred" and not piece.note.strip() and not isinstance(holder, Bearing):
            yield Finding(f"{path}.note", "the inference has no note", "say what it was inferred from")


def _is_surely_right(piece: Evidence, holder: Record | Occurrence | Bearing, book: Book) -> bool:
    """Whether there is surely nothing wrong with evidence, of which there are several hundred thousand.

    What is in doubt is looked at one thing after the other.
    """
    source = book.records.get(piece.source)
    if type(source) is not Source:
        return False
    start, end = piece.start, piece.end
    if source.type == "data":
        is_placed = piece.pointer and not piece.paragraph and (0 <= start < end or start == end == 0)
    else:
        is_placed = not piece.pointer and 1 <= piece.paragraph <= source.paragraphs and 0 <= start < end
    if not is_placed or (piece.basis == "inferred" and not piece.note.strip()):
        return False
    if not _HASH.fullmatch(piece.passage_hash):
        return False
    fields = holder.__struct_fields__
    return piece.fields == _WHOLE or all(name in fields and is_set(getattr(holder, name)) for name in piece.fields)


def _selector(path: str, piece: Evidence, book: Book) -> Iterator[Finding]:
    """Evidence says where it stands: in a text by a paragraph and a span of it, in a structured file by a pointer."""
    source = book.get(piece.source)
    is_data = isinstance(source, Source) and source.type == "data"
    if piece.pointer:
        if piece.paragraph:
            what, hint = "there are a paragraph and a pointer", "keep the one that fits the source"
            yield Finding(f"{path}.pointer", what, hint)
        elif isinstance(source, Source) and not is_data:
            hint = "write the paragraph, or give the source the type data"
            yield Finding(f"{path}.pointer", f"'{source.id}' is no structured file", hint)
        if not (0 <= piece.start < piece.end or piece.start == piece.end == 0):
            hint = "count bytes of the file from 0, the end after the start, or write 0 for both"
            yield Finding(f"{path}.start", f"from {piece.start} to {piece.end} there is no element", hint)
        return
    if is_data:
        hint = "write a pointer in the terms of the file, such as row=7"
        yield Finding(f"{path}.pointer", f"there is no pointer into '{piece.source}', a structured file", hint)
        return
    if isinstance(source, Source) and not 1 <= piece.paragraph <= source.paragraphs:
        what = f"there is no paragraph {piece.paragraph} in '{source.id}'"
        yield Finding(f"{path}.paragraph", what, f"write a number from 1 to {source.paragraphs}")
    if not 0 <= piece.start < piece.end:
        what = f"from {piece.start} to {piece.end} there is no passage"
        yield Finding(f"{path}.start", what, "count code points from 0, the end after the start")


def digest(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """The digest of a source has its entries in order; one that is not written yet is open, which is no fault."""
    if not isinstance(record, Source):
        return
    numbers = [paragraph.number for paragraph in record.digest]
    # Any number may be written there: it is only compared with.
    if wrong := _first_out_of_order(numbers, record.paragraphs):
        what = f"the digest goes wrong at its entry {wrong}, for paragraph {numbers[wrong - 1]}"
        yield Finding("digest", what, f"number the entries in order, from 1 to at most {record.paragraphs}, each once")
    for index, paragraph in enumerate(record.digest):
        if paragraph.page is not None and paragraph.page < 1:
            yield Finding(f"digest[{index}].page", f"there is no page {paragraph.page}", "count pages from 1")
        end = 0
        for number, part in enumerate(paragraph.parts):
            path = f"digest[{index}].parts[{number}]"
            if not part.digest.strip():
                yield Finding(f"{path}.digest", "the entry is empty", "say in a sentence what the stretch says")
            if not end <= part.start < part.end:
                what = f"from {part.start} to {part.end} there is no stretch behind the one before"
                yield Finding(f"{path}.start", what, "count code points from 0, the parts in order")
            end = max(end, part.end)


def unworded(record: Record, book: Book) -> list[int]:
    """Numbers of the paragraphs of a source that evidence cites and whose digest is not written yet, in order."""
    if not isinstance(record, Source) or record.type == "data":
        return []
    numbers = {paragraph.number for paragraph in record.digest if paragraph.digest.strip()}
    cited = {number for number in book.cited_paragraphs(record.id) if 1 <= number <= record.paragraphs}
    return sorted(cited - numbers)


def _first_out_of_order(numbers: list[int], paragraphs: int) -> int:
    """Which entry of a digest is for no later paragraph than the one before, or for none at all; 0 where none is."""
    last = 0
    for at, number in enumerate(numbers, 1):
        if not last < number <= paragraphs:
            return at
        last = number
    return 0


def locators(record: Record, book: Book, texts: Mapping[str, SourceText | DataFile]) -> Iterator[Finding]:
    """Every passage stands in the attached text of its source exactly where the evidence says.

    Args:
        record: the record.
        book: all records.
        texts: id of a source to its text, or to its structured file.
    """
    for path, piece, _ in pieces_of(record):
        text = texts.get(book.resolve(piece.source))
        location = text.locate(piece) if text is not None else None
        if location is None or location.state == "exact":
            continue
        if isinstance(text, DataFile):
            if location.state == "lost":
                is_outside = piece.end > len(text.data)
                where = "the element lies behind the end of" if is_outside else "the element is another one in"
                yield Finding(path, f"{where} the attached file: {piece.pointer}", _COMPARE.format("file"))
        elif location.state == "moved":
            where = f"paragraph {location.paragraph}, {location.start} to {location.end}"
            yield Finding(path, f"the passage has moved to {where}", "look at it there, then write that place")
        elif location.state == "ambiguous":
            hint = "look at these places, then write the right one"
            yield Finding(path, "the passage is not here, and stands in several other places", hint)
        elif location.state == "unsearched":
            what = "the passage is not near its place; the attached text is too long and too unlike to look everywhere"
            yield Finding(path, what, _COMPARE.format("text"))
        else:
            yield Finding(path, "the passage is lost: the attached text has it nowhere", _COMPARE.format("text"))


RULES = (evidence, digest)
"""Those that go behind the rules of what is inferred."""


def pieces_of(record: Record) -> Iterator[tuple[str, Evidence, Record | Occurrence | Bearing]]:
    """Path, evidence, and what it is evidence of, for a record and its parts."""
    for index, piece in enumerate(record.evidence):
        yield f"evidence[{index}]", piece, record
    for path, part in parts_of(record):
        for index, piece in enumerate(part.evidence):
            yield f"{path}.evidence[{index}]", piece, part


@cache
def _claims(struct: type[Record]) -> tuple[tuple[str, object], ...]:
    """Fields that carry a claim, with their defaults."""
    return tuple(
        (info.name, info.default)
        for info in msgspec.structs.fields(struct)
        if info.name not in UNSUPPORTED_FIELDS and not info.name.endswith("_basis")
    )
