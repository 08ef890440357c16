"""Follows every link of a built site: each leads to a file and an anchor that are there, and nothing is fetched."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

# Where a browser fetches by itself; an ordinary link to another site may stand.
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}


def faults(site: Path) -> Iterator[str]:
    """Yield what is wrong with the links of a site, page by page."""
    pages = {page: html.parse(page).getroot() for page in sorted(site.rglob("*.html"))}
    anchors = {page.resolve(): set(root.xpath("//@id | //a/@name")) for page, root in pages.items()}
    for page, root in pages.items():
        # The page for what is not there is shown at any address: its links are absolute.
        if page.name != "404.html":
            yield from (f"{page.relative_to(site)}: {fault}" for fault in _page_faults(page, root, anchors))


def _page_faults(page: Path, root: html.HtmlElement, anchors: dict[Path, set[str]]) -> Iterator[str]:
    for tag, attribute in FETCHED.items():
        for link in root.xpath(f"//{tag}/@{attribute}"):
            if urlsplit(link).netloc:
                yield f"fetches {link}"
            elif not _target(page, link).exists():
                yield f"has nothing at {link}"
    for link in root.xpath("//a/@href"):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = _target(page, link)
        if not target.exists():
            yield f"leads to {link}, which is not there"
        elif parts.fragment and unquote(parts.fragment) not in anchors.get(target, set()):
            yield f"leads to {link}, where there is no such anchor"


def _target(page: Path, link: str) -> Path:
    path = unquote(urlsplit(link).path)
    return (page.parent / path).resolve() if path else page.resolve()
