"""The tree that a person reads: totals with their parts and sums, incidents, what stands beside, warnings."""

from datetime import date

from rich.console import Console

from marsad.cli.tree import add_up, draw, figure_words
from marsad.model import (
    Breakdown,
    Claim,
    Count,
    Figure,
    Incident,
    Perpetrator,
    Reading,
    Report,
    Restatement,
    Span,
    Victims,
    Voice,
    When,
    Where,
)
from marsad.vocabulary import Modality, Scope

TEXT = "more than 40 soldiers; 29 soldiers; 14 troops; three officers; over 40 dead; 20,000 people; ten more"


def claim(number: int, words: str, best: int, scope: Scope = "incident", modality: Modality = "asserted") -> Claim:
    start = TEXT.index(words)
    return Claim(
        id=f"c{number}",
        span=Span(start, start + len(words), words),
        harm="killed",
        count=Count(words.split()[0], best, "exact", best, best, best),
        victims=Victims(words.split(maxsplit=1)[1], "combatant"),
        perpetrators=(Perpetrator("the rebels", "alleged"),),
        when=When("on Monday", date(2024, 5, 6), date(2024, 5, 7), "days"),
        where=Where("the road to Segou", country="ML"),
        according_to=Voice("a monitor"),
        scope=scope,
        modality=modality,
    )


def drawn(reading: Reading, why: bool = False) -> str:
    console = Console(width=100, no_color=True)
    with console.capture() as capture:
        console.print(draw(reading, why=why))
    return capture.get()


READING = Reading(
    report=Report(id="r1", text=TEXT, title="An invented report", published=date(2024, 5, 8)),
    claims=(
        claim(1, "40 soldiers", 40, "period"),
        claim(2, "29 soldiers", 29),
        claim(3, "14 troops", 14),
        claim(4, "three officers", 3),
        claim(5, "40 dead", 40, "period"),
        claim(6, "20,000 people", 20000, "cumulative"),
        claim(7, "ten more", 10, modality="denied"),
    ),
    breakdowns=(
        Breakdown("c1", ("c2", "c3"), "sum", "exceeds", Figure(0, 0, 0), ("the parts follow the total",)),
        Breakdown("c2", ("c4",), "including", "consistent", None, ("“including” stands between them",)),
    ),
    restatements=(Restatement("c1", "c5"),),
    incidents=(Incident("i1", "battle", ("c2", "c4"), {"killed": Figure(29, 29, 29)}),),
    warnings=("parts exceed the total",),
)


def test_parts_hang_under_their_total_with_the_sum_checked() -> None:
    text = drawn(READING)
    assert "29 + 14 = 43 ✗" in text
    lines = text.splitlines()
    depth = {word: next(line.index(word) for line in lines if word in line) for word in ("40 killed", "29 killed")}
    assert depth["40 killed"] < depth["29 killed"]
    assert "including 3 killed" in text


def test_a_claim_shows_who_whom_when_where_and_whose_word_it_is() -> None:
    text = drawn(READING)
    assert "by the rebels [alleged]" in text
    assert "6–7 May 2024" in text
    assert "the road to Segou, ML" in text
    assert "29 killed  “29 soldiers” combatant" in text
    assert "according to a monitor" in text


def test_what_is_said_again_is_not_shown_as_more_dead() -> None:
    text = drawn(READING)
    assert "said again: “40 dead” (c5)" in text
    assert text.count("40 killed") == 1


def test_running_totals_and_denials_stand_apart() -> None:
    text = drawn(READING)
    assert text.index("20,000 killed") > text.index("Running totals, never added")
    assert text.index("10 killed (denied)") > text.index("not counted")
    assert "! parts exceed the total" in text


def test_evidence_is_shown_when_asked_for() -> None:
    assert "because the parts follow the total" in drawn(READING, why=True)
    assert "because" not in drawn(READING)


def test_a_report_without_claims_says_so() -> None:
    assert "No claim of harm to people was found." in drawn(Reading(report=Report(id="r2", text="Rain.")))


def test_figures_are_written_as_people_write_them() -> None:
    assert figure_words(Figure(27, 27, 27)) == "27"
    assert figure_words(Figure(20, 24, 30)) == "20–30 (best 24)"
    assert figure_words(Figure(61, 61, None)) == "61+"
    assert figure_words(None) == ""
    assert add_up([Figure(1, 2, 3), Figure(4, 4, None)]) == Figure(5, 6, None)
