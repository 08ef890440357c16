"""Which reader's word holds where both found a claim."""

import pytest

from marsad.extract.sentences import sentence_spans
from marsad.extract.tagger_with_rules import _joined, _place, _without_false_doers, find_claims
from marsad.model import Claim, Count, Perpetrator, Report, Span, Victims, Where
from marsad.vocabulary import Scope

TEXT = "Shells fell on a mill in Tanura. Two bakers died at the clinic. Raids in the north killed 40."


def where(words: str) -> Where:
    start = TEXT.index(words)
    return Where(words, span=Span(start, start + len(words), words))


def claim(words: str, place: Where | None, scope: Scope) -> Claim:
    start = TEXT.index(words)
    return Claim(
        id="c1",
        span=Span(start, start + len(words), words),
        harm="killed",
        count=Count(words, 2, "exact", 2, 2, 2),
        victims=Victims(words, "unknown"),
        where=place,
        scope=scope,
    )


@pytest.mark.parametrize(
    ("learned", "ruled", "scope", "words"),
    [
        ("the clinic", "Tanura", "incident", "the clinic"),
        ("a mill", "the clinic", "incident", "the clinic"),
        ("a mill", "the north", "incident", "a mill"),
        ("a mill", "the north", "period", "the north"),
        ("a mill in Tanura", "Tanura", "period", "a mill in Tanura"),
        (None, "Tanura", "incident", "Tanura"),
        ("Tanura", None, "incident", "Tanura"),
    ],
)
def test_the_place_in_the_claims_own_sentence_holds(
    learned: str | None, ruled: str | None, scope: Scope, words: str
) -> None:
    one = claim("Two bakers", where(learned) if learned else None, scope)
    other = claim("Two bakers", where(ruled) if ruled else None, scope)
    chosen = _place(one, other, [end for _, end in sentence_spans(TEXT)])
    assert chosen is not None
    assert chosen.text == words


@pytest.mark.parametrize(
    ("learned", "ruled", "kept"),
    [
        ("incident", "incident", "incident"),
        ("cumulative", "incident", "cumulative"),
        ("period", "incident", "incident"),
        ("incident", "cumulative", "cumulative"),
        ("cumulative", "period", "period"),
    ],
)
def test_a_window_comes_from_the_rules_and_a_running_total_from_either_reader(
    learned: Scope, ruled: Scope, kept: Scope
) -> None:
    other = claim("Two bakers", None, ruled)
    assert _joined(claim("Two bakers", None, learned), [other], [len(TEXT)]).scope == kept


def test_beside_a_window_of_the_rules_their_event_is_one() -> None:
    one, other, sum_over_days = (claim("Two bakers", None, scope) for scope in ("period", "incident", "period"))
    assert _joined(one, [other, sum_over_days], [len(TEXT)]).scope == "incident"


LISTED = (
    "Raiders from the hills left these dead:\n\n• Nine herders, by the Red Band.\n\n• Two bakers.\n\n"
    "On Monday the Blue Band came. No suspects were named."
)


def doer(words: str) -> Perpetrator:
    start = LISTED.index(words)
    return Perpetrator(words, "asserted", span=Span(start, start + len(words), words))


@pytest.mark.parametrize(
    ("words", "scope", "kept"),
    [
        ("Raiders", "cumulative", True),
        ("the Red Band", "incident", False),
        ("the Blue Band", "incident", True),
        ("the Blue Band", "cumulative", False),
        ("No suspects", "incident", False),
    ],
)
def test_a_doer_of_another_item_or_after_a_total_is_none(words: str, scope: Scope, kept: bool) -> None:
    start = LISTED.index("Two bakers")
    one = Claim(
        id="c1",
        span=Span(start, start + 10, "Two bakers"),
        harm="killed",
        count=Count("Two", 2, "exact", 2, 2, 2),
        victims=Victims("bakers", "unknown"),
        perpetrators=(doer(words),),
        scope=scope,
    )
    assert bool(_without_false_doers(one, LISTED, [end for _, end in sentence_spans(LISTED)]).perpetrators) is kept


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("The army denied that it killed 12 farmers, but medics counted 14 bodies.", ["denied", "asserted"]),
        ("The ministry rejected claims that 30 prisoners had been executed.", ["denied"]),
        ("The group denied responsibility for the bombing that killed 12 people.", ["asserted"]),
        ("Did the raid kill 30 people?", ["hypothetical"]),
    ],
)
def test_what_is_denied_or_asked_is_not_asserted(text: str, modalities: list[str]) -> None:
    assert [claim.modality for claim in find_claims(Report(id="r", text=text)).claims] == modalities


@pytest.mark.parametrize(
    "words",
    ["Some 300 sheep were killed when lightning struck the herd.", "The disease killed 1,200 cattle in two valleys."],
)
def test_animals_are_no_claim(words: str) -> None:
    assert find_claims(Report("r", words)).claims == ()


def test_a_question_asserts_nothing() -> None:
    asked = find_claims(Report("r", "Were 40 people really killed? asked the paper.")).claims
    assert [claim.modality for claim in asked] in ([], ["hypothetical"])


def test_each_headline_of_a_column_has_its_own_doer_or_none() -> None:
    lines = (
        "Border guards shot a herder dead near Tanura on May 2",
        "Two drivers abducted by the River Army in the Mella district",
        "A farmer died of wounds in the hospital of Kessab on May 3",
    )
    claims = find_claims(Report("r", "\n\n".join(lines))).claims
    doers = {claim.count.words: [doer.text for doer in claim.perpetrators] for claim in claims}
    assert all("guards" not in doer for words, told in doers.items() if "herder" not in words for doer in told)
    assert any("River Army" in doer for told in doers.values() for doer in told)


def test_the_lines_of_a_wrapped_wire_are_no_headlines() -> None:
    wire = (
        "BOGOTA, 3 MAY 90 -- GUERRILLAS OF THE NORTHERN COLUMN ATTACKED THE\n"
        "POLICE POST OF TANURA LAST NIGHT WITH GRENADES AND HEAVY MACHINE GUNS\n"
        "AND KILLED THREE POLICEMEN AND A CLERK WHO WERE ON DUTY THERE AT THE\n"
        "TIME, THE GOVERNOR SAID."
    )
    claims = find_claims(Report("r", wire)).claims
    assert claims
    assert all("GUERRILLAS" in doer.text for claim in claims for doer in claim.perpetrators)
    assert any(claim.perpetrators for claim in claims)
