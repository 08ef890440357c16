"""HTML pages: the words of the article without the furniture, its title, publisher, address and day."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from marsad.errors import BadInputError
from marsad.read.days import address_day, written_day
from marsad.read.evidence import Evidence
from marsad.read.extras import require_library
from marsad.read.items import Found, Item, Source, make_report, tidy
from marsad.read.plain import decode, without_surrogates
from marsad.read.worker import apart

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.I)
_HEAD = 4_096
# The forms in which a page declares its own day (schema.org in JSON-LD, Open Graph, Dublin Core and what papers use).
_JSON_DAY = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_META_NAMES = {
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date", "publishdate", "pubdate",
    "publication_date", "sailthru.date", "article.published", "publish-date", "citation_publication_date",
}  # fmt: skip
# htmldate refuses days after its `max_date`, which is otherwise today: a reading must not depend on the clock.
_LAST_DAY = "2100-12-31"
_DATES = {"extensive_search": False, "original_date": True, "max_date": _LAST_DAY}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")


def read_html(raw: bytes, source: Source) -> Iterator[Item]:
    """Yield the report that a page is; raise BadInputError for one that is too large or has no article."""
    if len(raw) > source.limits.html_bytes:
        limit = source.limits.html_bytes
        raise BadInputError(
            f"{source.name}: a page of {len(raw):,} bytes (limit html_bytes={limit}); save its text alone"
        )
    declared = _DECLARED.search(raw[:_HEAD])
    text = decode(raw, source.name, declared[1].decode("ascii") if declared else source.charset)
    yield make_report(found_in_page(text, source), raw, source)


def found_in_page(text: str, source: Source) -> Found:
    """Return what the HTML `text` says; raise BadInputError where it has no article."""
    return apart(source, _found_in_page, text, source)


def _found_in_page(text: str, source: Source) -> Found:
    trafilatura = require_library("trafilatura", source.name)
    try:
        tree = trafilatura.load_html(_without_declaration(text))
        if tree is None:
            raise BadInputError(f"{source.name}: holds no HTML that can be read; save its text alone")
        meta = require_library("trafilatura.metadata", source.name).extract_metadata(
            tree, default_url=source.url, date_config=_DATES
        )
        days = tuple(_days(tree, text, meta, source))
        words = trafilatura.extract(tree, include_comments=False, date_extraction_params=_DATES) or ""
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError) as error:
        raise BadInputError(
            f"{source.name}: is HTML too broken to read ({_brief(error)}); save its text alone"
        ) from None
    if not words.strip():
        raise BadInputError(f"{source.name}: no article was found on the page; save its text alone")
    return Found(
        _paragraphs(tidy(words), meta.title or ""),
        meta.title or None,
        meta.sitename or meta.hostname or None,
        meta.url or None,
        None,
        days,
    )


def _paragraphs(words: str, title: str) -> str:
    """Return the lines parted by blank ones, rows of tables excepted; without a headline that repeats the title."""
    lines = [line for line in words.split("\n") if line.strip()]
    if len(lines) > 1 and lines[0].strip() == title.strip():
        del lines[0]
    parts = [
        line + ("\n" if line.startswith("|") and after.startswith("|") else "\n\n")
        for line, after in pairwise([*lines, ""])
    ]
    return "".join(parts).strip()


def _days(tree: Any, text: str, meta: Any, source: Source) -> Iterator[Evidence]:
    declared = next((day for words in _declared(tree, text) if (day := written_day(words))), None)
    if declared:
        yield Evidence(declared, "metadata")
    url = meta.url or source.url
    if url and (day := address_day(url)):
        yield Evidence(day, "address")
    if not declared and meta.date and (day := written_day(meta.date)):
        yield Evidence(day, "page")


def _declared(tree: Any, text: str) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _META_NAMES:
            yield meta.get("content") or ""
    yield from _JSON_DAY.findall(text)
    for mark in tree.iter("time"):
        if mark.get("pubdate") is not None or mark.get("itemprop") == "datePublished":
            yield mark.get("datetime") or ""


def _without_declaration(text: str) -> str:
    """Return the text as lxml takes it: an XML declaration of an encoding contradicts text that is decoded already."""
    text = without_surrogates(text).replace("\0", "")
    return re.sub(r"\A\s*<\?xml[^>]*>", "", text)


def _brief(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else type(error).__name__
