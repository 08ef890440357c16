"""A doer or a source names somebody."""

import pytest

from marsad.extract.nameless import without_nameless
from marsad.model import Claim, Count, Extraction, Perpetrator, Span, Victims, Voice


def claim_of(text: str, doer: str, voice: str | None = None) -> Claim:
    at = text.index("six")
    start = text.index(doer)
    span = Span(start, start + len(doer), doer)
    said = Voice(voice, span=Span(text.index(voice), text.index(voice) + len(voice), voice)) if voice else None
    return Claim(
        "c1",
        Span(at, at + 3, "six"),
        "killed",
        Count("six", 6, "exact", 6, 6, 6),
        Victims(None, "unknown", None),
        perpetrators=(Perpetrator(doer, "asserted", span=span),),
        according_to=said,
    )


def doer_of(text: str, doer: str) -> str | None:
    kept = without_nameless(Extraction((claim_of(text, doer),)), text).claims[0].perpetrators
    for one in kept:
        assert one.span is not None
        assert text[one.span.start : one.span.end] == one.text
    return kept[0].text if kept else None


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Yesterday's raid left six dead", "Yesterday's"),
        ("At 14:32 GMT six died", "GMT"),
        ("At 14:32 GMT six died", "14:32 GMT"),
        ("On 2 June 2026 a roadside bomb left six dead", "2 June 2026 a roadside"),
        ("A bomb left six dead in Mopti, Mali on 14 June 2026", "Mali on 14 June 2026"),
        ("Friday’s blast left six dead", "Friday’s"),
        ("A mine left six dead", "A mine"),
    ],
)
def test_words_of_time_and_things_do_nothing(text: str, doer: str) -> None:
    assert doer_of(text, doer) is None


@pytest.mark.parametrize(
    ("text", "doer", "kept"),
    [
        ("US planes left six dead", "US", "US"),
        ("IS left six dead", "IS", "IS"),
        ("The March 23 Movement killed six", "March 23 Movement", "March 23 Movement"),
        ("M23 killed six", "M23", "M23"),
        ("the 4th Brigade killed six", "the 4th Brigade", "the 4th Brigade"),
        ("August Brandt killed six", "August Brandt", "August Brandt"),
        ("someone killed six", "someone", "someone"),
        ("a 17-year-old killed six", "a 17-year-old", "a 17-year-old"),
        ("two deputies killed six", "two deputies", "two deputies"),
        ("Rebels on Friday killed six", "Rebels on Friday", "Rebels"),
        ("On 3 May gunmen killed six", "On 3 May gunmen", "gunmen"),
        ("six died, killed by the army on 3 May 2026", "the army on 3 May 2026", "the army"),
    ],
)
def test_whoever_is_named_stays_without_a_date(text: str, doer: str, kept: str) -> None:
    assert doer_of(text, doer) == kept


@pytest.mark.parametrize(
    ("text", "voice", "kept"),
    [
        ("Rebels killed six, but reports differ", "but", False),
        ("Rebels killed six, which he denied", "which he", False),
        ("Yesterday rebels killed six", "Yesterday", False),
        ("Rebels killed six, Dawn reported", "Dawn", True),
        ("Rebels killed six, the WHO said", "the WHO", True),
        ("Rebels killed six, he said", "he", True),
    ],
)
def test_small_words_and_days_say_nothing(text: str, voice: str, kept: bool) -> None:
    found = without_nameless(Extraction((claim_of(text, "ebels", voice),)), text).claims[0]
    assert (found.according_to is not None) == kept
