"""Very long reports are cut where paragraphs end, and added up in bounded time."""

import time
from dataclasses import replace
from itertools import pairwise

from tests.tally.builder import Said, Told, tell

from marsad.tally import tally
from marsad.tally.blocks import BLOCK, MOST_TOGETHER, cut_blocks

PLACES = ("Alna", "Berat", "Carmo", "Duro")


def compilation(claims: int) -> Told:
    pieces: list[str | Said] = []
    for n in range(claims):
        number, place = 2 + n % 40, PLACES[n % 4]
        pieces.append(Said(f"{number} villagers", number, where=place))
        pieces.append(f" died in {place}." + ("\n\n" if n % 7 == 6 else " "))
    return tell(*pieces)


def test_a_report_of_usual_length_is_one_block() -> None:
    told = compilation(MOST_TOGETHER)
    assert cut_blocks(told.report, told.claims) == [told.claims]
    assert cut_blocks(told.report, ()) == [()]


def test_a_long_report_is_cut_where_paragraphs_end() -> None:
    told = compilation(MOST_TOGETHER + 60)
    blocks = cut_blocks(told.report, told.claims[::-1])
    assert [claim for block in blocks for claim in block] == list(told.claims)
    assert all(0 < len(block) <= BLOCK for block in blocks)
    assert all("\n\n" in told.report.text[a[-1].span.end : b[0].span.start] for a, b in pairwise(blocks))


def test_one_endless_paragraph_is_cut_all_the_same() -> None:
    told = compilation(MOST_TOGETHER + 1)
    flat = replace(told.report, text=told.report.text.replace("\n\n", " ."))
    assert [len(block) for block in cut_blocks(flat, told.claims)] == [BLOCK, BLOCK, MOST_TOGETHER + 1 - 2 * BLOCK]


def test_two_thousand_claims_take_seconds_and_no_order_changes_them() -> None:
    told = compilation(2000)
    began = time.process_time()
    found = told.tally()
    assert time.process_time() - began < 8
    assert "2000 claims were added up in" in found.warnings[0]
    assert [incident.id for incident in found.incidents] == [f"i{n}" for n in range(1, len(found.incidents) + 1)]
    few = compilation(MOST_TOGETHER + 1)
    assert tally(few.report, few.claims[::-1]) == few.tally()
