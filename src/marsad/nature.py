"""The words of harm that nobody does: earthquakes, floods, epidemics, accidents on roads."""

import re

NATURE = re.compile(
    r"\b(?:(?:earth)?quakes?|aftershocks?|flood(?:s|ing|waters)?|tsunamis?|(?:land|mud)slides?|hurricanes?|cyclones?|typhoons?"
    r"|tornado(?:es)?|wildfires?|volcan\w+|heatwaves?|avalanches?|epidemics?|pandemics?|cholera|ebola|covid(?:-19)?"
    r"|(?:road|traffic|train|car) (?:accident|crash)(?:s|es)?)\b",
    re.IGNORECASE,
)


def tells_of_nature(text: str, start: int, end: int) -> bool:
    """Say whether the words from `start` to `end` name a disaster or an accident."""
    return NATURE.search(text, start, end) is not None
