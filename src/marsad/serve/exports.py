"""Gives what a view shows away, in the form of a codebook: a zip of the file and of the facts beside it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from marsad.errors import LedgerError
from marsad.export.files import MissingPackageError
from marsad.export.formats import FORMATS, require_format
from marsad.export.gather import Wish
from marsad.export.profiles import PROFILES, PUBLIC, Profile, require_profile
from marsad.export.run import Exported, export, meta_bytes
from marsad.ledger import Ledger, LedgerIncident
from marsad.serve.address import View, view_of
from marsad.serve.desk import ROLES, Person, Role
from marsad.serve.messages import gettext
from marsad.serve.pages import page
from marsad.serve.queue import incident_by_id

FROM: dict[str, Role] = {"public": "reader", "partner": "recorder", "internal": "administrator"}
"""The role that each profile takes; whoever may give names away answers for the desk."""
PIECE = 1 << 16
NO_DAY = (1980, 1, 1, 0, 0, 0)
"""A zip holds a day for each file; this is the first it knows, so that one ledger gives the same bytes twice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One format to choose: its name, what it is, and which packages are missing for it here."""

    name: str
    title: str
    missing: tuple[str, ...] = ()


def show_export(request: Request) -> Response:
    """Show what can be given away, in which forms and for whom."""
    view = view_of(request.query_params)
    asked = request.query_params.get("incident", "").strip()
    profiles = profiles_for(request.scope["marsad.person"])
    return page(request, "export", view, formats=choices(), profiles=profiles, whom=profile_words, incident=asked)


def give(request: Request) -> Response:
    """Send an export of a view, or of one incident, as a download."""
    view = view_of(request.query_params)
    asked = request.query_params
    kind = require_format(asked.get("format", "").strip() or "jsonl")
    profile = require_profile(asked.get("profile", "").strip() or PUBLIC.name)
    person: Person = request.scope["marsad.person"]
    if profile not in profiles_for(person):
        raise HTTPException(403, f"the profile {profile.name} takes the role of a {FROM[profile.name]}")
    ledger = _ledger(request, view)
    if name := asked.get("incident", "").strip():
        # What stands beside incidents does not belong to one of them.
        ledger = replace(ledger, incidents=(_incident(ledger, name),), running=(), answers=None)
    try:
        made = export(ledger, kind.name, Wish(view.selection, profile))
    except MissingPackageError as error:
        raise HTTPException(501, str(error)) from error
    called = f"marsad-{kind.name}-{profile.name}"
    headers = {"Content-Disposition": f'attachment; filename="{called}.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(_pieces(zipped(made, called)), media_type="application/zip", headers=headers)


def choices() -> list[Choice]:
    """Return the formats, each with the packages that are missing for it."""
    return [
        Choice(one.name, one.title, tuple(name for name in one.needs if find_spec(name) is None))
        for one in FORMATS.values()
    ]


def profiles_for(person: Person) -> list[Profile]:
    """Return the profiles by which somebody may give the ledger away, the most careful first."""
    return [PROFILES[name] for name in sorted(FROM, key=lambda name: ROLES.index(FROM[name])) if person.may(FROM[name])]


def profile_words(profile: Profile) -> str:
    """Return for whom a profile is, in the page's language."""
    return {
        "public": gettext("anybody: no names, no words of reports, published sources only, places rounded"),
        "partner": gettext("an organisation that you trust: all sources named, no names of victims"),
        "internal": gettext("your own desk: everything as it was recorded"),
    }[profile.name]


def zipped(made: Exported, called: str) -> bytes:
    """Return a zip of an export and of its facts; the same export gives the same bytes."""
    out = io.BytesIO()
    file = f"{called}{made.format.suffix}"
    with zipfile.ZipFile(out, "w") as folder:
        for name, content in (
            (file, made.written.content),
            (f"{file}.meta.json", meta_bytes({**made.meta, "file": file})),
        ):
            folder.writestr(zipfile.ZipInfo(name, NO_DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ledger(request: Request, view: View) -> Ledger:
    ledger: Ledger = request.app.state.shelf.ledger(view.as_of, view.policy)
    return ledger


def _incident(ledger: Ledger, name: str) -> LedgerIncident:
    one = incident_by_id(ledger, name)
    if one is None:
        raise LedgerError(f"{name} is no incident of this ledger")
    return one


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
