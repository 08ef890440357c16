"""HXL: a table with a second row of hashtags, which humanitarian tools read by meaning instead of by heading."""

from collections.abc import Sequence

from marsad.export.entries import Entry, Written
from marsad.export.frame import Format, Frame
from marsad.export.plain import row_of
from marsad.export.table import csv_bytes

TAGS = {
    "id": "#event+code",
    "type": "#event+type",
    "start": "#date+occurred+start",
    "end": "#date+occurred+end",
    "date_prec": "#meta+precision+date",
    "place": "#loc+name",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "country": "#country+name",
    "country_code": "#country+code+v_iso3",
    "pcode": "#adm+code+v_pcode",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "geoprecision": "#meta+precision+geo",
    "perpetrators": "#group+name+first",
    "victims": "#group+name+second",
    "means": "#event+means",
    "killed_low": "#affected+killed+low",
    "killed_best": "#affected+killed+best",
    "killed_high": "#affected+killed+high",
    "killed_civilians_best": "#affected+killed+civilians",
    "injured_low": "#affected+injured+low",
    "injured_best": "#affected+injured+best",
    "injured_high": "#affected+injured+high",
    "missing_best": "#affected+missing",
    "abducted_best": "#affected+abducted",
    "detained_best": "#affected+detained",
    "displaced_best": "#affected+displaced",
    "sources": "#meta+sources+num",
    "reviewed": "#status+verified",
}


def write(entries: Sequence[Entry], _frame: Frame) -> Written:
    """Return the table with its hashtags."""
    rows = [row_of(one) for one in entries]
    return Written(csv_bytes(tuple(TAGS), rows, tuple(TAGS.values())), len(rows))


FORMAT = Format(
    "hxl",
    "HXL-tagged CSV",
    ".hxl.csv",
    write,
    (
        "One row an incident; low, best and high in columns of their own, so that no consumer adds a range up.",
        "An empty high is an open end: no source gives an upper number.",
        "An incident without a day has an empty date.",
    ),
    "Hashtags against those of OCHA's own conflict tables; every test export is validated by libhxl with its default "
    "schema.",
    "Attributes low, best, high, precision, sources and means are ours: the standard leaves attributes free.",
)
