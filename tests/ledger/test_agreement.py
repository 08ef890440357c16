"""How far two readers agree: worked by hand, and shown only where the cases are enough."""

from datetime import timedelta

import pytest
from tests.made import START

from marsad.answers.judging import agreement_to_json, agreement_words
from marsad.ledger.agreement import ENOUGH, agreement, kappa
from marsad.model import Judgement, Revision
from marsad.vocabulary import Verdict


def said(case: int, verdict: Verdict, by: str, minutes: int = 0, reason: str = "") -> Judgement:
    reasons = (reason,) if reason else ()
    return Judgement(f"i{case}", f"j{case}", verdict, by, START + timedelta(minutes=minutes), None, reasons)


def revised(of: str, field: str, value: str, by: str, minutes: int = 0) -> Revision:
    return Revision(of, field, value, "so", by, START + timedelta(minutes=minutes))


def test_kappa_worked_by_hand() -> None:
    # 50 cases: 20 both yes, 15 both no, 5 and 10 apart. Observed .7, by chance .5, so .4.
    assert kappa({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}) == pytest.approx(0.4)
    assert kappa({("y", "y"): 30}) is None
    assert kappa({}) is None
    assert kappa({("y", "n"): 5, ("n", "y"): 5}) == pytest.approx(-1.0)


def test_two_readers_of_enough_cases_have_a_kappa() -> None:
    ones = [said(n, "same" if n < 12 else "different", "Amal") for n in range(ENOUGH)]
    others = [said(n, "same" if n < 10 else "different", "Noor") for n in range(ENOUGH)]
    (found,) = agreement([*ones, *others], [])
    assert (found.one, found.other, found.cases, found.same) == ("Amal", "Noor", 20, 18)
    assert found.kappa == pytest.approx(0.8)
    assert found.differ == (("i10", "j10"), ("i11", "j11"))
    assert "18 of 20 cases; kappa 0.80" in agreement_words(found)
    assert agreement_to_json(found)["kappa"] == 0.8


def test_few_cases_have_none_and_programs_are_no_readers() -> None:
    words = [said(1, "same", "Amal"), said(1, "same", "Noor"), said(1, "different", "program link 1")]
    (found,) = agreement(words, [])
    assert found.kappa is None and "too few" in agreement_words(found)


def test_a_word_taken_back_is_no_opinion_and_the_last_one_counts() -> None:
    first = [said(1, "same", "Amal"), said(1, "different", "Noor"), said(1, "same", "Noor", 5)]
    assert agreement(first, [])[0].same == 1
    assert agreement([*first, said(1, "unsure", "Amal", 9, "taken back")], []) == ()


def test_values_are_accepted_changed_or_withdrawn() -> None:
    words = [
        revised("i1", "accepted", "3 killed", "Amal"), revised("i1", "killed", "4", "Noor"),
        revised("i2", "accepted", "3 killed", "Amal"), revised("i2", "accepted", "3 killed", "Noor"),
        revised("a/c1", "withdrawn", "yes", "Amal"), revised("a/c1", "withdrawn", "yes", "Noor"),
        revised("i3", "accepted", "3 killed", "Amal"), revised("i3", "killed", "4", "Noor"),
        revised("i3", "killed", "as read", "Noor", 4),
        revised("actor:reeds", "actor", "R [r]", "Amal"), revised("actor:reeds", "actor", "R [r]", "Noor"),
    ]  # fmt: skip
    (found,) = agreement([], words)
    assert (found.kind, found.cases, found.same, found.differ) == ("values", 3, 2, (("i1",),))


def test_claims_accepted_with_their_incident_are_no_cases_of_their_own() -> None:
    words = [
        Revision(of, "accepted", "3 killed", reason, by, START)
        for by in ("Amal", "Noor")
        for of, reason in (("i0123456789ab", "seen"), ("aaaa/c1", "with i0123456789ab"))
    ]
    assert [one.cases for one in agreement([], words)] == [1]
