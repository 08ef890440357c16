"""Who only answers to a harm, and who denies it."""

import pytest

from marsad.extract.extractors import extract
from marsad.model import Report


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Two farmers died when shells hit Tanura. The army denied that it had fired on the town.", "denied"),
        ("The army shelled Tanura on Monday and killed two farmers, the mayor said.", None),
    ],
)
def test_a_doer_who_denies_it_is_so_on_record(text: str, basis: str | None) -> None:
    doers = [doer for claim in extract(Report("r", text)).claims for doer in claim.perpetrators]
    assert {doer.basis == "denied" for doer in doers} <= {basis == "denied"}
