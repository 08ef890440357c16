"""The page's texts in other languages: gettext catalogues that ship with it; English is the source and needs none."""

from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from starlette.requests import Request

FOLDER = Path(__file__).parent / "messages"
DOMAIN = "marsad.mo"
SOURCE = "en"
COOKIE = "marsad-language"
YEAR = 365 * 24 * 3600
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})

CURRENT: ContextVar[str] = ContextVar("language", default=SOURCE)
"""The language of the page that is being made."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are texts for, English first."""
    return (SOURCE, *sorted(one.parent.name for one in FOLDER.glob(f"*/{DOMAIN}")))


def direction(language: str) -> str:
    """Return in which direction a language is written: ltr or rtl."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def language_of(request: Request) -> str:
    """Return the language for who asks: by the address (?lang=), what they chose before, the desk's, the browser's."""
    chosen = (
        request.query_params.get("lang"),
        request.cookies.get(COOKIE),
        getattr(request.app.state, "language", None),
        *_accepted(request.headers.get("accept-language", "")),
    )
    return next((one for one in chosen if one in languages()), SOURCE)


def gettext(message: str) -> str:
    """Return a text in the page's language, or the English where there is none."""
    return _catalogue(CURRENT.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return a text for so many, by the plural forms of the page's language."""
    return _catalogue(CURRENT.get()).ngettext(one, many, count)


@cache
def _catalogue(language: str) -> NullTranslations:
    if language not in languages()[1:]:
        return NullTranslations()
    with (FOLDER / language / DOMAIN).open("rb") as file:
        return GNUTranslations(file)


def _accepted(header: str) -> list[str]:
    """Return what a browser would like to read, best first, each also without its region."""
    wanted = []
    for number, part in enumerate(header[:500].split(",")):
        name, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), number, name))
        except ValueError:
            continue
    return [each for _, _, name in sorted(wanted) for each in (name, name.partition("-")[0])]
