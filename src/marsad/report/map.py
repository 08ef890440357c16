"""Draws where the incidents were on the borders that ship with the pages: circles by the killed, no numbers."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians, sqrt
from typing import Any
from xml.sax.saxutils import escape

from marsad.export.entries import Entry

WIDTH, HEIGHT = 640, 360
PROVINCE, COUNTRY = 4, 6
"""UCDP's where_prec: from the first on a place is a province or more, from the second on too large for a circle."""
LEAST_DEGREES = 5.0
"""The narrowest view: a single town is shown with what lies around it."""
MARGIN = 0.2
LARGEST, SMALLEST = 22.0, 4.0
LETTER, LINE = 7.0, 14.0
"""How wide a letter and how high a line of a label is, in pixels."""
Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _View:
    """What is seen: its north-western corner in degrees, and how many pixels a degree is wide and high."""

    west: float
    north: float
    wide: float
    high: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return a point in pixels."""
        return round((longitude - self.west) * self.wide, 1), round((self.north - latitude) * self.high, 1)

    def sees(self, line: Line) -> bool:
        """Say whether some of a line may be seen."""
        points = [self.at(*point) for point in line]
        across = min(x for x, _ in points) < WIDTH and max(x for x, _ in points) > 0
        return across and min(y for _, y in points) < HEIGHT and max(y for _, y in points) > 0


def draw_map(entries: Sequence[Entry]) -> str | None:
    """Return an SVG map of the incidents with a point as exact as their profile lets it be, or None."""
    found = [one for one in entries if one.place.latitude is not None and (one.place.geoprecision or 1) < COUNTRY]
    if not found:
        return None
    view = _view([(one.place.longitude or 0.0, one.place.latitude or 0.0) for one in found])
    lines, names = _world()
    parts = [f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>']
    parts += [f'<path class="border" d="{_path(line, view)}"/>' for line in lines if view.sees(line)]
    labels: list[tuple[str, str, float, float]] = []
    most = max(one.killed.best if one.killed else 0 for one in found) or 1
    for one in sorted(found, key=lambda each: (-(each.killed.best if each.killed else 0), each.id)):
        x, y = view.at(one.place.longitude or 0.0, one.place.latitude or 0.0)
        size = SMALLEST + (LARGEST - SMALLEST) * sqrt((one.killed.best if one.killed else 0) / most)
        kind = "vague" if (one.place.geoprecision or 1) >= PROVINCE else "place"
        parts.append(f'<circle class="{kind}" cx="{x}" cy="{y}" r="{round(size, 1)}"/>')
        labels.append(("town", one.place.name or "", x, round(y + size + 13, 1)))
    labels += [("land", name, *view.at(longitude, latitude)) for name, longitude, latitude in names]
    parts += _free_of_one_another(labels)
    inner = "".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" xmlns="http://www.w3.org/2000/svg">{inner}</svg>'


def _free_of_one_another(labels: Iterable[tuple[str, str, float, float]]) -> Iterator[str]:
    """Yield the labels that have room, those that come first before others; none is written over another."""
    taken: list[tuple[float, float, float]] = []
    for kind, name, x, y in labels:
        half = LETTER * len(name) / 2
        free = all(abs(x - other) > half + wide or abs(y - level) > LINE for other, level, wide in taken)
        if name and free and half < x < WIDTH - half and LINE < y < HEIGHT - 4:
            taken.append((x, y, half))
            yield f'<text class="{kind}" x="{x}" y="{y}">{escape(name)}</text>'


def _view(points: Sequence[tuple[float, float]]) -> _View:
    """Return the smallest view of the drawing's shape that holds all points with a margin."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle = (west + east) / 2, (south + north) / 2
    # A degree of longitude is as much shorter than one of latitude as the cosine of the latitude.
    shrink = max(0.2, cos(radians(middle[1])))
    high = max(north - south, (east - west) * shrink * HEIGHT / WIDTH, LEAST_DEGREES) * (1 + 2 * MARGIN)
    pixels = HEIGHT / high
    return _View(middle[0] - WIDTH / (2 * pixels * shrink), middle[1] + high / 2, pixels * shrink, pixels)


def _path(line: Line, view: _View) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in (view.at(*point) for point in line))


def _largest_first(label: dict[str, Any]) -> tuple[float, str]:
    return -label["properties"]["size"], label["properties"]["name"]


@cache
def _world() -> tuple[tuple[Line, ...], tuple[tuple[str, float, float], ...]]:
    """Return the borders and coasts of the shipped world (TopoJSON) in degrees, and the names of countries."""
    world = json.loads(files("marsad").joinpath("serve", "static", "world-far.json").read_text("utf-8"))
    (wide, high), (west, south) = world["transform"]["scale"], world["transform"]["translate"]

    def degrees(x: float, y: float) -> tuple[float, float]:
        return x * wide + west, y * high + south

    lines = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for across, up in arc:
            x, y = x + across, y + up
            points.append(degrees(x, y))
        lines.append(tuple(points))
    labels = sorted(world["objects"]["labels0"]["geometries"], key=_largest_first)
    return tuple(lines), tuple((one["properties"]["name"], *degrees(*one["coordinates"])) for one in labels)
