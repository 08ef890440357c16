"""Tells which country and which unit a report is about, by the places that it names and its publisher's home."""

import re
from collections import Counter
from collections.abc import Sequence

from marsad.model import Report
from marsad.resolve.where_outlet import Home
from marsad.resolve.where_report import Found

NAMESAKE_PEOPLE = 50_000
# What the publisher's country and a local outlet's unit say: more than a people named in passing, less than a place.
HOME_VOICES, LOCAL_VOICES = 3, 4
BORDERING = re.compile(r"\b(?:near|bordering|outside|close to|not far from|next to)\s+(?:the\s+)?$", re.IGNORECASE)


def main_country(found: Sequence[Found], home: Home | None = None) -> tuple[str | None, bool]:
    """Return the country that a report names most, and whether it has three fifths of all.

    Places count for their country, early ones twice, demonyms half.
    """
    votes: Counter[str] = Counter({home.country: HOME_VOICES} if home else ())
    last: tuple[int, str | None] = (-9, None)
    for n, one in enumerate(found):
        country = one.entry.country if one.entry else None
        if country and not one.candidate.based and not part_of_name(one):
            # "Paris (France)" is one voice, not two.
            if (one.span.start - last[0] > 3) or last[1] != country:
                votes[country] += voice(one) * (2 if n < 4 else 1)
            last = (one.span.end, country)
    chief = min(votes, key=lambda c: (-votes[c], c)) if votes else None
    return chief, chief is not None and votes[chief] >= 0.6 * votes.total()


def main_unit(found: Sequence[Found], home: Home | None = None) -> int | None:
    """Return the first-order unit that most of a report's towns lie in, its own name counted with them."""
    votes: Counter[int] = Counter({home.unit.unit: LOCAL_VOICES} if home and home.unit and home.unit.unit else ())
    for n, one in enumerate(found):
        if one.entry is not None and one.entry.unit and not part_of_name(one) and not one.candidate.based:
            large = one.entry.kind in "1A" or one.entry.population > NAMESAKE_PEOPLE
            votes[one.entry.unit] += (2 if large else 1) * (2 if n < 4 else 1)
    return min(votes, key=lambda u: (-votes[u], u)) if votes else None


def is_neighbour(found: Found, report: Report) -> bool:
    """Tell whether a country is named only for what lies near it, so that it is not the one: "raids near Chad"."""
    if found.entry is None or found.entry.kind != "C" or found.candidate.demonym is not None:
        return False
    whole = (report.text if found.span.within == "text" else report.title) or ""
    return bool(BORDERING.search(whole[max(0, found.span.start - 24) : found.span.start]))


def voice(found: Found) -> int:
    """Return how much a mention says on where a report plays: a country that acts ("U.S. envoys") half of a place."""
    entry = found.entry
    acts = entry is not None and entry.kind == "C" and not found.candidate.cued
    return 1 if found.candidate.demonym or acts else 2


def part_of_name(found: Found) -> bool:
    """Tell whether a place name only stands inside the name of a school, a mosque, a person."""
    c = found.candidate
    large = found.entry is not None and found.entry.kind in "C1A"
    return c.facility or (c.person and not c.cued) or (c.in_name and not (c.cued or large))
