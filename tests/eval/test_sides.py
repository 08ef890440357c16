"""The measure of UCDP's view, on readings made by hand."""

from eval.sides import main_incident, share, side_figures, sides_named

HEADLINE = {"id": "h", "text": "Boko Haram gunmen kill six soldiers of the Nigerian army", "published": "2015-03-01"}
EVENT = {"side_a": "Government of Nigeria", "side_b": "JAS", "type_of_violence": 1}


def test_the_sides_of_the_actors_named_are_found() -> None:
    assert sides_named(HEADLINE) >= {"Government of Nigeria"}


def test_only_single_events_whose_sides_are_named_are_counted() -> None:
    side = next(iter(sides_named(HEADLINE) - {"Government of Nigeria"}))
    gold = [{"id": "h", "events": [{**EVENT, "side_b": side}]}, {"id": "two", "events": [EVENT, EVENT]}]
    read = [{"id": "h", "incidents": [{"side_a": "Government of Nigeria", "side_b": side, "type_of_violence": 1}]}]
    figures = dict(side_figures([HEADLINE], gold, read))
    assert list(figures.values()) == [1.0, 1.0, 1.0]
    assert "(1)" in next(iter(figures))
    assert list(dict(side_figures([HEADLINE], gold, [])).values()) == [0.0, 0.0, 0.0]


def test_the_main_incident_has_the_most_killed() -> None:
    small, large = {"killed": {"best": 1}, "injured": {"best": 9}}, {"killed": {"best": 2}, "injured": None}
    assert main_incident({"incidents": [small, large]}) is large
    assert main_incident({}) == {}
    assert share([]) == 0.0
