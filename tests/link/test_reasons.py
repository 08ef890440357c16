"""Reasons are such that a researcher believes them: what is alike speaks for, what differs against."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from tests.link.test_index import linkable, reports

from marsad.link.compare import features, probability
from marsad.link.reasons import PLAIN, reasons
from marsad.link.tables import weights
from marsad.link.tellings import Linkable, Telling, tell


def of(one: Telling, other: Telling) -> tuple[str, ...]:
    return reasons(features(one, other), one, other)


def two(**changed: object) -> tuple[Telling, Telling]:
    one, other = (tell(linkable(n, "Kirawa", 3, 0, ("grain", "bridge"), True)) for n in (1, 2))
    return replace(one, is_short=False), replace(other, is_short=False, **changed)  # type: ignore[arg-type]


def test_every_feature_has_its_words_and_its_weight() -> None:
    one, other = two()
    for kind in ("article", "undated", "headline"):
        assert set(features(one, other)) == set(weights(kind)) - {"constant"}
    assert set(features(one, other)) <= set(PLAIN)


def test_what_is_alike_never_speaks_against_nor_what_differs_for() -> None:
    for kind in ("article", "undated", "headline"):
        for name, weight in weights(kind).items():
            if name.endswith((" differ", " differs", " far", " apart")):
                assert weight <= 0, name
            elif name.endswith((" shared", " alike", " near", " found", " close")):
                assert weight >= 0, name


def test_figures_and_days_are_told_in_words() -> None:
    later = date(2021, 4, 30) + timedelta(days=40)
    told = of(*two(killed=frozenset({9}), first_killed=frozenset({4}), published=later, anchor=later))
    assert any(words.startswith("but: published 40 days apart") for words in told)
    assert "3 and 4 killed are near one another" in told
    assert not any("published" in words for words in of(*two()))


def test_names_of_people_are_counted_and_not_shown() -> None:
    one, other = two()
    named = (replace(each, names=each.names | {"zaydun", "umbarak"}) for each in (one, other))
    told = of(*named)
    assert any("names in both" in words for words in told)
    assert not any("zaydun" in words for words in told)


@settings(max_examples=30)
@given(reports)
def test_a_probability_is_one_and_reasons_do_not_fail(told: list[Linkable]) -> None:
    tellings = [tell(one) for one in told]
    for one, other in pairwise(tellings):
        assert 0 < probability(one, other, features(one, other)) < 1
        assert len(of(one, other)) <= 8
