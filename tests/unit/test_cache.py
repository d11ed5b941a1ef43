"""A cache holds what was used last, and never more than it may."""

from __future__ import annotations

from collections import OrderedDict

from hypothesis import given
from hypothesis import strategies as st

from convenings.index.cache import Cache

KEYS = st.integers(0, 8)


@given(limit=st.integers(1, 4), steps=st.lists(st.tuples(st.sampled_from(["put", "get", "peek"]), KEYS)))
def test_the_one_that_was_not_used_for_longest_goes(limit: int, steps: list[tuple[str, int]]) -> None:
    gone: list[str] = []
    cache: Cache[int, str] = Cache(limit, gone.append)
    expected: OrderedDict[int, str] = OrderedDict()
    dropped: list[str] = []
    for step, key in steps:
        if step == "put":
            assert cache.put(key, f"v{key}") == f"v{key}"
            expected[key] = f"v{key}"
            expected.move_to_end(key)
            if len(expected) > limit:
                dropped.append(expected.popitem(last=False)[1])
        elif step == "get":
            assert cache.get(key) == expected.get(key)
            if key in expected:
                expected.move_to_end(key)
        else:
            assert cache.peek(key) == expected.get(key)
        assert len(cache) == len(expected) <= limit
    assert gone == dropped
    assert all((key in cache) == (key in expected) for key in range(9))
