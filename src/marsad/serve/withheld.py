"""What a reader is not shown: names of victims and of sources, and the words of reports that could hold them."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from marsad.vocabulary import STATUSES

KEPT_BACK = "the words of reports are shown to recorders and reviewers"
_WORDS = frozenset({
    "quote", "words", "according_to", "victims", "voice", "whom", "title", "url", "source", "warnings", "statements",
    "why", "restatements_why", "reason", "reasons", "because",
    "responsibility", "slots", "share", "extent", "ground",
})  # fmt: skip
"""Keys whose values are, or may repeat, the words of a report: titles and addresses hold names as texts do."""

_NAMING = ("victims", "source")
"""Properties by which a toll's rows are names."""


def sees_words(request: Request) -> bool:
    """Say whether who asks may see the words of reports."""
    return bool(request.scope["marsad.person"].may("recorder"))


def require_open(request: Request) -> None:
    """Refuse a reader's question whose answer would name victims: a toll by victims, a search for their words."""
    asked = request.query_params
    wanted = asked.get("victims", "").casefold().rstrip("s")
    named = wanted and not any(wanted == status for status in STATUSES)
    if not sees_words(request) and (
        named
        or asked.get("source", "").strip()
        or asked.get("by") in _NAMING
        or any(asked.get(word, "").startswith(tuple(f"{by}:" for by in _NAMING)) for word in ("row", "column", "id"))
    ):
        raise HTTPException(403, f"this would name victims or sources: {KEPT_BACK}")


def shown_to(request: Request, value: Any) -> Any:
    """Return an answer of the API as who asks may see it: for a reader the words are null."""
    return value if sees_words(request) else _without_words(value)


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: None if key in _WORDS else _without_words(each) for key, each in value.items()}
    return [_without_words(each) for each in value] if isinstance(value, list) else value
