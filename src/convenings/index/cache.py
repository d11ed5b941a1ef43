"""A bounded cache that is filled by many answers at once, which :func:`functools.lru_cache` cannot be."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Values by key; the one that has not been used for longest goes first.

    Args:
        limit: The most values that are kept.
        on_drop: Called with a value that goes.
    """

    def __init__(self, limit: int, on_drop: Callable[[V], object] = lambda _: None) -> None:
        self._values: OrderedDict[K, V] = OrderedDict()
        self._limit = limit
        self._on_drop = on_drop
        self.peek = self._values.get
        """A value, without its counting as used; None where it is not there."""

    def __contains__(self, key: K) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """A value, which counts as used; None where it is not there."""
        if (value := self._values.get(key)) is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> V:
        """Keep a value; gives it back."""
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._limit:
            self._on_drop(self._values.popitem(last=False)[1])
        return value
