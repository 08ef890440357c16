"""Tolls: rows by one property, columns by another or by harm; every cell leads to its receipt; export."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marsad.answers.rows import TOLL_COLUMNS, toll_row, toll_to_json
from marsad.errors import BadInputError
from marsad.ledger import BY, TITLES, By, Ledger, Row, Selection, TollTable, select, toll, trace
from marsad.ledger.tolls import add_up, require_by
from marsad.model import Figure
from marsad.serve.address import View, view_of
from marsad.serve.answers import selected, toll_of
from marsad.serve.desk import Shelf
from marsad.serve.filters import known_names
from marsad.serve.groups import figure_in, groups_of
from marsad.serve.incidents import cards
from marsad.serve.map_page import harm_of, source_of
from marsad.serve.pages import page
from marsad.serve.toll_chart import Cross, bars_of, fields_of
from marsad.serve.withheld import shown_to
from marsad.store.kept_totals import KEYS, key_of
from marsad.vocabulary import HARMS, Harm

SPLITTING: frozenset[By] = frozenset({"victims", "source"})
"""Properties by which one incident's toll is split over several keys: they make rows, never columns."""
ACROSS = tuple(by for by in BY if by not in SPLITTING)
MOST_COLUMNS = 12
MOST_ROWS = 400
MOST_CARDS = 100
SEEN = ("table", "chart", "map")
"""How a toll can be looked at; the table always stands beneath."""


def show_tolls(request: Request) -> Response:
    """Show the table that the address asks for."""
    view = view_of(request.query_params)
    by, across, harm = _shape(request)
    seen_as = request.query_params.get("seen", "")
    shelf: Shelf = request.app.state.shelf
    table = toll_of(shelf, view, by)
    cross = _cross(shelf, table, view, across, harm) if across else None
    return page(
        request, "tolls", view,
        by=by, across=across, harm=harm, table=table, choices=BY, column_choices=ACROSS, harms=HARMS,
        names=known_names(request, view), seen_as=seen_as if seen_as in SEEN else SEEN[0],
        source=source_of(view, harm),
        spec=fields_of(cross, harm, view) if cross else bars_of(table.rows, harm, by, view),
        shown=[h for h in HARMS if h in table.total.tolls],
        rows=table.rows[:MOST_ROWS], cut=max(0, len(table.rows) - MOST_ROWS), cross=cross,
        rule=TITLES[table.policy], running=len(table.running),
    )  # fmt: skip


def tolls_csv(request: Request) -> Response:
    """Return the table for a spreadsheet."""
    table = _table(request)
    out = io.StringIO()
    writer = csv.DictWriter(out, TOLL_COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_harmless(toll_row(row, table.policy)) for row in (*table.rows, table.total))
    return Response(out.getvalue(), media_type="text/csv", headers=_named(f"toll-by-{table.by}.csv"))


def tolls_json(request: Request) -> Response:
    """Return the table for programs, as `marsad toll --format json` prints it."""
    table = _table(request)
    return JSONResponse(shown_to(request, toll_to_json(table)), headers=_named(f"toll-by-{table.by}.json"))


def receipt(request: Request) -> Response:
    """Show what a cell rests on: its incidents, and the words of each claim."""
    view = view_of(request.query_params)
    ledger: Ledger = request.app.state.shelf.ledger(view.as_of, view.policy)
    asked = request.query_params.get("row", "total")
    if column := request.query_params.get("column"):
        by, _, key = column.partition(":")
        ledger = _column(ledger, view.selection, require_by(by), key)
    if ":" not in asked and asked != "total":
        raise BadInputError(f"{asked!r} is no row of a toll: perpetrator:Name, say")
    found = trace(ledger, asked, view.selection)
    return page(request, "receipt", view, found=found, shown=cards([*found.incidents[:MOST_CARDS]]), column=column)


def _shape(request: Request) -> tuple[By, By | None, Harm]:
    asked = request.query_params
    across = require_by(asked["across"]) if asked.get("across") else None
    if across in SPLITTING:
        raise BadInputError(f"{across} splits an incident, so it can make rows but no columns")
    return require_by(asked.get("by") or BY[0]), across, harm_of(request)


def _table(request: Request) -> TollTable:
    view = view_of(request.query_params)
    return toll_of(request.app.state.shelf, view, require_by(request.query_params.get("by") or BY[0]))


def _cross(shelf: Shelf, table: TollTable, view: View, across: By, harm: Harm) -> Cross:
    return shelf.kept(("cross", view.key, table.by, across, harm), lambda: _made(shelf, table, view, across, harm))


def _made(shelf: Shelf, table: TollTable, view: View, across: By, harm: Harm) -> Cross:
    cells = _cells_of_whole(shelf, view, table.by, across, harm) if table.by not in SPLITTING else None
    columns = [row for row in toll_of(shelf, view, across).rows if harm in row.tolls][:MOST_COLUMNS]
    if cells is None:
        cells = _cells_of_parts(shelf, table, view, columns, harm)
    named = [row for row in table.rows if any((row.key, column.key) in cells for column in columns)][:MOST_ROWS]
    keys = tuple(column.key for column in columns)
    return Cross(
        across, keys, tuple((row.id, row.key, tuple(cells.get((row.key, key)) for key in keys)) for row in named)
    )


def _cells_of_whole(shelf: Shelf, view: View, by: By, across: By, harm: Harm) -> dict[tuple[str, str], Figure]:
    """Return the cells where every incident is in one row and one column."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for (row, column), (_, sums) in groups_of(shelf, view, KEYS[by], KEYS[across]).items():
        if (figure := figure_in(sums, harm)) is not None:
            found.setdefault((key_of(by, row), key_of(across, column)), []).append(figure)
    return {key: add_up({harm: figures})[harm] for key, figures in found.items()}


def _cells_of_parts(
    shelf: Shelf, table: TollTable, view: View, columns: Sequence[Row], harm: Harm
) -> dict[tuple[str, str], Figure]:
    """Return the cells where an incident's toll is split over several rows."""
    ledger = shelf.ledger(view.as_of, view.policy)
    by_id = {one.id: one for one in selected(shelf, view)}
    cells: dict[tuple[str, str], Figure] = {}
    for column in columns:
        part = replace(ledger, incidents=tuple(by_id[name] for name in column.incidents), running=())
        for row in toll(part, table.by).rows:
            if harm in row.tolls:
                cells[row.key, column.key] = row.tolls[harm]
    return cells


def _column(ledger: Ledger, selection: Selection, across: By, key: str) -> Ledger:
    """Return the ledger with only the incidents of one column; columns share none."""
    wanted = {name for row in toll(ledger, across, selection).rows if row.key == key for name in row.incidents}
    return replace(ledger, incidents=tuple(one for one in select(ledger, selection) if one.id in wanted))


def _harmless(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose words no spreadsheet takes for a formula."""
    return {
        k: f"'{v}" if isinstance(v, str) and v.startswith(("=", "+", "-", "@", "\t")) else v for k, v in row.items()
    }


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
