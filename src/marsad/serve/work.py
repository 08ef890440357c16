"""What people did at the desk: my work and others', how far two readers agree, and gold to take away."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marsad.answers.judging import KINDS, agreement_to_json, agreement_words
from marsad.ledger import Record
from marsad.ledger.agreement import ENOUGH, Agreement, agreement
from marsad.ledger.gold import Gold, gold_of
from marsad.serve.address import number
from marsad.serve.deciding import Deed, deeds_of
from marsad.serve.desk import Shelf
from marsad.serve.pages import page
from marsad.serve.queue import incident_by_id
from marsad.serve.review import deed_words
from marsad.serve.says import incident_sentence

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a person: when, what, the address of what it is about, and what that is in a sentence."""

    made: datetime
    words: str
    address: str
    about: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A person who judged: how many words on pairs and on values, and when the last was said."""

    name: str
    pairs: int
    values: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """How two readers agree, in words, with links to where they differ."""

    one: Agreement
    kind: str
    words: str
    differ: tuple[tuple[str, str], ...]


def show_work(request: Request) -> Response:
    """Show what one person did, or everybody, the newest first; and who agrees with whom."""
    shelf: Shelf = request.app.state.shelf
    record = shelf.words()
    deeds = shelf.kept(("deeds",), lambda: deeds_of(record))
    who = request.query_params.get("who", "")
    chosen = [deed for deed in deeds if not who or deed.by == who]
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    at = min(number(request.query_params, "page", 1, 1, 1_000_000), pages)
    shown = chosen[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]
    gold = gold_made(shelf)
    return page(
        request, "work", who=who, entries=[_entry(deed, shelf) for deed in shown], count=len(chosen), at=at,
        pages=pages, workers=workers(deeds), agreed=_agreed(shelf, record), enough=ENOUGH,
        gold_reports=len(gold.codings), gold_claims=sum(len(row["claims"]) for row in gold.codings),
        gold_rejected=sum(len(row["rejected"]) for row in gold.codings),
        gold_whole=sum(row["judged"] == "all" for row in gold.codings),
    )  # fmt: skip


def gold_jsonl(request: Request) -> Response:
    """Send what people judged, a report a line, as `marsad evaluate` takes it."""
    return _lines(gold_made(request.app.state.shelf).codings, "gold.jsonl")


def reports_jsonl(request: Request) -> Response:
    """Send the reports that people judged something in."""
    return _lines(gold_made(request.app.state.shelf).reports, "reports.jsonl")


def agreement_json(request: Request) -> Response:
    """Send the agreement of every two readers as JSON."""
    record = request.app.state.shelf.words()
    found = [agreement_to_json(one) for one in agreement(record.judgements, record.revisions)]
    return Response(json.dumps({"agreement": found}, ensure_ascii=False), media_type="application/json")


def workers(deeds: Sequence[Deed]) -> list[Worker]:
    """Return everybody who judged, who did most first."""
    pairs = Counter(deed.by for deed in deeds if deed.kind == "pair")
    values = Counter(deed.by for deed in deeds if deed.kind == "value")
    last: dict[str, datetime] = {}
    for deed in deeds:
        last.setdefault(deed.by, deed.made)
    found = [Worker(name, pairs[name], values[name], last[name]) for name in last]
    return sorted(found, key=lambda one: (-one.pairs - one.values, one.name))


def gold_made(shelf: Shelf) -> Gold:
    """Return the gold that the desk's people made."""
    return shelf.kept(("gold",), lambda: gold_of(shelf.ledger()))


def _lines(rows: Sequence[dict[str, Any]], name: str) -> Response:
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/jsonl", headers=headers)


def _entry(deed: Deed, shelf: Shelf) -> Entry:
    of = deed.judgement.left if deed.judgement is not None else deed.revision.of if deed.revision is not None else ""
    ledger = shelf.ledger()
    one = incident_by_id(ledger, of)
    return Entry(deed.made, deed_words(deed), _address(of), incident_sentence(one) if one is not None else "")


def _address(of: str) -> str:
    """Return the page of what a word was said of."""
    if ":" in of:
        return "/actors/unknown" if of.startswith("actor:") else "/places/unknown"
    return f"/reports/{of.partition('/')[0]}" if "/" in of or not of.startswith("i") else f"/incidents/{of}"


def _agreed(shelf: Shelf, record: Record) -> list[Agreed]:
    found = shelf.kept(("agreement",), lambda: agreement(record.judgements, record.revisions))
    return [Agreed(one, KINDS[one.kind], agreement_words(one), tuple(map(_differ, one.differ[:12]))) for one in found]


def _differ(case: tuple[str, ...]) -> tuple[str, str]:
    words = " and ".join(case)
    if len(case) > 1:
        return f"/review?case=pair:{case[0]}%2B{case[1]}", words
    return _address(case[0]), words
