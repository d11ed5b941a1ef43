"""A record as it is being edited: one line a value, made from the data model, with what is wrong at each of them.

Nothing here draws. A line is known by its path in the record's document, such as ``("names", 0, "language")``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from convenings.domain.edits import changed_fields
from convenings.domain.errors import BadInput
from convenings.domain.fields import Field, Resolve, fields_of, text_of, value_of
from convenings.domain.kinds import KIND_OF_STRUCT, KINDS
from convenings.domain.records import Record

Path = tuple[str | int, ...]
"""The way to a value in the document of a record: names of fields, and numbers of items from 0."""
Document = dict[str, Any]

WORKED_OUT = frozenset(
    {"id", "digest", "text_hash", "paragraphs", "start", "end", "passage_hash", "paragraph", "pointer"}
)
"""Fields that nobody types here: what follows from a passage that is picked, and what a file says of itself."""
LAST = ("descriptions", "identifiers", "links", "evidence")
"""Fields that stand at the end, in this order."""
MAIN_FIELD: Mapping[str, str] = {
    "names": "value", "links": "url", "descriptions": "text", "identifiers": "scheme", "attendance": "as_stated",
    "count": "as_stated", "occurrences": "event", "questions": "question", "votes": "option", "evidence": "fields",
}  # fmt: skip
"""Field that holds parts to that one of their fields which stands in the part's own line."""
MARK = "not looked at"
"""What the note of evidence begins with where nobody has looked whether the passage says so."""
NOT_LOOKED_AT = f"{MARK} since the change of "
"""What the note of evidence says where a value was changed and its passage was not."""
BREAK = "⏎"
"""Stands for the end of a line in a line that is typed into."""


class FormLine(msgspec.Struct, frozen=True):
    """One line of a form."""

    path: Path
    field: Field
    """What is written here; of a list, what an item is."""
    depth: int = 0
    part: Path = ()
    """Of the line that stands for a part, the way to that part; empty for all others."""
    is_new: bool = False
    """Whether it adds an item to a list, once something is written."""
    heading: str = ""
    """What the line is called."""

    @property
    def is_evidence(self) -> bool:
        """Whether it stands for a passage."""
        is_there = bool(self.part) and self.field.name == "evidence"
        return is_there or (self.is_new and self.heading == "+ evidence")


class RecordForm:
    """A record, and what somebody makes of it.

    Args:
        record: The record as it is, or a new one with what is known of it.
        resolve: Finds records by what is typed for them.
        is_new: Whether the dataset does not have it yet.
    """

    def __init__(self, record: Record, resolve: Resolve, *, is_new: bool = False) -> None:
        self.before = record
        self.is_new = is_new
        self.kind = KIND_OF_STRUCT[type(record)]
        self.document: Document = msgspec.to_builtins(record)
        self._before: Document = msgspec.to_builtins(record)
        self.faults: dict[Path, str] = {}
        """Line to what is wrong with what is typed there."""
        self.looked_at: set[Path] = set()
        """Passages that somebody has looked at here."""
        self._texts: dict[Path, str] = {}
        """What is typed and is no value yet."""
        self._open: set[Path] = set()
        self._resolve = resolve

    # Lines

    def lines(self) -> list[FormLine]:
        """Every line, in the order of the data model, evidence at the end."""
        fields = [field for field in fields_of(self.kind) if field.name not in WORKED_OUT]
        fields.sort(key=lambda field: LAST.index(field.name) if field.name in LAST else -1)
        return list(self._lines(fields, (), 0))

    def _lines(self, fields: Sequence[Field], at: Path, depth: int) -> Iterator[FormLine]:
        for field in fields:
            if field.name in WORKED_OUT:
                continue
            path = (*at, field.name)
            if not field.is_list:
                if field.sort == "part":
                    yield from self._part(field, path, depth, field.words)
                else:
                    yield FormLine(path, field, depth, heading=field.words)
                continue
            number = len(self._at(path) or ())
            item = replace(field, is_list=False, is_required=False)
            for index in range(number):
                if field.sort == "part":
                    yield from self._part(item, (*path, index), depth, f"{field.words} {index + 1}")
                else:
                    yield FormLine((*path, index), item, depth, heading=field.words if not index else "")
            if field.sort == "part":
                main = self._main(item)
                heading = f"+ {field.words}"
                yield FormLine((*path, number, main.name), main, depth, is_new=True, heading=heading)
            else:
                heading = f"+ {field.words}" if number else field.words
                yield FormLine((*path, number), item, depth, is_new=True, heading=heading)

    def _part(self, field: Field, path: Path, depth: int, heading: str) -> Iterator[FormLine]:
        main = self._main(field)
        yield FormLine((*path, main.name), replace(main, name=field.name), depth, path, heading=heading)
        if path in self._open:
            yield from self._lines([each for each in field.parts if each.name != main.name], path, depth + 1)

    def _main(self, field: Field) -> Field:
        name = MAIN_FIELD.get(field.name, field.parts[0].name)
        return next(part for part in field.parts if part.name == name)

    def is_open(self, part: Path) -> bool:
        """Whether the fields of a part are listed."""
        return part in self._open

    def toggle(self, part: Path) -> None:
        """List the fields of a part, or put them away."""
        self._open ^= {part}

    # Values

    def _at(self, path: Path) -> Any:
        value: Any = self.document
        for step in path:
            if isinstance(step, str):
                value = value.get(step) if isinstance(value, dict) else None
            else:
                value = value[step] if isinstance(value, list) and step < len(value) else None
        return value

    def text(self, line: FormLine) -> str:
        """What stands in a line, to be typed on."""
        if line.path in self._texts:
            return self._texts[line.path]
        value = self._at(line.path)
        if line.field.is_list:
            return ", ".join(map(str, value or ()))
        return text_of(line.field, value).replace("\n", BREAK)

    def is_changed(self, line: FormLine) -> bool:
        """Whether a line says something else than the record did."""
        return line.path in self._texts or self._at(line.path) != _value_at(self._before, line.path)

    def write(self, line: FormLine, text: str) -> None:
        """Take what is typed into a line; where it is no value, the line has a fault and the record stays as it is."""
        self._texts[line.path] = text
        self.faults.pop(line.path, None)
        try:
            value = self._value(line, text.replace(BREAK, "\n"))
        except BadInput as error:
            self.faults[line.path] = f"{error.what}; {error.hint}" if error.hint else error.what
            return
        if isinstance(value, str) and value != text.replace(BREAK, "\n"):
            # A name that stands for an id, a time without its nought: it goes on being shown as it was typed.
            self._texts[line.path] = text
        else:
            del self._texts[line.path]
        self._put(line, value)

    def settle(self) -> None:
        """Show what was typed as what it stands for: called where the cursor leaves a line."""
        self._texts = {path: text for path, text in self._texts.items() if path in self.faults}

    def _value(self, line: FormLine, text: str) -> Any:
        if line.field.is_list:
            return list(dict.fromkeys(filter(None, map(str.strip, re.split("[,，、]", text)))))
        return value_of(line.field, text, self._resolve)

    def _put(self, line: FormLine, value: Any) -> None:
        if line.is_new and value in (None, "", []):
            return
        holder: Any = self.document
        for at, step in enumerate(line.path[:-1]):
            if isinstance(step, str):
                holder = holder.setdefault(step, [] if isinstance(line.path[at + 1], int) else {})
                continue
            if step == len(holder):
                holder.append({})
                if self._needs_more(line.path[: at + 1]):
                    self._open.add(line.path[: at + 1])
            holder = holder[step]
        last = line.path[-1]
        if isinstance(last, int):
            holder[last : last + 1] = [value]
        elif value == line.field.empty and not line.field.is_required:
            holder.pop(last, None)
        else:
            holder[last] = value

    def _needs_more(self, part: Path) -> bool:
        """Whether a part has fields besides its main one that must be filled."""
        fields: Sequence[Field] = fields_of(self.kind)
        field = fields[0]
        for step in part:
            if isinstance(step, str):
                field = next(each for each in fields if each.name == step)
                fields = field.parts
        main = MAIN_FIELD.get(field.name, "")
        return any(each.is_required and each.name != main and each.name not in WORKED_OUT for each in field.parts)

    def remove(self, line: FormLine) -> bool:
        """Take out the item, or the part, that a line is of; false where it is of none."""
        path = line.part or line.path
        at = next((at for at in range(len(path), 0, -1) if isinstance(path[at - 1], int)), 0)
        if line.part and not at:
            self.document.pop(str(path[0]), None)
        else:
            path = path[:at]
            items = self._at(path[:-1]) if path else None
            if line.is_new or not isinstance(items, list) or cast(int, path[-1]) >= len(items):
                return False
            del items[cast(int, path[-1])]
        self._texts.clear()
        self.faults = {}
        holder = path[:-1]
        self._open = {each for each in self._open if each[: len(holder)] != holder}
        self.looked_at = {each for each in self.looked_at if each[: len(holder)] != holder}
        return True

    # Evidence

    def evidence(self, part: Path) -> Document | None:
        """A piece of evidence as JSON has it; nothing where there is none yet."""
        piece = self._at(part)
        return piece if isinstance(piece, dict) and "source" in piece else None

    def cite(self, part: Path, source: str, paragraph: int, start: int, end: int, passage_hash: str) -> None:
        """Let a piece of evidence be a passage that somebody has picked.

        Args:
            part: The way to the evidence; a new one goes to the end of its list.
            source: Id of the source.
            paragraph: Number of the paragraph, from 1.
            start: First code point in it.
            end: The one after the last.
            passage_hash: Of the words.
        """
        *way, index = part
        pieces: Any = self.document
        for step in way[:-1]:
            pieces = pieces[step]
        pieces = pieces.setdefault(way[-1], [])
        if index == len(pieces):
            pieces.append({"fields": self._unsupported(pieces)})
        piece = pieces[cast(int, index)]
        piece.pop("pointer", None)
        place = {"source": source, "paragraph": paragraph, "start": start, "end": end, "passage_hash": passage_hash}
        piece.update(place)
        if note := _without_mark(piece.get("note", "")):
            piece["note"] = note
        else:
            piece.pop("note", None)
        self.looked_at.add(part)

    def _unsupported(self, pieces: Sequence[Document]) -> list[str]:
        """The fields that a new piece of evidence supports: those changed, or all where nothing else is said."""
        changed = self.changed_fields()
        return changed if pieces and changed else ["*"]

    def changed_fields(self) -> list[str]:
        """The fields that say something else than before, evidence left out."""
        before, after = self._before, self._pruned()
        names = [field.name for field in fields_of(self.kind) if field.name not in ("id", "evidence")]
        return [name for name in names if before.get(name) != after.get(name)]

    # The record

    def _pruned(self) -> Document:
        """The document without items that say nothing."""
        return {
            name: [item for item in value if item not in (None, "", {})] if isinstance(value, list) else value
            for name, value in self.document.items()
            if value not in (None, [])
        }

    def record(self) -> Record | None:
        """The record as it is now; nothing where something typed is no value, which :attr:`faults` says."""
        self.faults = {path: what for path, what in self.faults.items() if path in self._texts}
        if self.faults:
            return None
        document = self._pruned()
        if marked := self._marked(document):
            document["evidence"] = marked
        try:
            return msgspec.convert(document, KINDS[self.kind])
        except msgspec.ValidationError as error:
            what, _, way = str(error).partition(" - at `$")
            words = what.replace("`", "'").lower()
            name = re.search(r"missing required field '(\w+)'", words)
            path = _path(way.strip("`.").removeprefix("."))
            if name:
                path = (*path, name[1])
            is_empty = bool(name) or (bool(path) and _value_at(document, path) in (None, ""))
            self.faults[path] = f"the {str(path[-1]).replace('_', ' ')} is empty" if is_empty else words
            return None

    def _marked(self, document: Document) -> list[Document]:
        """Evidence, with a mark where a field that it supports has changed and nobody has looked at the passage."""
        changed = [] if self.is_new else self.changed_fields()
        pieces: list[Document] = []
        for index, piece in enumerate(document.get("evidence", ())):
            fields = [name for name in changed if name in piece.get("fields", ()) or "*" in piece.get("fields", ())]
            fields = [name for name in fields if document.get(name)]
            if fields and ("evidence", index) not in self.looked_at:
                rest = _without_mark(piece.get("note", ""))
                mark = NOT_LOOKED_AT + ", ".join(name.replace("_", " ") for name in fields)
                pieces.append(piece | {"note": f"{rest}; {mark}" if rest else mark})
            else:
                pieces.append(piece)
        return pieces

    def go_on_from(self, present: Record, *, takes_ours: bool) -> None:
        """Go on from the record as somebody else has left it, with what was changed here where they changed nothing.

        Args:
            present: The record as it is in the dataset.
            takes_ours: Whether fields that both have changed are to be ours.
        """
        before, ours = self._before, self._pruned()
        theirs: Document = msgspec.to_builtins(present)
        result = dict(theirs)
        for name in changed_fields(before, ours):
            if takes_ours or theirs.get(name) == before.get(name):
                if name in ours:
                    result[name] = ours[name]
                else:
                    result.pop(name, None)
        self.before, self._before, self.document = present, theirs, result
        self._texts.clear()
        self._open.clear()
        self.faults = {}

    def take_faults(self, faults: Sequence[tuple[str, str]]) -> None:
        """Put what the rules of the check say at the lines that it is about.

        Args:
            faults: The way to a field, as ``names[0].language``, and a sentence; each.
        """
        for way, sentence in faults:
            former = self.faults.get(_path(way), "")
            if sentence not in former:
                self.faults[_path(way)] = f"{former} · {sentence}" if former else sentence

    def fault_at(self, line: FormLine, lines: Sequence[FormLine]) -> str:
        """What is wrong at a line, or in a part that it stands for and whose own lines are put away."""
        paths = {each.path for each in lines}
        for path, sentence in self.faults.items():
            if not path:
                continue
            if (
                path == line.path
                or path == line.part
                or (line.part and path[: len(line.part)] == line.part and path not in paths)
            ):
                return sentence
            if path == line.path[:1] and path not in paths and (line.is_new or len(line.path) == 1):
                return sentence
        return ""


def _without_mark(note: str) -> str:
    return note.partition(MARK)[0].rstrip("; ")


def _path(way: str) -> Path:
    """``names[0].value`` as a path."""
    return tuple(int(step) if step.isdigit() else step for step in re.findall(r"\w+", way))


def _value_at(document: Document, path: Path) -> Any:
    value: Any = document
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
