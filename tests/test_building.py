"""`make wheel` and `make onefile` try what they built; here: the trial tells a bad program from a good one."""

import tomllib
from pathlib import Path

import pytest
from scripts.try_program import STEPS, faults

ROOT = Path(__file__).parents[1]

GOOD = (
    'case "$1" in read) echo 5 killed;; add) echo 1 report added;; toll) echo 5;; '
    "doctor) echo was read as it stands;; esac"
)


@pytest.mark.parametrize(
    ("script", "wrong"),
    [(GOOD, 0), ("echo nothing", len(STEPS)), (f"{GOOD}; exit 3", len(STEPS)), (f'{GOOD}; [ "$1" != toll ]', 1)],
)
def test_the_trial_tells_a_bad_program_from_a_good_one(script: str, wrong: int, tmp_path: Path) -> None:
    program = tmp_path / "marsad"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    assert len(faults([str(program)])) == wrong


def test_the_wheel_brings_the_manual_page() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {"man/marsad.1": "share/man/man1/marsad.1"}
    assert all((ROOT / name).is_file() for name in shared)
