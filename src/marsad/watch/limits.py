"""How much watching takes of feeds and sitemaps: every limit by name, with its reason."""

from dataclasses import dataclass

from marsad.limits import limit


@dataclass(frozen=True, slots=True)
class WatchLimits:
    """The limits of watching; `[limits]` in the file of sources sets another."""

    feed_bytes: int = limit(10_000_000, "of a feed; large ones have one or two million")
    sitemap_bytes: int = limit(52_428_800, "of a sitemap, unpacked; sitemaps.org allows no more")
    feed_entries: int = limit(50_000, "of one feed or sitemap; sitemaps.org allows no more")
    sitemaps: int = limit(20, "that are fetched of one index in one round, the newest first")
    tries: int = limit(5, "for the page of an entry, over several rounds, before it is given up")
