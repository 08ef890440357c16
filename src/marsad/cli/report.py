"""The command that writes the desk's note: `marsad report`."""

import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from marsad.cli.console import complain
from marsad.cli.ledger import (
    AgreementOption,
    AsOfOption,
    LedgerOption,
    MeansOption,
    PerpetratorOption,
    PolicyOption,
    SourcesOption,
    UntilOption,
    VictimsOption,
    ledgers,
    load,
)
from marsad.cli.windows import day_since
from marsad.errors import BadInputError
from marsad.ledger import POLICIES
from marsad.placing import write_output
from marsad.read import parse_day

EXAMPLES = """
Examples:

  marsad report --since 2019-04-15 --until 2019-04-21 -o week.html

  marsad report --where Idlib --profile internal -o idlib.docx

  marsad report --since 2019-04-20 --last 2019-04-19 --short

  marsad report --as-of 2019-04-22 --template our-house/ -o note.pdf
"""
DAY = timedelta(days=1)


def register(app: typer.Typer) -> None:
    """Add this group's command to the program."""
    app.command("report", epilog=EXAMPLES)(report)


def report(
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="First day (default: the week until the last report's day).")
    ] = None,
    until: UntilOption = None,
    where: Annotated[
        str | None, typer.Option("--where", "--place", help="Words of a place, province or country code.")
    ] = None,
    perpetrator: PerpetratorOption = None,
    victims: VictimsOption = None,
    means: MeansOption = None,
    min_sources: SourcesOption = 1,
    since_agreement: AgreementOption = None,
    profile: Annotated[str, typer.Option(help="For whom: public, partner or internal.")] = "public",
    reviewed_only: Annotated[bool, typer.Option("--reviewed-only", help="Only what a person has looked at.")] = False,
    last: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Day of your last report: what was recorded later is told as news (default: before --since).",
        ),
    ] = None,
    windows: Annotated[
        int, typer.Option(min=0, max=52, help="How many stretches before, each as long, it is held against.")
    ] = 4,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write FILE.md, .html, .docx or .pdf (default: Markdown)."),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Your own words.toml, report.html, report.md or report.docx, as far as they are there."
        ),
    ] = None,
    long: Annotated[bool, typer.Option("--long/--short", help="All there is, or one page.")] = True,
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    ledger: LedgerOption = None,
) -> None:
    """Write the situation report of some days from the ledger alone, every number with its receipt."""
    from marsad.export.profiles import require_profile
    from marsad.report.formats import require_form, write
    from marsad.report.model import Ask
    from marsad.report.situation import situation, window_of

    form = require_form(None if output is None else output.name)
    if template is not None and not template.is_dir():
        raise BadInputError(f"{template} is no folder: --template takes a folder with your words.toml or report.html")
    built = load(ledger, as_of, policy)
    first = day_since(built, since, since_agreement)
    ask = window_of(
        built,
        Ask(
            None if first is None else parse_day(first),
            None if until is None else parse_day(until),
            where,
            perpetrator,
            victims,
            means,
            min_sources,
            require_profile(profile),
            reviewed_only,
            windows,
        ),
    )
    assert ask.since is not None
    told = parse_day(last) if last else ask.since - DAY
    before = ledgers(ledger)(datetime.combine(told, time.max, UTC), policy)
    content = write(situation(built, ask, before), form, template, long)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write_output(output, content)
    complain(f"{output}: {ask.since} to {ask.until}, profile {profile}")
