"""Sifts the names found in a report in capitals, where half the words of a language are another name of some town."""

import re
from collections.abc import Iterable

from marsad.resolve.gazetteer import Gazetteer
from marsad.resolve.where_mentions import Candidate
from marsad.resolve.where_names import fold
from marsad.resolve.where_tables import words

# "PORT TOWN (COUNTRY), 4 MAR 88 (RADIO HOUSE) --": the outlet's name is no place of the report.
OUTLET = re.compile(r"[^\n]{0,80}?\d\d \(([^)]{2,80})\)\s+--", re.DOTALL)
# Demonyms that are plain words too; nothing tells them apart here.
ALSO_WORDS = frozenset({"pole", "poles"})
# Abbreviations are as short as this; a town with so short a name counts only after "in".
SHORT = 4
ARTICLE = re.compile(r"\bTHE\s+$")


def sift(found: Iterable[Candidate], text: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the candidates of a text in capitals that bear a place's own name, or another name that "in" leads to."""
    outlet = OUTLET.match(text)
    first, last = outlet.span(1) if outlet else (0, 0)
    return [c for c in found if not first <= c.start < last and _is_meant(c, text, gazetteer)]


def _is_meant(candidate: Candidate, text: str, gazetteer: Gazetteer) -> bool:
    key, lists = candidate.key, words()
    if " " in key or key in lists.countries or candidate.strong:
        return True
    if candidate.demonym is not None:
        return key not in ALSO_WORDS
    if any(fold(entry.name) == key for entry in gazetteer.entries(key)):
        return len(key) > SHORT or candidate.cued
    return candidate.cued and len(key) > SHORT and not ARTICLE.search(text, 0, candidate.start)
