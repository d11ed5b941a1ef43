"""Which system numbered the things of a schedule: an id counts only within the one that gave it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import msgspec

from convenings.domain.record_values import Identifier

_YEAR = re.compile(r"[\s_'’-]*(?:\b|(?<=[^\W\d]))(?:19|20)\d\d\b[\s_-]*")
_SHORT_YEAR = re.compile(r"(?:[\s_-]*['’]|(?<=[^\W\d])[_-]?)\d\d$")
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th|\.|°|º|ª|ème|e)?(?:\s+|(?=[^\W\d]))", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"\s+#?(?:\d{1,3}|[IVX]+)$")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class System(msgspec.Struct, frozen=True):
    """Where a schedule comes from, as far as its ids are concerned."""

    name: str
    """The host of its pages, or the conference without its year, as ``fosdem``; empty where neither is said."""
    edition: str
    """The conference with its year; sessions are numbered anew for each."""

    def of_people(self, field: str) -> str:
        """Scheme of the persons' ids of a field; empty where the file does not say whose ids these are."""
        return _scheme(self.name, "person", field)

    def of_sessions(self, field: str) -> str:
        """Scheme of the sessions' ids of a field."""
        return _scheme(self.edition, "session", field)


def system_of(base_url: str, acronym: str, title: str) -> System:
    """The system of a schedule by what it says of itself."""
    host = _host(base_url)
    family = family_of(acronym) or family_of(title)
    edition = " ".join((acronym or title).casefold().split())
    return System(host or family, f"{host} {edition}".strip() if host else edition)


def family_of(title: str) -> str:
    """A conference without its year or number, in small letters: ``fosdem`` of ``FOSDEM 2018``, ``c3`` of ``31c3``."""
    text = " ".join(title.split())
    for pattern in (_YEAR, _SHORT_YEAR, _ORDINAL, _LAST_NUMBER):
        text = pattern.sub(" ", text).strip(" -_:,")
    return " ".join(text.casefold().split())


def _host(url: str) -> str:
    """The host that pages have, where it is one that others can reach, too."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    is_name = re.fullmatch(r"(?:[\w-]+\.)+[^\W\d][\w-]+", host) and not host.endswith(
        (".local", ".localhost", ".internal")
    )
    return host if is_name else ""


def _scheme(system: str, what: str, field: str) -> str:
    return f"{system} {what}{'' if field == 'id' else f' {field}'}" if system else ""


def identifiers_of(scheme_of: dict[str, str], values: dict[str, str]) -> list[Identifier]:
    """What a thing is called, the surest first.

    Args:
        scheme_of: field to the scheme of its ids.
        values: field to id, the surest first.
    """
    return [
        Identifier(scheme="guid" if field == "guid" and _UUID.fullmatch(value) else scheme, value=value)
        for field, value in values.items()
        if value and (scheme := scheme_of[field])
    ]
