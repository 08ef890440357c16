"""Sitemaps (sitemaps.org), news sitemaps (Google's) and indexes of sitemaps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marsad.errors import BadInputError
from marsad.fetch import FetchError
from marsad.fetch.address import whole_address

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(urlset|sitemapindex)\b", re.I)


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of a sitemap: `changed` is its lastmod, `published` and `title` what a news sitemap adds."""

    address: str
    changed: str = ""
    published: str = ""
    title: str | None = None


def is_sitemap(start: bytes) -> bool:
    """Say whether the first bytes are those of a sitemap or an index."""
    return _ROOT.search(start) is not None


def read_sitemap(raw: bytes, base: str) -> tuple[list[Listed], list[Listed]]:
    """Return the further sitemaps that an index names, and the pages that a sitemap names.

    Entities are not expanded, nothing is fetched, and what is half broken is read as far as it goes.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInputError(f"{base}: is a sitemap too broken to read ({error})") from None
    if root is None:
        raise BadInputError(f"{base}: is a sitemap too broken to read")
    return list(_listed(root, "sitemap", base)), list(_listed(root, "url", base))


def _listed(root: Any, name: str, base: str) -> Iterator[Listed]:
    for one in root.iter("{*}" + name):
        told = {_plain(part.tag): (part.text or "").strip() for part in one.iter() if isinstance(part.tag, str)}
        try:
            address = whole_address(told.get("loc", ""), base) if told.get("loc") else ""
        except FetchError:
            address = ""
        if address:
            yield Listed(address, told.get("lastmod", ""), told.get("publication_date", ""), told.get("title") or None)


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
