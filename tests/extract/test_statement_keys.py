"""The table of keys says truly which patterns can match at all."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scripts.make_statement_keys import TABLE, keys_of, made

from marsad.extract.statements.patterns import digest, matches, sources, wordings, worth_trying

LINES = (
    " A1 claimed responsibility for E2 ",
    " A1 took P2 , and then P3 was retaken by A4 ",
    " A1 was driven out of P2 ",
    " the deadliest attack in ten years ",
    " A1 , which is backed by A2 , besieged P3 ",
    " A1 and A2 signed a cease-fire on monday ",
    " N1 is the leader of A2 ",
    " the stronghold of A1 in P2 ",
)
TABLES = ("agreements.kind", "agreements.said", "control", "leaders", "records", "relations", "responsibility", "ties")


def test_the_table_is_what_the_script_makes() -> None:
    assert TABLE.read_text("utf-8") == made(), "run python -m scripts.make_statement_keys"


def test_nearly_every_pattern_has_keys() -> None:
    without = [source for source in sources() if f"{digest(source)}\t" not in made()]
    assert len(without) <= 2


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("table", TABLES)
def test_keys_lose_no_match(line: str, table: str) -> None:
    every = [(one.says, found.span()) for one in wordings(table) for found in one.form.finditer(line)]
    assert [(says, found.span()) for says, found in matches(table, line)] == every


def test_a_line_without_keys_tries_next_to_nothing() -> None:
    line = " the shop sells bread and apples to A1 in P2 "
    assert sum(len(list(worth_trying(table, line))) for table in TABLES) <= 6


PARTS = st.sampled_from(
    ["took", "take[ns]", "(?:re)?gain(?:ed|s)", "(?P<x>cap|seiz)ed", "a{2,3}", "[a-z]+", "b?c", "lost ", "(?i:gai|TOO)"]
)


@given(st.lists(PARTS, min_size=1, max_size=4), st.text("abcegiklnoprstzGAITO ", max_size=30))
@example(["took"], "they took it")
@example(["(?P<x>cap|seiz)ed"], "it was seized")
@example(["take[ns]", "b?c"], "takenc")
@example(["(?i:gai|TOO)"], "GAI")
def test_what_matches_holds_a_key(parts: list[str], text: str) -> None:
    source = "".join(dict.fromkeys(parts))
    keys = keys_of(source)
    if keys is not None and re.search(source, text):
        assert any(key in word for key in keys for word in text.split())
