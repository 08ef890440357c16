"""The recipe of the container, checked as far as it can be without an engine."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from marsad.cli.app import app

ROOT = Path(__file__).parents[1]


def steps() -> list[tuple[str, str]]:
    """Return the recipe's steps, lines that go on joined, comments left out."""
    lines = [line for line in (ROOT / "Containerfile").read_text("utf-8").splitlines() if not line.startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    parts = [line.partition(" ") for line in whole.splitlines() if line]
    return [(verb, " ".join(rest.split())) for verb, _, rest in parts]


def words_of(verb: str) -> list[str]:
    return [rest for name, rest in steps() if name == verb]


COPIED = [word for rest in words_of("COPY") if "--from" not in rest for word in rest.split()[:-1]]


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_is_there_and_may_be_seen(source: str) -> None:
    assert (ROOT / source).exists()
    rules = (ROOT / ".containerignore").read_text("utf-8").splitlines()
    assert "*" in rules
    assert any(fnmatch(source, rule[1:]) for rule in rules if rule.startswith("!"))


def test_all_that_the_package_is_made_of_is_copied() -> None:
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    needed = {"pyproject.toml", "README.md", "LICENSE", "NOTICE", "src", "man", "requirements.lock"}
    assert needed == set(COPIED)
    assert 'readme = "README.md"' in settings and '["LICENSE", "NOTICE"]' in settings and '"man/marsad.1"' in settings


def test_it_does_not_run_as_root_and_writes_to_the_volume_alone() -> None:
    verbs = [verb for verb, _ in steps()]
    assert words_of("USER") == ["10001:10001"]
    assert verbs.index("USER") > max(at for at, verb in enumerate(verbs) if verb == "RUN")
    told = dict(word.split("=", 1) for word in words_of("ENV")[0].split())
    volume = words_of("VOLUME")[0]
    assert told["MARSAD_LEDGER"].startswith(f"{volume}/") and told["XDG_DATA_HOME"] == volume
    built = " ".join(words_of("RUN"))
    assert f"XDG_CACHE_HOME={told['XDG_CACHE_HOME']} " in built, "the gazetteer is unpacked where it is looked for"


def test_the_health_check_asks_for_a_file_that_is_served() -> None:
    asked = re.search(r"http://127\.0\.0\.1:(\d+)/static/([\w.]+)", words_of("HEALTHCHECK")[0])
    assert asked is not None
    assert (ROOT / "src/marsad/serve/static" / asked[2]).is_file()
    assert [asked[1]] == words_of("EXPOSE")
    assert f"] = {asked[1]}," in (ROOT / "src/marsad/cli/serve.py").read_text("utf-8")


def test_it_starts_a_command_that_there_is() -> None:
    command = json.loads(words_of("CMD")[-1])[0]
    assert command in {one.name or (one.callback and one.callback.__name__) for one in app.registered_commands}
