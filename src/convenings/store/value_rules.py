"""The rules of the values that records of several kinds hold: identifiers, links, others' words, votes, coordinates."""

from __future__ import annotations

from collections.abc import Iterator

from convenings.domain.links import is_link, scheme_of
from convenings.domain.records import Event, Labelled, Participation, Place, Record
from convenings.store.book import Book, Finding


def identifiers(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """An identifier has a scheme and a value."""
    for index, identifier in enumerate(record.identifiers):
        for name in ("scheme", "value"):
            if not getattr(identifier, name).strip():
                hint = "write both, or take the identifier out"
                yield Finding(f"identifiers[{index}].{name}", f"the {name} is empty", hint)


def links(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """A link has a whole address, of a kind that nothing runs."""
    for index, link in enumerate(record.links):
        if is_link(link.url):
            continue
        scheme = scheme_of(link.url)
        what = f"'{scheme}' is no kind of address for a link" if scheme else f"'{link.url}' is no whole address"
        hint = "write it with http:, https:, mailto: or the like, without blanks"
        yield Finding(f"links[{index}].url", what, hint)


def descriptions(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """A description has words."""
    if isinstance(record, Labelled):
        for index, description in enumerate(record.descriptions):
            if not description.text.strip():
                hint = "write their words, or take it out"
                yield Finding(f"descriptions[{index}].text", "the description is empty", hint)


def votes(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Votes are counted of a motion, each option once, and cast by voters."""
    if isinstance(record, Participation):
        if record.option is not None and record.role != "voter":
            yield Finding("option", f"a {record.role} casts no vote", "let the role be voter, or take the option out")
        return
    if not isinstance(record, Event) or not record.votes:
        return
    if record.type != "motion":
        yield Finding("votes", f"there is no vote on a {record.type}", "let the event be of type motion")
    options = [count.option for count in record.votes]
    if len(set(options)) < len(options):
        yield Finding("votes", "an option is counted twice", "count each option once")
    for index, count in enumerate(record.votes):
        if count.value < 0:
            yield Finding(f"votes[{index}].value", f"{count.value} is no number of votes", "write 0 or more")


def location(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """A place has room for nobody or more, and both coordinates or none, on the globe."""
    if not isinstance(record, Place):
        return
    if record.capacity is not None and record.capacity < 0:
        yield Finding("capacity", f"there is no room for {record.capacity}", "write 0 or more")
    for name, most in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(record, name)
        if degrees is not None and not -most <= degrees <= most:
            yield Finding(name, f"{degrees} is no {name}", f"write degrees from -{most} to {most}")
    for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if getattr(record, name) is not None and getattr(record, other) is None:
            yield Finding(name, f"there is a {name} and no {other}", "write both, or take it out")


RULES = (identifiers, links, descriptions, votes, location)
