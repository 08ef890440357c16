"""Draws a reading as a tree that a person reads at a glance: totals with their parts, incidents, what stands beside."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from marsad.answers.statement_words import statement_words
from marsad.model import Breakdown, Claim, Figure, Incident, Perpetrator, Reading, Statement, When, Where

MARK = {"consistent": "✓", "short": "…", "exceeds": "✗"}
STYLE = {"consistent": "green", "short": "yellow", "exceeds": "bold red"}
VIOLENCE = {1: "state-based", 2: "non-state", 3: "one-sided"}
QUIET = "dim"
LONGEST_QUOTE = 70


def draw(reading: Reading, *, why: bool = False) -> RenderableType:
    """Return the reading as something that rich prints; `why` adds the evidence of every edge."""
    return Group(*_blocks(_Draft(reading, why)))


class _Draft:
    """A reading with the lookups that drawing needs."""

    def __init__(self, reading: Reading, why: bool) -> None:
        self.reading, self.why = reading, why
        self.claims = {claim.id: claim for claim in reading.claims}
        self.said_again = {pair.later for pair in reading.restatements}
        parts = {part for breakdown in reading.breakdowns for part in breakdown.parts}
        counted = [claim for claim in reading.claims if claim.modality in ("asserted", "possible")]
        first = [claim for claim in counted if claim.id not in self.said_again]
        self.doubtful = [claim for claim in reading.claims if claim not in counted]
        self.tops = [claim for claim in first if claim.id not in parts and claim.scope != "cumulative"]
        self.beside = [claim for claim in first if claim.id not in parts and claim.scope == "cumulative"]

    def breakdowns(self, claim: Claim) -> list[Breakdown]:
        return [breakdown for breakdown in self.reading.breakdowns if breakdown.total == claim.id]


def _blocks(draft: _Draft) -> Iterator[RenderableType]:
    yield _headline(draft)
    if not draft.reading.claims:
        yield Padding(Text("No claim of harm to people was found.", style=QUIET), (0, 0, 0, 2), expand=False)
    yield from _section("Who came to harm", [_claim_tree(draft, claim) for claim in draft.tops])
    if draft.reading.incidents:
        yield from _section("Incidents", [_incident_table(draft.reading.incidents)])
    yield from _section("Running totals, never added", [_claim_tree(draft, claim) for claim in draft.beside])
    yield from _section("Denied, planned or supposed, not counted", [_claim_tree(draft, c) for c in draft.doubtful])
    yield from _section("What else is said", [_statement(one) for one in draft.reading.statements])
    yield from _section("Warnings", [Text(f"! {warning}", style="yellow") for warning in draft.reading.warnings])
    yield Text("")


def _section(title: str, parts: Sequence[RenderableType]) -> Iterator[RenderableType]:
    if parts:
        yield Text(f"\n{title}", style="bold cyan")
        yield from (Padding(part, (0, 0, 0, 2), expand=False) for part in parts)


def _headline(draft: _Draft) -> Text:
    report = draft.reading.report
    about = [report.publisher, report.published and _date(report.published), f"{len(report.text):,} characters"]
    line = Text(report.title or f"Report {report.id}", style="bold")
    return line.append("\n" + " · ".join(str(part) for part in about if part), style=QUIET)


# ------------------------------------------------------------------ claims
def _claim_tree(draft: _Draft, claim: Claim) -> Tree:
    tree = Tree(_claim_lines(draft, claim), guide_style=QUIET)
    _hang_parts(draft, claim, tree)
    return tree


def _hang_parts(draft: _Draft, claim: Claim, tree: Tree) -> None:
    for breakdown in draft.breakdowns(claim):
        label = _sum_line(draft, breakdown)
        branch = tree.add(label) if breakdown.kind == "sum" else tree
        for part in breakdown.parts:
            child = draft.claims[part]
            line = _claim_lines(draft, child, included=breakdown.kind == "including")
            _hang_parts(draft, child, branch.add(line))


def _claim_lines(draft: _Draft, claim: Claim, included: bool = False) -> Text:
    text = Text("including " if included else "")
    text.append(f"{_count(claim)} {claim.harm}", style="bold red" if claim.harm == "killed" else "bold")
    if claim.modality != "asserted":
        text.append(f" ({claim.modality})", style="magenta")
    text.append(f"  “{_short(claim.span.quote)}”", style="italic")
    status = "" if claim.victims.status == "unknown" else f" {claim.victims.status}"
    text.append(f"{status}  {claim.id}", style=QUIET)
    said = f"according to {claim.according_to.text}" if claim.according_to else ""
    facts = [*_doers(claim.perpetrators), _time(claim.when), _place(claim.where), claim.means, said]
    text.append("\n" + " · ".join(fact.replace("_", " ") for fact in facts if fact))
    again = [draft.claims[pair.later] for pair in draft.reading.restatements if pair.first == claim.id]
    if again:
        quotes = ", ".join(f"“{_short(other.span.quote)}” ({other.id})" for other in again)
        text.append(f"\nsaid again: {quotes}", style=QUIET)
    return text


def _count(claim: Claim) -> str:
    count = claim.count
    words = {
        "at_least": f"at least {count.stated:,}" if count.stated is not None else "",
        "more_than": f"more than {count.stated:,}" if count.stated is not None else "",
        "up_to": f"up to {count.stated:,}" if count.stated is not None else "",
        "less_than": f"fewer than {count.stated:,}" if count.stated is not None else "",
        "about": f"about {count.best:,}",
        "nearly": f"nearly {count.best:,}",
        "range": f"{count.low:,}–{count.high:,}" if count.high is not None else f"{count.low:,} or more",
        "vague": f"“{count.words}”, {count.low:,} or more",
        "exact": f"{count.best:,}",
    }
    return words[count.qualifier] or f"{count.best:,}"


def _doers(perpetrators: Sequence[Perpetrator]) -> Iterator[str]:
    for one in perpetrators:
        name = one.text if one.actor is None or one.actor.name == one.text else f"{one.text} = {one.actor.name}"
        yield f"by {name}" + ("" if one.basis == "asserted" else f" [{one.basis}]")


def _sum_line(draft: _Draft, breakdown: Breakdown) -> Text:
    parts = [draft.claims[part].count for part in breakdown.parts]
    figures = " + ".join(f"{part.best:,}" for part in parts)
    if breakdown.kind == "including":
        return Text("")
    text = Text(f"{figures} = {sum(part.best for part in parts):,} ")
    text.append(f"{MARK[breakdown.check]} {_verdict(breakdown)}", style=STYLE[breakdown.check])
    if draft.why:
        text.append("".join(f"\nbecause {reason}" for reason in breakdown.why), style=QUIET)
    return text


def _verdict(breakdown: Breakdown) -> str:
    left = breakdown.remainder
    if breakdown.check == "consistent" or left is None:
        return "the sum closes" if breakdown.check == "consistent" else breakdown.check
    if breakdown.check == "short":
        return f"{figure_words(left)} of the total not told apart"
    return "the parts are more than the total"


# -------------------------------------------------------------- statements
def _statement(one: Statement) -> Text:
    text = Text(f"{one.kind}  ", style=QUIET)
    text.append(statement_words(one), style="default")
    facts = [_time(one.when), f"according to {one.according_to.text}" if one.according_to else ""]
    text.append("".join(f" · {fact}" for fact in facts if fact))
    return text.append(f"  “{_short(one.span.quote)}”  {one.id}", style="dim italic")


# --------------------------------------------------------------- incidents
def _incident_table(incidents: Sequence[Incident]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style=QUIET)
    for name in ("", "killed", "injured", "other harm", "when", "where", "by", "UCDP's view"):
        table.add_column(name, justify="right" if name in ("killed", "injured") else "left", overflow="fold")
    for incident in incidents:
        others = {harm: toll for harm, toll in incident.tolls.items() if harm not in ("killed", "injured")}
        table.add_row(
            incident.id,
            figure_words(incident.tolls.get("killed")),
            figure_words(incident.tolls.get("injured")),
            ", ".join(f"{figure_words(toll)} {harm}" for harm, toll in others.items()),
            _time(incident.when),
            _place(incident.where),
            ", ".join(one.text for one in incident.perpetrators),
            _sides(incident),
        )
    killed = [i.tolls["killed"] for i in incidents if "killed" in i.tolls]
    if len(killed) > 1:
        table.add_row("all", figure_words(add_up(killed)), "", "", "", "", "", "", style="bold")
    return table


def _sides(incident: Incident) -> str:
    """Return UCDP's type of violence and the two sides, as far as they are told."""
    kind = VIOLENCE.get(incident.type_of_violence or 0, "")
    if not (incident.side_a or incident.side_b):
        return kind
    sides = f"{incident.side_a or '?'} – {incident.side_b or '?'}"
    return f"{kind}: {sides}" if kind else sides


def add_up(figures: Sequence[Figure]) -> Figure:
    """Return the sum of figures of different people; one open high leaves the sum open."""
    highs = [figure.high for figure in figures]
    high = None if None in highs else sum(h for h in highs if h is not None)
    return Figure(sum(f.low for f in figures), sum(f.best for f in figures), high)


def figure_words(figure: Figure | None) -> str:
    """Return a figure as people write it: 27, 20–30 (best 24), 60 or more."""
    if figure is None:
        return ""
    if figure.high is None:
        return f"{figure.low:,}+" if figure.best == figure.low else f"{figure.low:,}+ (best {figure.best:,})"
    if figure.low == figure.high:
        return f"{figure.best:,}"
    best = "" if figure.best in (figure.low, figure.high) else f" (best {figure.best:,})"
    return f"{figure.low:,}–{figure.high:,}{best}"


# ---------------------------------------------------------- times and places
def _time(when: When | None) -> str:
    if when is None:
        return ""
    if when.start is None and when.end is None:
        return when.text or ""
    if when.start is None:
        return f"until {_date(when.end)}" if when.end else ""
    if when.end is None:
        return f"since {_date(when.start)}"
    guessed = " (from the publication)" if when.origin == "publication" else ""
    return _interval(when.start, when.end) + guessed


def _interval(start: date, end: date) -> str:
    if start == end:
        return _date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_date(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%b} – {_date(end)}"
    return f"{_date(start)} – {_date(end)}"


def _date(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _place(where: Where | None) -> str:
    if where is None:
        return ""
    units = [unit for unit in (where.admin1, where.country) if unit and unit not in (where.text or "")]
    return ", ".join(part for part in (where.text or where.name, *units) if part)


def _short(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"
