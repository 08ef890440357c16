"""What the columns of a table hold, by their headings: a harm, a day, a place, a doer, a source, a means, or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.extract.lexicon import person_noun
from marsad.extract.table_grid import Line
from marsad.model import Span
from marsad.vocabulary import Harm

Role = Literal["harm", "total", "part", "day", "place", "doer", "source", "means", "none"]

_HARM_WORDS: dict[Harm, str] = {
    "killed": r"killed|dead|deaths?|fatalit(?:y|ies)|died|deceased|k\.?i\.?a",
    "injured": r"injured|injur(?:y|ies)|wounded|hurt|w\.?i\.?a",
    "missing": r"missing|unaccounted for",
    "abducted": r"abduct(?:ed|ions?)|kidnapp(?:ed|ings?)|hostages",
    "captured": r"captured|taken prisoner",
    "detained": r"detained|detentions?|arrest(?:ed|s)",
    "displaced": r"displaced|idps?",
    "casualties": r"casualt(?:y|ies)|victims",
}
HARM_HEADS = tuple((harm, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for harm, words in _HARM_WORDS.items())
# Figures of something else than people, or of people that are no whole number of these harms.
NOT_PEOPLE = re.compile(
    r"%|\b(?:per|percent|rate|ratio|share|average|mean|ages?|houses?|homes?|buildings?|vehicles?|livestock|animals?|cattle"
    r"|incidents?|attacks?|strikes?|events?|facilit(?:y|ies)|households?|famil(?:y|ies)|change|difference|previous)\b",
    re.IGNORECASE,
)
HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("none", re.compile(r"(?:no|nr|number|#|s/n|id|rank|notes?|remarks?|comments?)\.?", re.IGNORECASE)),
    ("day", re.compile(r"\b(?:date|dates|day|days|month|week|year|period|when|time)\b", re.IGNORECASE)),
    (
        "place",
        re.compile(
            r"\b(?:place|location|where|province|governorate|state|region|district|county|area|zone|town|city|village"
            r"|camp|country|commune|department|division|municipality|locality|settlement|oblast|township|site|wilayah?)s?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "doer",
        re.compile(
            r"\b(?:perpetrators?|attackers?|by whom|killed by|responsible|attributed|actor|aggressor)\b", re.IGNORECASE
        ),
    ),
    ("source", re.compile(r"\b(?:sources?|according to|reported by|cited)\b", re.IGNORECASE)),
    ("means", re.compile(r"\b(?:means|weapons?|cause|type|method|how|kind)\b", re.IGNORECASE)),
)
PART_HEAD = re.compile(r"\b(?:of wh(?:om|ich)|incl(?:uding|\.)?|among them|thereof)\b", re.IGNORECASE)
TOTAL = re.compile(
    r"\W*(?:grand\s+)?(?:sub-?\s?)?(?:totals?|sum|overall|altogether|all)\b(?:\s+(?:of\s+)?[\w ]{0,20})?\W*", re.I
)
SUBTOTAL = re.compile(r"\W*sub-?\s?total", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; `people` are the heading's words for those who came to harm."""

    role: Role
    harm: Harm | None = None
    people: Span | None = None


def columns_of(head: Line, captions: Sequence[Span]) -> tuple[Column, ...]:
    """Return what the columns under a head hold; no column of harm where it is no head of such a table."""
    columns = [_column(cell) for cell in head.cells]
    if not any(one.role == "harm" for one in columns):
        columns = _by_caption(head, columns, captions)
    return tuple(_with_parts(columns, head))


def harms_in(words: str) -> list[Harm]:
    """Return the harms that some words name."""
    return [harm for harm, pattern in HARM_HEADS if pattern.search(words)]


def _column(cell: Span) -> Column:
    harms = harms_in(cell.quote)
    role: Role = next((role for role, pattern in HEADS if _fits(role, pattern, cell.quote)), "none")
    if harms and not NOT_PEOPLE.search(cell.quote) and role in ("none", "day", "place"):
        harm: Harm = harms[0] if len(harms) == 1 else "casualties"
        return Column("harm", harm, _people(cell))
    return Column(role)


def _fits(role: Role, pattern: re.Pattern[str], words: str) -> bool:
    found = pattern.fullmatch(words.strip()) if role == "none" else pattern.search(words)
    return found is not None


def _people(cell: Span) -> Span | None:
    """Return the words of a heading that name people: "Civilians" of "Civilians killed"."""
    cuts = [found.span() for _, pattern in HARM_HEADS for found in pattern.finditer(cell.quote)]
    edges = [0, *(edge for cut in sorted(cuts) for edge in cut), len(cell.quote)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        words = re.search(r"[^\W\d_](?:.*[^\W\d_])?", cell.quote[start:end])
        if words and _names_people(words.group()):
            at = cell.start + start + words.start()
            return Span(at, at + len(words.group()), words.group())
    return None


def _names_people(words: str) -> bool:
    found = [noun for word in re.findall(r"[^\W\d_]+", words) if (noun := person_noun(word))]
    return any(noun.plural not in ("people", "persons") for noun in found)


def _by_caption(head: Line, columns: list[Column], captions: Sequence[Span]) -> list[Column]:
    """Take columns of people ("Civilians", "Soldiers", "Total") for those of the one harm that the caption names."""
    harms = next((found for one in captions if (found := harms_in(one.quote))), [])
    people = [_names_people(cell.quote) and not NOT_PEOPLE.search(cell.quote) for cell in head.cells]
    if len(harms) != 1 or sum(people[1:]) < 2:
        return columns
    out = list(columns)
    for at, cell in enumerate(head.cells):
        if at and people[at]:
            out[at] = Column("harm", harms[0], cell)
        elif at and TOTAL.fullmatch(cell.quote):
            out[at] = Column("harm", harms[0])
    return out


def _with_parts(columns: Sequence[Column], head: Line) -> list[Column]:
    """Take "of whom children" behind a column of harm for a part of it."""
    out = list(columns)
    for at in range(1, len(out)):
        whole = next((one for one in reversed(out[:at]) if one.role == "harm"), None)
        if whole is not None and PART_HEAD.search(head.cells[at].quote) and _names_people(head.cells[at].quote):
            own = [harm for harm in harms_in(head.cells[at].quote) if harm != whole.harm]
            out[at] = out[at] if own else Column("part", whole.harm, _behind_opening(head.cells[at]))
    return out


def _behind_opening(cell: Span) -> Span:
    """Return the words of "of whom children" that name people."""
    opening = PART_HEAD.search(cell.quote)
    words = cell.quote[opening.end() :] if opening else cell.quote
    start = cell.end - len(words.lstrip(" :("))
    return Span(start, start + len(words.strip(" :()")), words.strip(" :()"))
