"""The closed list of roles and what is derived from it."""

from __future__ import annotations

import runpy
from typing import get_args

import pytest

from convenings.domain.roles import ROLES, SPEAKING, Role
from convenings.index import reason_codes
from convenings.index.sqlite import statements


def test_every_role_has_its_standard_terms() -> None:
    """One that is in the list of types alone would be met by the build, and known to nobody."""
    assert set(get_args(Role)) == set(ROLES)
    assert set(ROLES) >= SPEAKING


def test_a_program_with_other_roles_has_indexes_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an index a role is its place in their list: by another list it would be read as another role."""
    assert runpy.run_path(statements.__file__)["INDEX_VERSION"] == statements.INDEX_VERSION
    monkeypatch.setattr(reason_codes, "WORDS", ("patron", *reason_codes.WORDS))
    assert runpy.run_path(statements.__file__)["INDEX_VERSION"] != statements.INDEX_VERSION
