"""History: places, back and forward."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from convenings.domain.history import MAX_PLACES, History


class Browser(RuleBasedStateMachine):
    """History against two plain stacks."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(0)
        self.past: list[int] = []
        self.here = 0
        self.ahead: list[int] = []

    @rule(place=st.integers())
    def visit(self, place: int) -> None:
        """Go somewhere new."""
        self.history.visit(place)
        self.past.append(self.here)
        self.here, self.ahead = place, []

    @rule(place=st.integers())
    def update(self, place: int) -> None:
        """Change what the present place looks like."""
        self.history.update(place)
        self.here = place

    @rule()
    def back(self) -> None:
        """Go back, or stay where there is nothing."""
        found = self.history.go(-1)
        if self.past:
            self.ahead.append(self.here)
            self.here = self.past.pop()
            assert found == self.here
        else:
            assert found is None

    @rule()
    def forward(self) -> None:
        """Go forward, or stay where there is nothing."""
        found = self.history.go(1)
        if self.ahead:
            self.past.append(self.here)
            self.here = self.ahead.pop()
            assert found == self.here
        else:
            assert found is None

    @invariant()
    def agree(self) -> None:
        """Both say the same."""
        assert self.history.here == self.here
        assert self.history.before == len(self.past)
        assert self.history.after == len(self.ahead)


TestBrowser = Browser.TestCase


@given(st.integers(1, 3 * MAX_PLACES))
def test_only_so_many_places_are_remembered(visits: int) -> None:
    """The oldest are forgotten first, and the present place is always kept."""
    history = History(0)
    for place in range(1, visits + 1):
        history.visit(place)
    assert history.here == visits
    assert history.before == min(visits, MAX_PLACES - 1)
    while history.before:
        history.go(-1)
    assert history.here == max(0, visits + 1 - MAX_PLACES)
