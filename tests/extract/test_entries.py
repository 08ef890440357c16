"""Entries of lists, live blogs and round-ups keep to themselves."""

import pytest

from marsad.extract.entries import find_entries, within_entries
from marsad.model import Claim, Count, Extraction, Perpetrator, Span, Victims, Voice, Where

HEADED = "Ouallam: Gunmen killed three guards.\nTera: A mine killed two farmers on a road.\nDosso: Shells killed five."
TIMED = "09:10 Rebels killed three, officers say.\nMore.\n\n11:45 Shells killed two in Sake.\n\n13:20 Five died."
BULLETS = "The army killed many this week:\n- Near Tera two farmers.\n- In Dosso five traders."


def claim_of(
    text: str, quote: str, doer: str | None = None, voice: str | None = None, place: str | None = None
) -> Claim:
    def span(words: str) -> Span:
        at = text.index(words)
        return Span(at, at + len(words), words)

    return Claim(
        quote,
        span(quote),
        "killed",
        Count(quote, 2, "exact", 2, 2, 2),
        Victims(None, "unknown", None),
        perpetrators=(Perpetrator(doer, "asserted", span=span(doer)),) if doer else (),
        according_to=Voice(voice, span=span(voice)) if voice else None,
        where=Where(place, span=span(place)) if place else None,
    )


def told(text: str, *claims: Claim) -> list[tuple[str | None, str | None, str | None]]:
    """Return doer, source and place of each claim as the entries leave them."""
    return [
        (
            one.perpetrators[0].text if one.perpetrators else None,
            one.according_to.text if one.according_to else None,
            one.where.text if one.where else None,
        )
        for one in within_entries(Extraction(claims), text).claims
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (HEADED, 3),
        (TIMED, 3),
        (BULLETS, 2),
        ("3 May: Shells fell.\n4 May: Mines went off.", 2),
        ("Monday – Shells fell.\nTuesday – Mines went off.", 2),
        ("Tera: Shells fell on the town, killing two.", 0),
        ("Update: Shells fell.\nToll: two dead.\nSource: police", 0),
        ("Police: two are dead.\nResidents: it was worse.", 0),
        ("Shells fell on Tera.\nA mine went off in Dosso.", 0),
    ],
)
def test_entries_begin_with_a_bullet_an_hour_a_day_or_a_place(text: str, count: int) -> None:
    assert len(find_entries(text)) == count


def test_the_doer_of_one_entry_did_not_do_the_next() -> None:
    own = claim_of(HEADED, "three guards", doer="Gunmen")
    leaked = claim_of(HEADED, "two farmers", doer="Gunmen")
    assert [doer for doer, _, _ in told(HEADED, own, leaked)] == ["Gunmen", None]


def test_an_entry_of_a_live_blog_has_its_own_source_and_place() -> None:
    leaked = claim_of(TIMED, "Five", doer="Rebels", voice="officers", place="Sake")
    assert told(TIMED, leaked) == [(None, None, None)]


def test_the_heading_is_the_place_and_no_source() -> None:
    claim = claim_of(HEADED, "two farmers", voice="Tera", place="a road")
    assert told(HEADED, claim) == [(None, None, "Tera")]


def test_what_stands_above_a_list_goes_for_its_entries() -> None:
    claim = claim_of(BULLETS, "five traders", doer="The army", place="Dosso")
    assert told(BULLETS, claim) == [("The army", None, "Dosso")]


def test_a_claim_robbed_of_a_leaked_doer_takes_that_of_its_own_entry() -> None:
    text = "3 May: A rebel raid killed two guards and hurt six.\n4 May: An army raid killed nine and hurt ten."
    first, second = claim_of(text, "nine", doer="An army"), claim_of(text, "ten", doer="A rebel")
    assert [doer for doer, _, _ in told(text, first, second)] == ["An army", "An army"]


def test_a_doer_named_again_is_the_doer_again() -> None:
    text = "3 May: Ruritan forces killed two.\n4 May: A Ruritan drone hit a car and five died."
    assert [doer for doer, _, _ in told(text, claim_of(text, "five", doer="Ruritan forces"))] == ["Ruritan"]
