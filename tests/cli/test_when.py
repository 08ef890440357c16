"""`marsad when` names the times of a text and the days they mean."""

from typer.testing import CliRunner

from marsad.cli.app import app


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["when", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_times_are_shown_with_their_days_and_precision() -> None:
    out = run("shelled on Thursday night and since 3 May 2016", "--published", "2019-04-20")
    assert out.splitlines() == [
        "Thursday  2019-04-18  day  (UCDP date_prec 1)",
        "since 3 May 2016  2016-05-03 to 2019-04-20  year  (UCDP date_prec 5)",
    ]


def test_what_cannot_be_dated_says_what_is_missing() -> None:
    assert run("shelled yesterday") == "yesterday  day unknown\n"
    assert run("shelled often") == "No time is named.\n"


def test_a_day_that_is_none_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["when", "yesterday", "--published", "2019-02-31"]).exit_code == 2
