"""Puts an alert into words and into JSON: always that it is reported, by whom, and how sure; names only where asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from marsad.answers.words import when_words, where_words
from marsad.ledger import TITLES, LedgerIncident
from marsad.ledger.policy import Policy
from marsad.model import Figure, Perpetrator, Report
from marsad.watch.alerts import News

_DONE = {"casualties": "killed or injured"}
_BASIS = {"asserted": "", "alleged": " (blamed)", "claimed": " (claims it)", "denied": " (denies it)"}


def alert_to_json(news: News, now: datetime, policy: Policy) -> dict[str, Any]:
    """Return an alert for programs, as it goes into files and webhooks; docs/watching.md tells its keys."""
    made = {
        "id": news.id,
        "alert": news.rule.name,
        "kind": news.kind,
        "made": now.isoformat(),
        "harm": news.rule.harm,
        "reported": _figure(news.figure),
        "before": _figure(news.before),
        "rule": TITLES[policy],
    }
    told = _incident(news) if news.incident else _series(news)
    # What pages call themselves goes to terminals and mail: no characters that steer those.
    words = "".join(c if c.isprintable() else " " for c in _sentence(news, told))
    return {**made, **told, "words": words}


def subject_line(alert: dict[str, Any]) -> str:
    """Return the subject of a mail."""
    return f"[marsad] {alert['alert']}: {alert['words']}"[:180]


def _incident(news: News) -> dict[str, Any]:
    one = news.incident
    assert one is not None
    where = one.where
    reports = sorted({member.report for member in one.members}, key=lambda report: (str(report.published), report.id))
    return {
        "incident": one.id,
        "type": one.type,
        "means": one.means,
        "when": when_words(one.when) or None,
        "where": where_words(where) or None,
        "country": where.country if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "geoprecision": where.geoprecision if where else None,
        "perpetrators": [_doer(one) for one in one.perpetrators],
        "victims": sorted({victims.status for victims in one.victims}),
        **({"victims_named": _named(one)} if news.rule.names else {}),
        "according_to": _publishers(reports),
        **({"sources_named": _voices(one)} if news.rule.names else {}),
        "sources": len(one.voices),
        "reports": [_report(report) for report in reports],
        "trace": f"marsad trace {one.id}",
    }


def _series(news: News) -> dict[str, Any]:
    series, running = news.series, news.running
    assert series is not None and running is not None
    return {
        "series": news.subject,
        "since": series.since.isoformat() if series.since else None,
        "where": series.where or None,
        "according_to": [series.voice] if news.rule.names or running.claim.according_to is None else _whose(news),
        "reports": [_report(running.report)],
        "trace": f"marsad trace {running.id}",
    }


def _whose(news: News) -> list[str]:
    """Return whose word a running total is: a source that the registry knows, else the publisher."""
    assert news.running is not None
    voice = news.running.claim.according_to
    known = voice.actor.name if voice and voice.actor else news.running.report.publisher
    return [known] if known else []


def _sentence(news: News, told: dict[str, Any]) -> str:
    where, when = told.get("where"), told.get("when")
    place = f" in {where}" if where else ""
    day = f", {when}" if when else ""
    by = ", ".join(told.get("perpetrators", [])) if news.kind != "withdrawn" else ""
    blamed = f"; by {by}" if by else ""
    was = f"; was {_figure_words(news.before)}" if news.before.best and news.figure is not None else ""
    return f"{_opening(news)}{place}{day}{was}{blamed}; word of {_listed(told['according_to'])}"


def _opening(news: News) -> str:
    done = _DONE.get(news.rule.harm, news.rule.harm)
    if news.figure is None:
        return f"withdrawn: was reported {_figure_words(news.before)} {done}"
    total = " in total" if news.kind == "series" else ""
    return f"reported {_figure_words(news.figure)} {done}{total}"


def _figure_words(figure: Figure) -> str:
    """Return a figure with its doubt: 12; 17 (12 to 21); at least 11."""
    if figure.high is None:
        return f"at least {figure.low:,}" + (f" (best: {figure.best:,})" if figure.best != figure.low else "")
    doubt = f" ({figure.low:,} to {figure.high:,})" if figure.low != figure.high else ""
    return f"{figure.best:,}{doubt}"


def _listed(names: list[str]) -> str:
    if not names:
        return "a report that names no publisher"
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _figure(figure: Figure | None) -> dict[str, int | None] | None:
    return None if figure is None else {"low": figure.low, "best": figure.best, "high": figure.high}


def _doer(one: Perpetrator) -> str:
    return f"{one.actor.name if one.actor else one.text}{_BASIS[one.basis]}"


def _publishers(reports: Iterable[Report]) -> list[str]:
    return list(dict.fromkeys(report.publisher for report in reports if report.publisher))


def _voices(one: LedgerIncident) -> list[str]:
    claims = (claim for member in one.members for claim in member.claims())
    return list(dict.fromkeys(claim.according_to.text for claim in claims if claim.according_to))


def _named(one: LedgerIncident) -> list[str]:
    return list(dict.fromkeys(victims.text for victims in one.victims if victims.text))


def _report(report: Report) -> dict[str, str | None]:
    published = report.published.isoformat() if report.published else None
    return {"id": report.id, "publisher": report.publisher, "published": published, "url": report.url}
