"""The command that adds up claims given by somebody else: `marsad tally`, so that errors of finding and adding part."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from marsad.contract import to_json
from marsad.errors import BadInputError
from marsad.model import Reading
from marsad.read import read_reports
from marsad.tally import POLICIES, Policy, tally
from marsad.tally.given import claims_given

EXAMPLES = """
Examples:

  marsad tally --claims gold.jsonl reports.jsonl > readings.jsonl

  marsad read reports.jsonl -f jsonl | marsad tally --claims - reports.jsonl --why
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("tally", epilog=EXAMPLES)(add_up)


def add_up(
    sources: Annotated[list[str], typer.Argument(help="Files of reports (.txt, .json, .jsonl).")],
    claims: Annotated[str, typer.Option(help="JSON Lines of readings or annotations; - for standard input.")],
    policy: Annotated[Policy, typer.Option(help="Which figure is best where a report gives several.")] = POLICIES[0],
    why: Annotated[bool, typer.Option("--why", help="Print the evidence for every sum and every repetition.")] = False,
) -> None:
    """Add up claims that are given: print one reading a report, with breakdowns, restatements and incidents."""
    given = _given_rows(claims)
    for source in sources:
        for report in read_reports(source, None):
            if isinstance(report, BadInputError):
                raise report
            told = claims_given(given.get(report.id, {}), report)
            added = tally(report, told, (), policy)
            reading = Reading(
                report, told, added.breakdowns, added.restatements, added.incidents, warnings=added.warnings
            )
            sys.stdout.write(json.dumps(to_json(reading, why=why), ensure_ascii=False) + "\n")


def _given_rows(path: str) -> dict[str, dict[str, Any]]:
    text = sys.stdin.read() if path == "-" else _file_text(path)
    rows = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows[str(row.get("id") or row["doc"])] = row
        except (ValueError, KeyError, AttributeError) as fault:
            raise BadInputError(f"{path}, line {number}: no JSON object with an id or doc; give JSON Lines") from fault
    return rows


def _file_text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInputError(f"{path}: cannot be read ({fault}); give a JSON Lines file of claims") from fault
