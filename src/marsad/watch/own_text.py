"""The report that an entry's own text makes, for feeds that carry whole articles (`full_text = true`)."""

from collections.abc import Iterator
from typing import Any

from marsad.errors import BadInputError
from marsad.read.evidence import Evidence
from marsad.read.items import Budget, Found, Item, Source, make_report, tidy
from marsad.read.limits import Limits
from marsad.watch.feeds import Entry

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3",
     "h4", "h5", "h6", "li", "ol", "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_SILENT = frozenset(("script", "style", "noscript", "iframe", "form", "button", "svg"))


def read_own_text(
    entry: Entry, feed: str, publisher: str | None, limits: Limits, days: tuple[Evidence, ...]
) -> Iterator[Item]:
    """Yield the report of an entry's own text, its bytes being that text as the feed has it."""
    raw = entry.text.encode("utf-8", "surrogatepass")
    source = Source(f"{feed} » {entry.key}", _nothing_inside, Budget(0), limits=limits)
    try:
        words = entry.text if entry.plain else words_of(entry.text)
        if not words.strip():
            raise BadInputError(f"{source.name}: the entry has no words of its own")
        found = Found(tidy(words).strip(), entry.title, publisher, entry.address or None, days=days)
        yield make_report(found, raw, source)
    except BadInputError as error:
        yield error


def words_of(markup: str) -> str:
    """Return the words of a piece of HTML, its blocks parted by blank lines."""
    from lxml import html

    try:
        tree = html.fromstring(f"<div>{markup}</div>", parser=html.HTMLParser(huge_tree=True))
    except (ValueError, AssertionError, RecursionError, html.etree.ParserError) as error:
        raise BadInputError(f"the entry's own text is too broken to read ({type(error).__name__})") from None
    parts: list[str] = []
    for event, element in html.etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        _take(parts, event, element)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _take(parts: list[str], event: str, element: Any) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    silent = not tag or tag in _SILENT or any(one.tag in _SILENT for one in element.iterancestors())
    if tag in _BLOCKS or tag == "br":
        parts.append("\n")
    if event == "start" and not silent:
        parts.append(_flat(element.text))
    if event == "end" or (not tag and event in ("comment", "pi")):
        within = not any(one.tag in _SILENT for one in element.iterancestors())
        parts.append(_flat(element.tail) if within else "")


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")


def _nothing_inside(raw: bytes, source: Source) -> Iterator[Item]:
    raise BadInputError(f"{source.name}: {len(raw)} bytes within an entry are not read")
