"""How running totals look: one counter after the other, each with its steps and its remainder."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from marsad.answers.words import figure_words
from marsad.ledger import Series

if TYPE_CHECKING:
    from rich.console import Group


def draw_series(found: Sequence[Series]) -> "Group":
    """Return every counter with its steps, and what the ledger's incidents leave unexplained of it."""
    from rich.console import Group
    from rich.text import Text

    lines: list[Text] = []
    for one in found:
        since = f" since {one.since}" if one.since else ""
        place = f", {one.where}" if one.where else ""
        lines.append(Text(f"{one.voice}: {one.harm}, {one.whom}{place}{since}", style="bold"))
        for step in one.steps:
            change = f"{step.change:+d}" if step.kind not in ("first", "restart") else ""
            beyond = f" ({step.unexplained:+d} beyond the toll told with it)" if step.unexplained else ""
            lines.append(
                Text(f"  {step.point.day}  {step.point.total:>9,}  {change:>7}  {step.kind}{beyond}  {step.point.ref}")
            )
        if one.remainder is not None:
            lines.append(Text(f"  not explained by incidents: {figure_words(one.remainder)}"))
    return Group(*lines or [Text("no running totals")])
