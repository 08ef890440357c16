"""A made-up ledger with everything that must not leave: names of victims, private sources, homes, clinics, today."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.made import recorded

from marsad.export.gather import Wish
from marsad.export.profiles import PROFILES
from marsad.ledger import Ledger, Selection, build_ledger
from marsad.ledger.policy import Policy
from marsad.model import (
    ActorRef,
    Breakdown,
    Claim,
    Count,
    Figure,
    Incident,
    Perpetrator,
    Reading,
    Report,
    Revision,
    Span,
    Victims,
    Voice,
    When,
    Where,
)
from marsad.vocabulary import Harm, Means, Qualifier

VICTIM, MOTHER, WITNESS, DESK = "Zubayda Qortani", "Um Nizhar", "nurse Felwa Drusi", "Ilyas Bortavi"
SECRETS = (VICTIM, MOTHER, "Felwa Drusi", DESK, "Qortani", "Nizhar", "Bortavi", "Drusi", "Lanternhouse")
"""No byte of a public export may hold these."""
SAID = "the men of Harrow Street"
SITE = "https://gazette.example.org"
TOWN = Where("Kafr Zita", "Kafr Zita", "SY", "Hama", None, 35.373712, 36.602834, 1, "geonames:174448", 3.0)
CLINIC = replace(TOWN, text="the clinic in Kafr Zita", latitude=35.371234, longitude=36.609876)
HOUSE = Where("Lanternhouse", "Lanternhouse", "SY", "Hama", None, 35.123456, 36.765432, 1)
PROVINCE = Where("Hama province", "Hama", "SY", "Hama", None, 35.131812, 36.757821, 4, "geonames:173576", 60.0)
COUNTRY = Where("Syria", "Syria", "SY", None, None, 35.0, 38.0, 6, "geonames:163843")
STATE, ENEMY = ActorRef("gov-sy", "Government of Syria"), ActorRef("hts", "Hayat Tahrir al-Sham")
NOW = datetime(2021, 6, 1, 12, tzinfo=UTC)


class Writing:
    """Writes one report sentence by sentence, so that every span holds its words."""

    def __init__(self, publisher: str | None, title: str | None, url: str | None, day: date) -> None:
        self.text = ""
        self.claims: list[Claim] = []
        self.report = Report("made", "", title, publisher, url, "en", day)

    def claim(
        self,
        number: str,
        count: tuple[int, int, int | None],
        who: str | Victims,
        harm: Harm = "killed",
        voice: str | None = None,
    ) -> str:
        """Write "5 people were killed" and return the claim's id; words alone for victims make civilians."""
        victims = Victims(who, "civilian") if isinstance(who, str) else who
        words = f"{number} {victims.text} were {harm}"
        start = len(self.text)
        name = f"c{len(self.claims) + 1}"
        low, best, high = count
        vague = not number.isdigit()
        qualifier: Qualifier = "vague" if vague else "exact"
        told = Count(number, None if vague else best, qualifier, low, best, high)
        span = Span(start, start + len(words), words)
        source = Voice(voice) if voice else None
        self.claims.append(Claim(name, span, harm, told, victims, according_to=source))
        self.text += f"{words}{f', said {voice}' if voice else ''}.\n"
        return name

    def reading(self, *incidents: Incident, breakdowns: tuple[Breakdown, ...] = ()) -> Reading:
        """Return the reading, its incidents with their sums."""
        report = replace(self.report, text=self.text)
        whole = tuple(replace(one, victims=self._victims(one)) for one in incidents)
        return Reading(report, tuple(self.claims), breakdowns, incidents=whole)

    def _victims(self, one: Incident) -> tuple[Victims, ...]:
        return tuple(claim.victims for claim in self.claims if claim.id in one.claims)


def incident(
    claims: tuple[str, ...],
    tolls: dict[Harm, Figure],
    where: Where | None,
    day: date | None,
    how: tuple[str, Means | None] = ("air_strike", "airstrike"),
    by: tuple[Perpetrator, ...] = (Perpetrator("regime jets", actor=STATE),),
) -> Incident:
    """Return one incident of a report; `how` is its type and its means."""
    when = When("that day", day, day, "day") if day else None
    return Incident("i1", how[0], claims, tolls, when=when, where=where, perpetrators=by, means=how[1])


def exactly(number: int) -> Figure:
    return Figure(number, number, number)


def readings() -> list[Reading]:
    """Return reports of every kind that an export must cope with."""
    wire = Writing("The Made Gazette", "Jets strike a town", f"{SITE}/strike", date(2021, 4, 21))
    whole = wire.claim("12", (12, 12, 12), Victims("people"))
    child = wire.claim("3", (3, 3, 3), Victims("children", "civilian", groups=("children",)))
    women = wire.claim("6", (6, 6, 6), Victims("women", "civilian", groups=("women",)))
    hurt = wire.claim("30", (30, 30, None), Victims("people"), "injured")
    split = Breakdown(whole, (child, women), "including", "short")
    tolls: dict[Harm, Figure] = {"killed": exactly(12), "injured": Figure(30, 30, None)}
    told = incident((whole, child, women, hurt), tolls, TOWN, date(2021, 4, 20))
    named = Writing("The Made Gazette", f"{VICTIM} dies", f"{SITE}/{VICTIM.split()[1].lower()}", date(2021, 4, 23))
    one = named.claim("1", (1, 1, 1), Victims(f"woman, {VICTIM},", "civilian", groups=("women",)))
    men = (Perpetrator(SAID),)
    home = incident((one,), {"killed": exactly(1)}, HOUSE, date(2021, 4, 22), ("attack", "shooting"), men)
    private = Writing(DESK, f"From {DESK}", None, date(2021, 4, 25))
    four = private.claim("4", (4, 4, 4), f"patients, among them {MOTHER},", voice=WITNESS)
    clinic = incident((four,), {"killed": exactly(4)}, CLINIC, date(2021, 4, 24), ("shelling", "shelling"))
    vague = Writing("The Made Gazette", "=HYPERLINK(1)", f"{SITE}/x", date(2021, 4, 28))
    dozens = vague.claim("dozens of", (24, 24, None), Victims("fighters", "combatant", ENEMY))
    fight: tuple[str, Means] = ("armed_clash", "clashes")
    clash = incident((dozens,), {"killed": Figure(24, 24, None)}, PROVINCE, date(2021, 4, 27), fight)
    taken = vague.claim("7", (7, 7, 7), "villagers", "abducted")
    seized = incident((taken,), {"abducted": exactly(7)}, COUNTRY, None, ("abduction", None), ())
    fresh = Writing("The Made Gazette", "Shells\nfall \u202etoday", f"{SITE}/y", date(2021, 6, 1))
    two = fresh.claim("2", (2, 2, 2), "people")
    today = incident((two,), {"killed": exactly(2)}, TOWN, date(2021, 6, 1), ("shelling", "shelling"))
    return [
        wire.reading(told, breakdowns=(split,)),
        named.reading(home),
        private.reading(clinic),
        vague.reading(clash, seized),
        fresh.reading(today),
    ]


def made(policy: Policy = "newest", as_of: datetime | None = NOW) -> Ledger:
    """Return the ledger of these reports."""
    told = [recorded(one, number) for number, one in enumerate(readings())]
    first = build_ledger(told).incidents[0]
    word = Revision(first.id, "killed", "12", "counted again", "Amal", NOW.replace(day=1, month=5, year=2021))
    return build_ledger(told, (), (word,), policy, as_of)


def wish(profile: str = "public", **more: object) -> Wish:
    """Return the wish for all incidents."""
    return Wish(Selection(), PROFILES[profile], **more)  # type: ignore[arg-type]
