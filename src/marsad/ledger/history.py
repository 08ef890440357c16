"""What an id once stood for: the incidents that today hold what was one incident under it."""

from collections.abc import Iterable

from marsad.ledger.entries import Ledger
from marsad.link.cluster import cluster
from marsad.model import Judgement


def parts_of(ledger: Ledger, asked: str) -> tuple[str, ...]:
    """Return today's incidents that hold what an incident's id ever stood for; one or none where it is whole.

    An id comes apart when a later word parts what it had taken in, and when a new reading tells apart what the one
    before took for one event.
    """
    once = {asked, *ledger.parts.get(asked, ())}
    around = _around(ledger.judgements, asked)
    about = [word for word in ledger.judgements if word.left in around and word.right in around]
    told = {m.id: m for one in (*ledger.incidents, *ledger.withdrawn) for m in one.members}
    known = [name for name in around if name in told]
    kin = {name: told[name].recorded.report_key for name in known}
    for moment in sorted({word.made for word in about}):
        for group in cluster(known, [word for word in about if word.made <= moment], kin):
            if asked in group and asked == min(group, key=lambda name: (told[name].told, name)):
                once.update(group)
    return tuple(sorted({ledger.heirs[name] for name in once if name in ledger.heirs}))


def _around(judgements: Iterable[Judgement], asked: str) -> set[str]:
    """Return all ids that words which could join lead to from the one that is asked for."""
    next_to: dict[str, set[str]] = {}
    for word in judgements:
        if word.verdict == "same" or word.score:
            next_to.setdefault(word.left, set()).add(word.right)
            next_to.setdefault(word.right, set()).add(word.left)
    found, fresh = {asked}, [asked]
    while fresh:
        new = next_to.get(fresh.pop(), set()) - found
        found |= new
        fresh += new
    return found
