"""`marsad tally`: claims that others give, in either form, added up."""

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from marsad.cli import tally as command

TEXT = "Gunmen killed 12 villagers, including four children."


def run(tmp_path: Path, claims: list[dict[str, object]]) -> dict[str, object]:
    app = typer.Typer()
    app.callback()(lambda: None)
    command.register(app)
    reports, given = tmp_path / "reports.jsonl", tmp_path / "claims.jsonl"
    reports.write_text(json.dumps({"id": "r1", "text": TEXT}) + "\n", "utf-8")
    given.write_text(json.dumps({"doc": "r1", "claims": claims}) + "\n", "utf-8")
    result = CliRunner().invoke(app, ["tally", "--claims", str(given), str(reports)])
    assert result.exit_code == 0, result.output
    row: dict[str, object] = json.loads(result.stdout)
    return row


def annotated(name: str, quote: str, number: int) -> dict[str, object]:
    start = TEXT.index(quote)
    return {
        "id": name,
        "start": start,
        "end": start + len(quote),
        "harm": "killed",
        "stated": number,
        "qualifier": "exact",
        "victims": quote,
        "scope": "incident",
        "modality": "asserted",
    }


def test_annotated_claims_come_back_as_a_reading(tmp_path: Path) -> None:
    row = run(tmp_path, [annotated("a", "12 villagers", 12), annotated("b", "four children", 4)])
    assert row["breakdowns"] == [
        {
            "total": "a",
            "parts": ["b"],
            "kind": "including",
            "check": "consistent",
            "remainder": {"low": 8, "best": 8, "high": 8},
        }
    ]
    again = run(tmp_path, row["claims"])  # type: ignore[arg-type]
    assert again["incidents"] == row["incidents"]
