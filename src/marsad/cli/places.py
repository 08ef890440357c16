"""Commands about places: `marsad places` and `marsad gazetteer install|pcodes|status|remove`."""

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
    group.command("pcodes")(pcodes)
    group.command("status")(status)
    group.command("info", hidden=True)(status)
    group.command("remove")(remove)
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

        def advance(read: int) -> None:
            bar.advance(task, read)
            if bar.finished:
                bar.update(task, description=f"{file.name}, sorting the names")

        added = build(file, installed_path(), countries, advance)
    typer.echo(f"{added} places added; the gazetteer is {installed_path()}")


def pcodes(
    table: Annotated[Path, typer.Argument(help="CSV: pcode,country,admin1,admin2, or OCHA's list of P-codes.")],
) -> None:
    """Use your own table of P-codes beside the shipped one, such as OCHA's list from data.humdata.org."""
    from marsad.resolve.gazetteer import Gazetteer, unpack
    from marsad.resolve.gazetteer_pcodes import align, own_path, read_table, write_table

    rows = read_table(table)
    kept, lost = align(rows, Gazetteer(unpack()))
    if not kept:
        raise BadInputError(f"{table}: the gazetteer knows none of its {len(rows)} units")
    write_table(kept, own_path())
    typer.echo(
        f"{len(kept)} of {len(rows)} P-codes taken, {lost} of units unknown or of one name; they are {own_path()}"
    )


def status() -> None:
    """Show which gazetteer and P-codes are in use, what they hold, and where a larger one can be got."""
    from marsad.resolve.gazetteer import gazetteer, installed_path
    from marsad.resolve.gazetteer_dump import WHERE_TO_GET
    from marsad.resolve.gazetteer_pcodes import known, own_path

    source = gazetteer()
    own = source.path == installed_path()
    typer.echo(f"in use\t{'your own' if own else 'the shipped one'}")
    typer.echo(f"file\t{source.path}")
    typer.echo(f"size\t{source.path.stat().st_size / 1e6:.1f} MB")
    for key, value in sorted(source.facts.items()):
        typer.echo(f"{key}\t{value}")
    typer.echo(f"P-codes\t{len(known())} units (OCHA, CC BY 3.0 IGO){', yours first' if own_path().exists() else ''}")
    if not own:
        typer.echo(f"a larger one\t{WHERE_TO_GET}; then: marsad gazetteer install FILE")


def remove() -> None:
    """Remove your own gazetteer and your own P-codes; what ships is used again."""
    from marsad.resolve.gazetteer import installed_path
    from marsad.resolve.gazetteer_dump import clear_left_over
    from marsad.resolve.gazetteer_pcodes import own_path

    gone = [path for path in (installed_path(), own_path()) if path.exists()]
    for path in gone:
        path.unlink()
        typer.echo(f"removed {path}")
    left = clear_left_over(installed_path().parent)
    if left:
        typer.echo(f"removed {left} unfinished installs")
    if not gone and not left:
        typer.echo("there is nothing of yours to remove; the shipped gazetteer is in use")
