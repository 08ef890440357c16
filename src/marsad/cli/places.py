"""Commands about places: `marsad places`, `marsad gazetteer install`, `marsad gazetteer info`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from marsad.errors import BadInputError
from marsad.model import PlaceMention, Report

LISTED = (
    "start",
    "end",
    "text",
    "name",
    "country",
    "admin1",
    "admin2",
    "point",
    "precision",
    "id",
    "pcode",
    "prio_grid",
)


def register(app: typer.Typer) -> None:
    """Add this group's commands to the program."""
    app.command("places")(places)
    group = typer.Typer(no_args_is_help=True, help="The gazetteer: what places Marsad knows.")
    group.command("install")(install)
    group.command("info")(info)
    app.add_typer(group, name="gazetteer")


def places(
    text: Annotated[str, typer.Argument(help="The text, or - to read it from standard input.")],
    title: Annotated[str | None, typer.Option(help="The report's title, which helps to tell namesakes apart.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it: a local outlet writes of its home.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object per place.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each name was taken for its place, and what was rejected.")
    ] = False,
) -> None:
    """Find the places of a text and show what each name was taken for."""
    body = sys.stdin.read() if text == "-" else text
    report = Report(id="text", text=body, title=title, publisher=publisher)
    if explain:
        from marsad.cli.explained import explain_lines, explain_rows

        for line in explain_rows(report) if json else explain_lines(report):
            typer.echo(line)
        return
    from marsad.resolve.where import find_places

    found = find_places(report)
    print_json(found) if json else print_table(found)


def print_json(found: tuple[PlaceMention, ...]) -> None:
    """Print one JSON object per place, in the contract's keys."""
    import json

    for one in found:
        where = one.where
        row = {
            "start": one.span.start,
            "end": one.span.end,
            "text": one.span.quote,
            "name": where.name,
            "country": where.country,
            "admin1": where.admin1,
            "admin2": where.admin2,
            "latitude": where.latitude,
            "longitude": where.longitude,
            "geoprecision": where.geoprecision,
            "radius_km": where.radius_km,
            "gazetteer_id": where.gazetteer_id,
            "pcode": where.pcode,
            "prio_grid": where.prio_grid,
        }
        typer.echo(json.dumps(row, ensure_ascii=False))


def print_table(found: tuple[PlaceMention, ...]) -> None:
    """Print the places as lines of tab-parted columns, headed."""
    typer.echo("\t".join(LISTED))
    for one in found:
        where = one.where
        point = "" if where.latitude is None else f"{where.latitude:.4f}, {where.longitude:.4f}"
        cells = (one.span.start, one.span.end, one.span.quote, where.name, where.country, where.admin1, where.admin2)
        tail = (point, where.geoprecision, where.gazetteer_id, where.pcode, where.prio_grid)
        typer.echo("\t".join("" if cell is None else " ".join(str(cell).split()) for cell in (*cells, *tail)))


def install(
    file: Annotated[Path, typer.Argument(help="allCountries.zip or a country's zip or txt, from GeoNames.")],
    country: Annotated[
        list[str] | None, typer.Option(help="Take only this country (ISO code); may be repeated.")
    ] = None,
) -> None:
    """Build your own, larger gazetteer from a GeoNames dump that you have downloaded (GeoNames, CC BY 4.0)."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from marsad.resolve.gazetteer import installed_path
    from marsad.resolve.gazetteer_dump import install as build
    from marsad.resolve.gazetteer_dump import size_of

    countries = [code.strip().upper() for item in country or [] for code in item.split(",")]
    if any(len(code) != 2 for code in countries):
        raise BadInputError(f"--country {', '.join(countries)}: give ISO codes of two letters, such as SY")
    columns = (TextColumn("reading {task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(file.name, total=size_of(file))
        added = build(file, installed_path(), countries, lambda read: bar.advance(task, read))
    typer.echo(f"{added} places added; the gazetteer is {installed_path()}")


def info() -> None:
    """Show which gazetteer is in use, what it holds and under which licence."""
    from marsad.resolve.gazetteer import gazetteer

    source = gazetteer()
    typer.echo(f"file\t{source.path}")
    typer.echo(f"size\t{source.path.stat().st_size / 1e6:.1f} MB")
    for key, value in sorted(source.facts.items()):
        typer.echo(f"{key}\t{value}")
