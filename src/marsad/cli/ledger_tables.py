"""How incidents, tolls, traces and changes of the ledger look to people: rich tables, trees and lines."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from marsad.answers.words import figure_words, provenance_words, running_words, when_words, where_words
from marsad.cli.statement_tables import receipt, spoken_lines
from marsad.ledger import TITLES, Changes, LedgerIncident, Saying, TollTable, Trace, sayings_of
from marsad.ledger.changes import Altered
from marsad.ledger.responsibility import responsibility_of
from marsad.ledger.targets import targets_of
from marsad.ledger.tolls import perpetrators_name, victims_name
from marsad.ledger.trace import Said
from marsad.model import Figure
from marsad.vocabulary import HARMS, Harm

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.tree import Tree


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
    known = f" as of {toll.as_of:%Y-%m-%d}" if toll.as_of else ""
    parts: list[RenderableType] = [table, Text(f"rule: {TITLES[toll.policy]}{known}", style="dim")]
    if toll.undated:
        parts.append(Text(f"left out: {toll.undated} incidents without a day"))
    if toll.running:
        parts.append(Text("beside them, as reported and not added:", style="bold"))
        parts += [Text(f"  {running_words(one)}") for one in toll.running]
    return Group(*parts)


def draw_trace(found: Trace) -> "Tree":
    """Return the tree from what was asked for to the quoted words."""
    from rich.tree import Tree

    tree = Tree(_trace_head(found))
    for incident in (*found.incidents, *([found.withdrawn] if found.withdrawn else [])):
        _grow_incident(tree.add(_incident_head(incident)), incident, found)
    if not found.incidents and not found.withdrawn:
        for one in found.said:
            tree.add(_said_words(one))
    for statement in found.stated:
        terms = " ".join(statement.statement.terms.values()).replace("_", " ")
        tree.add(_plain(f"{statement.statement.kind}, {terms}, {statement.statement.modality}: {receipt(statement)}"))
    if found.parts:
        tree.add(_plain(f"what was one incident under this id is now {' and '.join(found.parts)}"))
    for judgement in found.judgements:
        why = "; ".join(judgement.reasons)
        tree.add(
            _plain(f"{judgement.by}: {judgement.left} and {judgement.right} are {judgement.verdict} {why}".rstrip())
        )
    for word in found.revisions:
        tree.add(_plain(f"{word.by}, {word.made:%Y-%m-%d}: {word.field} of {word.of} is {word.value}: {word.reason}"))
    return tree


def _grow_incident(branch: "Tree", incident: LedgerIncident, found: Trace) -> None:
    """Add what each source said: the figures and how they stand, then the reports and their words."""
    for saying in sayings_of(incident):
        branch.add(_saying_words(saying))
    if targets := targets_of(incident):
        branch.add(_plain(f"attack on: {', '.join(targets)}"))
    for line in spoken_lines(responsibility_of(incident)):
        branch.add(_plain(line))
    for member in incident.members:
        leaf = branch.add(_report_head(member.report.publisher, member.report.published, member.report.title))
        if whence := provenance_words(member.report):
            leaf.add(_plain(whence))
        said = [s for s in found.said if s.ref.startswith(member.recorded.report_key[:12] + "/")]
        for one in said:
            if one.claim.id in member.incident.claims:
                leaf.add(_said_words(one))


def _saying_words(one: Saying) -> Any:
    published = one.member.report.published
    told = ", ".join(str(part) for part in (one.member.report.publisher, published) if part)
    conceded = ", conceded" if one.conceded else ""
    voice = one.voice if one.voice != one.member.recorded.report_key else "a report without a name"
    return _plain(f"{one.standing}{conceded}: {figure_words(one.figure)} {one.harm}, {voice} ({told})")


def draw_changes(found: Changes) -> "Group":
    """Return what changed, in lines."""
    from rich.console import Group
    from rich.text import Text

    lines = [f"added      {_incident_words(one)}" for one in found.added]
    lines += [f"altered    {_incident_words(one.after)} ({_moved(one)})" for one in found.altered]
    lines += [f"merged     {was} is now part of {heir}" for was, heir in found.merged]
    lines += [f"split      {was} is now {' and '.join(parts)}" for was, parts in found.split]
    lines += [f"withdrawn  {_incident_words(one)}" for one in found.withdrawn]
    lines += [f"total      {h}: {figure_words(a) or 'none'} -> {figure_words(b) or 'none'}" for h, a, b in found.totals]
    return Group(*(Text(line) for line in lines or ["nothing changed"]))


def _moved(one: Altered) -> str:
    """Return which fields moved; of tolls also what they were."""
    before = f"tolls, before: {_figures_words(one.before.tolls) or 'none'}"
    return ", ".join(before if name == "tolls" else name for name in one.fields)


def _trace_head(found: Trace) -> Any:
    if found.row is not None:
        return _plain(f"{found.row.key}: {_figures_words(found.row.tolls)}")
    if found.withdrawn is not None:
        return _plain(f"{found.asked} is withdrawn and in no total")
    return _plain(f"{found.heir_of} is now part of {found.incidents[0].id}" if found.heir_of else found.asked)


def _incident_head(one: LedgerIncident) -> Any:
    figures = _figures_words(one.tolls)
    parts = [one.id, figures, when_words(one.when), where_words(one.where), f"rule: {TITLES[one.rule]}"]
    return _plain("  ".join(part for part in parts if part), "bold")


def _report_head(publisher: str | None, published: Any, title: str | None) -> Any:
    return _plain(", ".join(str(part) for part in (publisher, published, title) if part) or "a report without a name")


def _said_words(one: Said) -> Any:
    voice = f", according to {one.claim.according_to.text}" if one.claim.according_to else ""
    span = one.claim.span
    place = f"{span.within} {span.start}-{span.end}"
    return _plain(f"{one.ref}  {one.claim.count.words} {one.claim.harm}{voice}: “{span.quote}” ({place})")


def _incident_words(one: LedgerIncident) -> str:
    figures = _figures_words(one.tolls)
    return "  ".join(part for part in (one.id, figures, when_words(one.when), where_words(one.where)) if part)


def _plain(words: str, style: str = "") -> Any:
    # Text, not markup: brackets in a report's words are words.
    from rich.text import Text

    return Text(words, style=style)


def _figures_words(tolls: Mapping[Harm, Figure]) -> str:
    return ", ".join(f"{figure_words(figure)} {harm}" for harm, figure in tolls.items())
