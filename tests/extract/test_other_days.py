"""A doer is carried over within one event only."""

import pytest

from marsad.extract.other_days import without_doers_of_other_days
from marsad.model import Claim, Count, Extraction, Perpetrator, Span, Victims, When


def doers(text: str, doer: str, quote: str, when: str | None) -> list[str]:
    def span(words: str) -> Span:
        at = text.index(words)
        return Span(at, at + len(words), words)

    claim = Claim(
        "c1",
        span(quote),
        "killed",
        Count(quote, 3, "exact", 3, 3, 3),
        Victims(None, "unknown", None),
        perpetrators=(Perpetrator(doer, "asserted", span=span(doer)),),
        when=When(when, span=span(when)) if when else None,
    )
    return [one.text for one in without_doers_of_other_days(Extraction((claim,)), text).claims[0].perpetrators]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Rebels shelled Tera on 3 May. On 9 May a blast left three dead.", "On 9 May"),
        ("Rebels shelled Tera on Monday. A blast left three dead on Friday.", "on Friday"),
        ("Rebels shelled Tera. A landmine left three dead.", None),
        ("Rebels shelled Tera. Near Dosso a roadside bomb left three dead.", None),
    ],
)
def test_who_struck_one_day_did_not_strike_another(text: str, when: str | None) -> None:
    assert doers(text, "Rebels", "three", when) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Rebels shelled Tera on 3 May. On 3 May at noon three were dead.", "On 3 May"),
        ("Rebels shelled Tera on Monday. The shells left three dead.", None),
        ("Rebels shelled Tera this week. A blast left three dead on Friday.", "on Friday"),
        ("On Friday rebels of a front that rose on 3 May left three dead.", "On Friday"),
        ("A blast left three dead on Friday. Rebels had threatened Tera on 3 May.", "on Friday"),
        ("Rebels laid a landmine in Tera. The landmine left three dead.", None),
    ],
)
def test_a_doer_of_the_same_event_stays(text: str, when: str | None) -> None:
    doer = "Rebels" if "Rebels" in text else "rebels"
    assert doers(text, doer, "three", when) == [doer]
