"""The endpoints that look: incidents, tolls, traces, changes, running totals, and the actors and places they name."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException

from marsad import __version__
from marsad.answers.rows import (
    changes_to_json,
    figures_to_json,
    incident_row,
    series_to_json,
    toll_to_json,
    trace_to_json,
)
from marsad.errors import LedgerError
from marsad.ledger import BY, By, LedgerIncident, TollTable, Trace, series_of, toll, trace
from marsad.ledger.agreements import agreed_day, find_agreement
from marsad.ledger.targets import on_target, require_target
from marsad.ledger.tolls import add_up, require_by
from marsad.ledger.trace import said_of
from marsad.model import Figure
from marsad.serve.address import View, moment_of
from marsad.serve.answers import changes_of, selected, toll_of
from marsad.serve.api.door import Asked
from marsad.serve.stated_pages import agreements_of
from marsad.vocabulary import HARMS, Harm

CHANGED = ("added", "altered", "merged", "split", "withdrawn")


def list_incidents(asked: Asked) -> dict[str, Any]:
    """Return incidents as plain columns, in the ledger's order."""
    view = since_agreed(asked)
    target = asked.words.get("target")
    found = _attacks(asked, view, target) if target else selected(asked.shelf, view)
    page = asked.paged("incidents", found)
    return {**page, "incidents": [incident_row(one) for one in page["incidents"]]}


def one_incident(asked: Asked) -> dict[str, Any]:
    """Return one incident with its claims, words, judgements and revisions."""
    return _traced(asked, trace(asked.ledger, asked.words["id"]))


def toll_table(asked: Asked) -> dict[str, Any]:
    """Return a toll, as `marsad toll --format json` prints it, a page of rows at a time."""
    view, by = since_agreed(asked), require_by(asked.words.get("by") or BY[0])
    target = asked.words.get("target")
    table = _toll_of_attacks(asked, view, by, target) if target else toll_of(asked.shelf, view, by)
    page = asked.paged("rows", table.rows)
    return {**page, **toll_to_json(replace(table, rows=tuple(page["rows"])))}


def trace_id(asked: Asked) -> dict[str, Any]:
    """Return what an id rests on: an incident, a claim, a report, or a row of a toll."""
    return _traced(asked, trace(asked.ledger, asked.words["id"], asked.view.selection))


def list_changes(asked: Asked) -> dict[str, Any]:
    """Return what changed since a day, as `marsad changes --since DAY --format json` prints it."""
    view = asked.view
    made = changes_to_json(changes_of(asked.shelf, moment_of(asked.words["since"]), view.as_of, view.policy))
    counts = {name: len(made[name]) for name in CHANGED}
    pages = {name: asked.paged(name, made[name]) for name in CHANGED}
    after = [page["next"] for page in pages.values() if page["next"] is not None]
    paging = {key: pages["added"][key] for key in ("offset", "limit")}
    rows = {name: pages[name][name] for name in CHANGED}
    return {**made, **rows, "counts": counts, **paging, "next": min(after, default=None)}


def list_series(asked: Asked) -> dict[str, Any]:
    """Return the running totals as counters over time, with what the incidents leave unexplained of each."""
    view = asked.view
    found = asked.shelf.kept(("series", view.as_of, view.policy), lambda: series_of(asked.ledger))
    page = asked.paged("series", found)
    return {**page, "series": [series_to_json(one) for one in page["series"]]}


def list_actors(asked: Asked) -> dict[str, Any]:
    """Return the actors that a view's incidents name, those with most incidents first."""
    view = asked.view
    rows = asked.shelf.kept(("api actors", view.key), lambda: _actors(selected(asked.shelf, view)))
    return asked.paged("actors", rows)


def list_places(asked: Asked) -> dict[str, Any]:
    """Return the places of a view's incidents, those with most incidents first."""
    view = asked.view
    rows = asked.shelf.kept(("api places", view.key), lambda: _places(selected(asked.shelf, view)))
    return asked.paged("places", rows)


def who_asks(asked: Asked) -> dict[str, Any]:
    """Return who asks, what they may do, and how much is recorded: cheap to ask for often."""
    person = asked.person
    return {"name": person.name, "role": person.role, "version": __version__, "acts": asked.acts}


def since_agreed(asked: Asked) -> View:
    """Return a request's view; its window begins with the day of the agreement that is named, if one is."""
    view, named = asked.view, asked.words.get("since_agreement")
    if named is None:
        return view
    if view.selection.since is not None:
        raise HTTPException(422, "give since or since_agreement, not both: a window has one beginning")
    try:
        day = agreed_day(find_agreement(agreements_of(asked.shelf, view), named))
    except LedgerError as error:
        raise HTTPException(422, str(error)) from None
    return replace(view, selection=replace(view.selection, since=day))


def _attacks(asked: Asked, view: View, target: str) -> Sequence[LedgerIncident]:
    """Return the incidents of a view that are flagged as attacks on a target, in the ledger's order."""
    wanted = require_target(target)
    return asked.shelf.kept(("attacks", view.key, target), lambda: on_target(selected(asked.shelf, view), wanted))


def _toll_of_attacks(asked: Asked, view: View, by: By, target: str) -> TollTable:
    # Incidents without a day are counted as left out of a window: they are narrowed by it only in the toll.
    whenever = replace(view, selection=replace(view.selection, since=None, until=None))
    found = tuple(_attacks(asked, whenever, target))
    ledger = asked.shelf.ledger(view.as_of, view.policy)
    # A running total does not say what was attacked: none stands beside.
    return toll(replace(ledger, incidents=found, running=(), answers=None), by, view.selection)


def _traced(asked: Asked, found: Trace) -> dict[str, Any]:
    page = asked.paged("incidents", found.incidents)
    shown = tuple(page.pop("incidents"))
    said = found.said
    if found.row is not None:
        said = tuple(each for one in shown for each in said_of(one))
    return {**page, **trace_to_json(replace(found, incidents=shown, said=said))}


def _actors(incidents: Iterable[LedgerIncident]) -> list[dict[str, Any]]:
    names: dict[str, str] = {}
    told: dict[str, dict[str, LedgerIncident]] = {}
    blamed: dict[str, list[LedgerIncident]] = {}
    harmed: dict[str, list[LedgerIncident]] = {}
    for one in incidents:
        doers = {p.actor.id: p.actor.name for p in one.perpetrators if p.actor and p.basis != "denied"}
        sufferers = {v.actor.id: v.actor.name for v in one.victims if v.actor}
        for roles, found in ((doers, blamed), (sufferers, harmed)):
            for actor, name in roles.items():
                names.setdefault(actor, name)
                told.setdefault(actor, {})[one.id] = one
                found.setdefault(actor, []).append(one)
    rows = [
        {
            "id": actor, "name": names[actor], "incidents": len(told[actor]),
            "blamed": _sums(blamed.get(actor, ())), "harmed": _sums(harmed.get(actor, ())),
        }
        for actor in names
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-int(str(row["incidents"])), str(row["name"])))


def _places(incidents: Iterable[LedgerIncident]) -> list[dict[str, Any]]:
    told: dict[tuple[str | None, ...], list[LedgerIncident]] = {}
    for one in incidents:
        where = one.where
        if where is not None and (where.name or where.text):
            told.setdefault((where.gazetteer_id, where.name or where.text, where.admin1, where.country), []).append(one)
    rows = []
    for (gazetteer_id, name, admin1, country), found in told.items():
        where = found[0].where
        assert where is not None
        rows.append({
            "gazetteer_id": gazetteer_id, "name": name, "admin1": admin1, "country": country,
            "latitude": where.latitude, "longitude": where.longitude, "geoprecision": where.geoprecision,
            "incidents": len(found), "tolls": _sums(found),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (-int(str(row["incidents"])), str(row["name"]), str(row["gazetteer_id"])))


def _sums(incidents: Iterable[LedgerIncident]) -> dict[str, Any]:
    told: dict[Harm, list[Figure]] = {}
    for one in incidents:
        for harm in HARMS:
            if harm in one.tolls:
                told.setdefault(harm, []).append(one.tolls[harm])
    return figures_to_json(add_up(told))
