"""Renders templates: everything is escaped, and signs that could turn words around are shown, not obeyed."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from marsad import __version__
from marsad.answers.words import figure_words
from marsad.model import Claim
from marsad.serve import messages, says
from marsad.serve.address import View, view_of
from marsad.serve.context import in_context
from marsad.serve.guard import token_of
from marsad.serve.terms import term

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    # Joiners shape Persian, Indic and other letters; beside Latin ones they only hide.
    "|(?<=[0-9A-Za-z])[\u200c\u200d]|[\u200c\u200d](?=[0-9A-Za-z])"
)
"""Signs that nobody sees: controls, halves of characters, what turns words around, what takes no room."""


def seen(value: Any) -> Any:
    """Return words with what cannot be seen written out: a right-to-left override becomes ⟨202E⟩."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSEEN.sub(lambda sign: "" if sign[0] == "\r" else f"⟨{ord(sign[0]):04X}⟩", value)
    return value


@pass_context
def private(known: Context, value: Any) -> Any:
    """Return what only recorders and those above them may see; None for a reader."""
    person = known.get("person")
    return value if person is not None and person.may("recorder") else None


def claim_facts(claim: Claim, voice: bool = True) -> list[str]:
    """Return what else a claim says, in plain words; without `voice` not on whose word."""
    return [*says.claim_facts(claim, voice)]


def translated(message: str, /, **known: Any) -> Markup:
    """Return a text in the page's language with what is put into it: escaped, and nothing in it unseen."""
    return Markup(messages.gettext(message)) % {name: seen(value) for name, value in known.items()}


def counted(one: str, many: str, number: int, /, **known: Any) -> Markup:
    """Return a text for so many in the page's language, with what is put into it."""
    known.setdefault("num", number)
    return Markup(messages.ngettext(one, many, number)) % {name: seen(value) for name, value in known.items()}


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
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(messages.gettext, messages.ngettext, newstyle=True)  # type: ignore[attr-defined]
    # Jinja's own would put words into a text as they are: with signs that turn it around.
    made.globals.update(gettext=translated, ngettext=counted)
    made.filters.update(
        private=private,
        figure=figure_words,
        day=says.day_words,
        time=says.when_words,
        place=says.place_words,
        number="{:,}".format,
        term=term,
        count=says.count_words,
        facts=claim_facts,
    )
    made.globals["version"] = __version__
    made.globals["in_context"] = in_context
    return made


def page(request: Request, name: str, view: View | None = None, status: int = 200, **known: Any) -> HTMLResponse:
    """Return a page made from the template of that name, in the language of who asks."""
    language = messages.CURRENT.get()
    words = environment().get_template(f"{name}.html").render(
        view=view or view_of({}),
        here=request.url.path,
        person=request.scope.get("marsad.person"),
        accounts=request.app.state.desk.accounts is not None,
        token=token_of(request),
        language=language,
        direction=messages.direction(language),
        **known,
    )  # fmt: skip
    answer = HTMLResponse(words, status, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"})
    if request.query_params.get("lang") == language:
        answer.set_cookie(
            messages.COOKIE,
            language,
            max_age=messages.YEAR,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
    return answer
