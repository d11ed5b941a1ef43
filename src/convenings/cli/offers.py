"""What completion of a shell asks the dataset for: ``convenings --complete WHAT WORD LINE...``, one offer a line.

The answer has to be there while somebody holds the tab key, so nothing is built for it: what has no index yet is
offered what needs none. What is wrong is no matter either: nothing is offered then.
"""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from convenings.cli.common import OK, dataset_path
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS
from convenings.domain.query.keys import ALIASES, KEYS, STATES
from convenings.domain.roles import ROLES

if TYPE_CHECKING:
    from convenings.index.model import ReadModel

MOST = 200
"""Ids that are offered at most; a shell that has more asks whether to show them, and nobody reads them."""
SMALL = 2_000_000
"""Bytes of a dataset up to which its index is built rather than nothing offered: a tenth of a second or three."""

_PLAIN = re.compile(r"[\w./:!-]+")
"""What needs no quoting in any shell; nothing else is offered, as records are not to be trusted with a command line."""
_BASES = ("stated", "inferred")
FACETS = ("role", "type", "status", "language")
"""Keys whose values are few, and are those that records have."""


def print_offers(words: Sequence[str]) -> int:
    """Print what may stand in place of a word.

    Args:
        words: What is asked for, one of :data:`OFFERS`; the word as far as it is typed; and all words of the line, in
            which the dataset may be named.
    """
    what, word, *line = (*words, "", "")[: max(len(words), 2)]
    if what in OFFERS:
        try:
            for offer in OFFERS[what](word, line):
                print(offer)
        except (BadInput, OSError):
            return OK
    return OK


def _ids(word: str, line: Sequence[str], kinds: Iterable[str] = KINDS) -> list[str]:
    """Ids that begin with a word; kinds where no kind is typed yet."""
    kind, slash, _ = word.partition("/")
    if not slash:
        return [f"{each}/" for each in kinds if each.startswith(word)]
    if kind not in kinds or (model := _model(line)) is None:
        return []
    with closing(model):
        return [ref for ref in model.index.ids_beginning(word, MOST) if _PLAIN.fullmatch(ref)]


def _sources(word: str, line: Sequence[str]) -> list[str]:
    """Ids of sources."""
    return _ids(word if "/" in word else "source/", line, ("source",))


def _query(word: str, line: Sequence[str]) -> list[str]:
    """A query with its last term completed: its key, or a value of it that occurs."""
    quote = word[:1] if word[:1] in ("'", '"') else ""
    before, space, term = word[len(quote) :].rpartition(" ")
    sign = term[: len(term) - len(term.lstrip("!("))]
    key, colon, value = term[len(sign) :].partition(":")
    if not colon:
        offers = [f"{each}:" for each in KEYS if each.startswith(key)]
    else:
        values = _values(ALIASES.get(key, key), line)
        offers = [f"{key}:{each}" for each in values if each.startswith(value)]
    return [f"{before}{space}{sign}{offer}" for offer in offers]


def _values(key: str, line: Sequence[str]) -> list[str]:
    """Values of a key, as far as they are few."""
    if key == "kind":
        return list(KINDS)
    if key == "basis":
        return list(_BASES)
    if key == "is":
        return [state for state in STATES if state != "pinned"]
    if key not in FACETS or (model := _model(line)) is None:
        return list(ROLES) if key == "role" else []
    with closing(model):
        # The beginning of a value selects it, and its first word needs no quotes.
        first_words = dict.fromkeys(value.split(" ")[0] for value in model.facet_values(key))
    return [word for word in first_words if _PLAIN.fullmatch(word)]


def _model(line: Sequence[str]) -> ReadModel | None:
    """The index of the dataset that a line, or else the environment, names, as far as it is there."""
    from convenings.index.open import open_model, peek_model

    value = next((word for option, word in pairwise(line) if option == "--dataset"), "")
    value = value or next((word.partition("=")[2] for word in line if word.startswith("--dataset=")), "")
    path = dataset_path(Namespace(dataset=Path(value.strip("'\"")).expanduser() if value else None))
    model = peek_model(path)
    if model is not None and model.complete:
        return model
    if model is not None:
        model.close()
    return open_model(path) if path.stat().st_size <= SMALL else None


OFFERS: dict[str, Callable[[str, Sequence[str]], list[str]]] = {"ids": _ids, "sources": _sources, "query": _query}
"""What can be asked for."""
