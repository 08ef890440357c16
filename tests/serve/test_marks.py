"""The marked text is the text, sign for sign; every claim is marked and hangs in the tree once."""

from hypothesis import given
from hypothesis import strategies as st
from tests.serve.conftest import plain

from marsad.model import Claim, Count, Reading, Report, Span, Victims
from marsad.reading import ReadingOptions, make_reading
from marsad.serve.context import in_context
from marsad.serve.marks import runs_of
from marsad.serve.tree import Node, tree_of

TEXT = (
    "At least 35 people were killed in Maiduguri on Friday: 27 civilians and eight soldiers, the army said. "
    "Among the civilians were five children.\n\nIt denied that 60 had died."
)


def read(text: str) -> Reading:
    return make_reading(plain(text), ReadingOptions(extractor="rules", places=True))


def under(node: Node) -> list[str]:
    return [node.claim.id, *(name for group in node.groups for part in group.parts for name in under(part))]


def test_the_runs_are_the_text() -> None:
    one = read(TEXT)
    assert "".join(run.text for run in runs_of(one)) == TEXT
    assert {run.number for run in runs_of(one)} - {None} == {claim.id for claim in one.claims}


def test_every_claim_hangs_in_the_tree_or_is_said_again() -> None:
    one = read(TEXT)
    tree = tree_of(one)
    hung = [name for node in (*tree.tops, *tree.beside, *tree.doubtful) for name in under(node)]
    again = {pair.later for pair in one.restatements}
    assert set(hung) | again >= {claim.id for claim in one.claims}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=8))
def test_any_spans_give_back_the_text(edges: list[tuple[int, int]]) -> None:
    text = "abcdefghij klmnopqrst\nuvwxyz \u202e αβγδε 0123456789"
    claims = []
    for number, (start, length) in enumerate(edges):
        end = min(len(text), start + length)
        span = Span(start, end, text[start:end])
        count = Count(text[start:end][:2], 1, "exact", 1, 1, 1)
        claims.append(Claim(f"c{number}", span, "killed", count, Victims(None)))
    assert "".join(run.text for run in runs_of(Reading(Report("x", text), tuple(claims)))) == text


def test_a_quote_is_shown_in_its_sentence() -> None:
    one = read(TEXT)
    shown = in_context(one.report, next(claim.span for claim in one.claims if claim.count.best == 35))
    whole = shown.before + shown.quote + shown.after
    assert whole.startswith("At least 35") and whole.endswith("the army said.")
