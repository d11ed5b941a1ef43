"""The streams of the process: data on stdout, narration on stderr."""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import suppress
from typing import TextIO
from unicodedata import category

from convenings.domain.text import plain

LONGEST_LINE = 6000
"""Characters of a line on stderr: a path, and sentences about it."""


def tolerate_encoding() -> None:
    """Let no character that a stream cannot carry stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def as_utf8() -> None:
    """Print UTF-8 whatever the locale says, as JSON has to be."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def log_stderr(line: str, *, name: bool = True) -> None:
    """One line on stderr, made harmless, beginning with the program's name unless ``name`` is false."""
    if sys.stderr is None:
        return
    try:
        print(plain(f"convenings: {line[:LONGEST_LINE]}" if name else line[:LONGEST_LINE]), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        # Nobody is to be told anything, and the exit code says what there is to say.
        abandon(sys.stderr)


def abandon(stream: TextIO | None) -> None:
    """Let what a stream still holds go nowhere, so that leaving doesn't fail on it again."""
    with suppress(OSError, ValueError, AttributeError):
        assert stream is not None
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def fill_closed_streams() -> None:
    """Open what the process was started without, as some supervisors do, on nothing.

    Else the first file that is opened would be taken for that stream by whoever writes to it.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def harmless_json(text: str) -> str:
    """JSON in which what a terminal would obey, reorder or hide is escaped; it says the same."""
    return text if text.isprintable() and text.isascii() else re.sub(r"[^\n -~]", _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    char = match.group()
    kind = category(char)
    if kind[0] not in "CZ" and not (kind[0] == "M" and match.string[match.start() - 1] in '" \n'):
        return char
    return "".join(f"\\u{unit:04x}" for unit in memoryview(char.encode("utf-16-le", "surrogatepass")).cast("H"))
