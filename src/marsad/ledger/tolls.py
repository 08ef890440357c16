"""Adds up the documented incidents: each one once, in one row, so that the total is the sum of what is shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, get_args, runtime_checkable

from marsad.errors import LedgerError
from marsad.ledger.entries import Ledger, LedgerIncident, RunningTotal
from marsad.ledger.policy import Policy
from marsad.model import Figure, Perpetrator, Victims
from marsad.vocabulary import HARMS, Harm

By = Literal["perpetrator", "place", "day", "week", "month", "year", "country", "admin1", "victims", "means", "source"]
BY: tuple[By, ...] = get_args(By)
UNKNOWN = "unknown"
Standing = Literal["agreed", "disputed", "single", "denied", "unnamed", "revised"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""How an incident stands: several sources give one figure; figures differ; one source only; a side that is named denies
it; nobody is named; a person revised it. One incident can stand in several ways.
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which incidents to take; words match without regard to case, anywhere in the name or the report's words.

    A window takes an incident by its first day, so that windows side by side never count one twice.
    """

    since: date | None = None
    until: date | None = None
    place: str | None = None
    perpetrator: str | None = None
    min_sources: int = 1
    victims: str | None = None
    means: str | None = None
    source: str | None = None
    status: Standing | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a toll: `id` can be traced; `incidents` are those that the figures add up."""

    id: str
    key: str
    incidents: Sequence[str]
    tolls: Mapping[Harm, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TollTable:
    """A toll: its rows, their sum, what was left out and why, and the running totals that stand beside it.

    `policy` chose the figures; `as_of` is the moment whose knowledge they are, None for all that was recorded.
    """

    by: By
    rows: tuple[Row, ...]
    total: Row
    undated: int
    running: Sequence[RunningTotal]
    policy: Policy = "newest"
    as_of: datetime | None = None


@runtime_checkable
class Adding(Protocol):
    """Adds up a ledger without a walk over its incidents; None where it cannot."""

    def chosen(self, ledger: Ledger, selection: Selection) -> Sequence[LedgerIncident] | None:
        """Return what `select` does."""
        ...

    def added_up(self, ledger: Ledger, by: By, selection: Selection) -> TollTable | None:
        """Return what `toll` does."""
        ...


def toll(ledger: Ledger, by: By = "perpetrator", selection: Selection | None = None) -> TollTable:
    """Return how many people came to harm, by one property; documented incidents only, never running totals."""
    chosen = selection or Selection()
    if isinstance(ledger.answers, Adding) and (table := ledger.answers.added_up(ledger, by, chosen)) is not None:
        return table
    incidents = select(ledger, chosen)
    rows: dict[str, dict[Harm, list[Figure]]] = {}
    ids: dict[str, list[str]] = {}
    for incident in incidents:
        for key, tolls in shares_of(incident, by):
            figures = rows.setdefault(key, {})
            # The shares of one incident come one after the other: to look at the last id is enough, and stays fast.
            if ids.setdefault(key, [])[-1:] != [incident.id]:
                ids[key].append(incident.id)
            for harm, figure in tolls.items():
                figures.setdefault(harm, []).append(figure)
    made = [Row(f"{by}:{key}", key, tuple(ids[key]), add_up(rows[key])) for key in rows]
    total = Row("total", "total", tuple(one.id for one in incidents), sum_of_rows(made))
    is_window = chosen.since is not None or chosen.until is not None
    undated = _undated(ledger, chosen) if is_window else 0
    return TollTable(by, in_order(made, by), total, undated, _beside(ledger, chosen), ledger.policy, ledger.as_of)


def in_order(rows: Iterable[Row], by: By) -> tuple[Row, ...]:
    """Return the rows of a toll in order: by time, or the largest first."""
    return tuple(sorted(rows, key=_by_key if by in ("day", "week", "month", "year") else _by_size))


def sum_of_rows(rows: Iterable[Row]) -> dict[Harm, Figure]:
    """Return what the rows of a toll come to together."""
    whole: dict[Harm, list[Figure]] = {}
    for row in rows:
        for harm, figure in row.tolls.items():
            whole.setdefault(harm, []).append(figure)
    return add_up(whole)


def select(ledger: Ledger, selection: Selection) -> Sequence[LedgerIncident]:
    """Return the incidents that a selection takes, in the ledger's order."""
    if isinstance(ledger.answers, Adding) and (found := ledger.answers.chosen(ledger, selection)) is not None:
        return found
    return tuple(one for one in ledger.incidents if _is_in(one, selection))


def add_up(figures: Mapping[Harm, Sequence[Figure]]) -> dict[Harm, Figure]:
    """Return the sums of figures by harm; one open end opens the sum."""
    return {harm: _sum(figures[harm]) for harm in HARMS if harm in figures}


def require_by(name: str) -> By:
    """Return the property of that name, or raise LedgerError with the names there are."""
    for by in BY:
        if by == name:
            return by
    raise LedgerError(f"there is no toll by {name!r}: choose one of {', '.join(BY)}")


def require_standing(name: str) -> Standing:
    """Return the standing of that name, or raise LedgerError with the names there are."""
    for standing in STANDINGS:
        if standing == name:
            return standing
    raise LedgerError(f"no incident can stand as {name!r}: choose one of {', '.join(STANDINGS)}")


def first_day(incident: LedgerIncident) -> date | None:
    """Return the day by which an incident is counted: its first, or its last where the start is open."""
    return None if incident.when is None else incident.when.start or incident.when.end


def perpetrators_name(perpetrators: Iterable[Perpetrator]) -> str:
    """Return those who did it as one name, whoever denies it or is said not to have left out."""
    names = {p.actor.name if p.actor else p.text for p in perpetrators if p.basis != "denied"}
    return " and ".join(sorted(names)) or UNKNOWN


def victims_name(victims: Victims) -> str:
    """Return who came to harm: the side where it is known, else the status, else the report's words."""
    if victims.actor is not None:
        return victims.actor.name
    if victims.status != "unknown":
        return {"civilian": "civilians", "combatant": "combatants", "mixed": "mixed"}[victims.status]
    return victims.text or UNKNOWN


def _sum(figures: Sequence[Figure]) -> Figure:
    highs = [figure.high for figure in figures]
    high = None if None in highs else sum(high for high in highs if high is not None)
    return Figure(sum(f.low for f in figures), sum(f.best for f in figures), high)


def _is_in(incident: LedgerIncident, wanted: Selection) -> bool:
    day = first_day(incident)
    if wanted.since is not None and (day is None or day < wanted.since):
        return False
    if wanted.until is not None and (day is None or day > wanted.until):
        return False
    return _is_of(incident, wanted)


def _is_of(incident: LedgerIncident, wanted: Selection) -> bool:
    """Say whether an incident is of the kind that is wanted, whenever it was."""
    return (
        len(incident.voices) >= wanted.min_sources
        and _names(wanted.place, place_words(incident))
        and _names(wanted.perpetrator, actor_words(incident))
        and _names(wanted.victims, victim_words(incident))
        and _names(wanted.means, [incident.means])
        and _names(wanted.source, [member.report.publisher for member in incident.members])
        and (wanted.status is None or wanted.status in standings(incident))
    )


def standings(incident: LedgerIncident) -> frozenset[Standing]:
    """Return how an incident stands."""
    differs = any(figure.low != figure.high for figure in incident.tolls.values())
    several = len(incident.voices) > 1
    said: dict[Standing, bool] = {
        "agreed": several and not differs,
        "disputed": differs,
        "single": not several,
        "denied": any(p.basis == "denied" for p in incident.perpetrators),
        "unnamed": not any(p.basis != "denied" for p in incident.perpetrators),
        "revised": bool(incident.revisions),
    }
    return frozenset(name for name, holds in said.items() if holds)


def _names(wanted: str | None, words: Iterable[str | None]) -> bool:
    return wanted is None or any(wanted.casefold() in word.casefold() for word in words if word)


def place_words(incident: LedgerIncident) -> list[str | None]:
    """Return the words by which an incident's place is found: its own and those of every report."""
    places = [incident.where, *(member.incident.where for member in incident.members)]
    return [word for p in places if p for word in (p.name, p.text, p.admin1, p.admin2, p.country)]


def actor_words(incident: LedgerIncident) -> list[str | None]:
    """Return the words by which those who did it are found."""
    return [word for p in incident.perpetrators for word in (p.text, p.actor.name if p.actor else None)]


def victim_words(incident: LedgerIncident) -> list[str | None]:
    """Return the words by which those who came to harm are found."""
    names = [word for v in incident.victims for word in (v.text, victims_name(v), *v.groups)]
    # Singular or plural, the status is one: "civilian" finds civilians.
    return [*names, *(v.status for v in incident.victims if v.status != "unknown")]


def shares_of(incident: LedgerIncident, by: By) -> list[tuple[str, Mapping[Harm, Figure]]]:
    """Split an incident's tolls over the keys of a property; their sum is the incident's toll."""
    if by == "victims":
        return _by_victims(incident)
    if by == "source":
        return _by_source(incident)
    return [(_KEYS[by](incident) or UNKNOWN, incident.tolls)]


def _by_source(incident: LedgerIncident) -> list[tuple[str, Mapping[Harm, Figure]]]:
    out: dict[str, dict[Harm, Figure]] = {}
    for harm, figure in incident.tolls.items():
        name = incident.chosen.get(harm)
        publisher = incident.member(name).report.publisher if name else None
        out.setdefault(publisher or UNKNOWN, {})[harm] = figure
    return list(out.items()) or [(UNKNOWN, {})]


def _by_victims(incident: LedgerIncident) -> list[tuple[str, Mapping[Harm, Figure]]]:
    """Split each toll by the claims it was made of, where they add up to it; else keep it whole."""
    out: dict[str, dict[Harm, Figure]] = {}
    for harm in incident.tolls:
        for name, share in victim_shares(incident, harm).items():
            out.setdefault(name, {})[harm] = share
    return list(out.items()) or [(UNKNOWN, {})]


def victim_shares(incident: LedgerIncident, harm: Harm) -> dict[str, Figure]:
    """Split an incident's toll over those who came to harm; "unknown" takes it whole where they do not add up."""
    figure = incident.tolls[harm]
    claims = incident.member(incident.chosen[harm]).whole_claims(harm) if harm in incident.chosen else ()
    names = {victims_name(claim.victims) for claim in claims}
    if len(names) == 1:
        return {names.pop(): figure}
    groups: dict[str, list[Figure]] = {}
    for claim in claims:
        share = Figure(claim.count.low, claim.count.best, claim.count.high)
        groups.setdefault(victims_name(claim.victims), []).append(share)
    shares = {name: _sum(group) for name, group in groups.items()}
    return shares if shares and _sum(list(shares.values())) == figure else {UNKNOWN: figure}


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _day(incident: LedgerIncident) -> str | None:
    day = first_day(incident)
    return day.isoformat() if day else None


def _week(incident: LedgerIncident) -> str | None:
    day = first_day(incident)
    return week_of(day).isoformat() if day else None


def place_name(incident: LedgerIncident) -> str | None:
    """Return the name of an incident's place."""
    return (incident.where.name or incident.where.text) if incident.where else None


def province_name(incident: LedgerIncident) -> str | None:
    """Return an incident's first-order unit with its country before it: two countries may have one of the same name."""
    where = incident.where
    return f"{where.country} {where.admin1}" if where and where.country and where.admin1 else None


_KEYS: dict[By, Callable[[LedgerIncident], str | None]] = {
    "perpetrator": lambda incident: perpetrators_name(incident.perpetrators),
    "place": place_name,
    "country": lambda incident: incident.where.country if incident.where else None,
    "admin1": province_name,
    "means": lambda incident: incident.means,
    "day": _day,
    "week": _week,
    "month": lambda incident: (_day(incident) or "")[:7],
    "year": lambda incident: (_day(incident) or "")[:4],
}


def _by_key(row: Row) -> tuple[bool, str]:
    return row.key == UNKNOWN, row.key


def _by_size(row: Row) -> tuple[int, int, str]:
    killed = row.tolls.get("killed")
    return -(killed.best if killed else 0), -len(row.incidents), row.key


def _undated(ledger: Ledger, wanted: Selection) -> int:
    return sum(1 for incident in ledger.incidents if first_day(incident) is None and _is_of(incident, wanted))


def _beside(ledger: Ledger, wanted: Selection) -> tuple[RunningTotal, ...]:
    return tuple(one for one in ledger.running if _touches(one, wanted))


def _touches(one: RunningTotal, wanted: Selection) -> bool:
    when = one.claim.when
    if when is None or (when.start is None and when.end is None):
        return True
    starts_late = wanted.until is not None and when.start is not None and when.start > wanted.until
    ends_early = wanted.since is not None and when.end is not None and when.end < wanted.since
    return not starts_late and not ends_early
