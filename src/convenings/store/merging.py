"""Merges of records in the lines of a dataset, what follows from them, and how they are undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from convenings.domain.claims import claim_of
from convenings.domain.combining import combined
from convenings.domain.kinds import HIERARCHIES, KINDS, TABLES, kind_of
from convenings.domain.records import Record
from convenings.domain.references import map_document
from convenings.store import canonical, rules
from convenings.store.book import Book
from convenings.store.canonical import Redirect, Undo
from convenings.store.changes import KIND_OF_TABLE, absent, follow, refused
from convenings.store.decoding import decode
from convenings.store.referring import Referring
from convenings.store.splice import Document, Lines
from convenings.store.validation import BatchRecords

Values = dict[str, dict[str, tuple[Any, Any]]]
"""Id and field to what it has and what it had."""
Items = dict[str, dict[str, list[tuple[Any, Any]]]]
"""Likewise for the items of a list that are otherwise than before."""

_CLAIMS = ("participation", "relation")
"""Kinds of which two can come to say the same thing."""
_CLAIMED = ("event", "person", "organisation", "initiative", "question", "topic")
"""Kinds that those refer to."""


class Merging:
    """Merges, one after the other, in the lines of a dataset, of which only what refers to the two is read.

    Args:
        lines: The dataset.
        file: Its name, for messages.
    """

    def __init__(self, lines: Lines, file: str) -> None:
        self._lines = lines
        self._file = file
        self._referring = Referring(lines)
        self._leading: dict[str, list[str]] | None = None
        """Id to those that redirect to it."""
        self._ends: dict[str, str] = {}
        """Redirects as they are when a merge is undone."""
        self.merged: dict[str, str] = {}
        """Id that went to the id that stands for it, what followed from a merge included."""

    def merge(self, old: str, new: str, because: str = "") -> None:
        """Let one record stand for another one of its kind, with what that one has besides.

        Args:
            old: The one that goes; its id redirects, and references to it are rewritten.
            new: The one that stays.
            because: The id whose merge made the two say one thing, if one did.

        Raises:
            BadInput: one of the two is missing, they are the same or of different kinds, or the new one lies below the
                old one.
            BadRecord: one of the two is no record of the data model.
        """
        loser, winner, kind = self._pair(old, new)
        # From here on nothing is refused.
        claims = self._claims_of(new) if kind in _CLAIMED else {}
        values: Values = {}
        items: Items = {}
        touched = self._rewrite_references(old, new, values, items)
        winner = self._lines.document(new) or winner
        self._note_change(new, winner, self._combine(winner, loser, old, kind), values, items)
        leading = self._leading_to().pop(old, [])
        undo = Undo(into=new, record=loser, values=values, items=items, redirects=[*leading], because=because)
        for other in leading:
            # Chains stay one step long where a merge can keep them so.
            former = self._lines.redirects[other]
            self._lines.redirect(other, msgspec.structs.replace(former, to=new))
        self._leading_to().setdefault(new, []).extend([*leading, old])
        self._lines.drop(old)
        self._lines.redirect(old, Redirect(old, new, undo))
        self.merged[old] = new
        for ref in touched:
            if kind_of(ref) in _CLAIMS and ref != old:
                self._join_claims(ref, claims, because or old)

    def unmerge(self, ref: str) -> list[str]:
        """Undo a merge: the record that went is there again, and what the other one got by it goes back.

        What was changed since stays as it was changed.

        Args:
            ref: The id that redirects since.

        Returns:
            The ids that are those of records again.

        Raises:
            BadInput: The id does not redirect, the merge was made before merges could be undone, or what it was merged
                into has been merged in turn.
        """
        redirect = self._lines.redirects.get(ref)
        if redirect is None:
            hint = "name an id that a merge took out of use"
            raise refused("redirects", ref, "this was not merged into anything", hint, self._file)
        undo = redirect.undo
        if undo is None:
            hint = f"add the record again under another id than '{ref}', and move to it what is its own"
            raise refused("redirects", ref, "it was merged before merges could be undone", hint, self._file)
        if undo.into != redirect.to:
            what = f"what it was merged into, '{undo.into}', has been merged in turn"
            raise refused("redirects", ref, what, f"undo the merge of '{undo.into}' first", self._file)
        self._leading = None
        restored: list[str] = []
        # The last one first, as each was made on what the one before had left.
        for other, each in reversed(list(self._lines.redirects.items())):
            if each.undo is not None and each.undo.because == ref and each.undo.into == each.to:
                restored += self.unmerge(other)
        self._lines.redirect(ref, None)
        self._ends = {other: each.to for other, each in self._lines.redirects.items()}
        self._put(ref, self._present(ref, undo.record, ref))
        for other in undo.redirects:
            former = self._lines.redirects.get(other)
            if former is not None and former.to == redirect.to:
                self._lines.redirect(other, msgspec.structs.replace(former, to=ref))
        for key in {**undo.values, **undo.items}:
            document = self._lines.document(key)
            if document is not None:
                self._restore(key, document, undo, ref)
        return [*restored, ref]

    def _pair(self, old: str, new: str) -> tuple[Document, Document, str]:
        """The documents of two records that can be merged, and their kind."""
        lines, kind = self._lines, kind_of(old)
        loser, winner = lines.document(old), lines.document(new)
        if not kind or loser is None or winner is None:
            raise absent(old if loser is None else new, self._file)
        if kind != kind_of(new) or old == new:
            hint = "name two different records of one kind"
            raise refused(TABLES[kind], old, f"it cannot be merged into '{new}'", hint, self._file)
        # What lies below the old record would then lie below itself.
        if old in self._above(new):
            hint = "give that record another parent first"
            what = f"it cannot be merged into '{new}', which lies below it"
            raise refused(TABLES[kind], old, what, hint, self._file)
        for ref in (old, new):
            decode(kind, lines.encoded(ref) or b"", file=self._file)
        return loser, winner, kind

    def _combine(self, winner: Document, loser: Document, old: str, kind: str) -> Document:
        """What the record that stays is to be."""
        new: str = winner["id"]
        loser = map_document(loser, kind, lambda ref: new if ref == old else ref)

        def is_above(ref: str) -> bool:
            return ref == new or new in self._above(ref)

        document = combined(winner, loser, kind, is_above)
        taken_over = [field for field in document if field not in winner and field in loser]
        if taken_over and self._fault_count(kind, document) > self._fault_count(kind, winner):
            # As a date that lies outside that of the event above.
            own = {field: value for field, value in loser.items() if field not in taken_over}
            document = combined(winner, own | {"label": loser.get("label", "")}, kind, is_above)
        return document

    def _fault_count(self, kind: str, document: Document) -> int:
        record: Record = msgspec.convert(document, KINDS[kind])
        book = Book(records=BatchRecords(self._lines, ()))
        return sum(1 for rule in rules.RULES if rule is not rules.references for _ in rule(kind, record, book))

    def _rewrite_references(
        self,
        old: str,
        new: str,
        values: Values,
        items: Items,
    ) -> list[str]:
        """Have everything that refers to the old record refer to the new one; the keys of what was changed."""
        touched = []
        for key in self._referring.to(old):
            document = self._lines.document(key)
            if key == old or document is None:
                continue
            kind = KIND_OF_TABLE[self._lines.table(key)]
            changed = map_document(document, kind, lambda ref: new if ref == old else ref)
            if changed != document:
                self._note_change(key, document, changed, values, items)
                touched.append(key)
        return touched

    def _note_change(
        self,
        key: str,
        before: Document,
        after: Document,
        values: Values,
        items: Items,
    ) -> None:
        """Save a document, and what of it was otherwise."""
        if after == before:
            return
        self._put(key, after)
        for field in {**before, **after}:
            present, former = after.get(field), before.get(field)
            if present == former:
                continue
            items_before, items_after = former or [], present or []
            is_of_items = _is_of_documents(items_after) and _is_of_documents(items_before)
            if is_of_items and len(items_after) >= len(items_before):
                pairs = list(zip(items_after, [*items_before, *[None] * len(items_after)], strict=False))
                changed = [item for item, was in pairs if item != was]
                # What is now like another item is noted for both, so that each is known by its place.
                items.setdefault(key, {}).setdefault(field, []).extend(pair for pair in pairs if pair[0] in changed)
            else:
                # Of a field that is changed twice, what it had first.
                _, first = values.setdefault(key, {}).get(field, (None, former))
                values[key][field] = present, first

    def _restore(self, key: str, document: Document, undo: Undo, old: str) -> None:
        """Give a document back what a merge changed, as far as it still is as the merge left it."""
        changed = {**document}
        for field, pair in undo.values.get(key, {}).items():
            present, former = (self._present(key, {field: value}, old).get(field) for value in pair)
            value = changed.get(field)
            if value == present:
                changed[field] = former
            elif isinstance(value, list) and isinstance(former, list) and undo.into in value:
                ids = [old if ref == undo.into and undo.into not in former else ref for ref in value]
                changed[field] = ids if old in ids or old not in former else [*ids, old]
        for field, pairs in undo.items.get(key, {}).items():
            rest = list(changed.get(field, ()))
            below = len(rest)
            for pair in reversed(pairs):
                present, former = (
                    None if item is None else self._present(key, {field: [item]}, old)[field][0] for item in pair
                )
                at = _last(rest[:below], present)
                if at < 0:
                    at = _last(rest, present)
                if at >= 0:
                    rest[at : at + 1] = [] if former is None else [former]
                    below = at
            changed[field] = rest
        changed = {field: value for field, value in changed.items() if value not in (None, [])}
        for piece in changed.get("evidence", ()) if key == undo.into else ():
            # What it no longer has needs no support.
            piece["fields"] = [field for field in piece["fields"] if field in changed or field not in document]
        self._put(key, changed)

    def _present(self, key: str, document: Document, old: str) -> Document:
        """A document of the time of a merge, with what merges since have made of the ids in it."""
        ends = self._ends
        kind = kind_of(key) or KIND_OF_TABLE[self._lines.table(key)]
        whole = {field: value for field, value in document.items() if value is not None}
        return map_document(whole, kind, lambda ref: ref if ref == old else follow(ref, ends))

    def _put(self, key: str, document: Document) -> None:
        encoded = canonical.document(self._lines.table(key), document)
        self._lines.put(key, encoded)
        self._referring.note(key, encoded)

    def _above(self, ref: str) -> set[str]:
        """Ids of the records that a record lies below."""
        field = HIERARCHIES.get(kind_of(ref), "")
        above: set[str] = set()
        while field and (document := self._lines.document(ref)) is not None:
            parent = document.get(field)
            if not isinstance(parent, str):
                break
            redirect = self._lines.redirects.get(parent)
            ref = redirect.to if redirect else parent
            if ref in above:
                break
            above.add(ref)
        return above

    def _join_claims(self, ref: str, claims: dict[tuple[object, ...], str], because: str) -> None:
        """Merge a participation or a relation into one that says the same thing by now."""
        claim = self._claim(ref)
        if claim is None:
            return
        other = claims.setdefault(claim, ref)
        if other != ref and self._lines.has(other) and self._claim(other) == claim:
            self.merge(ref, other, because)
        else:
            claims[claim] = ref

    def _claim(self, ref: str) -> tuple[object, ...] | None:
        document = self._lines.document(ref)
        try:
            record: Record = msgspec.convert(document, KINDS[kind_of(ref)])
        except msgspec.ValidationError:
            return None
        return claim_of(record, lambda each: each)

    def _claims_of(self, ref: str) -> dict[tuple[object, ...], str]:
        """What is claimed of a record, and by which participation or relation; no other can come to say the same."""
        claims: dict[tuple[object, ...], str] = {}
        for key in self._referring.to(ref):
            if kind_of(key) in _CLAIMS and (claim := self._claim(key)) is not None:
                claims.setdefault(claim, key)
        return claims

    def _leading_to(self) -> dict[str, list[str]]:
        if self._leading is None:
            self._leading = {}
            for old, redirect in self._lines.redirects.items():
                self._leading.setdefault(redirect.to, []).append(old)
        return self._leading


def _is_of_documents(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _last(items: Sequence[Document], item: Document | None) -> int:
    """Where an item stands in a list for the last time; -1 where it does not."""
    return next((at for at in reversed(range(len(items))) if items[at] == item), -1)
