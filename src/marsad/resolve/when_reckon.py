"""From the form of a time expression to the days it means, counted from the days that are known.

News looks back: a weekday, a month or a day without its year means the latest one that is not after the day of
publication. What cannot be reckoned from what is known is None, never a guess.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from marsad.resolve.when_clock import Clock, Reckoner
from marsad.resolve.when_dated import DATED
from marsad.resolve.when_days import Interval
from marsad.resolve.when_grammar import Expression
from marsad.resolve.when_relative import RELATIVE

RECKONERS: Mapping[str, Reckoner] = {**DATED, **RELATIVE}


def reckon(expression: Expression, clock: Clock) -> Interval | None:
    """Return the days that `expression` means, or None where `clock` does not tell."""
    try:
        found = RECKONERS[expression.form](expression.parts, clock)
    except (ValueError, OverflowError):
        # 31 April, 30 February, a year before 1: the words name no day.
        return None
    return None if found is None else _clipped(found, clock.today)


def _clipped(found: Interval, today: date | None) -> Interval:
    """End at the day of publication what began before it: a report cannot tell of the rest of its month."""
    if today and found.start and found.end and found.start <= today < found.end:
        return replace(found, end=today)
    return found
