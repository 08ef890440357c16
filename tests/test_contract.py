"""The JSON form and the types are two ways to say one thing."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from marsad.contract import from_json, to_json
from marsad.model import (
    ActorRef,
    Breakdown,
    Claim,
    Count,
    EventCodes,
    Figure,
    Incident,
    Perpetrator,
    PlaceMention,
    Reading,
    Report,
    Restatement,
    Span,
    Victims,
    Voice,
    When,
    Where,
)
from marsad.vocabulary import (
    BASES,
    DATE_ORIGINS,
    DATE_PRECISIONS,
    HARMS,
    MEANS,
    MODALITIES,
    QUALIFIERS,
    SCOPES,
    STATUSES,
)

TEXT = "Rebels killed 27 soldiers, a monitor in Homs said."
numbers = st.integers(0, 10**7)
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda ends: Span(min(ends), max(ends), TEXT[min(ends) : max(ends)])
)
figures = st.tuples(numbers, numbers, numbers).map(lambda three: Figure(*sorted(three)))
actors = st.none() | st.builds(ActorRef, st.text(max_size=5), st.text(max_size=5))
words = st.text(max_size=8)
days = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))
times = st.builds(
    When,
    st.none() | words,
    days,
    days,
    st.sampled_from(DATE_PRECISIONS),
    st.none() | spans,
    st.sampled_from(DATE_ORIGINS),
)
places = st.builds(
    Where,
    text=st.none() | words,
    name=st.none() | words,
    country=st.sampled_from([None, "SY", "ML"]),
    latitude=st.none() | st.floats(-90, 90),
    geoprecision=st.sampled_from([None, 1, 7]),
    span=st.none() | spans,
    pcode=st.none() | words,
    prio_grid=st.none() | st.integers(1, 259200),
)
counts = st.builds(
    Count, words, st.none() | numbers, st.sampled_from(QUALIFIERS), numbers, numbers, st.none() | numbers
)
victims = st.builds(
    Victims, st.none() | words, st.sampled_from(STATUSES), actors, st.lists(words, max_size=2).map(tuple)
)
perpetrators = st.builds(Perpetrator, words, st.sampled_from(BASES), actors, st.none() | spans)
claims = st.builds(
    Claim,
    id=words,
    span=spans,
    harm=st.sampled_from(HARMS),
    count=counts,
    victims=victims,
    perpetrators=st.lists(perpetrators, max_size=2).map(tuple),
    when=st.none() | times,
    where=st.none() | places,
    according_to=st.none() | st.builds(Voice, words, actors),
    means=st.sampled_from([None, *MEANS]),
    scope=st.sampled_from(SCOPES),
    modality=st.sampled_from(MODALITIES),
    confidence=st.sampled_from([0.0, 0.5, 1.0]),
)
incidents = st.builds(
    Incident,
    id=words,
    type=words,
    claims=st.lists(words, max_size=2).map(tuple),
    tolls=st.dictionaries(st.sampled_from(HARMS), figures, max_size=3),
    when=st.none() | times,
    where=st.none() | places,
    confidence=st.just(0.25),
    side_a=st.none() | words,
    side_b=st.none() | words,
    type_of_violence=st.sampled_from([None, 1, 2, 3]),
    codes=st.sampled_from([None, EventCodes("Battles", "Armed clash", "ASSAULT"), EventCodes("a", "b", None, "c")]),
)


@given(st.lists(claims, max_size=3), st.lists(incidents, max_size=2))
def test_a_reading_comes_back_from_its_json_as_it_was(some: list[Claim], events: list[Incident]) -> None:
    report = Report(id="r", text=TEXT)
    reading = Reading(
        report=report,
        claims=tuple(some),
        breakdowns=(Breakdown("c1", ("c2",), "sum", "short", Figure(0, 1, None), ("why",)),),
        restatements=(Restatement("c1", "c3", ("same words",)),),
        incidents=tuple(events),
        places=(PlaceMention(Span(40, 44, TEXT[40:44]), Where(text=TEXT[40:44], name="Homs", country="SY")),),
        warnings=("one",),
    )
    row = json.loads(json.dumps(to_json(reading, places=True, why=True)))
    assert from_json(row, report) == reading


def test_the_form_says_in_which_field_a_title_span_counts() -> None:
    report = Report(id="r", text="", title=TEXT)
    claim = Claim(
        "c1", Span(14, 25, "27 soldiers", "title"), "killed", Count("27", 27, "exact", 27, 27, 27), Victims(None)
    )
    span = to_json(Reading(report, (claim,)))["claims"][0]["span"]
    assert span == {"start": 14, "end": 25, "quote": "27 soldiers", "in": "title"}
