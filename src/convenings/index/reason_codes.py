"""How a role or an act, the part of an event in which it was, and whether it is inferred are one number of 32 bits.

Reasons are stored beside millions of rows. As a text, each role at each session would be one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from convenings.domain.record_values import Act
from convenings.domain.roles import ROLES

WORDS = (*ROLES, *get_args(Act))
"""Roles, then acts; fewer than 32."""
_WORD, _WORD_BITS = 1 << 31, 26
_INFERRED = 1 << 25
_HERE = _INFERRED - 1
"""In place of the row of a part: at the event itself."""
_CODE = {word: _WORD | number << _WORD_BITS for number, word in enumerate(WORDS)}


def word_code(word: str, session: int | None, *, inferred: bool) -> int:
    """The number of a role or an act at an event itself, or in a part of it, which is given by row."""
    return _CODE[word] | (_INFERRED if inferred else 0) | (_HERE if session is None else session)


def is_word(code: int) -> bool:
    """Whether a number is that of a role or an act, and has no text of its own."""
    return code >= _WORD


def session_of(code: int) -> int | None:
    """Row of the part of an event that such a number names; none where it names none."""
    row = code & _HERE
    return None if row == _HERE else row


def at_itself(code: int) -> int:
    """The number of the same role or act at the event itself."""
    return code | _HERE


def order_of(code: int) -> int:
    """What such numbers are put in order by: those at the event itself first, each in the order of all words."""
    return (code & _HERE != _HERE) << 5 | code >> _WORD_BITS & 31


def word_of(code: int) -> int:
    """Place of the role or the act of such a number among all of them."""
    return code >> _WORD_BITS & 31


def word_text(code: int, label: Callable[[int], str]) -> str:
    """What such a number says, given what the events are called by their rows."""
    session = session_of(code)
    text = WORDS[word_of(code)] + (" (inferred)" if code & _INFERRED else "")
    return text if session is None else f"{text}, in {label(session)}"
