"""The gate: raising a floor is free, lowering one takes a flag, and a changed gold is noticed."""

from eval.gate import compare, flat, raised

PINNED = {"fingerprint": "abc", "floors": {"claims strict": 0.8, "attribute date": 0.7}}


def test_figures_at_their_floors_pass() -> None:
    assert compare("own", {"claims strict": 0.8, "attribute date": 0.75}, "abc", PINNED) == []


def test_a_last_digit_is_no_fall_but_a_point_is() -> None:
    assert compare("own", {"claims strict": 0.798, "attribute date": 0.7}, "abc", PINNED) == []
    [complaint] = compare("own", {"claims strict": 0.79, "attribute date": 0.7}, "abc", PINNED)
    assert complaint == "own: claims strict fell to 0.790, its floor is 0.800"


def test_a_figure_that_is_gone_has_fallen() -> None:
    [complaint] = compare("own", {"claims strict": 0.9}, "abc", PINNED)
    assert "attribute date fell to 0.000" in complaint


def test_a_changed_gold_and_missing_floors_are_noticed() -> None:
    assert "the gold changed" in compare("own", {}, "xyz", PINNED)[0]
    assert "no floors yet" in compare("own", {}, "xyz", None)[0]


def test_update_raises_and_lowers_only_when_allowed() -> None:
    measured = {"claims strict": 0.9, "attribute date": 0.6}
    assert raised(PINNED, measured, "xyz", allow_lower=False)["floors"] == {"claims strict": 0.9, "attribute date": 0.7}
    assert raised(PINNED, measured, "xyz", allow_lower=True)["floors"] == measured


def test_an_attribute_counts_over_all_claims_found_or_not() -> None:
    nested = {"claims strict": {"f1": 0.5, "gold": 6}, "attributes": {"date": {"accuracy": 1.0, "asked": 3}}}
    assert flat(nested) == {"claims strict": 0.5, "date, of all claims": 0.5}
