"""Whose word a claim is when the doer stands where a speaker would."""

import pytest

from marsad.extract.own_words import without_silent_voices
from marsad.model import Claim, Count, Extraction, Perpetrator, Span, Victims, Voice


def claim_of(text: str, doer: str, count: str) -> Claim:
    at, number = text.index(doer), text.index(count)
    span = Span(at, at + len(doer), doer)
    return Claim(
        "c1",
        Span(number, number + len(count), count),
        "killed",
        Count(count, 14, "exact", 14, 14, 14),
        Victims(None),
        (Perpetrator(doer, span=span),),
        according_to=Voice(doer, span=span),
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Militants killed 14 soldiers.", False),
        ("The drone claims 14 lives.", False),
        ("Militants said they had killed 14 soldiers.", True),
        ("Militants claim to have killed 14 soldiers.", True),
        ("According to militants, 14 soldiers died.", True),
    ],
)
def test_a_doer_is_a_source_only_where_it_speaks(text: str, kept: bool) -> None:
    doer = next(word for word in ("Militants", "militants", "drone") if word in text)
    found = without_silent_voices(Extraction(claims=(claim_of(text, doer, "14"),)), text)
    assert (found.claims[0].according_to is not None) == kept
