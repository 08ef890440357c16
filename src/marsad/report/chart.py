"""Draws the killed of the window and of those before it: a bar for the best figure, a line from lowest to highest."""

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from marsad.report.model import Stretch
from marsad.report.wording import Words

WIDTH, HEIGHT, BASE, TOP, BAR = 640, 200, 172, 40, 44


def chart(stretches: Sequence[Stretch], words: Words) -> str:
    """Return an SVG drawing; the page gives the classes `bar`, `now` and `span` colours that fit light and dark."""
    figures = [one.line.tolls.get("killed") for one in stretches]
    tops = [max(figure.best, figure.high or 0) if figure else 0 for figure in figures]
    scale = (BASE - TOP) / max([*tops, 1])
    step = WIDTH / max(len(stretches), 1)
    parts = [f'<line class="axis" x1="0" y1="{BASE}" x2="{WIDTH}" y2="{BASE}"/>']
    for number, (one, figure) in enumerate(zip(stretches, figures, strict=True)):
        middle = round((number + 0.5) * step, 1)
        kind = "now" if number == len(stretches) - 1 else "bar"
        label = "–" if not is_known(one) else f"{figure.best:,}" if figure else "0"
        top = float(BASE)
        if figure is not None:
            top = round(BASE - figure.best * scale, 1)
            left = round(middle - BAR / 2, 1)
            tall = round(BASE - top, 1)
            parts.append(f'<rect class="{kind}" x="{left}" y="{top}" width="{BAR}" height="{tall}" rx="2"/>')
            low, high = round(BASE - figure.low * scale, 1), round(BASE - (figure.high or figure.best) * scale, 1)
            if figure.high is None:
                # An open end has no top: the line ends in an arrow.
                parts.append(f'<path class="span" d="M{middle} {low}V{top - 12}m-4 5l4 -5l4 5"/>')
                top -= 12
            elif high != low:
                parts.append(f'<path class="span" d="M{middle} {low}V{high}m-5 0h10M{middle - 5} {low}h10"/>')
                top = min(top, high)
        parts.append(f'<text x="{middle}" y="{round(top - 6, 1)}">{escape(label)}</text>')
        parts.append(
            f'<text class="days" x="{middle}" y="{BASE + 18}">{escape(_days(one.start, one.end, words))}</text>'
        )
    inner = "".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" xmlns="http://www.w3.org/2000/svg">{inner}</svg>'


def is_known(one: Stretch) -> bool:
    """Say whether anything was read of some days: else it is not known that nothing happened."""
    return one.reports > 0 or one.line.incidents > 0


def _days(start: date, end: date, words: Words) -> str:
    """Return a run of days as briefly as it stays clear: 2–8 Mar."""
    months = words.table["months"]
    first, last = (f"{day.day} {months[day.month - 1][:3]}" for day in (start, end))
    if start == end:
        return first
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    return f"{first} – {last}"
