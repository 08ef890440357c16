"""ACLED: the 31 columns of its event data, its types, its interaction codes and its rule for vague numbers.

Rules: ACLED codebook and knowledge base. The most conservative figure where sources differ; "tens" 10, "dozens" 12,
"hundreds" 100; fatalities whose number nobody tells 10 in battles and remote violence, else 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.export.codes import country_name, country_of
from marsad.export.entries import Entry, LeftOut, Party, Share, Written
from marsad.export.frame import Format, Frame
from marsad.export.people import UNTOLD
from marsad.export.sides import CIVILIANS, Known, known_side
from marsad.export.table import Value, csv_bytes
from marsad.model import Figure

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
BATTLES, REMOTE, AGAINST_CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
STRATEGIC = "Strategic developments"
TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
INTER = {
    "government": 1,
    "state_force": 1,
    "police": 1,
    "rebel": 2,
    "militia": 3,
    "cartel": 3,
    "party": 3,
    "communal": 4,
    "settlers": 5,
    "civilians": 7,
    "coalition": 8,
    "international": 8,
}
STATE, UNKNOWN_GROUP, CIVILIAN, EXTERNAL = 1, 3, 7, 8
VAGUE = {
    "tens": 10,
    "dozen": 12,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "tens of thousands": 10_000,
}
UNKNOWN_IN_WAR, UNKNOWN_ELSEWHERE = 10, 3


@dataclass(frozen=True, slots=True)
class Actor:
    """One of ACLED's two actors: its name and its inter code; 0 for none."""

    name: str | None = None
    inter: int = 0


def write(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return the table of the events that ACLED would code."""
    rows, left_out = [], []
    for one in entries:
        why = _why_not(one)
        if why is None:
            rows.append(_row(one))
        else:
            left_out.append(LeftOut("incident", why, one.id))
    return Written(csv_bytes(COLUMNS, rows), len(rows), tuple(left_out))


def _why_not(one: Entry) -> str | None:
    if one.start is None or one.date_prec not in TIME_PRECISION:
        return "ACLED asks for a day, a week or a month"
    if one.place.country is None or one.place.geoprecision not in GEO_PRECISION:
        return "ACLED asks for a place within a first-order unit"
    return None


def _row(one: Entry) -> dict[str, Value]:
    kind, sub = event_of(one)
    first, second = actors_of(one)
    day, country = one.start or date.min, country_of(one.place.country)
    dead = fatalities_of(one, kind)
    return {
        "event_id_cnty": f"{country.iso3 if country else 'XXX'}{one.id}",
        "event_date": day,
        "year": day.year,
        "time_precision": TIME_PRECISION[one.date_prec or 1],
        "disorder_type": STRATEGIC if kind == STRATEGIC else "Political violence",
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": first.name,
        "inter1": first.inter,
        "actor2": second.name,
        "inter2": second.inter,
        "interaction": interaction(first.inter, second.inter),
        "civilian_targeting": "Civilian targeting" if targets_civilians(one) else None,
        "iso": country.iso_numeric if country else None,
        "region": country.acled_region if country else None,
        "country": country_name(one.place.country),
        "admin1": one.place.admin1,
        "admin2": one.place.admin2,
        "location": one.place.name or one.place.admin2 or one.place.admin1,
        "latitude": one.place.latitude,
        "longitude": one.place.longitude,
        "geo_precision": GEO_PRECISION[one.place.geoprecision or 1],
        "source": "; ".join(dict.fromkeys(s.publisher for s in one.sources if s.publisher)) or None,
        "notes": _notes(one, first, second, dead),
        "fatalities": dead,
        "timestamp": int(one.recorded.timestamp()) if one.recorded else None,
    }


def event_of(one: Entry) -> tuple[str, str]:
    """Return ACLED's type and sub-type: two armed sides that fight at close quarters are a battle."""
    codes = one.codes
    kind, sub = (codes.acled_event, codes.acled_sub_event) if codes else (AGAINST_CIVILIANS, "Attack")
    if kind == AGAINST_CIVILIANS and sub == "Attack" and one.type_of_violence in (1, 2) and not _only_civilians(one):
        return BATTLES, "Armed clash"
    return kind, sub


def actors_of(one: Entry) -> tuple[Actor, Actor]:
    """Return ACLED's two actors; their order says nothing of who attacked."""
    country = country_name(one.place.country)
    civilians = Actor(f"Civilians ({country})", CIVILIAN)
    unnamed = Actor(f"Unidentified Armed Group ({country})", UNKNOWN_GROUP)
    doer = next((_actor(p, one) for p in one.perpetrators if p.basis != "denied"), None)
    if event_of(one)[0] == BATTLES or not _civilians_hurt(one):
        first = doer or (_side(one.side_a, one) if one.side_a else unnamed)
        other = next((side for side in (one.side_b, one.side_a) if side and side not in (CIVILIANS, first.name)), None)
        fought = _side(other, one) if other and doer is None else _struck(one, first)
        return first, fought or (_side(other, one) if other else Actor())
    return doer or unnamed, civilians


def _struck(one: Entry, first: Actor) -> Actor | None:
    for victim in one.victims:
        if victim.id is not None and victim.status != "civilian" and victim.name != first.name:
            return _actor(victim, one)
    return None


def _actor(party: Party, one: Entry) -> Actor:
    if party.kind is None:
        return Actor(party.name, UNKNOWN_GROUP)
    return Actor(party.name, _inter(Known(party.kind, party.countries), one))


def _side(name: str | None, one: Entry) -> Actor:
    known = known_side(name)
    return Actor(name, _inter(known, one) if known else UNKNOWN_GROUP)


def _inter(known: Known, one: Entry) -> int:
    code = INTER.get(known.kind, UNKNOWN_GROUP)
    # ACLED: the forces of a state outside its own country are external.
    return EXTERNAL if code == STATE and one.place.country not in known.countries else code


def interaction(one: int, other: int) -> int:
    """Return ACLED's joint code: the smaller of the two digits first; a single actor's digit stands before 0."""
    low, high = sorted((one, other))
    return high * 10 if low == 0 else low * 10 + high


def targets_civilians(one: Entry) -> bool:
    """Say whether civilians were the main target, alone."""
    return event_of(one)[0] == AGAINST_CIVILIANS or (event_of(one)[0] == REMOTE and _only_civilians(one))


def _civilians_hurt(one: Entry) -> bool:
    return one.type_of_violence == 3 or any(victim.status == "civilian" for victim in one.victims)


def _only_civilians(one: Entry) -> bool:
    return bool(one.victims) and all(victim.status == "civilian" for victim in one.victims)


def fatalities_of(one: Entry, kind: str) -> int:
    """Return ACLED's one number: the most conservative that is told, by its own table where only words tell it."""
    killed = one.killed
    if killed is None:
        return 0
    if not any(share.vague for share in one.shares):
        return killed.low
    return sum(_share(share, kind) for share in one.shares)


def _share(share: Share, kind: str) -> int:
    if share.vague is None:
        return share.figure.low
    unknown = UNKNOWN_IN_WAR if kind in (BATTLES, REMOTE) else UNKNOWN_ELSEWHERE
    return unknown if share.vague == UNTOLD else VAGUE.get(share.vague, unknown)


def _notes(one: Entry, first: Actor, second: Actor, dead: int) -> str:
    """Return the event in a sentence of ours: no report's words are in it."""
    killed = one.killed or Figure(0, 0, 0)
    day, place = (one.start or date.min).isoformat(), one.place.name or one.place.admin1 or "an unnamed place"
    who = f"{first.name} and {second.name}" if second.name else f"{first.name}"
    high = "no upper figure" if killed.high is None else f"{killed.high} at most"
    told = f"Sources: low {killed.low}, best {killed.best}, {high}." if killed != Figure(dead, dead, dead) else ""
    return f"On {day} in {place}: {who}. {dead} fatalities coded. {told} Derived by Marsad, {one.id}.".replace(
        "  ", " "
    )


FORMAT = Format(
    "acled",
    "ACLED-shaped table, 31 columns",
    ".csv",
    write,
    (
        "Fatal and not; one row an incident. ACLED codes one row a day and place: an incident of several days is one "
        "row on its first day, with time_precision 2 or 3.",
        "fatalities is one number, the most conservative that is told (the ledger's low).",
        "Vague words by ACLED's own table: tens 10, dozens 12, hundreds 100 (and so on: thousands 1000, scores 20); "
        "several, many or a bare plural 10 in battles and remote violence, else 3.",
        "actor1 and actor2 are Marsad's names of actors, not ACLED's; their order says nothing. inter1, inter2 and "
        "interaction are ACLED's numeric codes; a state's forces outside their country are 8.",
        "time_precision 1 a day, 2 days or a week, 3 a month; geo_precision 1 a place, 2 near it or its district, 3 a "
        "province. Vaguer incidents are left out.",
        "notes is a sentence of ours; source_scale, tags, admin3 and associated actors are not known and left empty. "
        "Demonstrations are not in Marsad's ledger.",
    ),
    "Column names and their order against the documentation of ACLED's own R package (31 columns); tens, dozens and "
    "hundreds and the conservative rule against ACLED's published questions and answers; opened with pandas.",
    "10 and 3 for untold numbers, scores 20, time_precision 3 for a month, and the inter code of settlers.",
)
