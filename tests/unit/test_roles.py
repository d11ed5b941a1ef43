"""The closed list of roles and what is derived from it."""

from __future__ import annotations

from typing import get_args

from convenings.domain.roles import ROLES, SPEAKING, Role


def test_every_role_has_its_standard_terms() -> None:
    """One that is in the list of types alone would be met by the build, and known to nobody."""
    assert set(get_args(Role)) == set(ROLES)
    assert set(ROLES) >= SPEAKING
