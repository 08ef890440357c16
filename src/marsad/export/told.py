"""Whose report it is, as a profile lets it be said: published sources, and headlines that name no victim."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from marsad.export.entries import Source
from marsad.export.names import address_names_nobody, headline_names_nobody, names_nobody, site_of
from marsad.export.profiles import Profile
from marsad.ledger import Ledger
from marsad.ledger.record import RecordedReading
from marsad.link.tables import common_words
from marsad.model import Claim
from marsad.resolve.registry import VOICE_KINDS, registry
from marsad.resolve.who_words import folded

NAME = re.compile(r"[^\W\d_]{3,}")
COMMON = 0.02
"""The share of texts from which on a word is common: names of people stand below it."""
CODERS = frozenset({"UCDP GED", "ACLED"})
OWN_HOSTS = re.compile(r"^(?:localhost|.*\.(?:local|internal|lan|home|onion)|[\d.]+|\[.*)$", re.IGNORECASE)
"""Hosts that are nobody's publication: machines of one's own, bare addresses, hidden services."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be said of sources, worked out once for a whole ledger: `shy_words` are words of people's names."""

    profile: Profile
    shy_words: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger, profile: Profile) -> "Shown":
        """Return what may be said of a ledger's sources."""
        if profile.words:
            return cls(profile, frozenset())
        claims = (claim for one in ledger.readings.values() for claim in one.reading.claims)
        return cls(profile, _name_words(claims))


def source_of(recorded: RecordedReading, shown: Shown) -> Source:
    """Return a report as a source; its publisher, headline and address only where the profile lets them out."""
    report, profile = recorded.reading.report, shown.profile
    published = is_published(report.url)
    open_source = profile.sources == "all" or published or is_known_voice(report.publisher)
    return Source(
        recorded.report_key[:12],
        report.publisher if open_source and _is_clean(report.publisher, shown) else None,
        _title(recorded, shown) if open_source and (published or profile.sources == "all") else None,
        _address(recorded, shown) if published or profile.words else None,
        report.published,
        report.language,
        recorded.recorded,
    )


def _title(recorded: RecordedReading, shown: Shown) -> str | None:
    title = recorded.reading.report.title
    if title is None or shown.profile.words:
        return title
    fit = _is_clean(title, shown) and headline_names_nobody(title, _places(recorded))
    return title if fit else None


def _address(recorded: RecordedReading, shown: Shown) -> str | None:
    """Return a report's address; the site alone where the rest could name somebody."""
    url = recorded.reading.report.url
    if url is None or shown.profile.words:
        return url
    fit = _is_clean(url, shown) and address_names_nobody(url, _places(recorded))
    return url if fit else site_of(url)


def _places(recorded: RecordedReading) -> list[str]:
    """Return the names of the places that a report tells of, as the gazetteer knows them."""
    reading = recorded.reading
    wheres = [claim.where for claim in reading.claims] + [one.where for one in reading.incidents]
    wheres += [place.where for place in reading.places]
    known = [where for where in wheres if where and where.gazetteer_id]
    return [part for where in known for part in (where.name, where.admin1, where.admin2) if part]


def is_published(url: str | None) -> bool:
    """Say whether an address is one of the open web, without a user's name in it."""
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and not OWN_HOSTS.match(host) and "@" not in parts.netloc


@cache
def is_known_voice(publisher: str | None) -> bool:
    """Say whether a publisher is a medium or a monitor of the registry, or a project that publishes its coding."""
    return publisher in CODERS or folded(publisher or "") in _voices()


@cache
def _voices() -> frozenset[str]:
    known = registry()
    media = {actor.id for actor in known.actors.values() if actor.kind in VOICE_KINDS}
    names = {folded(actor.name) for actor in known.actors.values() if actor.id in media}
    return frozenset(names | {folded(alias.words) for alias in known.aliases if alias.actor in media})


def _is_clean(words: str | None, shown: Shown) -> bool:
    """Say whether words hold no word of a name that the reports give to victims or to those who told it."""
    if words is None or not shown.shy_words:
        return True
    return not any(found.casefold() in shown.shy_words for found in NAME.findall(unquote(words)))


def _name_words(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the words that may name a victim or who told of it: words with a capital, or of scripts without any."""
    found: set[str] = set()
    for claim in claims:
        told = [claim.victims.text if claim.victims.actor is None else None, claim.span.quote]
        told.append(claim.according_to.text if claim.according_to and claim.according_to.actor is None else None)
        safe = _safe_words(claim)
        for words in told:
            found |= {name.casefold() for name in _names_in(words or "")} - safe
    return frozenset(word for word in found if not names_nobody(word))


def _names_in(words: str) -> Iterator[str]:
    """Yield the words that begin with a capital or have none; at the start a capital of a common word says nothing."""
    for at, found in enumerate(NAME.finditer(words)):
        word = found.group()
        opens = at == 0 and common_words().get(word.casefold(), 0.0) >= COMMON
        if word[0] == word[0].upper() and not opens:
            yield word


def _safe_words(claim: Claim) -> set[str]:
    """Return the words of actors and places, which are no people's names."""
    where = claim.where
    names = [p.actor.name for p in claim.perpetrators if p.actor]
    names += [claim.victims.actor.name] if claim.victims.actor else []
    if where and where.gazetteer_id:
        names += [part for part in (where.name, where.text, where.admin1, where.admin2) if part]
    return {word.casefold() for name in names for word in NAME.findall(name)}
