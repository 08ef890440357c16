"""Alters reports so that the reader learns the form and not the names: numbers, capitals, broken spellings, lists."""

import random
import re
from typing import Any

from marsad.extract.counting import count_people

NUMBERS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|(?<![\w.,:/-])\d{1,2}(?![\w.,:/%-])"
)
WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
HARM_WORDS = re.compile(
    r"\b(killed|wounded|injured|explosion|shelling|attack|bomb|massacre|shot|dead|died|bombing)\b", re.I
)
OFFSETS = ("start", "end")


def altered(
    report: dict[str, Any], gold: dict[str, Any], rng: random.Random, share: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the report and its gold with one alteration, or, in 1 - `share` of the cases, as they are."""
    if rng.random() >= share:
        return report, gold
    how = rng.choice([_upper, _break_words, _join_lines, _swap_numbers, _swap_numbers])
    edits = how(report["text"], rng)
    return _apply(report, gold, edits) if edits else (report, gold)


Edit = tuple[int, int, str]


def _upper(text: str, _: random.Random) -> list[Edit]:
    return [(0, len(text), text.upper())] if len(text.upper()) == len(text) else []


def _break_words(text: str, rng: random.Random) -> list[Edit]:
    edits = []
    mark = rng.choice(["*", "-", ".", "*"])
    for match in HARM_WORDS.finditer(text):
        if rng.random() < 0.7:
            at = match.start() + rng.randint(2, len(match[0]) - 2)
            edits.append((at, at, mark))
    return edits


def _join_lines(text: str, _: random.Random) -> list[Edit]:
    return [(m.start(), m.end(), " ") for m in re.finditer(r"\s*\n\s*", text)]


def _swap_numbers(text: str, rng: random.Random) -> list[Edit]:
    edits = []
    as_digits = rng.random() < 0.5
    changed: dict[str, str] = {}
    for match in NUMBERS.finditer(text):
        old = match[0].lower()
        if old == "1" or rng.random() < 0.2:
            continue
        if old not in changed:
            value = rng.randint(2, 12) if rng.random() < 0.7 else rng.randint(13, 60)
            changed[old] = WORDS[value - 2] if value <= 12 and not as_digits else str(value)
        new = changed[old]
        edits.append((match.start(), match.end(), new.capitalize() if match[0][0].isupper() else new))
    return edits


def _apply(report: dict[str, Any], gold: dict[str, Any], edits: list[Edit]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make the edits, move every offset, and read the roles' words anew where they were edited."""
    text, pieces, at = report["text"], [], 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    after = "".join([*pieces, text[at:]])

    def moved(offset: int, end: bool) -> int:
        shift = 0
        for a, b, new in edits:
            if b <= offset and not (a == b == offset and end):
                shift += len(new) - (b - a)
        return offset + shift

    def reread(words: str | None) -> str | None:
        if not words or (start := text.find(words)) < 0:
            return words
        return after[moved(start, False) : moved(start + len(words), True)]

    claims = []
    for claim in gold["claims"]:
        new = dict(claim, start=moved(claim["start"], False), end=moved(claim["end"], True))
        for name in ("victims", "place", "date_words", "according_to"):
            new[name] = reread(claim[name])
        new["perpetrators"] = [reread(words) for words in claim["perpetrators"]]
        if (count := count_people(after[new["start"] : new["end"]])) and claim["stated"] is not None:
            new["stated"] = count.stated
        claims.append(new)
    return dict(report, text=after), dict(gold, claims=claims)
