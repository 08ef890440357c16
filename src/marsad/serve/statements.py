"""Says a statement of a report in one plain line: who claims what, who holds what, who is with whom."""

from collections.abc import Iterator

from marsad.model import Statement


def statement_line(one: Statement) -> str:
    """Return the words that play a part in a statement, joined by its terms: A — part of — B."""
    slots = {name: " and ".join(slot.text for slot in found) for name, found in one.slots.items() if found}
    terms = ", ".join(value.replace("_", " ") for value in one.terms.values() if value)
    first, *others = [*slots.values()] or [""]
    return " — ".join(part for part in (first, terms, *others) if part)


def statement_facts(one: Statement) -> Iterator[str]:
    """Yield what else a statement says: when, on whose word, and how it stands."""
    if one.when is not None and one.when.text:
        yield one.when.text
    if one.according_to is not None:
        yield f"according to {one.according_to.text}"
    if one.modality != "asserted":
        yield one.modality
