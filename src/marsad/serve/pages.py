"""Renders templates: everything is escaped, and signs that could turn words around are shown, not obeyed."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from marsad import __version__
from marsad.answers.words import figure_words
from marsad.serve import says
from marsad.serve.address import View, view_of
from marsad.serve.context import in_context
from marsad.serve.guard import token_of

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def seen(value: Any) -> Any:
    """Return words with what cannot be seen written out: a right-to-left override becomes ⟨202E⟩."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSEEN.sub(lambda sign: "" if sign[0] == "\r" else f"⟨{ord(sign[0]):04X}⟩", value)
    return value


@cache
def environment() -> Environment:
    """Return the templates, made once."""
    made = Environment(
        loader=PackageLoader("marsad.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        figure=figure_words,
        day=says.day_words,
        time=says.when_words,
        place=says.place_words,
        number="{:,}".format,
        count=says.count_words,
        facts=lambda claim: list(says.claim_facts(claim)),
    )
    made.globals["version"] = __version__
    made.globals["in_context"] = in_context
    return made


def page(request: Request, name: str, view: View | None = None, status: int = 200, **known: Any) -> HTMLResponse:
    """Return a page made from the template of that name."""
    words = (
        environment()
        .get_template(f"{name}.html")
        .render(
            view=view or view_of({}),
            here=request.url.path,
            person=request.scope.get("marsad.person"),
            accounts=request.app.state.desk.accounts is not None,
            token=token_of(request),
            **known,
        )
    )
    return HTMLResponse(words, status)
