"""Cells of CSV after RFC 4180: values whole, and nothing that a spreadsheet would evaluate or a terminal obey."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet takes for a formula, full-width forms included, as Excel does."""
GUARD = "'"
"""Stands before such a cell, which makes it a text to every spreadsheet; without it the value is as recorded."""

_CONTROLS = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD),
}
"""What would act on a terminal, to its picture or the replacement character."""


def cell(value: str) -> str:
    """A value as the text of a cell, guarded where it begins as a formula does."""
    text = value.translate(_CONTROLS)
    return GUARD + text if text.lstrip(" ").startswith(FORMULA_STARTS) else text
