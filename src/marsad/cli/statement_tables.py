"""How control, agreements, record checks and suggested ties look to people: a head line, then the words it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from marsad.answers.words import figure_words, where_words
from marsad.ledger.agreements import Agreement, agreement_name
from marsad.ledger.breaches import Breach
from marsad.ledger.control import Control, ControlLine
from marsad.ledger.record_field import Entry
from marsad.ledger.records import BOUNDS, Check, window_days
from marsad.ledger.responsibility import Spoken
from marsad.ledger.stated import Stated
from marsad.ledger.suggestions import Suggestion
from marsad.ledger.trace import said_of
from marsad.model import Where

if TYPE_CHECKING:
    from rich.tree import Tree

MOST_WORDS = 4
"""More words than this on one thing are counted, not listed; JSON gives all."""
MOST_EXAMPLES = 5
YEAR = 365
STATES = {"holds": "holds it", "lost": "no longer holds it", "besieges": "besieges it", "contests": "contests it"}
LEVELS = {"above": "  (in which it lies)", "below": "  (which lies in it)", "here": ""}
RELATIONS = {"supported_by": "is supported by", "part_of": "is part of", "affiliate_of": "is an affiliate of",
             "formerly": "was formerly", "rival": "is a rival of"}  # fmt: skip


def draw_control(found: Control) -> "Tree":
    """Return who holds what on the day, place by place, each state with its words and those against it."""
    tree = _tree(f"who holds what on {found.on or 'the last day told of'}, by the latest words")
    places: dict[tuple[str, str], list[ControlLine]] = {}
    for line in found.lines:
        places.setdefault((_name(line.place), line.level), []).append(line)
    for (name, level), lines in places.items():
        branch = tree.add(_plain(f"{name}{LEVELS[level]}", "bold"))
        for line in lines:
            _grow_line(branch, line, found.on)
    if not found.lines:
        tree.add(_plain("no report says"))
    if found.beside:
        branch = tree.add(_plain("said, but changing nothing:"))
        for one in found.beside:
            branch.add(_plain(f"{one.statement.modality}: {receipt(one)}"))
    return tree


def _grow_line(branch: "Tree", line: ControlLine, on: date | None) -> None:
    state = STATES[line.state]
    # Who holds "areas" somewhere there does not hold the place.
    parts = [line.who, state.replace(" it", f" ground in or near it (“{line.ground}”)") if line.ground else state]
    parts += [f"({part})" for part in (line.share, line.extent) if part]
    since = f"since {line.since}" if line.is_dated else f"known since {line.since}"
    last = f", last told of on {line.last}" if line.last and line.last != line.since else ""
    own = ", on its own word" if line.own_word else ""
    silent = (on - line.last).days // YEAR if on and line.last else 0
    old = f", and nothing newer for {silent} year{'' if silent == 1 else 's'}" if silent else ""
    leaf = branch.add(_plain(f"{' '.join(parts)} {since}{last}{old}{own}"))
    for words in _listed(line.words):
        leaf.add(_plain(words))
    for each in line.against:
        leaf.add(_plain(f"against it: {each.why}: {receipt(each.word)}"))


def draw_agreements(known: Iterable[tuple[Agreement, Sequence[Breach]]]) -> "Tree":
    """Return the agreements, each with what became of it and what may have broken it."""
    tree = _tree("agreements, newest first")
    for one, found in known:
        branch = tree.add(_plain(f"{one.id}  {agreement_name(one)}  {_agreed(one)}  {_status(one.status)}", "bold"))
        for term in one.terms:
            branch.add(_plain(f"terms: {term}"))
        for change in one.changes:
            counts = "" if change.counts else f" ({change.word.statement.modality}, changes nothing)"
            leaf = branch.add(_plain(f"{change.day}  {_status(change.status)}{counts}: {receipt(change.word)}"))
            for word in change.against:
                leaf.add(_plain(f"otherwise: {_status(word.term('status'))}: {receipt(word)}"))
        if found:
            leaf = branch.add(_plain(f"{len(found)} incidents that may have broken it, for you to judge:"))
            for each in found[-MOST_EXAMPLES:]:
                killed = each.incident.tolls.get("killed")
                figure = f"{figure_words(killed)} killed, " if killed else ""
                leaf.add(_plain(f"{each.incident.id}  {figure}{'; '.join(each.why)}"))
    if not tree.children:
        tree.add(_plain("no report tells of one"))
    return tree


def _agreed(one: Agreement) -> str:
    if one.agreed is not None:
        return f"agreed {one.agreed}" if one.is_dated else f"known as made on {one.agreed}"
    return "made on a day that nobody tells" if one.was_made else "not made"


def draw_check(found: Check) -> "Tree":
    """Return the verdict on a record claim with its receipt."""
    claim = found.claim
    tree = _tree(f"“{claim.words}”: {found.verdict}", "bold")
    tree.add(_plain(found.why))
    if found.subject is not None:
        _grow_entry(tree, "taken to speak of", found.subject)
    tree.add(_plain(f"window: {window_days(claim)}"))
    verdicts = {bound: found.under[bound].verdict for bound in BOUNDS}
    tree.add(_plain(", ".join(f"under {bound}: {verdict}" for bound, verdict in verdicts.items())))
    for entry in found.against[:MOST_EXAMPLES]:
        _grow_entry(tree, "against it", entry)
    if len(found.against) > MOST_EXAMPLES:
        tree.add(_plain(f"and {len(found.against) - MOST_EXAMPLES} more against it"))
    for words in found.missing:
        tree.add(_plain(f"missing: {words}"))
    for words in found.notes:
        tree.add(_plain(f"note: {words}"))
    return tree


def draw_checked(said: Stated, found: Check | None, problem: str | None = None) -> "Tree":
    """Return a record claim of a report with its verdict, or why it could not be checked."""
    if found is not None:
        return draw_check(found)
    tree = _tree(f"“{' '.join(said.statement.span.quote.split())}”: not checked", "bold")
    tree.add(_plain(problem or "nobody says why"))
    return tree


def _grow_entry(tree: "Tree", lead: str, entry: Entry) -> None:
    names = ", ".join(incident.id for incident in entry.incidents[:MOST_EXAMPLES])
    when = entry.day.isoformat() if entry.key in names else entry.key
    leaf = tree.add(_plain(f"{lead}: {figure_words(entry.figure)}, {when} ({names})"))
    said = [each for incident in entry.incidents for each in said_of(incident)]
    for each in said[:MOST_WORDS]:
        told = ", ".join(str(part) for part in (each.report.publisher, each.report.published) if part)
        leaf.add(_plain(f"“{each.claim.span.quote}” ({told or 'a report without a name'}; {each.ref})"))
    if len(said) > MOST_WORDS:
        leaf.add(_plain(f"and {len(said) - MOST_WORDS} more"))


def draw_suggestions(known: Sequence[Suggestion]) -> "Tree":
    """Return the ties that reports tell of, with their words and what people answered."""
    tree = _tree("ties that reports tell of: nothing enters the registry by itself")
    for one in known:
        days = f"  {one.since or 'open'} to {one.until or 'open'}" if one.since or one.until else ""
        answer = "" if one.answer == "open" else f"  {one.answer} by {one.by}"
        head = f"{one.id}  {one.actor.name} {RELATIONS[one.relation]} {one.other.name}{days}"
        voices = f"{len(one.voices)} voice{'' if len(one.voices) == 1 else 's'}"
        branch = tree.add(_plain(f"{head}  {voices}{answer}", "bold"))
        for words in _listed(one.words):
            branch.add(_plain(words))
        for word in one.denied:
            branch.add(_plain(f"denied: {receipt(word)}"))
    if not known:
        tree.add(_plain("no report tells of one between two known actors"))
    return tree


def spoken_lines(found: Iterable[Spoken]) -> Iterator[str]:
    """Yield what is said of who is responsible for an incident, for a line each."""
    for one in found:
        who = {"unclaimed": "claimed by nobody", "blamed": f"{one.who} blamed"}.get(
            one.stance, f"{one.stance} by {one.who}"
        )
        modality = "" if one.counts else f" ({one.said.statement.modality})"
        yield f"{who}{modality}: {receipt(one.said)}"


def receipt(one: Stated) -> str:
    """Return the quoted words of a statement with whose they are, and the id by which they are found."""
    published = one.report.published.isoformat() if one.report.published else None
    voice = one.voice if one.voice != one.report_key[:12] else None
    publisher = one.report.publisher if one.report.publisher != voice else None
    told = ", ".join(part for part in (voice, publisher, published) if part)
    quote = " ".join(one.statement.span.quote.split())
    return f"“{quote}” ({told or 'a report without a name'}; {one.ref})"


def _listed(words: Sequence[Stated]) -> Iterator[str]:
    """Yield the first word and the newest ones; the rest is counted."""
    if len(words) <= MOST_WORDS:
        yield from (receipt(one) for one in words)
        return
    yield receipt(words[0])
    yield f"and {len(words) - MOST_WORDS} more"
    yield from (receipt(one) for one in words[-(MOST_WORDS - 1) :])


def _status(status: str) -> str:
    return status.replace("_", " ")


def _name(where: Where) -> str:
    return where_words(where) or "a place without a name"


def _tree(words: str, style: str = "") -> "Tree":
    from rich.tree import Tree

    return Tree(_plain(words, style))


def _plain(words: str, style: str = "") -> Any:
    # Text, not markup: brackets in a report's words are words.
    from rich.text import Text

    return Text(words, style=style)
