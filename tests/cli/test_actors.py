"""`marsad actors` shows whom a name means, its ties and its side on a day."""

import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.errors import BadInputError

RUN = CliRunner()


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["HTS", "--on", "2022-05-01"], ["hts  Hayat Tahrir al-Sham", "side       Hayat Tahrir al-Sham"]),
        (["HTS", "--on", "2025-05-01"], ["side       Government of Syria", "UCDP side  Government of Syria"]),
        (["coalition forces", "--country", "af", "--on", "2009-06-01"], ["isaf  International Security"]),
        (["HTS-linked fighters"], ["linked-to:hts", "a provisional entry"]),
        (["three gunmen"], ["Nobody"]),
        (["gov-tr"], ["Government of Turkey", "government, TR"]),
    ],
)
def test_actors(arguments: list[str], lines: list[str]) -> None:
    result = RUN.invoke(app, ["actors", *arguments])
    assert result.exit_code == 0
    for line in lines:
        assert line in result.output


def test_a_country_that_is_no_code_is_refused_rather_than_finding_nobody() -> None:
    result = RUN.invoke(app, ["actors", "HTS", "--country", "Syria"])
    assert isinstance(result.exception, BadInputError)
    assert "'Syria' is no country code" in str(result.exception)
