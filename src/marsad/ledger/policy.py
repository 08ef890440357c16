"""Chooses one figure out of what several voices said, by a named rule; what each said stays listed beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from marsad.model import Figure

Policy = Literal["newest", "median", "lowest", "highest"]
POLICIES: tuple[Policy, ...] = get_args(Policy)


@dataclass(frozen=True, slots=True)
class Word:
    """One figure that one voice gave: told when, and by which member of the incident."""

    voice: str
    told: tuple[date, str]
    figure: Figure
    member: str


def choose(words: Sequence[Word], policy: Policy) -> tuple[Figure, Word]:
    """Return the figure and the word that gave `best`, of at least one word.

    Every voice counts once, with its newest word. `best` is chosen by the policy; `low` and `high` span what the
    voices say. An open end ("at least 35") stays open only where no other voice gives a number as high.
    """
    standing = one_word_per_voice(words)
    chosen = _RULES[policy](standing)
    low = min(word.figure.low for word in standing)
    high = max(_top(word.figure) for word in standing)
    is_open = any(word.figure.high is None and word.figure.best >= high for word in standing)
    return Figure(min(low, chosen.figure.best), chosen.figure.best, None if is_open else high), chosen


def one_word_per_voice(words: Sequence[Word]) -> list[Word]:
    """Return the newest word of every voice, oldest first; equal days are put in order by the reports' keys."""
    newest: dict[str, Word] = {}
    for word in sorted(words, key=lambda w: (w.told, w.member)):
        newest[word.voice] = word
    return sorted(newest.values(), key=lambda w: (w.told, w.member))


def _top(figure: Figure) -> int:
    return figure.best if figure.high is None else figure.high


def _newest(words: list[Word]) -> Word:
    return words[-1]


def _median(words: list[Word]) -> Word:
    # With an even number the lower middle is taken: a count of the dead is not raised by a tie.
    return sorted(words, key=_size)[(len(words) - 1) // 2]


def _lowest(words: list[Word]) -> Word:
    return min(words, key=_size)


def _highest(words: list[Word]) -> Word:
    return max(words, key=_size)


def _size(word: Word) -> tuple[int, tuple[date, str], str]:
    return word.figure.best, word.told, word.member


_RULES: dict[Policy, Callable[[list[Word]], Word]] = {
    "newest": _newest,
    "median": _median,
    "lowest": _lowest,
    "highest": _highest,
}
