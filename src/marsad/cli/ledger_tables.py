"""How incidents, tolls and traces look: rich tables and trees for people, plain rows for programs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from marsad.ledger import Changes, LedgerIncident, Row, RunningTotal, TollTable, Trace
from marsad.ledger.tolls import perpetrators_name, victims_name
from marsad.ledger.trace import Said
from marsad.model import Figure, When, Where
from marsad.vocabulary import HARMS, Harm

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.tree import Tree

BOUNDS = ("low", "best", "high")
TOLL_COLUMNS = ("id", "key", "incidents", *(f"{harm}_{bound}" for harm in HARMS for bound in BOUNDS))
INCIDENT_COLUMNS = (
    "id", "type", "start", "end", "place", "admin1", "country", "latitude", "longitude", "geoprecision",
    "perpetrators", "victims", "means",
    *(f"{harm}_{bound}" for harm in HARMS for bound in BOUNDS),
    "sources", "reports", "rule", "revised",
)  # fmt: skip


def figure_words(figure: Figure | None) -> str:
    """Return a figure for reading: 27, 20-30 (best 25), or 35+ where it is open upwards."""
    if figure is None:
        return ""
    if figure.high is None:
        return f"{figure.best}+" if figure.low == figure.best else f"{figure.low}-{figure.best}+"
    if figure.low == figure.high:
        return str(figure.best)
    inside = "" if figure.best in (figure.low, figure.high) else f" ({figure.best})"
    return f"{figure.low}-{figure.high}{inside}"


def when_words(when: When | None) -> str:
    """Return a time for reading: its day, its days, or the report's words where they mean no date."""
    if when is None:
        return ""
    if when.start is None or when.end is None:
        return when.text or ""
    return when.start.isoformat() if when.start == when.end else f"{when.start} to {when.end}"


def where_words(where: Where | None) -> str:
    """Return a place for reading: its name, its province and its country."""
    if where is None:
        return ""
    parts = [where.name or where.text, where.admin1 if where.admin1 != where.name else None, where.country]
    return ", ".join(part for part in parts if part)


def draw_incidents(incidents: Sequence[LedgerIncident]) -> "Table":
    """Return the table of incidents."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("incident", "when", "where", "perpetrators", "victims"):
        table.add_column(name, overflow="fold", no_wrap=name == "incident")
    for name in ("killed", "injured", "sources"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in incidents:
        victims = ", ".join(dict.fromkeys(victims_name(v) for v in one.victims))
        killed, injured = figure_words(one.tolls.get("killed")), figure_words(one.tolls.get("injured"))
        who = "" if not one.perpetrators else perpetrators_name(one.perpetrators)
        place, sources = where_words(one.where), str(len(one.voices))
        table.add_row(one.id, when_words(one.when), place, who, victims, killed, injured, sources)
    return table


def draw_toll(toll: TollTable) -> "Group":
    """Return the table of a toll with its sum, and what stands beside it."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    shown = [harm for harm in HARMS if harm in toll.total.tolls]
    table = Table(box=None, pad_edge=False, header_style="bold", show_footer=True, footer_style="bold")
    table.add_column(toll.by, "total", overflow="fold")
    table.add_column("incidents", str(len(toll.total.incidents)), justify="right")
    for harm in shown:
        table.add_column(harm, figure_words(toll.total.tolls[harm]), justify="right", no_wrap=True)
    for row in toll.rows:
        figures = [figure_words(row.tolls.get(harm)) for harm in shown]
        table.add_row(row.key, str(len(row.incidents)), *figures)
    parts: list[RenderableType] = [table]
    if toll.undated:
        parts.append(Text(f"left out: {toll.undated} incidents without a day"))
    if toll.running:
        parts.append(Text("beside them, as reported and not added:", style="bold"))
        parts += [Text(f"  {_running_words(one)}") for one in toll.running]
    return Group(*parts)


def draw_trace(found: Trace) -> "Tree":
    """Return the tree from what was asked for to the quoted words."""
    from rich.tree import Tree

    tree = Tree(_trace_head(found))
    for incident in found.incidents:
        branch = tree.add(_incident_head(incident))
        for member in incident.members:
            leaf = branch.add(_report_head(member.report.publisher, member.report.published, member.report.title))
            said = [s for s in found.said if s.ref.startswith(member.recorded.report_key[:12] + "/")]
            for one in said:
                if one.claim.id in member.incident.claims:
                    leaf.add(_said_words(one))
        for revision in incident.revisions:
            branch.add(_plain(f"{revision.by} set {revision.field} to {revision.value}: {revision.reason}"))
    if not found.incidents:
        for one in found.said:
            tree.add(_said_words(one))
    for judgement in found.judgements:
        why = "; ".join(judgement.reasons)
        tree.add(
            _plain(f"{judgement.by}: {judgement.left} and {judgement.right} are {judgement.verdict} {why}".rstrip())
        )
    return tree


def toll_row(row: Row) -> dict[str, Any]:
    """Return one row of a toll as plain columns."""
    return {"id": row.id, "key": row.key, "incidents": len(row.incidents), **_figure_columns(row.tolls)}


def incident_row(one: LedgerIncident) -> dict[str, Any]:
    """Return one incident as plain columns."""
    when, where = one.when, one.where
    return {
        "id": one.id,
        "type": one.type,
        "start": when.start.isoformat() if when and when.start else None,
        "end": when.end.isoformat() if when and when.end else None,
        "place": (where.name or where.text) if where else None,
        "admin1": where.admin1 if where else None,
        "country": where.country if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "geoprecision": where.geoprecision if where else None,
        "perpetrators": perpetrators_name(one.perpetrators) if one.perpetrators else None,
        "victims": ", ".join(dict.fromkeys(victims_name(v) for v in one.victims)) or None,
        "means": one.means,
        **_figure_columns(one.tolls),
        "sources": len(one.voices),
        "reports": len({member.recorded.report_key for member in one.members}),
        "rule": one.rule,
        "revised": " ".join(word.field for word in one.revisions) or None,
    }


def toll_to_json(toll: TollTable) -> dict[str, Any]:
    """Return a toll with its rows, their sum, the ids they rest on, and the running totals beside them."""
    return {
        "by": toll.by,
        "rows": [_row_to_json(row) for row in toll.rows],
        "total": _row_to_json(toll.total),
        "undated": toll.undated,
        "running": [
            {"id": one.id, "words": _running_words(one), "stated": one.claim.count.stated} for one in toll.running
        ],
    }


def trace_to_json(found: Trace) -> dict[str, Any]:
    """Return a trace with its incidents, claims, quoted words and reports."""
    return {
        "asked": found.asked,
        "heir_of": found.heir_of,
        "toll": None if found.row is None else _row_to_json(found.row),
        "incidents": [{**incident_row(one), "members": [m.id for m in one.members]} for one in found.incidents],
        "claims": [_said_to_json(one) for one in found.said],
        "running": [one.id for one in found.running],
        "judgements": [
            {"left": j.left, "right": j.right, "verdict": j.verdict, "by": j.by, "score": j.score, "why": [*j.reasons]}
            for j in found.judgements
        ],
    }


def _row_to_json(row: Row) -> dict[str, Any]:
    tolls: dict[str, Any] = {harm: _figure_to_json(figure) for harm, figure in row.tolls.items()}
    return {"id": row.id, "key": row.key, "incidents": [*row.incidents], **tolls}


def _figure_to_json(figure: Figure) -> dict[str, int | None]:
    return {"low": figure.low, "best": figure.best, "high": figure.high}


def _said_to_json(one: Said) -> dict[str, Any]:
    claim, report = one.claim, one.report
    span = {"start": claim.span.start, "end": claim.span.end, "quote": claim.span.quote, "in": claim.span.within}
    told = {"id": report.id, "publisher": report.publisher, "title": report.title, "url": report.url}
    told["published"] = report.published.isoformat() if report.published else None
    voice = claim.according_to.text if claim.according_to else None
    return {"ref": one.ref, "harm": claim.harm, "words": claim.count.words, "best": claim.count.best, "span": span,
            "according_to": voice, "report": told}  # fmt: skip


def _figure_columns(tolls: Mapping[Harm, Figure]) -> dict[str, int | None]:
    return {f"{harm}_{b}": getattr(tolls[harm], b) if harm in tolls else None for harm in HARMS for b in BOUNDS}


def _running_words(one: RunningTotal) -> str:
    claim, report = one.claim, one.report
    window = when_words(claim.when)
    told = ", ".join(part for part in (report.publisher, str(report.published or "")) if part)
    who = f" according to {claim.according_to.text}" if claim.according_to else ""
    return f"{one.id}: {claim.count.words} {claim.harm}{', ' + window if window else ''}{who} ({claim.scope}; {told})"


def _trace_head(found: Trace) -> Any:
    if found.row is not None:
        figures = ", ".join(f"{figure_words(figure)} {harm}" for harm, figure in found.row.tolls.items())
        return _plain(f"{found.row.key}: {figures}")
    return _plain(f"{found.heir_of} is now part of {found.incidents[0].id}" if found.heir_of else found.asked)


def _incident_head(one: LedgerIncident) -> Any:
    figures = ", ".join(f"{figure_words(figure)} {harm}" for harm, figure in one.tolls.items())
    parts = [one.id, figures, when_words(one.when), where_words(one.where), f"rule: {one.rule}"]
    return _plain("  ".join(part for part in parts if part), "bold")


def _report_head(publisher: str | None, published: Any, title: str | None) -> Any:
    return _plain(", ".join(str(part) for part in (publisher, published, title) if part) or "a report without a name")


def _said_words(one: Said) -> Any:
    voice = f", according to {one.claim.according_to.text}" if one.claim.according_to else ""
    span = one.claim.span
    place = f"{span.within} {span.start}-{span.end}"
    return _plain(f"{one.ref}  {one.claim.count.words} {one.claim.harm}{voice}: “{span.quote}” ({place})")


def _plain(words: str, style: str = "") -> Any:
    # Text, not markup: brackets in a report's words are words.
    from rich.text import Text

    return Text(words, style=style)


def draw_changes(found: Changes) -> "Group":
    """Return what changed, in lines."""
    from rich.console import Group
    from rich.text import Text

    lines = [f"added      {_incident_words(one)}" for one in found.added]
    lines += [f"altered    {_incident_words(one.after)} ({', '.join(one.fields)})" for one in found.altered]
    lines += [f"merged     {was} is now part of {heir}" for was, heir in found.merged]
    lines += [f"split      {was} is now {' and '.join(parts)}" for was, parts in found.split]
    lines += [f"withdrawn  {_incident_words(one)}" for one in found.withdrawn]
    lines += [f"total      {h}: {figure_words(a) or 'none'} -> {figure_words(b) or 'none'}" for h, a, b in found.totals]
    return Group(*(Text(line) for line in lines or ["nothing changed"]))


def changes_to_json(found: Changes) -> dict[str, Any]:
    """Return what changed, for programs."""
    return {
        "added": [one.id for one in found.added],
        "altered": [{"id": one.after.id, "fields": [*one.fields]} for one in found.altered],
        "merged": [{"id": was, "heir": heir} for was, heir in found.merged],
        "split": [{"id": was, "parts": [*parts]} for was, parts in found.split],
        "withdrawn": [one.id for one in found.withdrawn],
        "totals": [
            {"harm": h, "before": a and _figure_to_json(a), "after": b and _figure_to_json(b)}
            for h, a, b in found.totals
        ],
    }


def _incident_words(one: LedgerIncident) -> str:
    figures = ", ".join(f"{figure_words(figure)} {harm}" for harm, figure in one.tolls.items())
    return "  ".join(part for part in (one.id, figures, when_words(one.when), where_words(one.where)) if part)
