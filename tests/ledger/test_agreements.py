"""Agreements across reports: what is one, what became of it and whose word that is, what may have broken it."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from tests.made import Told, reading, recorded
from tests.stating import NORTHFOLD, SOUTHFOLD, Says, actor, agreed, kept, saying

from marsad.check import require_sound
from marsad.errors import LedgerError
from marsad.ledger import build_ledger
from marsad.ledger.agreements import Agreement, agreed_day, agreement_name, agreements, find_agreement
from marsad.ledger.breaches import breaches
from marsad.model import Perpetrator, Reading, Victims, Where

RIVER, HILL, COAST = "River Brigade", "Hill Army", "Coast Guard"
BOTH = f"{RIVER}; {HILL}"


def day(month: int, number: int = 1, year: int = 2021) -> date:
    return date(year, month, number)


def told(*says: Says, by: str = "Wire", on: date) -> Reading:
    return require_sound(saying(says, by, on))


def known(*readings: Reading, on: date | None = None) -> tuple[Agreement, ...]:
    return agreements(kept(*readings), on)


MADE = told(agreed("agreed", BOTH, "Northfold", terms="no shelling", day=day(3, 2)), on=day(3, 3))
KEPT = told(agreed("kept", BOTH, "Northfold"), by="Daily", on=day(3, 20))
BROKEN = told(agreed("broken", RIVER, "Northfold", voice=HILL), on=day(4, 5))


def test_words_of_several_reports_on_one_agreement_are_put_together() -> None:
    (one,) = known(MADE, KEPT, BROKEN)
    assert agreement_name(one) == f"ceasefire between {RIVER} and {HILL} in Northfold"
    assert (one.agreed, one.is_dated, one.status, one.terms) == (day(3, 2), True, "broken", ("no shelling",))
    assert [(c.day, c.status, c.word.voice) for c in one.changes] == [
        (day(3, 2), "agreed", "Wire"),
        (day(3, 20), "kept", "Daily"),
        (day(4, 5), "broken", HILL),
    ]


def test_an_agreement_stood_on_a_day_as_was_said_until_then() -> None:
    assert known(MADE, KEPT, BROKEN, on=day(3, 25))[0].status == "kept"
    assert known(MADE, KEPT, BROKEN, on=day(3, 1)) == ()


def test_order_of_reports_changes_nothing() -> None:
    assert len({str(known(*order)[0].ids) for order in permutations((MADE, KEPT, BROKEN))}) == 1


def test_other_parties_another_kind_another_place_or_another_year_make_another_agreement() -> None:
    others = (
        told(agreed("agreed", f"{RIVER}; {COAST}"), on=day(3, 4)),
        told(agreed("agreed", BOTH, kind="prisoner_exchange"), on=day(3, 4)),
        told(agreed("agreed", BOTH, "Southfold", day=day(3, 4)), on=day(3, 4)),
        told(agreed("agreed", BOTH, "Northfold", day=day(11, 4)), on=day(11, 5)),
    )
    assert len(known(MADE, *others)) == 5


def test_who_agrees_again_after_it_was_broken_makes_a_new_one() -> None:
    again = told(agreed("agreed", BOTH, "Northfold", day=day(4, 20)), on=day(4, 21))
    found = known(MADE, BROKEN, again)
    assert [(one.agreed, one.status) for one in found] == [(day(4, 20), "agreed"), (day(3, 2), "broken")]


def test_the_accord_that_names_nobody_is_the_one_told_before_it() -> None:
    report = told(
        agreed("agreed", BOTH, "Northfold", day=day(3, 2)),
        Says("But the accord has come undone", "agreement", {"agreement": "other", "status": "broken"}),
        on=day(5, 1),
    )
    (one,) = known(report)
    assert (one.kind, one.status) == ("ceasefire", "broken")


def test_what_is_only_proposed_or_possible_was_never_agreed() -> None:
    (one,) = known(told(agreed("proposed", BOTH, "Northfold"), on=day(3, 1)))
    assert (one.agreed, one.status) == (None, "proposed")
    with pytest.raises(LedgerError, match="was ever agreed"):
        agreed_day(one)
    (one,) = known(MADE, told(agreed("broken", BOTH, "Northfold", modality="possible"), on=day(4, 1)))
    assert one.status == "agreed"
    assert [change.counts for change in one.changes] == [True, False]


def test_voices_that_differ_on_the_same_day_are_both_shown() -> None:
    other = told(agreed("kept", BOTH, "Northfold", voice=COAST), by="Daily", on=day(4, 5))
    (one,) = known(MADE, BROKEN, other)
    assert [[w.voice for w in c.against] for c in one.changes] == [[], [COAST], [HILL]] or [
        [w.voice for w in c.against] for c in one.changes
    ] == [[], [HILL], [COAST]]


def test_an_agreement_without_a_told_day_counts_from_the_first_report_that_knows_it() -> None:
    (one,) = known(KEPT, BROKEN)
    assert (one.agreed, one.is_dated) == (day(3, 20), False)


@pytest.mark.parametrize(
    "words", ["ceasefire in Northfold", "the truce between River Brigade and Hill Army", "shelling"]
)
def test_words_find_the_one_agreement_that_they_fit(words: str) -> None:
    found = known(MADE, BROKEN)
    assert find_agreement(found, words) == found[0]
    assert all(find_agreement(found, name) == found[0] for name in found[0].ids)


def test_words_that_fit_several_or_none_name_those_there_are() -> None:
    found = known(MADE, told(agreed("agreed", f"{RIVER}; {COAST}", day=day(3, 4)), on=day(3, 4)))
    with pytest.raises(LedgerError, match=r"fits 2 agreements: a\w{12} .*2021-03-04.*2021-03-02"):
        find_agreement(found, "ceasefire")
    with pytest.raises(LedgerError, match="no agreement answers to 'peace in Gwoza': there are a"):
        find_agreement(found, "peace in Gwoza")
    with pytest.raises(LedgerError, match="the ledger knows of none"):
        find_agreement((), "ceasefire")


def strike(on: date, by: str, upon: str, where: Where) -> Reading:
    """Return a report of an incident between two, somewhere."""
    base = reading([Told(4, where.name or "", by=by, day=on)], f"Wire {on} {by}", on)
    victims = (Victims(upon, actor=actor(upon)),)
    doers = (Perpetrator(by, actor=actor(by)),)
    return replace(base, incidents=(replace(base.incidents[0], where=where, victims=victims, perpetrators=doers),))


def test_incidents_after_it_in_its_place_or_between_its_parties_are_candidates_with_the_reason() -> None:
    away = Where(text="Farhill", name="Farhill", country="NG", admin1="Farshire", geoprecision=1)
    incidents = build_ledger(
        [
            recorded(one, n)
            for n, one in enumerate(
                (
                    strike(day(2, 1), RIVER, HILL, NORTHFOLD),
                    strike(day(3, 10), RIVER, HILL, NORTHFOLD),
                    strike(day(3, 12), HILL, RIVER, away),
                    strike(day(3, 14), COAST, "traders", NORTHFOLD),
                    strike(day(3, 15), COAST, "traders", SOUTHFOLD),
                    strike(day(3, 16), RIVER, "traders", SOUTHFOLD),
                )
            )
        ]
    ).incidents
    (one,) = known(MADE)
    found = breaches(one, incidents)
    assert [each.why for each in found] == [
        (f"{RIVER} against {HILL}, both parties", "in Northfold, its place", "8 days after it was agreed"),
        (f"{HILL} against {RIVER}, both parties", "10 days after it was agreed"),
        ("in Northfold, its place", "12 days after it was agreed"),
    ]


def test_a_later_agreement_of_the_same_parties_ends_the_candidates_of_the_one_before() -> None:
    both = known(MADE, told(agreed("agreed", BOTH, "Northfold", day=day(11, 4)), on=day(11, 5)))
    first = next(one for one in both if one.agreed == day(3, 2))
    incidents = build_ledger([recorded(strike(day(11, 10), RIVER, HILL, NORTHFOLD))]).incidents
    assert len(breaches(first, incidents)) == 1
    assert breaches(first, incidents, both) == ()
