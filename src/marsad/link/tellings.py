"""What linking looks at: one report as the words, names, numbers, places, days and figures that it tells of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marsad.link.words import Vector, names_of, vector, words_of
from marsad.model import Incident, Reading, When, Where
from marsad.numerals import find_numbers

HEADLINE_WORDS = 60
LEAD_WORDS = 120
LEAD_CHARACTERS = 1200
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
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
KEYS = {"words": 30, "scene": 12}
SCENE_WEIGHT = 0.3**0.5


@dataclass(frozen=True, slots=True)
class Linkable:
    """A reading to be linked: `key` names its report, `ids` are the permanent ids of its incidents, in their order."""

    key: str
    reading: Reading
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One incident of a report by its permanent id: where (`place` is a gazetteer id, else a name), when, how many."""

    id: str
    place: str | None
    name: str | None
    country: str | None
    province: str | None
    precision: int | None
    start: date | None
    end: date | None
    killed: int | None
    injured: int | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One report, ready to be compared: `key` names it, the sets hold what was found, `vectors` what is weighed.

    It is a function of the report alone. By `keys`, its weightiest terms, it is found; `first` are places and figures
    of the incident told of first, `anchor` is the day it stands at.
    """

    key: str
    publisher: str | None
    published: date | None
    is_short: bool
    vectors: dict[str, Vector]
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
    anchor: date | None
    year_day: int | None
    weekday: str | None
    first_places: frozenset[str]
    first_provinces: frozenset[str]
    first_killed: frozenset[int]
    first_injured: frozenset[int]
    scenes: tuple[Scene, ...]
    keys: Vector
    told: frozenset[str]


def tell(one: Linkable) -> Telling:
    """Return what a reading offers to linking; a reading without claims offers its words."""
    reading = one.reading
    report = reading.report
    title, text = report.title or "", report.text
    names = names_of(text) | names_of(f". {title}")
    wheres = [place.where for place in reading.places]
    wheres += [incident.where for incident in reading.incidents if incident.where]
    killed, injured = _figures(reading, "killed"), _figures(reading, "injured")
    actors = _actors(reading)
    words = words_of(f"{title} . {text}")
    means = {claim.means for claim in reading.claims if claim.means}
    # A place that is named often weighs more than one in passing: every mention counts.
    scene = [term for where in wheres for found in (_places, _provinces, _countries) for term in found([where])]
    scene += [*(f"actor {a}" for a in actors), *(f"means {m}" for m in means), *_calendar_days(text)]
    scene += [*(f"killed {n}" for n in killed), *(f"injured {n}" for n in injured)]
    terms = {
        "words": words,
        "lead": words[:LEAD_WORDS],
        "title": words_of(title) or words[:25],
        "names": names,
        "scene": scene,
    }
    vectors: dict[str, Vector] = {kind: vector(found, LONGEST[kind]) for kind, found in terms.items()}
    lead = opening(title, text)
    anchor = report.published or _first_day(reading)
    scenes = tuple(_scene(name, incident) for name, incident in zip(one.ids, reading.incidents, strict=True))
    first = [i.where for i in reading.incidents[:1] if i.where]
    return Telling(
        key=one.key,
        publisher=report.publisher,
        published=report.published,
        is_short=len(words) < HEADLINE_WORDS,
        vectors=vectors,
        names=frozenset(names),
        ages=frozenset(next(a for a in found.groups() if a) for found in AGE.finditer(text)),
        years=frozenset(YEAR.findall(f"{title} {text}")),
        numbers=frozenset(n.value for n in find_numbers(f"{title}. {text[:HEAD_CHARACTERS]}") if n.value > 1),
        killed=frozenset(killed),
        injured=frozenset(injured),
        days=_days(incident.when for incident in reading.incidents),
        places=frozenset(_places(wheres)),
        provinces=frozenset(_provinces(wheres)),
        countries=frozenset(_countries(wheres)),
        actors=frozenset(actors),
        anchor=anchor,
        year_day=anchor.timetuple().tm_yday if anchor else day_of_year(lead),
        weekday=next((m[0][:3].lower() for m in WEEKDAY.finditer(lead)), None),
        first_places=frozenset(_places(first)),
        first_provinces=frozenset(_provinces(first)),
        first_killed=frozenset(s.killed for s in scenes[:1] if s.killed is not None),
        first_injured=frozenset(s.injured for s in scenes[:1] if s.injured is not None),
        scenes=scenes,
        keys=keys_of(vectors),
        told=told_of(vectors),
    )


def _scene(name: str, incident: Incident) -> Scene:
    where = incident.where or Where(None)
    when = incident.when or When("")
    best = {harm: figure.best for harm, figure in incident.tolls.items()}
    return Scene(
        id=name,
        place=(where.gazetteer_id or where.name) if where.name else None,
        name=where.name,
        country=where.country,
        province=where.admin1,
        precision=where.geoprecision,
        start=when.start,
        end=when.end,
        killed=best.get("killed"),
        injured=best.get("injured"),
    )


def told_of(vectors: dict[str, Vector]) -> frozenset[str]:
    """Return all terms of the words that were kept, whatever part of the report they stand in."""
    return frozenset(term for kind in ("words", "lead", "title") for term in vectors[kind])


def keys_of(vectors: dict[str, Vector]) -> Vector:
    """Return the weightiest words and, weighing less, terms of the scene: reports that share them are compared."""
    words = list(vectors["words"].items())[: KEYS["words"]]
    scene = list(vectors["scene"].items())[: KEYS["scene"]]
    return dict(words) | {term: weight * SCENE_WEIGHT for term, weight in scene}


def opening(title: str, text: str) -> str:
    """Return where a report says what happened and when."""
    return f"{title}. {text[:LEAD_CHARACTERS]}"


def _first_day(reading: Reading) -> date | None:
    whens = (incident.when for incident in reading.incidents)
    return next((w.start for w in whens if w and w.start and w.precision in ("day", "days")), None)


def day_of_year(lead: str) -> int | None:
    """Return the day of the year that a report opens with: most pages name a day, few name the year."""
    for found in CALENDAR_DAY.finditer(lead):
        month, day = found[1] or found[4], int(found[2] or found[3])
        try:
            return date(2001, MONTHS.index(month[:3].lower()) + 1, day).timetuple().tm_yday
        except ValueError:
            continue
    return None


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
