"""How an incident's toll moved as the reports came: each source's word on its day, and what was best by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.ledger import LedgerIncident
from marsad.ledger.policy import Word, choose
from marsad.ledger.record import Member
from marsad.ledger.sayings import words_of
from marsad.ledger.voices import voices_of
from marsad.model import Figure
from marsad.serve.messages import gettext
from marsad.serve.says import day_words
from marsad.serve.terms import term
from marsad.vocabulary import HARMS, Harm

WIDTH, HEIGHT = 720.0, 190.0
LEFT, RIGHT, TOP, FOOT = 60.0, 16.0, 14.0, 30.0


@dataclass(frozen=True, slots=True)
class Step:
    """One report's word on its day, and the figure of the incident once it was there."""

    day: date | None
    voice: str
    said: Figure
    then: Figure
    is_best: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One word in the drawing: its place, the reach of its doubt, what it says."""

    x: float
    y: float
    top: float
    bottom: float
    is_best: bool
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps of one harm, oldest first, and their drawing; `line` is the path of the best figure."""

    harm: Harm
    steps: tuple[Step, ...]
    dots: tuple[Dot, ...]
    line: str
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, str], ...]
    width: float = WIDTH
    height: float = HEIGHT


def timelines_of(one: LedgerIncident) -> list[Timeline]:
    """Return how each harm's figure moved, of those that more than one report speaks of."""
    made = (_timeline(one, harm) for harm in HARMS if harm in one.tolls)
    return [each for each in made if each is not None]


def _timeline(one: LedgerIncident, harm: Harm) -> Timeline | None:
    voices = voices_of(one.members)
    members = sorted((m for m in one.members if harm in m.incident.tolls), key=lambda m: (m.told, m.id))
    if len(members) < 2:
        return None
    words = {word.member: word for word in words_of(members, voices, harm)}
    steps = tuple(_step(one, words, members[: at + 1]) for at in range(len(members)))
    return _drawn(harm, steps)


def _step(one: LedgerIncident, words: dict[str, Word], until: Sequence[Member]) -> Step:
    said = words[until[-1].id]
    then, chosen = choose([words[member.id] for member in until], one.rule)
    published = until[-1].report.published
    voice = said.voice if said.voice != until[-1].recorded.report_key else gettext("a report without a name")
    return Step(published, voice, said.figure, then, chosen.member == said.member)


def _drawn(harm: Harm, steps: tuple[Step, ...]) -> Timeline:
    known = [step.day for step in steps if step.day is not None]
    first, last = (min(known), max(known)) if known else (date.min, date.min)
    span = max(1, (last - first).days)
    most = max(max(_top(step.said), step.then.best) for step in steps) or 1

    def x(day: date | None) -> float:
        at = 0.0 if day is None else (day - first).days / span
        return round(LEFT + at * (WIDTH - LEFT - RIGHT), 1)

    def y(people: int) -> float:
        return round(TOP + (HEIGHT - TOP - FOOT) * (1 - people / most), 1)

    dots = tuple(
        Dot(
            x(step.day), y(step.said.best), y(_top(step.said)), y(step.said.low), step.is_best,
            f"{step.voice}, {day_words(step.day) or gettext('no day known')}: {step.said.best:,} {term(harm)}",
        )
        for step in steps
    )  # fmt: skip
    line = f"M{x(steps[0].day)} {y(steps[0].then.best)}"
    line += "".join(f"H{x(step.day)}V{y(step.then.best)}" for step in steps[1:])
    days = [first] if first == last else [first, last]
    ticks = tuple((x(day), day_words(day)) for day in days) if known else ()
    marks = tuple((y(people), f"{people:,}") for people in sorted({0, most}))
    return Timeline(harm, steps, dots, line, ticks, marks)


def _top(figure: Figure) -> int:
    return figure.best if figure.high is None else figure.high
