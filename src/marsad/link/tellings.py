"""What linking looks at: one report as the words, names, numbers, places, days and figures that it tells of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.link.words import Rarity, Vector, names_of, vector, words_of
from marsad.model import Reading, When, Where
from marsad.numerals import find_numbers

LEAD_WORDS = 120
HEAD_CHARACTERS = 200
AGE = re.compile(r"\b(\d{1,2})[- ]years?[- ]old\b|, (\d{1,2}),|\baged? (\d{1,2})\b")
MONTH = (
    "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
CALENDAR_DAY = re.compile(rf"\b{MONTH}\.? (\d{{1,2}})\b(?!\d|,\d)|\b(\d{{1,2}}) {MONTH}\b")
YEAR = re.compile(r"\b20[0-4]\d\b")
LONGEST = {"words": 100, "lead": 60, "title": 25, "names": 40, "scene": 40}
"""How many terms of each kind are kept; the rarest, which decide."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One report, ready to be compared: `key` names it, the sets hold what was found, `terms` what is weighed."""

    key: str
    publisher: str | None
    published: date | None
    terms: dict[str, tuple[str, ...]]
    names: frozenset[str]
    ages: frozenset[str]
    years: frozenset[str]
    numbers: frozenset[int]
    killed: frozenset[int]
    injured: frozenset[int]
    days: tuple[date, date] | None
    places: frozenset[str]
    provinces: frozenset[str]
    countries: frozenset[str]
    actors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A telling with its terms weighed by their rarity in a set of reports."""

    telling: Telling
    vectors: dict[str, Vector]


def tell(reading: Reading, key: str) -> Telling:
    """Return what a reading offers to linking; a reading without claims offers its words."""
    report = reading.report
    title, text = report.title or "", report.text
    names = names_of(text) | names_of(f". {title}")
    wheres = [place.where for place in reading.places]
    wheres += [incident.where for incident in reading.incidents if incident.where]
    killed, injured = _figures(reading, "killed"), _figures(reading, "injured")
    places, provinces, countries = _places(wheres), _provinces(wheres), _countries(wheres)
    actors = _actors(reading)
    words = words_of(f"{title} . {text}")
    means = {claim.means for claim in reading.claims if claim.means}
    # A place that is named often weighs more than one in passing: every mention counts.
    scene = [term for where in wheres for found in (_places, _provinces, _countries) for term in found([where])]
    scene += [*actors, *(f"means {m}" for m in means), *_calendar_days(text)]
    scene += [*(f"killed {n}" for n in killed), *(f"injured {n}" for n in injured)]
    return Telling(
        key=key,
        publisher=report.publisher,
        published=report.published,
        terms={
            "words": tuple(words),
            "lead": tuple(words[:LEAD_WORDS]),
            "title": tuple(words_of(title) or words[:25]),
            "names": tuple(sorted(names)),
            "scene": tuple(sorted(scene)),
        },
        names=frozenset(names),
        ages=frozenset(next(a for a in found.groups() if a) for found in AGE.finditer(text)),
        years=frozenset(YEAR.findall(f"{title} {text}")),
        numbers=frozenset(n.value for n in find_numbers(f"{title}. {text[:HEAD_CHARACTERS]}") if n.value > 1),
        killed=frozenset(killed),
        injured=frozenset(injured),
        days=_days(incident.when for incident in reading.incidents),
        places=frozenset(places),
        provinces=frozenset(provinces),
        countries=frozenset(countries),
        actors=frozenset(actors),
    )


def weigh(tellings: Iterable[Telling]) -> list[Weighed]:
    """Return the tellings with their terms weighed by rarity among all of them."""
    told = list(tellings)
    rarity = {kind: Rarity(one.terms[kind] for one in told) for kind in ("words", "scene")}
    # Lead, title and names are parts of the words: one count of rarity serves them all.
    return [
        Weighed(one, {k: vector(one.terms[k], rarity.get(k, rarity["words"]), LONGEST[k]) for k in LONGEST})
        for one in told
    ]


def _calendar_days(text: str) -> list[str]:
    """Return the days of the year that a text names ("March 7", "7 March"): they tie reports without a date."""
    found = [(m[1] or m[4], m[2] or m[3]) for m in CALENDAR_DAY.finditer(text)]
    return [f"day {month[:3].lower()} {int(day)}" for month, day in found]


def _figures(reading: Reading, harm: str) -> set[int]:
    found = {figure.best for i in reading.incidents for name, figure in i.tolls.items() if name == harm}
    said = {c.count.best for c in reading.claims if c.harm == harm and c.scope == "incident"}
    return {number for number in found | said if number > 0}


def _places(wheres: Iterable[Where]) -> set[str]:
    return {f"place {w.gazetteer_id}" for w in wheres if w.gazetteer_id and (w.geoprecision or 9) <= 3}


def _provinces(wheres: Iterable[Where]) -> set[str]:
    return {f"province {w.country} {w.admin1}" for w in wheres if w.country and w.admin1}


def _countries(wheres: Iterable[Where]) -> set[str]:
    return {f"country {w.country}" for w in wheres if w.country}


def _actors(reading: Reading) -> set[str]:
    doers = {p.actor.id for claim in reading.claims for p in claim.perpetrators if p.actor}
    return doers | {claim.victims.actor.id for claim in reading.claims if claim.victims.actor}


def _days(whens: Iterable[When | None]) -> tuple[date, date] | None:
    dated = [(w.start, w.end) for w in whens if w and w.start and w.end and w.precision in ("day", "days")]
    return (min(start for start, _ in dated), max(end for _, end in dated)) if dated else None
