"""Reads all the places of one report: finds the names, the units that qualify them, and chooses the entries."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from marsad.model import PlaceMention, Report, Span, Where
from marsad.resolve.gazetteer import Entry, Gazetteer, gazetteer
from marsad.resolve.where_capitals import sift
from marsad.resolve.where_choose import SURNAME_TOWNS, Choice, Weighing, choices_of, weigh
from marsad.resolve.where_codes import coded
from marsad.resolve.where_context import Mention
from marsad.resolve.where_mentions import Candidate, find_candidates, is_shouting
from marsad.resolve.where_names import fold
from marsad.resolve.where_outlet import outlet_home
from marsad.resolve.where_score import entries_of, lies_in
from marsad.vocabulary import Field

_SIDE = r"(?:(?:north|south)(?:[ -]?(?:east|west))?|east|west)(?:ern)?"
_SORTS = (
    r"(?:neighbou?rhood|district|area|village|town|city|camp|suburb|province|governorate|region|county|municipality|"
    rf"countryside|the|of|rural|central|{_SIDE})"
)
# "Homs, Syria", "Homs (Syria)", "Homs in Syria", "Bria town, in the Haute-Kotto".
QUALIFIER_GAP = re.compile(
    rf"(?:\s+{_SORTS})*(?:\s*[,(]\s*(?:in\s+)?|\s+in\s+)(?:the\s+)?(?:{_SORTS}\s+)*", re.IGNORECASE
)
# "the Amal neighbourhood in Khan Younis": a name inside a town.
INSIDE_GAP = re.compile(
    rf"(?:\s+{_SORTS})*,?\s+(?:(?:just\s+)?(?:to the\s+)?{_SIDE}\s+(?:side\s+)?of|in|within|inside|near)\s+"
    rf"(?:{_SORTS}\s+)*",
    re.IGNORECASE,
)
LONGEST_CODE = 4
POSSESSIVE_GAP = re.compile(r"[’']s?\s+(?:[a-z-]+\s+){0,4}")


@dataclass(frozen=True, slots=True)
class Found:
    """One place name of a report with the entry chosen for it (None when unknown)."""

    span: Span
    entry: Entry | None
    candidate: Candidate
    guess: bool


def find_places(report: Report) -> tuple[PlaceMention, ...]:
    """Find every place name of a report's text, each resolved or with null values, in order.

    Demonyms ("Syrian") count as mentions of their country. Offsets are those of `report.text`.
    """
    return tuple(
        PlaceMention(found.span, coded(where_of(found.entry, found.span)))
        for found in read_places(report)
        if found.span.within == "text"
    )


def where_of(entry: Entry | None, span: Span | None, text: str | None = None) -> Where:
    """Return the values of an entry as a `Where` with its words."""
    said = text if text is not None else (span.quote if span else None)
    if entry is None:
        return Where(text=said, span=span)
    return Where(
        text=said,
        name=entry.name,
        country=entry.country,
        admin1=entry.admin1,
        admin2=entry.admin2,
        latitude=entry.latitude,
        longitude=entry.longitude,
        geoprecision=entry.precision,
        gazetteer_id=entry.id,
        radius_km=entry.radius_km,
        span=span,
    )


def read_places(report: Report) -> tuple[Found, ...]:
    """Return the places of title and text; remembered for the last few reports."""
    return _read(report.title or "", report.text, report.publisher)


@lru_cache(maxsize=64)
def _read(title: str, text: str, publisher: str | None) -> tuple[Found, ...]:
    weighed, fields = weigh_places(title, text, publisher)
    chosen = zip(choices_of(weighed), fields, strict=True)
    return _without_strangers([_found(choice, within) for choice, within in chosen if choice is not None])


def _without_strangers(found: list[Found]) -> tuple[Found, ...]:
    """Leave a town abroad unresolved that only another spelling of its name leads to ("Boni" is not Bonn in Mali).

    At home are the countries of all places that stand under their own names, and those of peoples.
    """
    home = {
        one.entry.country for one in found if one.entry is not None and (_by_its_name(one) or one.candidate.demonym)
    }
    if not home:
        return tuple(found)
    return tuple(replace(one, entry=None) if _is_stranger(one, home) else one for one in found)


def _is_stranger(one: Found, home: set[str | None]) -> bool:
    entry = one.entry
    if entry is None or one.candidate.demonym or entry.country in home or entry.kind not in "PA":
        return False
    return not _by_its_name(one)


def _by_its_name(one: Found) -> bool:
    return one.entry is not None and fold(one.span.quote) == fold(one.entry.name)


def weigh_places(title: str, text: str, publisher: str | None) -> tuple[Weighing, list[Field]]:
    """Find and weigh the possible places of a title and a text; each one's field is told beside."""
    source = gazetteer()
    parts: list[tuple[Field, str]] = [("title", title), ("text", text)]
    # The few words of one place, taken out of a report in capitals, are read as that report is.
    shouting = is_shouting(text) or (text.isupper() and len(text) > LONGEST_CODE)
    mentions: list[Mention] = []
    fields: list[Field] = []
    for within, part in parts:
        loud = shouting or is_shouting(part)
        found = find_candidates(part, source, shouting=loud)
        found = sift(found, part, source) if loud else found
        fields += [within] * len(found)
        mentions += qualified(part, found, source, len(mentions))
    return weigh(mentions, source, shouting=shouting, home=outlet_home(publisher)), fields


def _found(choice: Choice, within: Field) -> Found:
    c = choice.candidate
    return Found(Span(c.start, c.end, c.text, within), choice.entry, c, choice.guess)


def qualified(text: str, found: list[Candidate], source: Gazetteer, first: int) -> list[Mention]:
    """Return every candidate with the country, unit or town that the words beside it put it in: "Homs, Syria"."""
    out: list[Mention] = []
    for n, candidate in enumerate(found):
        following = found[n + 1] if n + 1 < len(found) else None
        gap = text[candidate.end : following.start] if following else ""
        container, inside, firm = None, None, False
        if following is not None and len(gap) < 60:
            if QUALIFIER_GAP.fullmatch(gap):
                container = container_of(candidate, following, source)
            if container is None and gap == ", ":
                container = state_of(following, source)
                firm = container is not None
            if container is None and INSIDE_GAP.fullmatch(gap):
                inside = first + n + 1
        if container is None and n > 0 and POSSESSIVE_GAP.fullmatch(text[found[n - 1].end : candidate.start]):
            container = container_of(candidate, found[n - 1], source)
        out.append(Mention(candidate, container, inside, firm))
    return out


def state_of(outer: Candidate, source: Gazetteer) -> Entry | None:
    """Return the state of a country where "Town, State" is how towns are written, if `outer` names one."""
    if outer.demonym is not None:
        return None
    units = [e for e in entries_of(outer, source) if e.kind == "1" and e.country in SURNAME_TOWNS]
    return units[0] if units and not any(e.kind == "C" for e in entries_of(outer, source)) else None


def container_of(inner: Candidate, outer: Candidate, source: Gazetteer) -> Entry | None:
    """Return the country or unit of `outer` that has a place named like `inner`."""
    if outer.demonym is not None or inner.demonym is not None:
        return None
    units = [e for e in entries_of(outer, source) if e.kind in "C1"]
    inners = entries_of(inner, source)
    if any(e.kind == "C" for e in inners):
        # "Washington's view of Russia" is no Russia in Washington.
        return None
    for unit in units:
        if any(lies_in(e, unit) for e in inners):
            return unit
    return None
