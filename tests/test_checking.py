"""What words mean where record claims are checked: agreements as days, countries as places, sides with their parts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.made import Told, reading, recorded
from tests.stating import Says, agreed, saying

from marsad.check import require_sound
from marsad.checking import Checker, place_meant
from marsad.errors import LedgerError
from marsad.ledger import Ledger, build_ledger
from marsad.ledger.record import RecordedReading
from marsad.model import Reading, Where

MAY = date(2021, 5, 1)
FAR = Where(text="Goma", name="Goma", country="CD", admin1="North Kivu", geoprecision=1, gazetteer_id="geonames:216281")


def quiet(until: date = MAY, days: int = 120) -> list[Reading]:
    """Return reports that tell of nothing, one every ten days."""
    return [reading([], f"Daily {n}", until - timedelta(days=n)) for n in range(0, days, 10)]


def built(*readings: Reading) -> Ledger:
    return build_ledger([recorded(one, n) for n, one in enumerate((*readings, *quiet()))])


def of(ledger: Ledger, publisher: str) -> list[RecordedReading]:
    return [one for one in ledger.readings.values() if one.reading.report.publisher == publisher]


def record(words: str, measure: str = "highest", of: str = "attack", window: str | None = None) -> Says:
    slots = {"of": of} | ({"window": window} if window else {})
    return Says(words, "record", {"measure": measure}, slots)


def test_since_an_agreement_begins_on_the_day_it_was_made() -> None:
    made = saying([agreed("agreed", "River Brigade; Hill Army", "Northfold", day=date(2021, 4, 2))],
                  base=reading([Told(30, day=date(2021, 4, 1))], "Wire", date(2021, 4, 3)))  # fmt: skip
    ledger = built(made, reading([Told(9, day=date(2021, 4, 20))], "Post", date(2021, 4, 21)))
    found = Checker(ledger).words("the deadliest attack in Baga since the ceasefire in Northfold")
    assert (found.verdict, found.claim.window.start) == ("holds", date(2021, 4, 2))
    lost = Checker(ledger).words("the deadliest attack in Baga since the truce in Southfold")
    assert "names no day" in lost.why


def test_a_claim_of_a_report_that_names_no_place_is_about_its_country() -> None:
    abroad = reading([Told(90, "Goma", day=date(2021, 4, 15))], "Wire", date(2021, 4, 16))
    abroad = replace(abroad, incidents=(replace(abroad.incidents[0], where=FAR),))
    claim = record("It was the deadliest attack since 1 April", window="since 1 April")
    ledger = built(abroad, saying([claim], base=reading([Told(9, day=date(2021, 4, 28))], "Post", date(2021, 4, 29))))
    (one,) = Checker(ledger).reports(of(ledger, "Post"))
    assert one.check is not None
    assert one.check.verdict == "holds"
    assert "the country of its event" in one.check.notes[0]


def test_a_toll_of_several_days_is_compared_with_as_many_days_in_a_row() -> None:
    two = (Told(4, day=date(2021, 4, 27)), Told(5, "Gwoza", day=date(2021, 4, 28)))
    told = reading(two, "Post", date(2021, 4, 29))
    text = told.report.text + "In two days 9 civilians were killed.\n"
    claim = replace(told.claims[0], id="c9", scope="period", span=replace(told.claims[0].span))
    start = text.index("9 civilians were killed")
    span = replace(claim.span, start=start, end=start + len("9 civilians were killed"), quote="9 civilians were killed")
    when = replace(claim.when, start=date(2021, 4, 27), end=date(2021, 4, 28), precision="days") if claim.when else None
    claim = replace(claim, span=span, when=when, count=replace(claim.count, words="9", stated=9, low=9, best=9, high=9))
    base = replace(told, report=replace(told.report, text=text), claims=(*told.claims, claim))
    says = record("That is the highest toll since 1 April", of="toll", window="since 1 April")
    earlier = reading([Told(8, day=date(2021, 4, 10)), Told(2, day=date(2021, 4, 11))], "Wire", date(2021, 4, 12))
    ledger = built(earlier, require_sound(saying([says], base=base)))
    (one,) = Checker(ledger).reports(of(ledger, "Post"))
    assert one.check is not None
    assert one.check.subject is not None
    assert one.check.subject.key == "2021-04-27 to 2021-04-28"
    assert (one.check.verdict, one.check.against[0].figure.best) == ("fails", 10)


def test_a_window_is_read_to_the_time_that_dates_it() -> None:
    says = record(
        "It was the worst attack since the old bridge was lost to the river in March", window="since the old bridge"
    )
    ledger = built(saying([says], base=reading([Told(9, day=date(2021, 4, 28))], "Post", date(2021, 4, 29))))
    (one,) = Checker(ledger).reports(of(ledger, "Post"))
    assert one.check is not None
    assert (one.check.claim.window.start, one.check.claim.window.sure) == (date(2021, 3, 1), date(2021, 4, 1))


def test_the_toll_of_one_event_is_no_sum_over_a_window() -> None:
    says = record("The new finds raised the toll to 9", "brings_to", "toll")
    ledger = built(saying([says], base=reading([Told(9, day=date(2021, 4, 28))], "Post", date(2021, 4, 29))),
                   reading([Told(80, day=date(2021, 4, 20))], "Wire", date(2021, 4, 21)))  # fmt: skip
    (one,) = Checker(ledger).reports(of(ledger, "Post"))
    assert one.check is not None
    assert (one.check.verdict, one.check.why) == ("holds", "the figures of this event come to 9")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("the second phase since 1 April", "it is about “phase”"),
        ("the first mayor since 1 April", "it is about “mayor”"),
        ("the deadliest attack", "the words name no stretch of time"),
        ("the deadliest attack in recent memory", "names no stretch of time"),
    ],
)
def test_what_no_ledger_can_check_is_said(words: str, why: str) -> None:
    ledger = built(reading([Told(9, day=date(2021, 4, 28))], "Post", date(2021, 4, 29)))
    found = Checker(ledger).words(words)
    assert found.verdict == "can't tell"
    assert why in found.why


def test_a_side_takes_in_its_parts() -> None:
    sides = Checker(built()).meanings(date(2016, 5, 1)).side("Islamic State")
    assert "is" in sides
    west = reading([Told(9, by="is-west-africa", day=date(2021, 4, 28))], "Post", date(2021, 4, 29))
    assert Checker(built(west)).meanings(MAY).side("Islamic State") == {"is", "is-west-africa"}


def test_places_are_looked_for_in_the_ledger_s_countries_first() -> None:
    known = place_meant("Kano", ["NG"])
    assert known is not None
    assert (known.name, known.country) == ("Kano", "NG")
    country = place_meant("the country", ["NG"])
    assert country is not None
    assert country.geoprecision == 6
    assert place_meant("the country") is None


def test_a_ledger_without_days_checks_nothing() -> None:
    ledger = build_ledger([recorded(reading([Told(3)], published=None))])
    with pytest.raises(LedgerError, match="needs a day to reckon from"):
        Checker(ledger).words("the deadliest day since March")
