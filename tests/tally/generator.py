"""Writes reports from random trees of counts, in varied words: a test bed whose truth is known.

A tree has a toll over a week at its root, the toll of each place below it, and below some places the people that are
told of apart: some of them ("including"), all of them (after a colon), or some of some. A report may come back to its
root at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.tally.builder import Said, Told, tell

WEEK = (date(2020, 2, 3), date(2020, 2, 9))
PLACES = ("Tarim", "Wadi Salq", "Bent Hill", "Kafr Noor", "Ombala", "Sereh", "Old Quay", "Dar Lima")
ACTORS = ("the Third Brigade", "raiders from the hills", "the border force", "the Green Column")
SMALL_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SOME_OF_ALL = ("children", "women", "elderly people", "journalists", "medics")
OPENINGS = (
    ("Fighting across the province left ", " dead this week."),
    ("At the end of the week the health office had counted ", " killed."),
    ("", " were killed in a week of attacks, officials say."),
)
PLACE_LINES = (
    ("In {place} {actor} killed ", "{parts}."),
    ("", " died{parts} when {actor} shelled {place} on {day}."),
    ("An attack by {actor} on {place} took ", "{parts} on {day}."),
)
CLOSINGS = (("In all, ", " lost their lives."), ("The total of ", " is the highest this year."))
LINKS = (", including ", ", among them ", " (including ")


@dataclass(frozen=True)
class Node:
    """A count of people, in words, with the counts that it is divided into."""

    said: Said
    parts: tuple["Node", ...] = ()
    closed: bool = False

    def edges(self) -> Iterator[tuple[str, str]]:
        """Yield (words of the whole, words of the part) for every edge of the tree."""
        for part in self.parts:
            yield self.said.words, part.said.words
            yield from part.edges()


@dataclass
class _Writer:
    chance: Random
    used: set[str] = field(default_factory=set)

    def number(self, size: int) -> str:
        spelled = size < len(SMALL_WORDS) and self.chance.random() < 0.6
        return SMALL_WORDS[size] if spelled else f"{size:,}"

    def said(self, size: int, people: str, **more: object) -> Said:
        if size == 1:
            people = {"children": "child", "women": "woman", "elderly people": "elderly person"}.get(
                people, people[:-1]
            )
        return Said(f"{self.number(size)} {people}", size, **more)  # type: ignore[arg-type]


def grow(chance: Random) -> Node:
    """Return a random tree of counts; no two counts of one tree are told in the same words."""
    while True:
        writer = _Writer(chance)
        places = [_place(writer, name) for name in chance.sample(PLACES, chance.randint(2, 4))]
        total = sum(place.said.number or 0 for place in places)
        people = chance.choice(("people", "people", "persons"))
        root = Node(writer.said(total, people, scope="period", when=WEEK), tuple(places), True)
        words = [root.said.words, *(part for _, part in root.edges())]
        if len(set(words)) == len(words):
            return root


def _place(writer: _Writer, name: str) -> Node:
    chance = writer.chance
    size = chance.randint(4, 90)
    day = WEEK[0] + timedelta(days=chance.randint(0, 6))
    at = {"when": (day, day), "where": name, "by": chance.choice(ACTORS)}
    shape = chance.choice(("bare", "some", "all", "some of some"))
    people = "people" if shape == "all" else chance.choice(("people", "villagers", "civilians"))
    parts: tuple[Node, ...] = ()
    if shape == "all":
        soldiers = chance.randint(1, size - 1)
        parts = (
            Node(writer.said(soldiers, "soldiers", status="combatant", **at)),
            Node(writer.said(size - soldiers, "civilians", status="civilian", **at)),
        )
    elif shape != "bare":
        kinds = chance.sample(SOME_OF_ALL, chance.randint(1, 2))
        parts = tuple(Node(writer.said(chance.randint(1, max(1, size // 3)), kind, **at)) for kind in kinds)
    if shape == "some of some" and (parts[0].said.number or 0) > 2:
        inner = chance.randint(1, (parts[0].said.number or 0) - 1)
        kind = "girls" if "child" in parts[0].said.words else "residents of one street"
        parts = (Node(parts[0].said, (Node(writer.said(inner, kind, **at)),)),)
    return Node(writer.said(size, people, **at), parts, shape == "all")


def write(root: Node, chance: Random) -> tuple[Told, set[tuple[str, str]], bool]:
    """Return a report that tells the tree, its edges by their words, and whether the root is told twice."""
    before, after = chance.choice(OPENINGS)
    pieces: list[str | Said] = [before, root.said, after, chance.choice((" ", "\n\n"))]
    for place in root.parts:
        pieces += _line(place, chance)
    again = chance.random() < 0.4
    if again:
        before, after = chance.choice(CLOSINGS)
        pieces += ["\n\n", before, root.said, after]
    return tell(*pieces), set(root.edges()), again


def _line(place: Node, chance: Random) -> Iterator[str | Said]:
    before, after = chance.choice(PLACE_LINES)
    at = place.said
    day = at.when[0].strftime("%A") if at.when else ""
    names = {"place": at.where, "actor": at.by, "day": day}
    head, tail = after.format(parts="\0", **names).split("\0")
    yield before.format(**names)
    yield at
    yield head
    yield from _parts(place, chance)
    yield tail + chance.choice((" ", "\n\n"))


def _parts(node: Node, chance: Random) -> Iterator[str | Said]:
    if not node.parts:
        return
    if node.closed:
        opened, shut = chance.choice(((": ", ""), (" (", ")"), (" – ", " –")))
    else:
        opened = chance.choice(LINKS)
        shut = ")" if "(" in opened else ""
    yield opened
    for at, part in enumerate(node.parts):
        if at:
            yield " and "
        yield part.said
        if part.parts:
            yield ", "
            yield part.parts[0].said
            yield " among them"
    yield shut
