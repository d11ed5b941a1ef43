"""Addresses that a link of a record may have, and those that a program may be asked to open."""

from __future__ import annotations

import re

SCHEMES = frozenset(
    {
        "http", "https", "mailto", "tel", "sip", "xmpp", "irc", "ircs", "matrix", "ftp", "ftps", "sftp", "webcal",
        "geo", "doi", "urn", "hdl", "news", "git", "ssh", "magnet", "rtmp", "rtsp", "mumble", "bbb", "hls",
    }
)  # fmt: skip
"""What an address begins with, in small letters, before its colon: none of them is run by whoever opens it."""
OPENED = frozenset({"http", "https", "mailto"})
"""Those that are handed to the system to be opened; the others are copied."""

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):[^\s\x00-\x1f\x7f]+")


def scheme_of(url: str) -> str:
    """What an address begins with, in small letters; an empty string where it is no whole address."""
    match = _URL.fullmatch(url)
    return match[1].lower() if match else ""


def is_link(url: str) -> bool:
    """Whether a record may have a link to an address: it is whole, and of one of :data:`SCHEMES`."""
    return scheme_of(url) in SCHEMES


def is_opened(url: str) -> bool:
    """Whether an address may be handed to the system to be opened."""
    return scheme_of(url) in OPENED
