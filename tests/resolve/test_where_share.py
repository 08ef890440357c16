"""A claim told at a vague place takes the exact place of its event."""

from marsad.model import Claim, Count, Report, Span, Victims, Where
from marsad.resolve.where import resolve_where
from marsad.resolve.where_share import share_places
from marsad.vocabulary import Scope


def claim(text: str, people: str, number: int, place: str | None, scope: Scope = "incident") -> Claim:
    start = text.index(people)
    at = text.index(place) if place else 0
    return Claim(
        id="",
        span=Span(start, start + len(people), people),
        harm="killed",
        count=Count(people, number, "exact", number, number, number),
        victims=Victims(people, "unknown"),
        where=Where(place, span=Span(at, at + len(place), place)) if place else None,
        scope=scope,
    )


def admin1(text: str, *claims: Claim) -> list[str | None]:
    return [c.where.admin1 if c.where else None for c in placed(text, *claims)]


def placed(text: str, *claims: Claim) -> tuple[Claim, ...]:
    report = Report("r", text)
    return share_places(report, resolve_where(report, claims))


def test_a_headlines_region_lies_where_the_village_lies() -> None:
    text = "Two bakers killed in northern Syria\n\nShells killed two bakers near Manbij on Monday."
    one, other = claim(text, "Two bakers", 2, "northern Syria"), claim(text, "two bakers", 2, "near Manbij")
    claims = placed(text, one, other)
    assert [c.where.admin1 for c in claims if c.where] == ["Aleppo", "Aleppo"]
    assert claims[0].where is not None
    assert claims[0].where.text == "northern Syria"


def test_a_country_carried_from_another_sentence_yields_to_the_exact_words() -> None:
    text = "The war in Syria goes on. Three nurses died. Their clinic stood in Manbij, and one nurse died there."
    one, other = claim(text, "Three nurses", 3, "Syria"), claim(text, "one nurse", 1, "Manbij")
    claims = placed(text, one, other)
    assert [c.where.text for c in claims if c.where] == ["Manbij", "Manbij"]


def test_two_units_lend_nothing_but_to_the_same_number() -> None:
    text = "Nine died in Syria, four others too in Syria. Nine died in Manbij. Six died in Palmyra."
    claims = (
        claim(text, "Nine", 9, "Syria"),
        claim(text, "four others", 4, "Syria"),
        claim(text, "Nine died in M", 9, "Manbij"),
        claim(text, "Six", 6, "Palmyra"),
    )
    assert admin1(text, *claims) == ["Aleppo", None, "Aleppo", "Homs"]


def test_a_running_total_stays_with_its_country() -> None:
    text = "The war in Syria has killed 9,000. Two bakers died in Manbij."
    total, event = claim(text, "9,000", 9000, "Syria", "cumulative"), claim(text, "Two bakers", 2, "Manbij")
    assert admin1(text, total, event) == [None, "Aleppo"]
