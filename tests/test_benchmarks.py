"""The benchmarks run: what nobody runs breaks unseen."""

import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_small_team_loses_nothing() -> None:
    words = "--readers 3 --writers 3 --seconds 6 --reports 30 --rest 0.2 --pause 0.2 --down 0.5 --settle 0"
    command = [sys.executable, "-m", "benchmarks.team", *words.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    if "needs a PostgreSQL server" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| readers | between |" in done.stdout and "FAIL" not in done.stdout
