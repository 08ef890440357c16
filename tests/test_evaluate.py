"""The measure is measured: hand-counted cases, and agreement with an independent scorer where there is one."""

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.errors import BadInputError
from marsad.evaluate import add_up, coding_from_row, figures, load_corpus, load_found, measure, print_faults

Row = dict[str, Any]
SHARED = Path(__file__).parents[2] / "shared"
SCORER = SHARED / "tools" / "score_claims.py"

TEXT = "Rebels killed 12 soldiers, including two officers, near Tarmil on Monday, the army said. Nine people were hurt."


def gold_claim(claim: str, words: str, **values: Any) -> Row:
    start = TEXT.index(words)
    plain = {
        "id": claim,
        "start": start,
        "end": start + len(words),
        "harm": "killed",
        "stated": 12,
        "stated_high": None,
        "qualifier": "exact",
        "victims": words,
        "status": "combatant",
        "perpetrators": ["Rebels"],
        "date": ["2024-05-06", "2024-05-06"],
        "place": "near Tarmil",
        "country": "SY",
        "admin1": None,
        "according_to": "the army",
        "scope": "incident",
        "modality": "asserted",
        "same_as": None,
    }
    return plain | values


GOLD: Row = {
    "doc": "r1",
    "claims": [
        gold_claim("c1", "12 soldiers"),
        gold_claim("c2", "two officers", stated=2),
        gold_claim("c3", "Nine people", harm="injured", stated=9, perpetrators=[], status="unknown", place=None),
    ],
    "breakdowns": [{"total": "c1", "parts": ["c2"], "kind": "including"}],
    "incidents": [{"claims": ["c1", "c2", "c3"], "killed": [12, 12], "injured": [9, 9], "perpetrators": ["Rebels"]}],
}


def printed(row: Row) -> Row:
    """The same answers in the form that `marsad read` prints."""
    claims = [printed_claim(claim) for claim in row["claims"]]
    restated = [[c["same_as"], c["id"]] for c in row["claims"] if c["same_as"]]
    incidents = [printed_incident(incident) for incident in row["incidents"]]
    return {
        "id": row["doc"],
        "claims": claims,
        "breakdowns": copy.deepcopy(row["breakdowns"]),
        "restatements": restated,
        "incidents": incidents,
    }


def printed_claim(claim: Row) -> Row:
    days = claim["date"] or [None, None]
    voice = claim["according_to"]
    return {
        "id": claim["id"],
        "harm": claim["harm"],
        "count": {k: claim[k] for k in ("stated", "stated_high", "qualifier")},
        "victims": {"text": claim["victims"], "status": claim["status"]},
        "perpetrators": [{"text": text, "basis": "asserted"} for text in claim["perpetrators"]],
        "when": {"text": None, "start": days[0], "end": days[1], "precision": "day"},
        "where": {"text": claim["place"], "country": claim["country"], "admin1": claim["admin1"]},
        "according_to": None if voice is None else {"text": voice},
        "scope": claim["scope"],
        "modality": claim["modality"],
        "span": {"start": claim["start"], "end": claim["end"], "quote": ""},
    }


def printed_incident(incident: Row) -> Row:
    killed = incident["killed"] and {"low": incident["killed"][0], "best": 0, "high": incident["killed"][1]}
    return {"killed": killed, "perpetrators": [{"text": text} for text in incident.get("perpetrators") or ()]}


def scored(golds: list[Row], found: list[Row]) -> Row:
    codings = {row["id"]: coding_from_row(row) for row in found}
    return figures(add_up(m.scores for m in measure([coding_from_row(g) for g in golds], codings)))


def fault_lines(found: Row) -> list[str]:
    [measured] = measure([coding_from_row(GOLD)], {"r1": coding_from_row(found)})
    return list(print_faults((fault, TEXT) for fault in measured.faults))


def test_the_gold_itself_has_no_fault() -> None:
    out = scored([GOLD], [printed(GOLD)])
    assert fault_lines(printed(GOLD)) == []
    assert out["claims strict"]["f1"] == out["breakdowns"]["f1"] == out["incidents killed"]["f1"] == 1
    assert out["report total killed exact"] == 1
    assert set(out["attributes"]) == {
        *("qualifier", "scope", "modality", "status", "perpetrator", "no perpetrator"),
        *("according to", "date", "country", "place words"),
    }
    assert all(share["accuracy"] == 1 for share in out["attributes"].values())


def test_a_report_that_was_not_read_misses_everything() -> None:
    out = scored([GOLD], [])
    assert out["claims strict"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 3, "predicted": 0}
    assert out["report total killed exact"] == 0


def test_missed_and_invented_claims_are_listed_with_their_words() -> None:
    found = printed(GOLD)
    found["claims"][0]["count"]["stated"] = 13
    assert fault_lines(found)[:2] == [
        f"r1:{TEXT.index('12')}-{TEXT.index(', incl')}  claim: missed killed 12  «12 soldiers»",
        f"r1:{TEXT.index('12')}-{TEXT.index(', incl')}  claim: invented killed 13  «12 soldiers»",
    ]


def test_wrong_attributes_are_listed_with_both_answers() -> None:
    found = printed(GOLD)
    found["claims"][0]["when"] = {"start": "2024-05-05", "end": "2024-05-05"}
    found["claims"][1]["according_to"] = None
    found["claims"][2]["perpetrators"] = [{"text": "the army"}]
    told = [line.split("  ")[1] for line in fault_lines(found)]
    assert told == [
        "date: expected 2024-05-06, found 2024-05-05",
        "according to: expected the army, found nothing",
        "no perpetrator: expected nobody, found the army",
    ]


def test_ties_incidents_and_totals_are_listed() -> None:
    found = printed(GOLD) | {"breakdowns": [], "incidents": []}
    assert [line.split("  ")[1] for line in fault_lines(found)] == [
        "breakdown: missed killed 12 ⊃ killed 2",
        "incident: missed killed 12 by Rebels",
        "total: expected 12, found 0",
    ]


def test_the_right_number_elsewhere_counts_as_a_count_but_not_strictly() -> None:
    found = printed(GOLD)
    for claim in found["claims"]:
        claim["span"] = {"start": len(TEXT) - 1, "end": len(TEXT)}
    out = scored([GOLD], [found])
    assert (out["claims strict"]["f1"], out["claims count"]["f1"]) == (0, 1)


def test_a_claim_found_in_the_title_is_tied_to_no_words_of_the_text() -> None:
    found = printed(GOLD)
    found["claims"][0]["span"]["in"] = "title"
    assert scored([GOLD], [found])["claims strict"]["recall"] == pytest.approx(2 / 3)


def test_an_open_high_makes_the_total_open() -> None:
    found = printed(GOLD)
    found["incidents"][0]["killed"] = {"low": 12, "best": 12, "high": None}
    out = scored([GOLD], [found])
    assert (out["report total killed exact"], out["report total killed, low exact"]) == (0, 1)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{broken", "line 2: not JSON"),
        ("[1, 2]", "line 2: not an object"),
        ('{"claims": []}', "line 2: a coded report lacks the key 'id'"),
        ('{"doc": "r2", "claims": [{"id": "c1"}]}', "line 2: a coded report lacks the key 'start'"),
        ('{"doc": "r2", "claims": 7}', "line 2: not a coded report"),
        ('{"doc": "elsewhere", "claims": []}', "marks reports that"),
    ],
)
def test_a_bad_gold_is_refused_by_file_and_line(tmp_path: Path, line: str, complaint: str) -> None:
    reports, gold = tmp_path / "reports.jsonl", tmp_path / "gold.jsonl"
    reports.write_text(json.dumps({"id": "r1", "text": TEXT}) + "\n" + json.dumps({"id": "r2", "text": ""}), "utf-8")
    gold.write_text(json.dumps(GOLD) + "\n" + line, "utf-8")
    with pytest.raises(BadInputError, match=complaint):
        load_corpus(reports, gold)


def test_a_report_read_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pred.jsonl"
    path.write_text(2 * (json.dumps(printed(GOLD)) + "\n"), "utf-8")
    with pytest.raises(BadInputError, match="line 2: report r1 was read before"):
        load_found(path)


# The command.


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    reports = [{"id": "r1", "text": TEXT, "genre": "agency"}, {"id": "r2", "text": "", "genre": "silent"}]
    found = printed(GOLD)
    found["claims"][0]["count"]["stated"] = 13
    for name, rows in (
        ("reports", reports),
        ("gold", [GOLD, {"doc": "r2", "claims": [], "incidents": []}]),
        ("pred", [found]),
    ):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path


def run_evaluate(folder: Path, *options: str) -> str:
    files = [str(folder / "reports.jsonl"), str(folder / "gold.jsonl"), "--pred", str(folder / "pred.jsonl")]
    done = CliRunner().invoke(app, ["evaluate", *files, *options])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_prints_a_table(corpus: Path) -> None:
    [line] = [line for line in run_evaluate(corpus).splitlines() if line.startswith("claims strict")]
    assert line.split() == ["claims", "strict", "0.667", "0.667", "0.667", "3", "3"]


def test_the_command_lists_errors_of_a_kind_and_says_how_many_are_left(corpus: Path) -> None:
    out = run_evaluate(corpus, "--errors", "1", "--kind", "claim").splitlines()
    assert "claim: missed killed 12  «12 soldiers»" in out[-2]
    assert out[-1] == "… and 1 more; --errors 2 lists all"


def test_the_command_parts_reports_by_a_key(corpus: Path) -> None:
    figures_file = corpus / "figures.json"
    out = run_evaluate(corpus, "--by", "genre", "--json", str(figures_file))
    assert "genre: agency (1 reports)" in out and "genre: silent (1 reports)" in out
    written = json.loads(figures_file.read_text("utf-8"))
    assert written["claims strict"]["gold"] == 3
    assert written["by"]["groups"]["silent"]["report total killed exact"] == 1


# Agreement with the independent scorer, on readings that are wrong in every way that a reading can be wrong.


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_claims", SCORER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoilt(row: Row, chance: random.Random) -> Row:
    """A reading of the gold with claims lost, invented, moved, changed, and ties broken at random."""
    out = printed(row)
    out["claims"] = [spoilt_claim(c, chance) for c in out["claims"] if chance.random() > 0.15]
    if out["claims"] and chance.random() < 0.5:
        twin = copy.deepcopy(chance.choice(out["claims"])) | {"id": "twin"}
        twin["span"] = {"start": twin["span"]["start"] + 2, "end": twin["span"]["end"] + 2}
        out["claims"].insert(chance.randrange(len(out["claims"]) + 1), twin)
    ids = [claim["id"] for claim in out["claims"]]
    kept = set(ids)
    for breakdown in out["breakdowns"]:
        breakdown["parts"] = [part for part in breakdown["parts"] if part in kept and chance.random() > 0.2]
    out["breakdowns"] = [b for b in out["breakdowns"] if b["total"] in kept and b["parts"]]
    out["restatements"] = [pair for pair in out["restatements"] if set(pair) <= kept and chance.random() > 0.2]
    if len(ids) > 1:
        out["restatements"].append(chance.sample(ids, 2))
        total, *parts = chance.sample(ids, 2)
        out["breakdowns"].append({"total": total, "parts": parts})
    spoil_incidents(out, chance)
    return out


def spoilt_claim(claim: Row, chance: random.Random) -> Row:
    change = chance.choice(["none", "harm", "stated", "span", "title", "who", "when", "where", "voice", "lists"])
    if change == "harm":
        claim["harm"] = chance.choice(["killed", "injured"])
    elif change == "stated":
        claim["count"]["stated"] = chance.choice([None, 1, 2])
    elif change == "span":
        claim["span"]["start"] = max(0, claim["span"]["start"] - chance.randrange(30))
    elif change == "title":
        claim["span"]["in"] = "title"
    elif change == "who":
        claim["perpetrators"] = chance.choice([[], [{"text": "the army"}], claim["perpetrators"] * 2])
    elif change == "when":
        claim["when"] = chance.choice([None, {"start": None, "end": None}, {"start": "2019-01-01", "end": None}])
    elif change == "where":
        claim["where"] = chance.choice([None, {"text": "the city of Aleppo", "country": "IQ", "admin1": None}])
    elif change == "voice":
        claim["according_to"] = chance.choice([None, {"text": "the Observatory"}])
    elif change == "lists":
        claim["scope"], claim["modality"] = "period", "possible"
        claim["victims"]["status"], claim["count"]["qualifier"] = "mixed", "about"
    return claim


def spoil_incidents(out: Row, chance: random.Random) -> None:
    for incident in out["incidents"]:
        if chance.random() < 0.3:
            incident["killed"] = chance.choice([None, {"low": 0, "high": 0}, {"low": 3, "high": None}])
        if chance.random() < 0.3:
            incident["perpetrators"] = chance.choice([[], [{"text": "militants"}]])
    chance.shuffle(out["incidents"])
    if chance.random() < 0.3:
        del out["incidents"][:1]


@pytest.mark.skipif(not SCORER.exists(), reason="the shared corpora are not beside the project")
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("corpus", ["claims", "claims_train"])
def test_agrees_with_the_independent_scorer(corpus: str, seed: int) -> None:
    chance = random.Random(seed)
    with (SHARED / "corpora" / corpus / "gold.jsonl").open(encoding="utf-8") as lines:
        golds = [json.loads(line) for line in lines if line.strip()]
    golds = chance.sample(golds, min(len(golds), 120))
    found = [spoilt(copy.deepcopy(gold), chance) for gold in golds if chance.random() > 0.05]
    expected, _ = scorer().score(golds, found)
    assert scored(golds, found) == expected
