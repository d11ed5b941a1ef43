"""One record of two that are about one thing: what stays, what the other one adds, and what its evidence supports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from convenings.domain.basis import EVERY_FIELD
from convenings.domain.kinds import HIERARCHIES, KINDS
from convenings.domain.records import UNSUPPORTED_FIELDS

Document = dict[str, Any]

_UNITED = ("identifiers", "links", "descriptions", "topics", "on_behalf_of", "mentions", "about", "occurrences")
"""Lists of which the one that stays gets what only the other one has; what is no list in a kind is as other fields."""
GROUPS = (
    ("date", "date_basis"),
    ("start_time", "end_time"),
    ("place", "place_basis"),
    ("parent", "parent_basis"),
    ("family", "given"),
    ("latitude", "longitude"),
    ("published", "published_basis"),
    ("first_attested", "last_attested", "attested_basis"),
)
"""Fields that are taken together, and only where the one that stays has none of them."""
_OWN = frozenset(
    {
        "id", "label", "type", "evidence", "names", "unnamed", "position", "status", "moved_from", "agents", "agent",
        "votes", "questions", "digest", "paragraphs", "text_hash", "media_type", "retrieved", "role_basis", "number",
    }
)  # fmt: skip
"""Fields that are never taken over where they are absent: what a record is known by, and what two of them can mean
differently (an absent status says that an event was held)."""


def combined(winner: Document, loser: Document, kind: str, is_above: Callable[[str], bool]) -> Document:
    """The document of a record that stays, with what another one of its kind has besides.

    Names, identifiers, links and others' words of both are kept, the label of the one that goes as an alternative name;
    a field that only that one has is taken over with its evidence. Where both have another value the one that stays
    keeps its own, and the other's evidence no longer stands for that field.

    Args:
        winner: The document of the one that stays.
        loser: That of the one that goes, which refers to nothing but what is there.
        kind: Of both.
        is_above: Whether a record that the loser lies below may not become the winner's whole, as that lies below it.
    """
    document = {**winner}
    agreed = _taken(document, winner, loser, kind, is_above)
    for field in _UNITED:
        if isinstance(loser.get(field), list):
            document[field] = [*winner.get(field, ()), *(x for x in loser[field] if x not in winner.get(field, ()))]
            agreed.add(field)
    is_named = "names" in KINDS[kind].__struct_fields__
    if is_named and (names := _other_names(winner, loser)):
        document["names"] = [*winner.get("names", ()), *names]
    evidence = _evidence(document, winner, loser, agreed, is_named)
    if evidence:
        document["evidence"] = evidence
    return document


def _taken(
    document: Document, winner: Document, loser: Document, kind: str, is_above: Callable[[str], bool]
) -> set[str]:
    """Give a document what only the loser has; the fields in which both now agree."""
    partners = {field: group for group in GROUPS for field in group}
    same_day = winner.get("date") in (None, loser.get("date"))
    whole = HIERARCHIES.get(kind)
    for field, value in loser.items():
        group = partners.get(field, (field,))
        is_united = field in _UNITED and isinstance(value, list)
        if is_united or field in _OWN or any(each in winner for each in group):
            continue
        if field in ("start_time", "end_time", "zone") and not same_day:
            continue
        if whole is not None and whole in group and is_above(loser.get(whole, "")):
            continue
        document[field] = value
    # A list of which some is shared already needs no evidence of the loser's for the rest.
    return {field for field, value in loser.items() if document.get(field) == value}


def _other_names(winner: Document, loser: Document) -> list[Document]:
    """The names of the loser that the winner does not have, its label among them."""
    values = {winner["label"], *(name["value"] for name in winner.get("names", ()))}
    names = []
    for name in [*loser.get("names", ()), {"value": loser["label"]}]:
        if name["value"] not in values:
            values.add(name["value"])
            # What it is called in its own right is another name of the winner.
            names.append({k: v for k, v in name.items() if (k, v) not in (("type", "name"), ("type", "alternative"))})
    return names


def _evidence(
    document: Document, winner: Document, loser: Document, agreed: set[str], is_named: bool
) -> list[Document]:
    """Evidence of both, each for what it supports."""
    has_more = any(document.get(field) != winner.get(field) for field in document)
    supported = [field for field in winner if field not in UNSUPPORTED_FIELDS and not field.endswith("_basis")]
    pieces = []
    for piece in winner.get("evidence", ()):
        # Every field that the winner had, and not what it has now got.
        is_every = has_more and EVERY_FIELD in piece["fields"]
        pieces.append(piece | {"fields": (supported or ["label"]) if is_every else piece["fields"]})
    inferred = {field for piece in pieces if piece.get("basis") == "inferred" for field in piece["fields"]}
    others = list(loser.get("evidence", ()))
    naming = _naming(others) if is_named and document.get("names") != winner.get("names") else None
    for piece in others:
        fields = _still_supported(piece, winner, loser, agreed, inferred)
        if piece is naming and "names" not in fields:
            fields = [*fields, "names"]
        held = [other for other in pieces if _passage(other) == _passage(piece)]
        fields = [field for field in fields if not any(field in other["fields"] for other in held)]
        if not fields and not held and piece.get("basis") != "inferred":
            # A passage that supports nothing else says at least that there is such a thing.
            fields = ["label" if "label" in document else "evidence"]
        if fields:
            pieces.append(piece | {"fields": fields})
    return pieces


def _naming(pieces: Sequence[Document]) -> Document | None:
    """Which evidence stands for the names of a record: what says so, or else the first that states anything."""
    if any("names" in piece["fields"] for piece in pieces):
        return None
    stated = (piece for piece in pieces if piece.get("basis") != "inferred")
    return next(stated, pieces[0] if pieces else None)


def _still_supported(
    piece: Document, winner: Document, loser: Document, agreed: set[str], inferred: set[str]
) -> list[str]:
    fields = piece["fields"]
    if EVERY_FIELD in fields:
        fields = [field for field in loser if field not in UNSUPPORTED_FIELDS and not field.endswith("_basis")]
    if piece.get("basis") == "inferred":
        # What the winner's own source states is not inferred for that another one leaves it open.
        fields = [field for field in fields if field not in winner or field in inferred]
    return [field for field in fields if field in agreed or (field == "names" and "names" in loser)]


def _passage(piece: Mapping[str, Any]) -> Document:
    return {name: value for name, value in piece.items() if name != "fields"}
