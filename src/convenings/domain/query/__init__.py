"""The query language: one line of text that filters, can be saved, cited and run anywhere.

Words, ``"quoted phrases"`` and ``key:value``; ``!`` before any of them, or before a bracketed group, means what it does
not select. Terms one after another must all hold; ``or`` between two terms joins alternatives and binds less tightly,
so that ``a b or c`` is ``(a b) or c``.

:mod:`~convenings.domain.query.parser` reads a line, :mod:`~convenings.domain.query.tree` is what it means,
:mod:`~convenings.domain.query.keys` is the table of keys.
"""

from convenings.domain.query.keys import KEYS
from convenings.domain.query.parser import parse
from convenings.domain.query.tree import All, BadQuery, Either, Field, Not, Query, Word

__all__ = ["KEYS", "All", "BadQuery", "Either", "Field", "Not", "Query", "Word", "parse"]
