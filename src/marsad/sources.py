"""Whose word a report is: outlets by their names and addresses, and agencies whose text another's page carries.

Ten papers that print one agency's text are one voice. An agency is credited in its dateline ("(Reuters) -"), in a line
of its own at the head, or at the end of the text; words such as "contributed to this report" credit nobody alone.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from marsad.errors import DataFileError
from marsad.model import Report

KINDS = ("agency", "broadcaster", "newspaper", "monitor", "ngo", "un", "official", "militant media")
HEAD, TAIL = 500, 200
HEAD_LINES, TAIL_LINES = 4, 2
LONGEST_LINE = 70
# A name of so few letters is a word of something else, unless it stands in capitals.
SHORT = 4
_HOST = re.compile(r"(?:https?://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?::\d+)?(?:[/?#].*)?", re.I)
_PARTS = re.compile(r"\s+(?:via|by|through|/|\||–|—|-)\s+|\s*[/|]\s*|,\s+", re.I)
_DATELINE = re.compile(r"\((?P<who>[^()\n]{2,40})\)\s*(?:[-–—]|--|:)")
_LEAD = re.compile(
    r"^(?:by\s+)?(?P<who>.+?)(?:\s+(?:in|from|at)\s+[A-Z][\w .-]+|\s+staff(?:\s+\w+)?|\s+correspondents?)?$", re.I
)
_BYLINE = re.compile(r"^by\s+[^,|/]{3,60}[,|/]\s*(?P<who>.{2,40})$", re.I)
_CREDIT = re.compile(
    r"^[\s(\[—–-]*(?:(?:source|credit|copyright|text|©)\s*:?\s*)*(?:\d{4}\s+)?(?P<who>[^()\[\]]{2,40}?)[\s)\].]*(?:\d{4})?[\s.]*$",
    re.I,
)
_SIGNED = re.compile(r"(?:[.”\"]\s*[(\[]|\s[—–/-]+\s*)(?P<who>[A-Z][\w .’'-]{1,30})[)\]]?\s*\.?\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet or a monitor; `kind` is one of KINDS, `country` ISO 3166-1 or UN."""

    id: str
    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Sources by their folded names, by short names in capitals, and by their addresses."""

    names: dict[str, Source]
    capitals: dict[str, Source]
    hosts: dict[str, Source]


@cache
def registry() -> Registry:
    """Return the registry, read once; raise DataFileError where its table is missing."""
    path = files("marsad.data").joinpath("sources", "sources.tsv")
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read ({error.strerror}); install Marsad anew") from error
    found = Registry({}, {}, {})
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        source = Source(row["id"], row["name"], row["kind"], row["country"])
        for name in filter(None, (row["name"], *(row["aliases"] or "").split(";"))):
            (found.capitals if _is_short(name) else found.names)[name if _is_short(name) else fold(name)] = source
        found.hosts.update(dict.fromkeys(row["domains"].split(), source))
    return found


def source_of(publisher: str | None, url: str | None = None) -> Source | None:
    """Return the outlet that a publisher's name or address means, else the one that an address belongs to.

    Of "news.example AFP" and "Dawn / AFP" it is the agency; of any other two names the first.
    """
    said = _parts(publisher or "")
    found = [one for part in said if (one := _named(part) or _hosted(part))]
    agency = next((one for one in found if one.kind == "agency"), None)
    return agency or (found[0] if found else _hosted(url or ""))


def credited(text: str) -> Source | None:
    """Return the agency whose text this is, by its credit at the head or at the end."""
    return _credited(text[:HEAD], text[-TAIL:].rstrip())


def voice_of(report: Report) -> str | None:
    """Return whose word a report is: the agency it credits, its outlet by one name, else its publisher as named."""
    source = credited(report.text) or source_of(report.publisher, None if report.publisher else report.url)
    return source.name if source else report.publisher


@lru_cache(maxsize=4096)
def _credited(head: str, tail: str) -> Source | None:
    return next((source for words in _credits(head, tail) if (source := _agency(words))), None)


def _credits(head: str, tail: str) -> Iterator[str]:
    yield from (found["who"] for found in _DATELINE.finditer(head))
    top = [line.strip() for line in head.split("\n") if line.strip()][:HEAD_LINES]
    end = [line.strip() for line in tail.split("\n") if line.strip()][-TAIL_LINES:]
    lines = [(line, form) for line in top for form in (_BYLINE, _LEAD)] + [(line, _CREDIT) for line in end]
    yield from (found["who"] for line, form in lines if (found := _short(form, line)))
    yield from (found["who"] for found in _SIGNED.finditer(tail))


def _short(form: re.Pattern[str], line: str) -> re.Match[str] | None:
    return form.match(line) if len(line) <= LONGEST_LINE else None


def _agency(words: str) -> Source | None:
    found = _named(words.strip())
    return found if found is not None and found.kind == "agency" else None


def _named(words: str) -> Source | None:
    """Look a name up: as it stands in capitals, else folded."""
    known = registry()
    return known.capitals.get(words.strip()) or known.names.get(fold(words))


@lru_cache(maxsize=4096)
def _parts(publisher: str) -> tuple[str, ...]:
    whole = publisher.strip()
    words = whole.split()
    # "news.example AFP": the last word is an agency's.
    last = (words[-1],) if len(words) > 1 and words[-1] in registry().capitals else ()
    return tuple(part for part in (whole, *_PARTS.split(whole), *last) if part)


def _hosted(words: str) -> Source | None:
    """Return the outlet whose address this is, or lies below."""
    found = _HOST.fullmatch(words.strip())
    labels = found["host"].lower().split(".") if found else []
    hosts = registry().hosts
    return next((hosts[host] for at in range(len(labels)) if (host := ".".join(labels[at:])) in hosts), None)


def fold(name: str) -> str:
    """Return a name without case, accents, marks and a leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    words = re.findall(r"[^\W_]+", re.sub("['’]", "", plain))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _is_short(name: str) -> bool:
    return len(name) <= SHORT and name.isupper()
