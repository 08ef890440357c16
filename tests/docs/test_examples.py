"""What the docs show is what the program prints today: each command of the tutorial, and the README's first tree."""

import re
from pathlib import Path

import pytest
from tests.docs.examples import ROOT, commands, examples, run

TUTORIAL = ROOT / "docs/tutorial.md"


def test_the_tutorial_prints_what_it_shows() -> None:
    found = examples(TUTORIAL.read_text("utf-8"))
    assert len(found) > 10
    for one in found:
        assert one.printed == one.shown, f"{one.command}: see tests/docs/examples.py"


def test_the_readme_shows_what_reading_the_example_prints(tmp_path: Path) -> None:
    shown = re.search(r"<!-- demo -->\n```\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown is not None
    printed = run([f"marsad read {ROOT / 'examples/desert-front.json'}"], tmp_path)[0]
    assert printed.rstrip("\n") == shown[1].rstrip("\n")


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("$ ls\none\ntwo\n", [("ls", "one\ntwo\n")]),
        ("$ ls\n$ pwd\nhere\n", [("ls", ""), ("pwd", "here\n")]),
        ("$ ls \\\n  -l\none\n", [("ls \\\n  -l", "one\n")]),
    ],
)
def test_commands_and_what_they_print_are_told_apart(block: str, found: list[tuple[str, str]]) -> None:
    assert commands(block) == found


def test_commands_run_in_one_shell_and_errors_are_shown(tmp_path: Path) -> None:
    assert run(["export WORD=x", "echo $WORD", "ls nowhere >/dev/null"], tmp_path)[:2] == ["", "x\n"]
