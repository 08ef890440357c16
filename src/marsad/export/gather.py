"""Gathers what leaves: the incidents of a selection, each as its profile lets it out, and what is held back and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marsad.export.entries import Entry, LeftOut, Party, Running, Share, Told
from marsad.export.people import party_of, share_of, victim_of
from marsad.export.places import place_of
from marsad.export.profiles import Profile
from marsad.export.sides import view_of
from marsad.export.told import Shown, source_of
from marsad.ledger import Ledger, LedgerIncident, Selection, select, toll
from marsad.ledger.accepted import acceptances, standing
from marsad.ledger.record import claim_ref
from marsad.link.cluster import by_person
from marsad.model import Claim, Figure
from marsad.resolve.when import date_prec
from marsad.tally.event_type import codes_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: which incidents, for whom; `delay_days` and `reviewed_only` may only be stricter."""

    selection: Selection
    profile: Profile
    reviewed_only: bool = False
    delay_days: int | None = None

    @property
    def days_held_back(self) -> int:
        """How many days old an incident must be: never fewer than the profile asks."""
        return max(self.profile.delay_days, self.delay_days or 0)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What may leave, in the ledger's order, and what was held back."""

    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]
    running: tuple[Running, ...] = ()


def gather(ledger: Ledger, wish: Wish) -> Gathered:
    """Return the entries of a ledger as one profile lets them out; a pure function of the record."""
    reviewed = _reviewed(ledger)
    moment = moment_of(ledger)
    shown = Shown.of(ledger, wish.profile)
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    for one in select(ledger, wish.selection):
        why = _held_back(one, wish, moment, one.id in reviewed)
        if why:
            left_out.append(LeftOut("incident", why, one.id))
            continue
        entry, fields = _entry(one, wish.profile, shown, one.id in reviewed)
        entries.append(entry)
        left_out += fields
    running, late = _running(ledger, wish, shown, moment)
    return Gathered(tuple(entries), (*left_out, *late), running)


def moment_of(ledger: Ledger) -> datetime | None:
    """Return the moment that an export speaks of: as asked, else when something was recorded last. Never the clock's.

    So the same ledger gives the same bytes tomorrow.
    """
    said = [one.recorded for one in ledger.readings.values()]
    said += [word.made for word in ledger.revisions]
    return ledger.as_of or max(said, default=None)


def _held_back(one: LedgerIncident, wish: Wish, moment: datetime | None, reviewed: bool) -> str | None:
    if wish.reviewed_only and not reviewed:
        return "nobody has reviewed it yet"
    days = wish.days_held_back
    if not days:
        return None
    day = one.when.end or one.when.start if one.when else None
    if day is None:
        recorded = max(member.recorded.recorded for member in one.members).date()
        return (
            f"it has no day, and was recorded less than {days} days ago" if _is_recent(recorded, wish, moment) else None
        )
    return f"it is less than {days} days old" if _is_recent(day, wish, moment) else None


def _reviewed(ledger: Ledger) -> frozenset[str]:
    """Return the incidents on which a person's word stands: accepted as they are now, revised, or judged."""
    accepted = acceptances(ledger.revisions)
    judged = {name for word in ledger.judgements if by_person(word) for name in (word.left, word.right)}
    return frozenset(
        one.id
        for one in ledger.incidents
        if one.revisions or standing(accepted, one) or any(member.id in judged for member in one.members)
    )


def _entry(one: LedgerIncident, profile: Profile, shown: Shown, reviewed: bool) -> tuple[Entry, list[LeftOut]]:
    place, about_place = place_of(one, profile)
    doers, about_doers = _doers(one, profile)
    sources = tuple(source_of(member.recorded, shown) for member in one.members)
    view, when = view_of(one), one.when
    shares, parts = _shares(one)
    harmed = max((figure.best for figure in one.tolls.values()), default=0)
    claims = tuple(_told(one, profile))
    entry = Entry(
        id=one.id,
        type=one.type,
        start=when.start or when.end if when else None,
        end=when.end or when.start if when else None,
        precision=when.precision if when else "unknown",
        date_prec=date_prec(when),
        place=place,
        tolls=dict(one.tolls),
        killed_civilians=one.killed_civilians,
        killed_combatants=one.killed_combatants,
        shares=shares,
        parts=parts,
        perpetrators=doers,
        victims=tuple(dict.fromkeys(victim_of(v, profile, harmed) for v in one.victims)),
        side_a=view.side_a,
        side_b=view.side_b,
        type_of_violence=view.type_of_violence,
        means=one.means,
        codes=codes_of(one.type, one.means),
        sources=tuple(dict.fromkeys(sources)),
        source_count=len(one.voices),
        claims=claims,
        reviewed=reviewed,
        recorded=max(member.recorded.recorded for member in one.members),
    )
    return entry, [*about_place, *about_doers, *_about_words(one, profile), *_about_sources(entry, profile)]


def _doers(one: LedgerIncident, profile: Profile) -> tuple[tuple[Party, ...], list[LeftOut]]:
    shown = tuple(party_of(p, profile) for p in one.perpetrators)
    hidden = [LeftOut("the words for who did it", "they name no known actor", one.id)] if None in shown else []
    return tuple(dict.fromkeys(p for p in shown if p is not None)), hidden


def _about_words(one: LedgerIncident, profile: Profile) -> Iterator[LeftOut]:
    if profile.words:
        return
    claims = [claim for member in one.members for claim in member.claims()]
    if any(claim.victims.text for claim in claims):
        yield LeftOut("the words for victims", "they can name people", one.id)
    if any(claim.according_to for claim in claims):
        yield LeftOut("who told it, in the reports' words", "they can name a source", one.id)
    if claims:
        yield LeftOut("quotes", "the reports' words can name people", one.id)


def _about_sources(entry: Entry, profile: Profile) -> Iterator[LeftOut]:
    unnamed = [source for source in entry.sources if source.publisher is None and source.url is None]
    if unnamed:
        yield LeftOut("a source", "it did not publish on the open web", entry.id)
    if profile.name != "internal" and unnamed and entry.source_count == 1:
        yield LeftOut(
            "warning", "a single source that is not named tells of it: the incident itself may name it", entry.id
        )
    if any(source.title is None for source in entry.sources) and not profile.words:
        yield LeftOut("a headline", "it may name a victim, or its source is not named", entry.id)


def _shares(one: LedgerIncident) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Return the claims that make up the killed where they add up to it, and the parts that are told within them."""
    killed, chosen = one.tolls.get("killed"), one.chosen.get("killed")
    if killed is None or chosen is None:
        return (), ()
    member = one.member(chosen)
    whole = member.whole_claims("killed")
    if sum(claim.count.best for claim in whole) != killed.best:
        return (), ()
    names = {claim.id for claim in whole}
    reading = member.recorded.reading
    inner = {part for b in reading.breakdowns if b.total in names for part in b.parts}
    parts = [c for c in reading.claims if c.id in inner and c.harm == "killed"]
    return tuple(map(share_of, whole)), tuple(map(share_of, parts))


def _told(one: LedgerIncident, profile: Profile) -> Iterator[Told]:
    for member in one.members:
        for claim in member.claims():
            yield _as_told(claim, member.recorded.report_key, profile)


def _as_told(claim: Claim, report_key: str, profile: Profile) -> Told:
    said: Sequence[str | None] = (None, None, None, None)
    if profile.words:
        voice = claim.according_to.text if claim.according_to else None
        said = (claim.span.quote, claim.count.words, claim.victims.text, voice)
    return Told(
        claim_ref(report_key, claim.id),
        report_key[:12],
        claim.harm,
        Figure(claim.count.low, claim.count.best, claim.count.high),
        claim.count.qualifier,
        claim.scope,
        claim.modality,
        claim.span.start,
        claim.span.end,
        claim.span.within,
        *said,
    )


def _running(
    ledger: Ledger, wish: Wish, shown: Shown, moment: datetime | None
) -> tuple[tuple[Running, ...], list[LeftOut]]:
    """Return the running totals beside the window, and those held back: reviewed or not, none is an incident."""
    by_ref = {key[:12]: recorded for key, recorded in ledger.readings.items()}
    out, late = [], []
    for one in toll(ledger, "perpetrator", wish.selection).running:
        recorded = by_ref[one.id.partition("/")[0]]
        if _is_recent(one.report.published or recorded.recorded.date(), wish, moment):
            why = f"it was published (or recorded) less than {wish.days_held_back} days ago"
            late.append(LeftOut("a running total", why))
            continue
        when, where = one.claim.when, one.claim.where
        out.append(
            Running(
                _as_told(one.claim, recorded.report_key, wish.profile),
                source_of(recorded, shown),
                when.start if when else None,
                when.end if when else None,
                where.country if where else None,
                where.admin1 if where else None,
            )
        )
    return tuple(out), late


def _is_recent(day: date | None, wish: Wish, moment: datetime | None) -> bool:
    if day is None or moment is None or not wish.days_held_back:
        return False
    return day > moment.date() - timedelta(days=wish.days_held_back)
