"""Ties that reports tell of, as suggestions for the registry: with their days, voices and what people answered."""

from datetime import date, timedelta

import pytest
from tests.made import START
from tests.stating import Says, kept, saying

from marsad.errors import LedgerError
from marsad.ledger.revise import AS_READ
from marsad.ledger.suggestions import Suggestion, find_suggestion, require_answer, suggestions
from marsad.model import Reading, Revision

RIVER, NORTH = "River Brigade", "North Council"


def tie(left: str, relation: str, right: str, **more: object) -> Says:
    words = f"{left} {relation} {right}"
    return Says(words, "relation", {"relation": relation}, {"left": left, "right": right}, **more)  # type: ignore[arg-type]


def told(*says: Says, by: str = "Wire", on: int = 1) -> Reading:
    return saying(says, by, date(2021, 5, on))


def suggested(*readings: Reading, words: tuple[Revision, ...] = ()) -> list[Suggestion]:
    return list(suggestions(kept(*readings), words))


def test_a_tie_is_told_in_the_registry_s_terms_with_its_voices_and_days() -> None:
    (one,) = suggested(
        told(tie(NORTH, "backs", RIVER, day=date(2020, 6, 1))),
        told(tie(NORTH, "backs", f"{RIVER}", voice="Hill Army"), by="Daily", on=9),
    )
    assert (one.actor.id, one.relation, one.other.id) == ("river-brigade", "supported_by", "north-council")
    assert (one.since, one.until, one.first, one.last) == (date(2020, 6, 1), None, date(2021, 5, 1), date(2021, 5, 9))
    assert one.voices == ("Hill Army", "Wire")


def test_who_split_was_part_of_it_until_then() -> None:
    (one,) = suggested(told(tie(RIVER, "split_from", NORTH, day=date(2019, 2, 3))))
    assert (one.relation, one.since, one.until) == ("part_of", None, date(2019, 2, 3))


def test_rivals_are_one_suggestion_whoever_is_named_first() -> None:
    (one,) = suggested(told(tie(RIVER, "rival", NORTH), tie(NORTH, "rival", RIVER)))
    assert one.relation == "rival"


def test_who_was_not_recognised_and_what_is_only_denied_suggest_nothing() -> None:
    assert suggested(told(tie("some men", "part_of", NORTH), tie(RIVER, "part_of", NORTH, modality="denied"))) == []


def test_a_person_s_answer_is_kept_and_can_be_taken_back() -> None:
    report = told(tie(RIVER, "part_of", NORTH))
    (one,) = suggested(report)
    words = tuple(
        Revision(one.of, "tie", value, "because", "mara", START + timedelta(minutes=n))
        for n, value in enumerate(("accepted", "rejected", AS_READ))
    )
    assert [suggested(report, words=words[:n])[0].answer for n in range(4)] == ["open", "accepted", "rejected", "open"]


def test_answers_are_checked_and_ids_found() -> None:
    (one,) = suggested(told(tie(RIVER, "part_of", NORTH)))
    assert find_suggestion([one], one.id) == find_suggestion([one], one.of) == one
    with pytest.raises(LedgerError, match="no suggested tie"):
        find_suggestion([one], "tnothing")
    with pytest.raises(LedgerError, match="accepted, rejected"):
        require_answer(one.of, "maybe")
    with pytest.raises(LedgerError, match="is no suggested tie"):
        require_answer("i123", "accepted")
