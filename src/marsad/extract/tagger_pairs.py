"""What the learned reader is told of two claims of a report besides their words: numbers, harms, distance, cues."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

INCLUDING = re.compile(
    r"\b(?:includ(?:ing|ed?|es)|among(?:st)?|of whom|of them|of which|whom|both|incl|comprising|identified as)\b", re.I
)
OUT_OF = re.compile(r"^\W*(?:(?:out )?of|from among) (?:the|these|those|them|all)\b|^\W*of ", re.I)
JOINED = re.compile(r"^\W*(?:and|as well as|while|plus)?\W*$", re.I)
WORD = re.compile(r"\w+")
NUMBER_OF_FEATURES = 18


@dataclass(frozen=True, slots=True)
class Member:
    """One claim as the pair head sees it; `stated` is None when the count is vague, `sentence` counts from 0."""

    start: int
    end: int
    harm: str
    stated: int | None
    sentence: int


def pair_features(text: str, members: Sequence[Member], i: int, j: int) -> NDArray[np.float32]:
    """Return the features of the pair (i, j), where i begins first in the text."""
    a, b = members[i], members[j]
    between = text[a.end : b.start] if b.start - a.end < 200 else "\n\n"
    return np.array([*_numbers(a, b), *_nearness(text, a, b), *_cues(between), *_company(members, i, j)], np.float32)


def _numbers(a: Member, b: Member) -> list[float]:
    known = a.stated is not None and b.stated is not None
    x, y = a.stated or 0, b.stated or 0
    ratio = math.log((x + 1) / (y + 1)) if known else 0.0
    return [
        a.harm == b.harm,
        known and x == y,
        known and x > y,
        known and x < y,
        not known,
        max(-3.0, min(3.0, ratio)) / 3,
        x == 1,
        y == 1,
    ]


def _nearness(text: str, a: Member, b: Member) -> list[float]:
    x, y = (set(WORD.findall(text[m.start : m.end].lower())) for m in (a, b))
    return [
        a.sentence == b.sentence,
        b.sentence - a.sentence == 1,
        min(1.0, math.log1p(max(0, b.start - a.end)) / 8),
        len(x & y) / max(1, len(x | y)),
    ]


def _cues(between: str) -> list[float]:
    return [
        bool(INCLUDING.search(between)),
        bool(OUT_OF.search(between)),
        bool(JOINED.match(between)),
    ]


def _company(members: Sequence[Member], i: int, j: int) -> list[float]:
    harm = members[i].harm
    return [
        j - i == 1,
        all(m.harm != harm for m in members[:i]),
        any(m.harm == members[j].harm for m in members[i + 1 : j]),
    ]
