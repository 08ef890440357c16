"""Limits as the rooms keep them: a frozen dataclass of whole numbers, each with its reason, set by NAME=NUMBER."""

from collections.abc import Iterable
from dataclasses import Field, field, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from marsad.errors import BadInputError

if TYPE_CHECKING:

    class Limited(Protocol):
        """A dataclass of limits."""

        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound="Limited")
U = TypeVar("U", bound="Limited")


def limit(value: int, reason: str) -> int:
    """Return a field of a class of limits: what holds unless the user sets another, and why."""
    found: int = field(default=value, metadata={"reason": reason})
    return found


def names_of(limits: "type[Limited] | Limited") -> tuple[str, ...]:
    """Return the names of the limits."""
    return tuple(one.name for one in fields(limits))


def with_limits(limits: T, words: Iterable[str]) -> T:
    """Return the limits with those that `words` ("rows=50") set; raise BadInputError for other words."""
    chosen: dict[str, Any] = {}
    for word in words:
        name, _, number = word.partition("=")
        if name not in names_of(limits) or not number.isdecimal():
            raise unknown_limit(word, names_of(limits))
        chosen[name] = int(number)
    return replace(limits, **chosen)


def with_both(one: T, other: U, words: Iterable[str]) -> tuple[T, U]:
    """Return two sets of limits with those that one list sets; raise BadInputError for words that neither knows."""
    given, ours = [*words], names_of(one)
    for word in given:
        if word.partition("=")[0] not in (*ours, *names_of(other)):
            raise unknown_limit(word, (*ours, *names_of(other)))
    first = [word for word in given if word.partition("=")[0] in ours]
    return with_limits(one, first), with_limits(other, [word for word in given if word not in first])


def unknown_limit(word: str, names: Iterable[str]) -> BadInputError:
    """Return the error that tells of a word that sets no limit, and which limits there are."""
    return BadInputError(f"--limit {word}: write NAME=NUMBER, the name one of {', '.join(sorted(names))}")
