"""Tells incidents, figures, places and sides in words, and numbers the receipts in the order in which they are told."""

from collections.abc import Mapping, Sequence

from marsad.export.codes import country_name
from marsad.export.entries import Entry, Party
from marsad.model import Figure
from marsad.report.blocks import Note, Run, Runs, plain
from marsad.report.model import Quote, Receipt, Situation
from marsad.report.wording import Words, noted
from marsad.vocabulary import HARMS, Harm

MOST_NAMES = 3
HURT = frozenset({"killed", "injured", "casualties"})
"""Harms whose means tell what became of people; of people taken away they only tell how that went."""


class Teller:
    """Tells one situation in one organisation's words."""

    def __init__(self, situation: Situation, words: Words, long: bool) -> None:
        self.situation, self.words, self.long = situation, words, long
        self._numbers: dict[str, int] = {}

    def most(self, short: int, long: int) -> int:
        """Return how many of a kind are told: fewer on one page."""
        return long if self.long else short

    def note(self, receipt: str) -> int:
        """Return the number of a receipt, given when it is first told."""
        return self._numbers.setdefault(receipt, len(self._numbers) + 1)

    def tolls(self, tolls: Mapping[Harm, Figure], people: str = "unknown", style: bool = True) -> Runs:
        """Return figures by harm in words: 6 (4–6) people killed and 2 injured."""
        parts: list[Runs] = []
        for harm in (one for one in HARMS if one in tolls):
            figure = tolls[harm]
            told = Run(self.words.figure(figure), style="strong" if style else "plain")
            name = f"people.{people}_one" if figure == Figure(1, 1, 1) else f"people.{people}"
            phrase = "toll.harmed_also" if parts else "toll.harmed"
            label = self.words.phrase(f"harms.{harm}")
            more = {} if parts else {"people": self.words.phrase(name)}
            parts.append(self.words.fill(phrase, figure=told, harm=label, **more))
        return self.words.join(parts)

    def short_tolls(self, tolls: Mapping[Harm, Figure]) -> str:
        """Return figures by harm as briefly as can be: 6 (4–6) killed, 2 injured."""
        said = [
            self.words.plain("toll.harmed_also", figure=self.words.figure(tolls[harm]),
                             harm=self.words.phrase(f"harms.{harm}"))
            for harm in HARMS
            if harm in tolls
        ]  # fmt: skip
        return self.words.phrase("many").join(said) or self.words.figure(None)

    def place(self, one: Entry) -> str:
        """Return an incident's place as its profile tells it."""
        place = one.place
        country = country_name(place.country)
        name = place.name or place.admin1
        if name is None or name == place.country:
            return country or self.words.phrase("place.unknown")
        if country is None or name == country:
            return name
        if place.admin1 and place.admin1 != name:
            return self.words.plain("place.with_province", name=name, province=place.admin1, country=country)
        return self.words.plain("place.known", name=name, country=country)

    def sentence(self, one: Entry, receipt: str) -> Runs:
        """Return what happened in one sentence, on whose word, with its receipt."""
        words = self.words
        tolls = self.tolls(one.tolls, self._people(one)) or plain(words.figure(None))
        means = f"means.{one.means}"
        told = bool(one.tolls.keys() & HURT) and words.has(means)
        return words.fill(
            "incident.sentence",
            place_day=words.plain("incident.place_day", place=self.place(one), day=words.days(one.start, one.end)),
            tolls=noted(tolls, self.note(receipt)),
            means=f" {words.phrase(means)}" if told else "",
            sources=self._sources(one),
            blame=self._blame(one.perpetrators),
        )

    def brief(self, one: Entry, receipt: str | None) -> Runs:
        """Return an incident as an example: its place, day and figures."""
        words = self.words
        tolls = plain(self.short_tolls(one.tolls))
        return words.fill(
            "incident.short",
            place=self.place(one),
            day=words.days(one.start, one.end),
            tolls=noted(tolls, self.note(receipt)) if receipt else tolls,
        )

    def _people(self, one: Entry) -> str:
        statuses = {party.status for party in one.victims}
        status = statuses.pop() if len(statuses) == 1 else "unknown"
        return status if self.words.has(f"people.{status}") else "unknown"

    def _sources(self, one: Entry) -> str:
        words = self.words
        names = sorted({source.publisher for source in one.sources if source.publisher})
        if not names:
            number = one.source_count
            many = words.phrase("incident.source") if number <= 1 else words.plain("incident.sources", number=number)
            return words.plain("incident.unnamed", number=many)
        said = "".join(run.words for run in words.join([plain(name) for name in names[:MOST_NAMES]]))
        if len(names) > MOST_NAMES:
            listed = words.phrase("many").join(names[:MOST_NAMES])
            said = words.plain("incident.others", names=listed, number=len(names) - MOST_NAMES)
        return words.plain("incident.accordingly", names=said)

    def _blame(self, parties: Sequence[Party]) -> str:
        if not parties:
            return ""
        words = self.words
        names = [
            words.plain(f"incident.{one.basis}", name=one.name) if words.has(f"incident.{one.basis}") else one.name
            for one in parties
        ]
        said = "".join(run.words for run in words.join([plain(name) for name in dict.fromkeys(names)]))
        return words.plain("incident.blame", names=said)

    def notes(self) -> tuple[Note, ...]:
        """Return the receipts that were told, by their numbers."""
        known = self.situation.receipts
        return tuple(Note(number, tuple(self._lines(known[key]))) for key, number in self._numbers.items())

    def _lines(self, one: Receipt) -> list[Runs]:
        head = self._head(one)
        lines = [head] if head else []
        most = self.most(3, 12)
        lines += [self._quote(quote) for quote in one.quotes[:most]]
        if len(one.quotes) > most:
            lines.append(self.words.fill("notes.rest", number=len(one.quotes) - most))
        return lines

    def _head(self, one: Receipt) -> Runs:
        words = self.words
        if not one.parts:
            return () if one.quotes else words.fill("notes.none")
        if one.key == one.parts[0][0]:
            return words.fill("notes.incident", id=Run(one.key, style="strong"))
        most = self.most(8, 60)
        parts = [words.plain("notes.part", id=name, tolls=self.short_tolls(tolls)) for name, tolls in one.parts[:most]]
        if len(one.parts) > most:
            parts.append(words.plain("notes.rest", number=len(one.parts) - most))
        total = words.plain("notes.sum", incidents=words.number_of("toll.incident", len(one.parts)))
        return plain(f"{total}: {'; '.join(parts)}")

    def _quote(self, one: Quote) -> Runs:
        words = self.words
        parts: list[Run] = []
        if one.words:
            quoted = " ".join(one.words.split())
            parts += [Run(words.plain("notes.quote", words=quoted), style="quote"), Run(" ")]
        told = words.phrase("notes.unnamed")
        if one.publisher:
            told = words.plain("notes.told", publisher=one.publisher, day=words.day(one.published))
        if one.voice:
            told += f", {words.plain('notes.voice', voice=one.voice)}"
        return (*parts, Run(f"{told} "), Run(words.plain("notes.ref", ref=one.ref), style="quiet"))
