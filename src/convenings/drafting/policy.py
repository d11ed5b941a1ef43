"""Which drafted fields are ticked beforehand: those whose rule has been right often enough on readings made by hand.

Roles and bodies are never ticked: a wrong one about a living person is worse than none. ``python -m tests.drafting``
measures the rules anew.
"""

from __future__ import annotations

import msgspec

LEAST = 0.95
"""Share of what a rule found that has to be right for it to be ticked."""
FEWEST = 4
"""How often a rule has to have been seen."""


class Precision(msgspec.Struct, frozen=True):
    """How often a rule was right."""

    right: int
    of: int

    @property
    def is_earned(self) -> bool:
        """Whether what the rule finds may be ticked beforehand."""
        return self.of >= FEWEST and self.right >= LEAST * self.of


PRECISION: dict[tuple[str, str], Precision] = {
    ("person", "honorific"): Precision(30, 31),
    ("person", "apposition"): Precision(41, 42),
    ("person", "title"): Precision(34, 35),
    ("person", "caps"): Precision(2, 3),
    ("person", "pinyin"): Precision(16, 16),
    ("person", "given"): Precision(20, 21),
    ("person", "label"): Precision(6, 6),
    ("person", "list"): Precision(43, 43),
    ("person", "table"): Precision(7, 7),
    ("title", "apposition"): Precision(70, 70),
    ("title", "before"): Precision(38, 38),
    ("title", "label"): Precision(6, 6),
    ("title", "table"): Precision(7, 7),
    ("statement", "said"): Precision(45, 48),
    ("statement", "pronoun"): Precision(23, 23),
}
"""Field and rule to how often the rule was right on readings of 32 reports; what is not here has not been measured."""


def is_ticked(field: str, how: str) -> bool:
    """Whether a field that a rule found is ticked beforehand."""
    precision = PRECISION.get((field, how))
    return precision is not None and precision.is_earned
