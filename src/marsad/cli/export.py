"""The command that gives the ledger away: `marsad export`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.console import complain, show
from marsad.cli.ledger import (
    AsOfOption,
    LedgerOption,
    MeansOption,
    PerpetratorOption,
    PlaceOption,
    PolicyOption,
    SinceOption,
    SourceOption,
    SourcesOption,
    StatusOption,
    UntilOption,
    VictimsOption,
    load,
    print_json,
)
from marsad.errors import BadInputError
from marsad.ledger import POLICIES, Selection
from marsad.placing import write_output
from marsad.read import parse_day

if TYPE_CHECKING:
    from rich.console import Group

    from marsad.export.run import Exported

EXAMPLES = """
Examples:

  marsad export --list

  marsad export ucdp -o events.csv

  marsad export geojson --since 2019-04-18 --until 2019-04-20 -o april.geojson

  marsad export hxl --dry-run

  marsad export jsonl --profile internal --as-of 2019-04-21 -o everything.jsonl

  marsad export sdg16 --place SY --policy lowest > deaths.csv
"""
MOST_IDS = 5


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("export", epilog=EXAMPLES)(export)


def export(
    form: Annotated[str | None, typer.Argument(metavar="FORMAT", help="A format by name; --list shows them.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there, and the facts beside it (FILE.meta.json)."),
    ] = None,
    profile: Annotated[str, typer.Option(help="For whom: public, partner or internal.")] = "public",
    since: SinceOption = None,
    until: UntilOption = None,
    place: PlaceOption = None,
    perpetrator: PerpetratorOption = None,
    victims: VictimsOption = None,
    means: MeansOption = None,
    source: SourceOption = None,
    status: StatusOption = None,
    min_sources: SourcesOption = 1,
    reviewed_only: Annotated[bool, typer.Option("--reviewed-only", help="Only what a person has looked at.")] = False,
    delay: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="Hold back more days than the profile does.")
    ] = None,
    as_of: AsOfOption = None,
    policy: PolicyOption = POLICIES[0],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Write nothing; show what would leave, what would not, and why.")
    ] = False,
    listing: Annotated[bool, typer.Option("--list", help="Show the formats and the profiles, and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="--list and --dry-run as JSON.")] = False,
    ledger: LedgerOption = None,
) -> None:
    """Write the ledger in the form of a codebook: UCDP, ACLED, HXL, GeoJSON and others, without names by default."""
    from marsad.export.formats import require_format
    from marsad.export.gather import Wish
    from marsad.export.profiles import require_profile
    from marsad.export.run import export as make

    if listing:
        _list(as_json)
        return
    if form is None:
        raise BadInputError("say which format: marsad export --list shows them")
    kind = require_format(form)
    selection = Selection(
        None if since is None else parse_day(since),
        None if until is None else parse_day(until),
        place,
        perpetrator,
        min_sources,
        victims,
        means,
        source,
        status,
    )
    wish = Wish(selection, require_profile(profile), reviewed_only, delay)
    if output is None and not dry_run and not kind.is_text and sys.stdout.isatty():
        raise BadInputError(f"{kind.name} is no text: give it a file with -o, such as -o ledger{kind.suffix}")
    made = make(load(ledger, as_of, policy), form, wish)
    if dry_run:
        print_json({**made.meta, "held_back": _held_back(made)}) if as_json else show(_draw(made))
    else:
        _write(made, output)


def _write(made: "Exported", output: Path | None) -> None:
    from marsad.export.run import meta_bytes

    if output is None:
        sys.stdout.buffer.write(made.written.content)
        sys.stdout.buffer.flush()
    else:
        beside = output.with_name(f"{output.name}.meta.json")
        write_output(output, made.written.content)
        write_output(beside, meta_bytes({**made.meta, "file": output.name}))
    rows, left = made.written.rows, sum(one.what == "incident" for one in made.left_out)
    where = f" in {output}" if output else ""
    more = f"; {left} incidents left out (--dry-run shows why)" if left else ""
    complain(f"{rows:,} rows of {made.incidents:,} incidents{where}, profile {made.meta['profile']['name']}{more}")


def _held_back(made: "Exported") -> list[dict[str, Any]]:
    return [{"what": one.what, "why": one.why, "incident": one.incident} for one in made.left_out]


def _draw(made: "Exported") -> "Group":
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from marsad.export.run import reasons

    profile = made.meta["profile"]
    head = f"{made.format.title}: {made.written.rows:,} rows of {made.incidents:,} incidents would leave"
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("left out", "times", "why", "such as"):
        table.add_column(name, overflow="fold", justify="right" if name == "times" else "left")
    for what, why, times in reasons(made.left_out):
        ids = [one.incident for one in made.left_out if (one.what, one.why) == (what, why) and one.incident]
        table.add_row(Text(what), f"{times:,}", Text(why), " ".join(ids[:MOST_IDS]))
    rules = [Text(f"  {rule}") for rule in made.format.rules]
    return Group(
        Text(head, style="bold"),
        Text(f"for: {profile['name']} ({profile['about']})"),
        Text(f"rule: {made.meta['rule']}; as of {made.meta['as_of'] or 'nothing recorded'}"),
        Text(""),
        *([table] if made.left_out else [Text("nothing is left out")]),
        Text(""),
        Text("by the rules of this format:", style="bold"),
        *rules,
    )


def _list(as_json: bool) -> None:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from marsad.export.formats import FORMATS
    from marsad.export.profiles import PROFILES

    if as_json:
        formats = [
            {"name": one.name, "title": one.title, "suffix": one.suffix, "rules": [*one.rules], "needs": [*one.needs],
             "checked": one.checked, "not_checked": one.unchecked or None}
            for one in FORMATS.values()
        ]  # fmt: skip
        print_json({"formats": formats, "profiles": {one.name: one.about for one in PROFILES.values()}})
        return
    formats_table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("format", "what it is", "needs"):
        formats_table.add_column(name, overflow="fold")
    for one in FORMATS.values():
        formats_table.add_row(one.name, one.title, Text("marsad[export]" if one.needs else ""))
    profiles = Table(box=None, pad_edge=False, header_style="bold")
    profiles.add_column("profile")
    profiles.add_column("for", overflow="fold")
    for each in PROFILES.values():
        profiles.add_row(each.name, Text(each.about))
    show(Group(formats_table, Text(""), profiles))
