"""The streams of the process: data on stdout, narration on stderr."""

from __future__ import annotations

import io
import sys

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
    if sys.stderr is not None:
        print(plain(f"convenings: {line[:LONGEST_LINE]}" if name else line[:LONGEST_LINE]), file=sys.stderr)
