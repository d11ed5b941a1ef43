"""Cells of CSV after RFC 4180: values whole, and nothing that a spreadsheet would evaluate or a terminal obey.

Of two sorts: :func:`cell` is for people, who see a picture of each control character; from :func:`exact_cell` the value
comes back to the letter, by :func:`value_of`.
"""

from __future__ import annotations

import json
import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet takes for a formula, full-width forms included, as Excel does."""
GUARD = "'"
"""Stands before such a cell, which makes it a text to every spreadsheet; without it the value is as recorded."""

_CONTROLS = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD),
}
"""What would act on a terminal, to its picture or the replacement character."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def cell(value: str) -> str:
    """A value as the text of a cell, guarded where it begins as a formula does; controls as their pictures."""
    return guarded(value.translate(_CONTROLS))


def guarded(text: str) -> str:
    """A text with the guard before it where it begins as a formula does, or as one that has a guard."""
    return GUARD + text if _is_formula(text) else text


def unguarded(text: str) -> str:
    """A text without the guard that :func:`guarded` put before it; any other text as it is."""
    return text[1:] if text.startswith(GUARD) and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    # Guards count as well, so that a value which begins with one itself gets a second and keeps its own.
    return text.lstrip(f" {GUARD}").startswith(FORMULA_STARTS)


def exact_cell(value: str) -> str:
    """A value as the text of a cell from which :func:`value_of` gives it back.

    Where it holds control characters, or is nothing but quotation marks at both ends of such a text, it is written as a
    JSON string, in which they are escaped.
    """
    return _json_string(value) if _CONTROL.search(value) or _is_escaped(value) else guarded(value)


def value_of(text: str) -> str:
    """The value of a cell that :func:`exact_cell` wrote."""
    if _is_escaped(text):
        value: str = json.loads(text, strict=False)
        return value
    return unguarded(text)


EMPTY = '""'
"""The cell of a text that is there and empty, where an empty cell says that there is none."""


def _is_escaped(text: str) -> bool:
    """Whether a cell is a JSON string that could not have stood as it is."""
    if not (len(text) > 1 and text[0] == text[-1] == '"'):
        return False
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return False
    return not value or bool(_CONTROL.search(value)) or _is_escaped(value)


def _json_string(value: str) -> str:
    return escaped_json(json.dumps(value, ensure_ascii=False))


def escaped_json(text: str) -> str:
    """A JSON text of one line in which every control character is escaped, also those that JSON itself lets stand."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
