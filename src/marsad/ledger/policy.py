"""Chooses one figure out of what several voices said, by a named rule; what each said stays listed beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from marsad.errors import LedgerError
from marsad.model import Figure

Policy = Literal["newest", "best sourced", "median", "lowest", "highest"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
TITLES: dict[Policy, str] = {
    "newest": "one voice one word, newest",
    "best sourced": "one voice one word, best sourced",
    "median": "one voice one word, median",
    "lowest": "one voice one word, lowest",
    "highest": "one voice one word, highest",
}
"""How a policy is named beside the figures that it chose."""


@dataclass(frozen=True, slots=True)
class Word:
    """One figure that one voice gave: told when, by which member of the incident, and citing how many named sources."""

    voice: str
    told: tuple[date, str]
    figure: Figure
    member: str
    sources: int = 0


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


def require_policy(name: str) -> Policy:
    """Return the policy of that name, or of that title; raise LedgerError with the names there are."""
    asked = " ".join(name.replace("-", " ").replace("_", " ").split()).casefold()
    for policy in POLICIES:
        if asked in (policy, TITLES[policy]):
            return policy
    raise LedgerError(f"there is no policy {name!r}: choose one of {', '.join(POLICIES)}")


def _top(figure: Figure) -> int:
    return figure.best if figure.high is None else figure.high


def _newest(words: list[Word]) -> Word:
    return words[-1]


def _best_sourced(words: list[Word]) -> Word:
    """Return the word that most voices bear out; of equals the one that cites most named sources, then the newest."""

    def weight(word: Word) -> tuple[int, int, int, tuple[date, str], str]:
        same = sum(other.figure.best == word.figure.best for other in words)
        within = sum(other.figure.low <= word.figure.best <= _top(other.figure) for other in words)
        return same, within, word.sources, word.told, word.member

    return max(words, key=weight)


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
    "best sourced": _best_sourced,
    "median": _median,
    "lowest": _lowest,
    "highest": _highest,
}
