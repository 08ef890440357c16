"""What every reader of a kind takes and gives: where bytes come from, and the report that they become."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read.evidence import Evidence, weigh
from marsad.read.language import told_language
from marsad.read.limits import Limits
from marsad.read.plain import content_id, sha256, without_surrogates

Item = tuple[Report, bytes] | BadInputError
"""A report with the bytes that its `sha256` names, or what kept it from being read."""
INSIDE = " » "
UNDATED_INSIDE = "nothing in it tells when it came out, and the archive that it lay in tells nothing of that"
# Marks without width that tell a screen how to draw; in text taken out of a page or a PDF they only hide words.
MARKS = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\xad\0")
)


class SkippedInputError(BadInputError):
    """Something that was rightly left out, such as a picture in a folder; no failure."""


class RemarkError(SkippedInputError):
    """Something worth a line about what was read all the same; nothing was left out and nothing failed."""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked for one source; shared by all archives in it."""

    bytes_left: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes come from (`name`, through archives: "a.zip » b.html") and how they are to be read.

    `published` is the day of reports without one, `columns` the user's map from a report's key to a column,
    `read` the reader of whatever lies inside. Where a server said them, `hint` tells the kind in place of the name and
    `charset` the encoding; `days` is what was told of the day beside the bytes.
    """

    name: str
    read: Callable[[bytes, "Source"], Iterator[Item]]
    budget: Budget
    published: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    url: str | None = None
    depth: int = 0
    hint: str | None = None
    charset: str | None = None
    days: tuple[Evidence, ...] = ()
    ocr: bool = False

    def inside(self, member: str, url: str | None = None) -> "Source":
        """Return the source that lies in this one; raise BadInputError where they are nested too deeply."""
        name = f"{self.name}{INSIDE}{printable(member)}"
        if self.depth >= self.limits.nesting:
            raise BadInputError(f"{name}: lies {self.depth + 1} archives deep (limit nesting={self.limits.nesting})")
        return replace(self, name=name, url=url, depth=self.depth + 1, hint=None, charset=None)


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found in a source; `days` is the evidence for the day of publication."""

    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    days: tuple[Evidence, ...] = ()
    id: str | None = None
    notes: tuple[str, ...] = ()


def make_report(found: Found, raw: bytes, source: Source) -> tuple[Report, bytes]:
    """Return the report that was found, with its bytes; raise BadInputError where it is too long for one."""
    if len(found.text) > source.limits.report_characters:
        limit = source.limits.report_characters
        raise BadInputError(
            f"{source.name}: {len(found.text):,} characters (limit report_characters={limit}); cut it up"
        )
    text = without_surrogates(found.text)
    title = _clean(found.title)
    caller = () if source.published is None else (Evidence(source.published, "caller"),)
    published, dated = weigh((*found.days, *source.days, *caller))
    report = Report(
        id=without_surrogates(found.id) if found.id is not None else content_id(text, title, published),
        text=text,
        title=title,
        publisher=_clean(found.publisher),
        url=_clean(found.url or source.url),
        language=_clean(found.language) or told_language(text),
        published=published,
        sha256=sha256(raw),
        source=without_surrogates(source.name),
        dated=dated,
        notes=(*found.notes, *((UNDATED_INSIDE,) if source.depth and published is None else ())),
    )
    return report, raw


def tidy(text: str) -> str:
    """Return extracted text without marks that only tell a screen how to draw."""
    return text.translate(MARKS)


def printable(name: str) -> str:
    """Return the name of a member without characters that would break a line or a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name)


def _clean(words: str | None) -> str | None:
    return without_surrogates(words) if words else None
