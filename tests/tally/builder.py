"""Reports written as pieces, with their claims marked where they stand: tests of the tally need no extractor."""

from dataclasses import dataclass, replace
from datetime import date

from marsad.model import Breakdown, Claim, Count, Perpetrator, Report, Span, Tally, Victims, Voice, When, Where
from marsad.tally import tally
from marsad.tally.given import count_of
from marsad.vocabulary import Harm, Means, Modality, Qualifier, Scope, Status


@dataclass(frozen=True)
class Said:
    """The words of one claim, and what they say; `number` None is vague."""

    words: str
    number: int | None
    harm: Harm = "killed"
    qualifier: Qualifier = "exact"
    status: Status = "unknown"
    scope: Scope = "incident"
    modality: Modality = "asserted"
    by: str | None = None
    when: tuple[date, date] | None = None
    where: str | None = None
    source: str | None = None
    means: Means | None = None


@dataclass(frozen=True)
class Told:
    """A report made of pieces, and its claims, named c1, c2, ... in the order of the text."""

    report: Report
    claims: tuple[Claim, ...]

    def tally(self) -> Tally:
        """Return what the claims add up to."""
        return tally(self.report, self.claims)

    def words(self, claim: str) -> str:
        """Return the words of a claim by its id."""
        return next(c.span.quote for c in self.claims if c.id == claim)

    def breakdowns(self) -> dict[str, list[Breakdown]]:
        """Return the breakdowns by the words of their totals."""
        out: dict[str, list[Breakdown]] = {}
        for breakdown in self.tally().breakdowns:
            out.setdefault(self.words(breakdown.total), []).append(breakdown)
        return out

    def edges(self) -> set[tuple[str, str]]:
        """Return (words of the whole, words of the part) of every breakdown."""
        return {(self.words(b.total), self.words(part)) for b in self.tally().breakdowns for part in b.parts}


def tell(*pieces: str | Said, published: date | None = None) -> Told:
    """Return a report whose text is the pieces put together, with a claim for each piece that is said."""
    text, claims = "", list[Claim]()
    for piece in pieces:
        if isinstance(piece, Said):
            claims.append(_claim(piece, f"c{len(claims) + 1}", len(text)))
            text += piece.words
        else:
            text += piece
    return Told(Report("made", text, published=published), tuple(claims))


def _claim(said: Said, name: str, start: int) -> Claim:
    count: Count = count_of(said.words, said.number, None, said.qualifier if said.number is not None else "vague")
    day = said.when
    return Claim(
        id=name,
        span=Span(start, start + len(said.words), said.words),
        harm=said.harm,
        count=replace(count, words=said.words),
        victims=Victims(said.words, said.status),
        perpetrators=(Perpetrator(said.by),) if said.by else (),
        when=None if day is None else When(None, day[0], day[1], "day" if day[0] == day[1] else "days"),
        where=Where(said.where) if said.where else None,
        according_to=Voice(said.source) if said.source else None,
        means=said.means,
        scope=said.scope,
        modality=said.modality,
    )
