"""The formats there are, by name."""

from marsad.errors import BadInputError
from marsad.export import acled, citations, ecr, files, ftm, geojson, hapi, hxl, jsonl, plover, sdg16, ucdp
from marsad.export.frame import Format

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        ucdp.FORMAT,
        acled.FORMAT,
        plover.FORMAT,
        hxl.FORMAT,
        hapi.FORMAT,
        sdg16.FORMAT,
        ecr.FORMAT,
        geojson.FORMAT,
        files.PARQUET,
        files.DUCKDB,
        files.SQLITE,
        jsonl.FORMAT,
        ftm.FORMAT,
        citations.RIS,
        citations.CSL,
    )
}


def require_format(name: str) -> Format:
    """Return the format of that name; raise BadInputError with the names there are."""
    if name not in FORMATS:
        raise BadInputError(f"there is no format {name!r}: choose one of {', '.join(FORMATS)} (marsad export --list)")
    return FORMATS[name]
