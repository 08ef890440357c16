"""The section on what changed since the last report."""

from collections.abc import Callable, Iterable, Sequence

from marsad.model import Figure
from marsad.report.blocks import Block, Bullets, Paragraph, Run, Runs, plain
from marsad.report.model import Changed, Gone, News
from marsad.report.telling import Teller
from marsad.vocabulary import HARMS, Harm


def change_blocks(teller: Teller) -> list[Block]:
    """Return what changed, in lines; nothing where no earlier report is known."""
    found, words = teller.situation.changed, teller.words
    if found is None:
        return []
    moment = f"{words.day(found.since.date())} {found.since:%H:%M} UTC"
    items = list(_items(found, teller))
    return [
        Paragraph(words.fill("changed.since", moment=moment)),
        Bullets(tuple(items or [words.fill("changed.nothing")])),
    ]


def _items(found: Changed, teller: Teller) -> Iterable[Runs]:
    words = teller.words
    if found.totals:
        moved = plain(words.phrase("many").join(_moved(teller, *one) for one in found.totals))
        moved = (*moved[:-1], Run(moved[-1].words, teller.note(found.receipt)))
        yield words.fill("changed.totals", what=moved)
    if found.fresh:
        number = Run(words.number_of("toll.incident", len(found.fresh)), teller.note(found.fresh_receipt))
        yield words.fill("changed.fresh", incidents=number)
    yield from _some(found.late, teller, lambda one: _late(one, teller))
    yield from _some(found.altered, teller, lambda one: _altered(one, teller))
    yield from _some(found.merged, teller, lambda one: _merged(one, teller))
    most = teller.most(3, 10)
    yield from (_gone(one, teller) for one in found.gone[:most])
    if len(found.gone) > most:
        yield words.fill("changed.more", number=len(found.gone) - most)


def _some(found: Sequence[News], teller: Teller, tell: Callable[[News], Runs]) -> Iterable[Runs]:
    most = teller.most(3, 10)
    yield from (tell(one) for one in found[:most])
    if len(found) > most:
        yield teller.words.fill("changed.more", number=len(found) - most)


def _late(one: News, teller: Teller) -> Runs:
    return teller.words.fill("changed.late", sentence=teller.sentence(one.entry, one.receipt))


def _altered(one: News, teller: Teller) -> Runs:
    words, before = teller.words, one.before[0]
    told = []
    if "tolls" in one.fields:
        moved = [harm for harm in HARMS if before.tolls.get(harm) != one.entry.tolls.get(harm)]
        told += [_moved(teller, harm, before.tolls.get(harm), one.entry.tolls.get(harm)) for harm in moved]
    # A day that moves takes its end with it.
    fields = [name for name in one.fields if name != "tolls" and not (name == "end" and "start" in one.fields)]
    told += [words.phrase(f"changed.{name}") for name in fields]
    incident = teller.brief(one.entry, one.receipt)
    return words.fill("changed.altered", incident=incident, what=words.phrase("many").join(told))


def _merged(one: News, teller: Teller) -> Runs:
    ids = teller.words.phrase("many").join(each.id for each in one.before)
    return teller.words.fill("changed.merged", ids=ids, incident=teller.brief(one.entry, one.receipt))


def _gone(one: Gone, teller: Teller) -> Runs:
    name = "changed.withdrawn" if one.withdrawn else "changed.gone"
    return teller.words.fill(name, incident=teller.brief(one.entry, one.receipt))


def _moved(teller: Teller, harm: Harm, before: Figure | None, after: Figure | None) -> str:
    words = teller.words
    name, now = words.phrase(f"harms.{harm}"), words.figure(after)
    if before is None:
        return words.plain("changed.first_figures", harm=name, after=now)
    return words.plain("changed.figures", harm=name, before=words.figure(before), after=now)
