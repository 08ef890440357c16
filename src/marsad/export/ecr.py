"""Every Casualty's minimum: what a casualty record must at least say of an incident."""

from collections.abc import Sequence

from marsad.export.entries import Entry, LeftOut, Source, Written
from marsad.export.frame import Format, Frame
from marsad.export.plain import names_of
from marsad.export.table import Value, csv_bytes

COLUMNS = (
    "incident", "location", "district", "province", "country", "latitude", "longitude", "date_first", "date_last",
    "killed_minimum", "killed_best", "killed_maximum", "names", "age", "sex", "type_of_death", "civilians_killed",
    "combatants_killed", "perpetrators", "actors_involved", "source_kinds", "sources", "number_of_sources",
    "last_changed",
)  # fmt: skip
AGES = {"children": "child", "elderly": "elderly"}
SEXES = {"women": "woman"}


def write(entries: Sequence[Entry], frame: Frame) -> Written:
    """Return one row for each incident in which people were killed."""
    taken = [one for one in entries if one.killed is not None]
    left_out = tuple(
        LeftOut("incident", "a record of the dead: nobody was killed", one.id) for one in entries if one.killed is None
    )
    rows = [_row(one, frame) for one in taken]
    return Written(csv_bytes(COLUMNS, rows), len(rows), left_out)


def _row(one: Entry, frame: Frame) -> dict[str, Value]:
    killed, place = one.tolls["killed"], one.place
    sides = [side for side in (one.side_a, one.side_b) if side]
    return {
        "incident": one.id,
        "location": place.name,
        "district": place.admin2,
        "province": place.admin1,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "date_first": one.start,
        "date_last": one.end,
        "killed_minimum": killed.low,
        "killed_best": killed.best,
        "killed_maximum": killed.high,
        "names": _names(one, frame),
        "age": _of_groups(one, AGES, frame),
        "sex": _of_groups(one, SEXES, frame),
        "type_of_death": (one.means or "unknown").replace("_", " "),
        "civilians_killed": one.killed_civilians.best if one.killed_civilians else None,
        "combatants_killed": one.killed_combatants.best if one.killed_combatants else None,
        "perpetrators": names_of([p for p in one.perpetrators if p.basis != "denied"]) or "unknown",
        "actors_involved": "; ".join(sides) or None,
        "source_kinds": "; ".join(sorted({_kind(source) for source in one.sources})),
        "sources": "; ".join(_cited(source) for source in one.sources),
        "number_of_sources": one.source_count,
        "last_changed": one.recorded.date() if one.recorded else None,
    }


def _names(one: Entry, frame: Frame) -> str | None:
    """Return the victims in the reports' words, where these are let out: names stand in them."""
    if not frame.profile.words:
        return None
    told = [claim.victims for claim in one.claims if claim.harm == "killed" and claim.victims]
    return "; ".join(dict.fromkeys(told)) or None


def _of_groups(one: Entry, names: dict[str, str], frame: Frame) -> str | None:
    """Return how many of each group are told: "8 child"."""
    told = [
        f"{share.figure.best} {names[group]}"
        for share in (*one.shares, *one.parts)
        for group in share.groups
        if group in names and share.figure.best >= frame.profile.small_cell
    ]
    return "; ".join(dict.fromkeys(told)) or None


def _kind(source: Source) -> str:
    return "published report" if source.url else "report"


def _cited(source: Source) -> str:
    parts = (source.publisher, source.published.isoformat() if source.published else None, source.title, source.url)
    return ", ".join(part for part in parts if part) or "a source that is not named"


FORMAT = Format(
    "ecr",
    "Every Casualty minimum record",
    ".csv",
    write,
    (
        "One row an incident with people killed; killed_minimum is what Every Casualty asks for at least.",
        "An empty killed_maximum is an open end.",
        "names hold the reports' words for the victims, and only in the internal profile.",
        "age and sex say how many the reports tell of; nobody's age or sex is guessed. Groups smaller than the "
        "profile's small_cell are left out.",
        "How sources were collected and judged: docs/ledger.md and docs/linking.md.",
    ),
    "The fields against Every Casualty's public list of the minimum; opened with pandas.",
    "Every Casualty prescribes fields, no column names: these are ours.",
)
