"""Sequences that know how long they are and load what is looked at, so that a page of a long list costs a page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
AT_ONCE = 500
"""How many things are loaded at once where somebody walks over all."""


class _Alike(Sequence[T]):
    """Equal to any sequence of the same things."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} things, loaded when they are looked at>"


class Lazy(_Alike[T]):
    """Things that are loaded by their keys when they are looked at."""

    def __init__(self, keys: Sequence[Any], load: Callable[[Sequence[Any]], Sequence[T]]) -> None:
        self.keys = keys
        self._load = load

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "Lazy[T]": ...
    def __getitem__(self, at: int | slice) -> "T | Lazy[T]":
        if isinstance(at, slice):
            return Lazy(self.keys[at], self._load)
        return self._load([self.keys[at]])[0]

    def __iter__(self) -> Iterator[T]:
        for start in range(0, len(self.keys), AT_ONCE):
            yield from self._load(self.keys[start : start + AT_ONCE])


class Counted(_Alike[T]):
    """Things that are counted when their number is asked for, and all loaded when the first is looked at."""

    def __init__(self, number: int | Callable[[], int], load: Callable[[], Sequence[T]]) -> None:
        self._number = number
        self._load = load
        self._loaded: Sequence[T] | None = None

    def __len__(self) -> int:
        if not isinstance(self._number, int):
            self._number = self._number()
        return self._number

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return self._all()[at]

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def _all(self) -> Sequence[T]:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded
