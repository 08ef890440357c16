"""Who only answers to a harm, and who denies it."""

import pytest

from marsad.extract.extractors import extract
from marsad.model import Report


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("Two farmers died when shells hit Tanura. The army denied that it had fired on the town.", {"denied"}),
        ("The army shelled Tanura on Monday and killed two farmers, the mayor said.", {"asserted"}),
        ("The army killed two farmers in Tanura and denied the mayor a passage.", {"asserted"}),
    ],
)
def test_a_doer_who_denies_it_is_so_on_record(text: str, bases: set[str]) -> None:
    doers = [doer for claim in extract(Report("r", text)).claims for doer in claim.perpetrators]
    assert {doer.basis for doer in doers} == bases
