"""The benchmarks run: what nobody runs breaks unseen."""

import subprocess
import sys
from pathlib import Path

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
