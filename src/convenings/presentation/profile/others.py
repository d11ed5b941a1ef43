"""What the profiles of all kinds have from a file: the words of others, links, and what systems call the record."""

from __future__ import annotations

from convenings.domain.links import scheme_of
from convenings.domain.markup import text_of
from convenings.domain.record_values import Description, Link
from convenings.domain.records import Labelled
from convenings.domain.text import plain
from convenings.presentation.names import language_in_words
from convenings.presentation.profile.builder import ProfileBuilder
from convenings.presentation.profile.value import Entry

MOST_OF_TEXT = 6_000
"""Code points of a description that a profile shows; all of it is in the dataset."""


def of_others(builder: ProfileBuilder) -> None:
    """Add to a profile what others say of the record, where more of it is, and what it is called by systems."""
    record = builder.record
    if isinstance(record, Labelled):
        for description in record.descriptions:
            _described(builder, description)
    builder.section("Links", record.links, _link)
    identifiers = "; ".join(f"{each.scheme} {each.value}" for each in record.identifiers)
    builder.fact(f"in other systems: {identifiers}" if identifiers else "", "identifiers")


def _described(builder: ProfileBuilder, description: Description) -> None:
    """A description under a heading that says whose words it is in."""
    text = text_of(description.text, description.format)
    paragraphs = [line.strip() for line in text[:MOST_OF_TEXT].splitlines() if line.strip()]
    if len(text) > MOST_OF_TEXT:
        paragraphs[-1] += f" … ({len(text) - MOST_OF_TEXT:,} more characters in the dataset)"
    title = description.title or "description"
    whose = f"in the words of {builder.label(description.by)}" if description.by else "in the words of its publisher"
    language = f", {language_in_words(description.language)}" if description.language else ""
    heading = plain(f"{title[:1].upper()}{title[1:]}, {whose}{language}")
    numbers = builder.cite(builder.record, "descriptions")
    lead = [Entry(plain(line)) for line in paragraphs]
    if lead:
        lead[-1] = lead[-1]._replace(numbers=numbers)
    builder.section(heading, lead, lambda line: line, is_prose=True)


def _link(link: Link) -> Entry:
    """A link: what it is called, and its address."""
    language = language_in_words(link.language) if link.language else ""
    name = link.label or link.rel or scheme_of(link.url)
    about = [link.rel if link.label else "", language, link.media_type]
    note = ", ".join(filter(None, about))
    return Entry(plain(name), note=plain(f"{note}: {link.url}" if note else link.url), url=link.url)
