"""The links of a record, as they are listed: what each is, and where it leads."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from convenings.domain.records import Record
from convenings.domain.text import plain

OPENED = ("http", "https")
"""Schemes of what a browser is asked to open; all else is copied."""


class ListedLink(msgspec.Struct, frozen=True):
    """A link."""

    url: str
    """As the record has it."""
    name: str
    """What it is, harmless: its label, else its relation, else what it leads to."""
    note: str
    """Where it leads, harmless, with its relation where the name says another thing, its language and type."""
    can_open: bool
    """Whether it is one for a browser."""


def links_of(record: Record) -> list[ListedLink]:
    """The links of a record, in the order in which it has them, each URL once."""
    listed: dict[str, ListedLink] = {}
    for link in record.links:
        name = plain(link.label or link.rel) or "link"
        others = (link.rel if link.label and link.rel != link.label else "", link.language, link.media_type)
        note = " · ".join(filter(None, (plain(link.url), *map(plain, others))))
        listed.setdefault(link.url, ListedLink(link.url, name, note, is_page(link.url)))
    return list(listed.values())


def is_page(url: str) -> bool:
    """Whether a browser can be asked for a URL: it is one of the web, with a host and without anything hidden in it."""
    if any(letter.isspace() or not letter.isprintable() for letter in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in OPENED and bool(parts.hostname)
