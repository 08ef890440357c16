"""What people judged becomes gold: only what they looked at, measured by the same command as any gold."""

import json
from datetime import timedelta
from pathlib import Path

from tests.made import START, Told, reading, recorded

from marsad.contract import to_json
from marsad.evaluate import Coding, coding_from_row, coding_of, load_corpus, measure
from marsad.ledger import build_ledger
from marsad.ledger.accepting import to_accept, words_to_accept
from marsad.ledger.gold import gold_of
from marsad.ledger.record import RecordedReading
from marsad.model import Revision

ONE = recorded(reading([Told(killed=3, injured=4), Told(killed=6, place="Gulu", by="the Reed Men")], "Wire"))
KEY = ONE.report_key[:12]


def word(of: str, field: str, value: str, minutes: int = 30) -> Revision:
    return Revision(of, field, value, "so", "Amal", START + timedelta(minutes=minutes))


def accepted(*asked: str, readings: tuple[RecordedReading, ...] = (ONE,)) -> list[Revision]:
    ledger = build_ledger(readings)
    return [word(of, "accepted", what) for of, what in (to_accept(ledger, one) for one in asked)]


def score(words: list[Revision], found: Coding) -> dict[str, tuple[int, int, int]]:
    (row,) = gold_of(build_ledger([ONE], revisions=words)).codings
    (measured,) = measure([coding_from_row(row)], {KEY: found})
    return {name: (one.gold, one.found, one.right) for name, one in measured.scores.things.items()}


def found(reading_: RecordedReading = ONE) -> Coding:
    return coding_from_row({**to_json(reading_.reading), "id": KEY})


def test_nothing_judged_is_no_gold() -> None:
    assert gold_of(build_ledger([ONE])).codings == ()


def test_an_accepted_claim_is_gold_and_the_others_are_not_asked_for() -> None:
    (row,) = gold_of(build_ledger([ONE], revisions=accepted(f"{KEY}/c1"))).codings
    assert row["judged"] == "some"
    assert [(claim["id"], claim["stated"]) for claim in row["claims"]] == [("c1", 3)]
    assert score(accepted(f"{KEY}/c1"), found())["claims strict"] == (1, 1, 1)
    assert score(accepted(f"{KEY}/c1"), Coding(KEY))["claims strict"] == (1, 0, 0)


def test_a_misread_number_is_wrong_by_the_corrected_gold_and_only_the_number_was_judged() -> None:
    words = [word(f"{KEY}/c1", "count", "5")]
    (row,) = gold_of(build_ledger([ONE], revisions=words)).codings
    assert (row["claims"][0]["stated"], row["claims"][0]["judged"]) == (5, ["number"])
    assert score(words, found())["claims strict"] == (1, 1, 0)


def test_a_claim_that_a_person_took_out_counts_against_who_finds_it() -> None:
    words = [word(f"{KEY}/c2", "withdrawn", "yes"), *accepted(f"{KEY}/c1")]
    assert score(words, found())["claims strict"] == (1, 2, 1)


def test_an_accepted_incident_with_its_claims_asks_for_its_figure() -> None:
    ledger = build_ledger([ONE])
    one = next(each for each in ledger.incidents if each.tolls["killed"].best == 6)
    words = [word(of, "accepted", what) for of, what, _ in words_to_accept(ledger, one.id, "so")]
    (row,) = gold_of(build_ledger([ONE], revisions=words)).codings
    assert [incident["killed"] for incident in row["incidents"]] == [[6, 6]]
    assert score(words, found())["incidents killed"] == (1, 1, 1)


def test_a_day_that_a_person_corrected_is_the_golds() -> None:
    one = next(each for each in build_ledger([ONE]).incidents if each.tolls["killed"].best == 6)
    words = [word(one.id, "when", "2021-04-28"), *accepted(f"{KEY}/c3")]
    (row,) = gold_of(build_ledger([ONE], revisions=words)).codings
    assert row["claims"][0]["date"] == ["2021-04-28", "2021-04-28"]


def test_a_report_judged_as_a_whole_asks_for_everything_until_it_is_read_anew() -> None:
    words = accepted(KEY)
    (row,) = gold_of(build_ledger([ONE], revisions=words)).codings
    assert row["judged"] == "all" and len(row["claims"]) == 3
    assert score(words, coding_of(reading([])))["claims strict"] == (3, 0, 0)
    shorter = recorded(
        reading([Told(killed=3, injured=4), Told(killed=6, place="Gulu", by="the Reed Men")], "Wire"), 60
    )
    again = RecordedReading("another", shorter.report_key, shorter.reading, shorter.recorded, "0", "hand")
    assert gold_of(build_ledger([ONE, again], revisions=words)).codings == ()


def test_what_is_written_is_what_evaluate_reads(tmp_path: Path) -> None:
    made = gold_of(build_ledger([ONE], revisions=accepted(KEY)))
    for name, rows in (("reports", made.reports), ("gold", made.codings)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    corpus = load_corpus(tmp_path / "reports", tmp_path / "gold")
    assert corpus.text(KEY) == ONE.reading.report.text
    (measured,) = measure(corpus.golds, {KEY: found()})
    assert all(one.gold == one.right for one in measured.scores.things.values())
    assert measured.faults == ()
