"""The example notebook runs from top to bottom, and shows what it promises."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "count.ipynb"


def run_cell(source: str, room: dict[str, Any]) -> Any:
    """Run a cell as a notebook does: its last expression is what it shows."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(NOTEBOOK), "exec"), room)
    return (
        eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), room) if isinstance(last, ast.Expr) else None
    )


def test_the_example_notebook_runs(capsys: pytest.CaptureFixture[str]) -> None:
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    assert notebook["nbformat"] == 4
    room: dict[str, Any] = {}
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "a notebook is kept without what it printed somewhere"
            value = run_cell("".join(cell["source"]), room)
            shown.append(value._repr_html_() if hasattr(value, "_repr_html_") else repr(value))
    told = capsys.readouterr().out + "".join(shown)
    assert "7 killed" in told
    assert "Added(new=3" in told
    assert "Kafr Zita" in told and "Northern Post" in told
    assert "(1, 'public'" in told and "the reports' words can name people" in told
