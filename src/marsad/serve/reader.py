"""The report reader: paste a text or drop a file, see it read; nothing is stored until "add"."""

import base64
import binascii
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.answers.statement_words import statement_facts, statement_words
from marsad.errors import BadInputError
from marsad.ledger.record import report_key
from marsad.model import Reading, Report
from marsad.read import parse_day
from marsad.read.items import SkippedInputError
from marsad.read.source import read_bytes
from marsad.serve.adding import add_reports, incidents_of, report_of
from marsad.serve.address import view_of
from marsad.serve.desk import Desk, Shelf
from marsad.serve.guard import checked_form, field
from marsad.serve.marks import runs_of
from marsad.serve.pages import page
from marsad.serve.record_checks import record_checks
from marsad.serve.says import count_words
from marsad.serve.tree import tree_of

LONGEST_NAME = 300
LEGEND = ("claim", "time", "place", "actor", "voice", "statement")
"""The marks of the running text, in the order of the switches."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a form brought: the reports, each with its bytes where it came from a file, and the fields to send again.

    `left_out` says in plain words what of a file was not read.
    """

    reports: tuple[tuple[Report, bytes], ...]
    again: dict[str, str]
    left_out: tuple[str, ...] = ()


def empty_reader(request: Request) -> Response:
    """Show the form."""
    return page(request, "read", fields={}, reading=None, said=None)


async def read_report(request: Request) -> Response:
    """Read what was pasted or dropped, and show it; nothing is stored."""
    form = await checked_form(request)
    try:
        received = await _received(form)
        reading = await run_in_threadpool(request.app.state.desk.read, received.reports[0][0])
    except BadInputError as error:
        fields = {name: field(form, name) for name in ("text", "title", "publisher", "url", "published")}
        # A picture or an empty file is no fault of anybody's: it is only not a report.
        kind, status = ("note", 200) if isinstance(error, SkippedInputError) else ("fault", 400)
        return page(request, "read", status=status, fields=fields, reading=None, said=(kind, str(error)))
    shelf: Shelf = request.app.state.shelf
    known = await run_in_threadpool(_known, shelf, reading.report)
    return page(
        request, "reading", **_seen(reading), fields=received.again, others=len(received.reports) - 1, known=known,
        left_out=received.left_out,
    )  # fmt: skip


async def add_report(request: Request) -> Response:
    """Record the reports that were shown, judge which others tell of the same events, and show what came of it."""
    form = await checked_form(request)
    received = await _received(form)
    desk: Desk = request.app.state.desk
    done = await run_in_threadpool(add_reports, desk, request.scope["marsad.person"], received.reports)
    keys = [one.key for one in done if one.reading is not None]
    if not keys:
        raise HTTPException(400, "; ".join(str(one.reason) for one in done))
    return RedirectResponse(f"/reports/{keys[0]}?added={len(keys)}", 303)


def recorded_report(request: Request) -> Response:
    """Show a recorded report as it was read, with the incidents that it tells of."""
    view = view_of(request.query_params)
    ledger = request.app.state.shelf.ledger(view.as_of, view.policy)
    found = report_of(ledger, request.path_params["key"])
    incidents = incidents_of(found, ledger.heirs)
    told = [one for one in ledger.incidents if one.id in incidents]
    added = request.query_params.get("added")
    return page(
        request, "reading", view, **_seen(found.reading), recorded=found, incidents=told,
        added=added if added and added.isdecimal() else None, checks=record_checks(ledger, found),
    )  # fmt: skip


def _seen(reading: Reading) -> dict[str, Any]:
    names = {one.id: f"{count_words(one)} {one.harm}" for one in reading.claims}
    said = [(one, statement_words(one), list(statement_facts(one))) for one in reading.statements]
    runs = runs_of(reading)
    kinds = {kind for run in runs for kind in run.kinds}
    shown = {
        "runs": runs, "tree": tree_of(reading), "names": names, "said": said,
        "legend": [kind for kind in LEGEND if kind in kinds],
    }  # fmt: skip
    return {"reading": reading, "report": reading.report, **shown}


def _known(shelf: Shelf, report: Report) -> str | None:
    key = report_key(report)
    return key if key in shelf.ledger().readings else None


async def _received(form: FormData) -> Received:
    file = form.get("file")
    again = {name: field(form, name)[:LONGEST_NAME] for name in ("title", "publisher", "url", "published")}
    day = parse_day(again["published"]) if again["published"] else None
    raw, name = b"", ""
    if isinstance(file, UploadFile) and file.filename:
        raw, name = await file.read(), file.filename
    elif field(form, "original"):
        raw, name = _decoded(field(form, "original")), field(form, "name")
    if not raw:
        return _pasted(form, again, day)
    found = list(read_bytes(raw, name[:LONGEST_NAME], day))
    faults = [one for one in found if isinstance(one, BadInputError)]
    reports = [(_named(one[0], again), one[1]) for one in found if not isinstance(one, BadInputError)]
    if not reports:
        raise faults[0] if faults else BadInputError(f"{name}: holds no report")
    again |= {"original": base64.b64encode(raw).decode("ascii"), "name": name[:LONGEST_NAME]}
    return Received(tuple(reports), again, tuple(str(one) for one in faults))


def _pasted(form: FormData, again: dict[str, str], day: date | None) -> Received:
    value = form.get("text")
    # Browsers send every line end as CR LF, whatever was pasted.
    text = value.replace("\r\n", "\n") if isinstance(value, str) else ""
    if not text.strip():
        raise BadInputError("there is no text yet: paste one, or choose a file")
    told = {name: words for name, words in again.items() if words}
    found = list(read_bytes(json.dumps({**told, "text": text}).encode(), "pasted.json", day))
    faults = [e for e in found if isinstance(e, BadInputError) and not isinstance(e, SkippedInputError)]
    reports = tuple(one for one in found if not isinstance(one, BadInputError))
    if faults or len(reports) != 1:
        raise faults[0] if faults else BadInputError("this is no report: paste its words")
    return Received(reports, {**again, "text": text})


def _named(report: Report, again: dict[str, str]) -> Report:
    """Return the report with what the form says of it, where it does not say so itself."""
    return replace(
        report,
        title=report.title or again["title"] or None,
        publisher=report.publisher or again["publisher"] or None,
        url=report.url or again["url"] or None,
    )


def _decoded(words: str) -> bytes:
    try:
        return base64.b64decode(words, validate=True)
    except binascii.Error:
        raise HTTPException(400, "the file did not come back whole: choose it anew") from None
