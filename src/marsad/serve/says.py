"""Says the record in plain sentences: what happened, on whose word, how sure."""

from collections.abc import Iterable, Iterator
from datetime import date

from marsad.answers.words import figure_words
from marsad.ledger import LedgerIncident
from marsad.model import Claim, Figure, Perpetrator, Victims, When, Where
from marsad.serve.countries import country_name
from marsad.serve.messages import gettext, ngettext
from marsad.serve.terms import N_, term
from marsad.vocabulary import Harm

BY_MEANS = {
    "airstrike": N_("in an airstrike"), "shelling": N_("by shelling"), "shooting": N_("in a shooting"),
    "bombing": N_("in a bombing"), "suicide_bombing": N_("in a suicide bombing"), "landmine": N_("by a mine"),
    "ambush": N_("in an ambush"), "clashes": N_("in clashes"), "execution": N_("by execution"),
    "arson": N_("by arson"), "raid": N_("in a raid"), "beating": N_("by beating"), "stabbing": N_("by stabbing"),
    "chemical": N_("by chemical weapons"), "torture": N_("by torture"), "fire": N_("in a fire"),
}  # fmt: skip
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_BASIS = {"alleged": N_("blamed, not asserted"), "claimed": N_("claimed it"), "denied": N_("denies it")}


def day_words(day: date | None) -> str:
    """Return a day as people write it: 20 April 2019."""
    return "" if day is None else gettext("%(day)s %(month)s") % {"day": day.day, "month": month_words(day)}


def month_words(day: date) -> str:
    """Return the month of a day as people write it: April 2019."""
    return gettext("%(month)s %(year)s") % {"month": gettext(MONTHS[day.month - 1]), "year": day.year}


def when_words(when: When | None) -> str:
    """Return a time: its day, its days, an open start, or the report's words where they mean no date."""
    if when is None:
        return ""
    if when.start is None or when.end is None:
        return when.text or _half_open(when)
    days = span_words(when.start, when.end)
    return gettext("%(days)s (day of publication)") % {"days": days} if when.origin == "publication" else days


def _half_open(when: When) -> str:
    if when.start is not None:
        return gettext("since %(day)s") % {"day": day_words(when.start)}
    return gettext("until %(day)s") % {"day": day_words(when.end)} if when.end is not None else ""


def span_words(start: date, end: date) -> str:
    """Return a run of days: 18–20 April 2019."""
    if start == end:
        return day_words(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    month = gettext(MONTHS[start.month - 1]) if start.year == end.year else month_words(start)
    return gettext("%(day)s %(month)s") % {"day": start.day, "month": month} + f" – {day_words(end)}"


def incident_sentence(one: LedgerIncident) -> str:
    """Return what happened, in one sentence built from the record; whose word it is stands in it."""
    # Of people who were taken away the means tell how that went, not what became of them.
    is_hurt = one.tolls.keys() & {"killed", "injured", "casualties"}
    means = gettext(BY_MEANS[one.means]) if is_hurt and one.means in BY_MEANS else ""
    where, when = _where(one.where), _on(one.when)
    said = " ".join(part for part in (_harms(one), means, where) if part)
    told = said + ("," if where and when else "") + (f" {when}" if when else "")
    return gettext("%(by)s, %(what)s.") % {"by": told_by(one), "what": told}


def blame_sentence(one: LedgerIncident) -> str:
    """Return who is said to have done it, and how the reports put it; "" where nobody is named."""
    return "; ".join(doer_words(p) for p in one.perpetrators)


def doer_words(one: Perpetrator) -> str:
    """Return one perpetrator with the basis: the words of the report beside the name they were taken for."""
    name = one.text if one.actor is None or one.actor.name == one.text else f"{one.actor.name} (“{one.text}”)"
    return f"{name} ({gettext(_BASIS[one.basis])})" if one.basis in _BASIS else name


def told_by(one: LedgerIncident) -> str:
    """Return on whose word an incident rests."""
    names = sorted({m.report.publisher for m in one.members if m.report.publisher})
    if not names:
        return gettext("According to a report")
    if len(names) > 3:
        return gettext("According to %(names)s and %(n)s more") % {"names": listed(names[:3]), "n": len(names) - 3}
    return gettext("According to %(names)s") % {"names": listed(names)}


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence."""
    *first, last = [*words] or [""]
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _harms(one: LedgerIncident) -> str:
    if not one.tolls:
        return gettext("people came to harm")
    whom = _whom(one.victims)
    return listed(
        _done(harm, figure, _figure(figure) if number else _people(whom, figure))
        for number, (harm, figure) in enumerate(one.tolls.items())
    )


def _people(whom: str, figure: Figure) -> str:
    """Return how many people, or civilians, or combatants."""
    number, shown = _plural(figure), {"figure": _figure(figure)}
    if whom == "civilian":
        return ngettext("%(figure)s civilian", "%(figure)s civilians", number) % shown
    if whom == "combatant":
        return ngettext("%(figure)s combatant", "%(figure)s combatants", number) % shown
    return ngettext("%(figure)s person", "%(figure)s people", number) % shown


def _done(harm: Harm, figure: Figure, who: str) -> str:
    """Return what was done to how many; `who` is in the words already."""
    number = _plural(figure)
    words = {
        "killed": ngettext("%(who)s was killed", "%(who)s were killed", number),
        "injured": ngettext("%(who)s was injured", "%(who)s were injured", number),
        "missing": ngettext("%(who)s was missing", "%(who)s were missing", number),
        "captured": ngettext("%(who)s was captured", "%(who)s were captured", number),
        "abducted": ngettext("%(who)s was abducted", "%(who)s were abducted", number),
        "detained": ngettext("%(who)s was detained", "%(who)s were detained", number),
        "displaced": ngettext("%(who)s was displaced", "%(who)s were displaced", number),
        "casualties": ngettext("%(who)s was killed or injured", "%(who)s were killed or injured", number),
    }
    return words[harm] % {"who": who}


def _plural(figure: Figure) -> int:
    """Return by which number a figure is declined: one only where it can be no more."""
    return 1 if figure.best == 1 and figure.high == 1 else max(figure.best, 2)


def _figure(figure: Figure) -> str:
    if figure.high is None:
        return gettext("at least %(n)s") % {"n": f"{figure.low:,}"}
    if figure.low != figure.high:
        return gettext("%(low)s to %(high)s") % {"low": f"{figure.low:,}", "high": f"{figure.high:,}"}
    return f"{figure.best:,}"


def _whom(victims: Iterable[Victims]) -> str:
    """Return the status that all victims share, "" where they share none that is known."""
    statuses = {v.status for v in victims}
    return statuses.pop() if len(statuses) == 1 and statuses <= {"civilian", "combatant"} else ""


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
    exact = (where.geoprecision or 1) in (1, 4, 6)
    return (gettext("in %(place)s") if exact else gettext("in or near %(place)s")) % {"place": name}


def _on(when: When | None) -> str:
    words = when_words(when)
    if when is None or when.start is None or when.end is None:
        return f"({words})" if words else ""
    return (gettext("on %(day)s") if when.start == when.end else gettext("during %(day)s")) % {"day": words}


def claim_facts(claim: Claim, voice: bool = True) -> Iterator[str]:
    """Yield what else a claim says, in plain words: by whom, when, where, by what means; with `voice` on whose word."""
    yield from (gettext("by %(who)s") % {"who": doer_words(p)} for p in claim.perpetrators)
    if claim.when is not None:
        yield when_words(claim.when)
    if claim.where is not None:
        where = claim.where
        name = where.text or where.name or ""
        units = (unit for unit in (where.admin1, country_name(where.country)) if unit and unit not in name)
        yield ", ".join(part for part in (name, *units) if part)
    if claim.means:
        yield term(claim.means)
    if voice and claim.according_to:
        yield gettext("according to %(who)s") % {"who": claim.according_to.text}


def count_words(claim: Claim) -> str:
    """Return how many, as the words say it."""
    count = claim.count
    stated = {
        "at_least": gettext("at least %(n)s"), "more_than": gettext("more than %(n)s"),
        "up_to": gettext("up to %(n)s"), "less_than": gettext("fewer than %(n)s"),
    }  # fmt: skip
    best = {"about": gettext("about %(n)s"), "nearly": gettext("nearly %(n)s")}
    if count.qualifier in stated and count.stated is not None:
        return stated[count.qualifier] % {"n": f"{count.stated:,}"}
    if count.qualifier in best:
        return best[count.qualifier] % {"n": f"{count.best:,}"}
    if count.qualifier == "vague":
        return f"“{count.words}”, {figure_words(Figure(count.low, count.best, count.high))}"
    return figure_words(Figure(count.low, count.best, count.high))
