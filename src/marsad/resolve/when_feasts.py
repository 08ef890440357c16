"""Feasts that news tells dates by: fixed days, days about Easter, and the n-th weekday of a month."""

from datetime import date, timedelta

_FIXED_FEASTS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "new year's day": (1, 1), "fourth of july": (7, 4), "independence day": (7, 4), "halloween": (10, 31),
    "valentine's day": (2, 14), "may day": (5, 1), "st patrick's day": (3, 17),
}  # fmt: skip
_EASTER_FEASTS = {"ash wednesday": -46, "palm sunday": -7, "good friday": -2, "easter monday": 1, "easter": 0}
# Month, weekday, which of them (-1 the last), as in the United States, whose news speaks of them so.
_MOVING_FEASTS = {
    "mother's day": (5, 6, 2), "memorial day": (5, 0, -1), "father's day": (6, 6, 3), "labor day": (9, 0, 1),
    "thanksgiving": (11, 3, 4),
}  # fmt: skip


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def feast_day(words: str, year: int) -> date:
    """Return the day of the feast that `words` name, as "the Fourth of July", in `year`."""
    name = words.replace("’", "'").removeprefix("the ").replace("st.", "st")
    name = name.replace("years", "year's").replace("valentines", "valentine's")
    for feast, (month, day) in _FIXED_FEASTS.items():
        if name.startswith(feast):
            return date(year, month, day)
    for feast, days in _EASTER_FEASTS.items():
        if name.startswith(feast):
            return _easter(year) + timedelta(days=days)
    month, weekday, nth = next(rule for feast, rule in _MOVING_FEASTS.items() if name.startswith(feast))
    if nth < 0:
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
