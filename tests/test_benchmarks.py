"""The benchmarks run: what nobody runs breaks unseen."""

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.team import asked_for, prove
from tests.postgres import NoServerError, cluster

ROOT = Path(__file__).parent.parent


def test_the_tables_are_printed() -> None:
    words = ["--only", "share,ledger", "--reports", "3", "--words", "40", "--extractor", "rules"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *words, "--ledger-reports", "1000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "| of harm | reports/s | ms a report |" in done.stdout and "| 100% |" in done.stdout
    assert "| incidents | made anew s |" in done.stdout


def test_a_small_team_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "--readers 3 --writers 3 --seconds 6 --reports 30 --rest 0.2 --pause 0.2 --down 0.5 --settle 0"
    try:
        with cluster() as server:
            held = prove(server, tmp_path, asked_for(words.split()))
    except NoServerError as error:
        pytest.skip(str(error))
    printed = capsys.readouterr().out
    assert held, printed
    assert "| readers | between |" in printed and "FAIL" not in printed
