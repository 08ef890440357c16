"""Says the record in plain sentences: what happened, on whose word, how sure."""

from collections.abc import Iterable, Iterator
from datetime import date

from marsad.answers.words import figure_words
from marsad.ledger import LedgerIncident
from marsad.model import Claim, Figure, Perpetrator, Victims, When, Where
from marsad.serve.countries import country_name
from marsad.vocabulary import Harm

DONE: dict[Harm, str] = {
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "captured": "captured",
    "abducted": "abducted",
    "detained": "detained",
    "displaced": "displaced",
    "casualties": "killed or injured",
}
BY_MEANS = {
    "airstrike": "in an airstrike", "shelling": "by shelling", "shooting": "in a shooting", "bombing": "in a bombing",
    "suicide_bombing": "in a suicide bombing", "landmine": "by a mine", "ambush": "in an ambush",
    "clashes": "in clashes", "execution": "by execution", "arson": "by arson", "raid": "in a raid",
    "beating": "by beating", "stabbing": "by stabbing", "chemical": "by chemical weapons", "torture": "by torture",
    "fire": "in a fire",
}  # fmt: skip


_BASIS: dict[str, str] = {
    "asserted": "",
    "alleged": " (blamed, not asserted)",
    "claimed": " (claimed it)",
    "denied": " (denies it)",
}


def day_words(day: date | None) -> str:
    """Return a day as people write it: 20 April 2019."""
    return "" if day is None else f"{day.day} {day:%B %Y}"


def when_words(when: When | None) -> str:
    """Return a time: its day, its days, an open start, or the report's words where they mean no date."""
    if when is None:
        return ""
    if when.start is None or when.end is None:
        known = when.start or when.end
        return when.text or (f"{'since' if when.start else 'until'} {day_words(known)}" if known else "")
    guessed = " (day of publication)" if when.origin == "publication" else ""
    return span_words(when.start, when.end) + guessed


def span_words(start: date, end: date) -> str:
    """Return a run of days: 18–20 April 2019."""
    if start == end:
        return day_words(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    return f"{start.day} {start:%B}{'' if start.year == end.year else f' {start.year}'} – {day_words(end)}"


def incident_sentence(one: LedgerIncident) -> str:
    """Return what happened, in one sentence built from the record; whose word it is stands in it."""
    # Of people who were taken away the means tell how that went, not what became of them.
    means = BY_MEANS.get(one.means or "", "") if one.tolls.keys() & {"killed", "injured", "casualties"} else ""
    where, when = _where(one.where), _on(one.when)
    said = " ".join(part for part in (_harms(one), means, where) if part)
    return f"{told_by(one)}, {said}{',' if where and when else ''}{f' {when}' if when else ''}."


def blame_sentence(one: LedgerIncident) -> str:
    """Return who is said to have done it, and how the reports put it; "" where nobody is named."""
    return "; ".join(doer_words(p) for p in one.perpetrators)


def doer_words(one: Perpetrator) -> str:
    """Return one perpetrator with the basis: the words of the report beside the name they were taken for."""
    name = one.text if one.actor is None or one.actor.name == one.text else f"{one.actor.name} (“{one.text}”)"
    return f"{name}{_BASIS[one.basis]}"


def told_by(one: LedgerIncident) -> str:
    """Return on whose word an incident rests."""
    names = sorted({m.report.publisher for m in one.members if m.report.publisher})
    if not names:
        return "According to a report"
    return f"According to {listed(names[:3])}" + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _harms(one: LedgerIncident) -> str:
    told = [(harm, figure) for harm, figure in one.tolls.items()]
    if not told:
        return "people came to harm"
    whom = _whom(one.victims)
    out = []
    for number, (harm, figure) in enumerate(told):
        single = figure.best == 1 and figure.high == 1
        noun = "" if number else f" {_noun(whom, single)}"
        out.append(f"{_figure(figure)}{noun} {'was' if single else 'were'} {DONE[harm]}")
    return listed(out)


def _noun(whom: str, single: bool) -> str:
    if not whom:
        return "person" if single else "people"
    return whom.removesuffix("s") if single else whom


def _figure(figure: Figure) -> str:
    if figure.high is None:
        return f"at least {figure.low:,}"
    return f"{figure.low:,} to {figure.high:,}" if figure.low != figure.high else f"{figure.best:,}"


def _whom(victims: Iterable[Victims]) -> str:
    statuses = {v.status for v in victims}
    return {frozenset({"civilian"}): "civilians", frozenset({"combatant"}): "combatants"}.get(frozenset(statuses), "")


def place_words(where: Where | None) -> str:
    """Return a place with its province and country: Mopti, Mali."""
    if where is None:
        return ""
    name, country = where.name or where.text, country_name(where.country)
    parts = [name, where.admin1 if where.admin1 != name else None, country if country != name else None]
    return ", ".join(part for part in parts if part)


def _where(where: Where | None) -> str:
    name = place_words(where)
    if where is None or not name:
        return ""
    return f"in {name}" if (where.geoprecision or 1) in (1, 4, 6) else f"in or near {name}"


def _on(when: When | None) -> str:
    words = when_words(when)
    if when is None or when.start is None or when.end is None:
        return f"({words})" if words else ""
    return f"on {words}" if when.start == when.end else f"during {words}"


def claim_facts(claim: Claim) -> Iterator[str]:
    """Yield what else a claim says, in plain words: by whom, when, where, by what means, according to whom."""
    yield from (f"by {doer_words(p)}" for p in claim.perpetrators)
    if claim.when is not None:
        yield when_words(claim.when)
    if claim.where is not None:
        where = claim.where
        name = where.text or where.name or ""
        units = (unit for unit in (where.admin1, country_name(where.country)) if unit and unit not in name)
        yield ", ".join(part for part in (name, *units) if part)
    if claim.means:
        yield claim.means.replace("_", " ")
    if claim.according_to:
        yield f"according to {claim.according_to.text}"


def count_words(claim: Claim) -> str:
    """Return how many, as the words say it."""
    count = claim.count
    lead = {"at_least": "at least", "more_than": "more than", "up_to": "up to", "less_than": "fewer than"}
    if count.qualifier in lead and count.stated is not None:
        return f"{lead[count.qualifier]} {count.stated:,}"
    if count.qualifier in ("about", "nearly"):
        return f"{count.qualifier} {count.best:,}"
    if count.qualifier == "vague":
        return f"“{count.words}”, {figure_words(Figure(count.low, count.best, count.high))}"
    return figure_words(Figure(count.low, count.best, count.high))
