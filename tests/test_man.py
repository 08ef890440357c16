"""The manual page says what the commands say today, names every setting, and is sound roff."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from scripts.command_help import commands
from scripts.make_man import ENVIRONMENT, PAGE, escaped, page

SOURCE = Path(__file__).parents[1] / "src/marsad"


def test_the_page_is_what_the_commands_say_today() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m scripts.make_man"


def test_every_command_has_words_and_a_usage() -> None:
    found = list(commands())
    assert {"marsad read", "marsad doctor", "marsad gazetteer install"} <= {one.name for one in found}
    assert all(one.does.endswith(".") or "." in one.does for one in found)
    assert all(not re.search(r"[<>{}%]", words) for one in found for words, _ in (*one.arguments, *one.options))


def test_every_variable_of_the_environment_is_named() -> None:
    used = {name for file in SOURCE.rglob("*.py") for name in re.findall(r"\bMARSAD_[A-Z]+\b", file.read_text("utf-8"))}
    assert used - ENVIRONMENT.keys() == set()


@pytest.mark.parametrize(
    ("words", "roff"), [("--why", "\\-\\-why"), (".marsad", "\\&.marsad"), ("it's ~ a\\b", "it\\(aqs \\(ti a\\eb")]
)
def test_words_are_safe_in_roff(words: str, roff: str) -> None:
    assert escaped(words) == roff


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_has_nothing_to_say_against_the_page() -> None:
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", PAGE], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    assert "Only what a person has looked at." in done.stdout
