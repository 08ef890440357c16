"""An entry of a live blog counts its days from the heading it stands under."""

from datetime import date

import pytest

from marsad.model import Report
from marsad.reading import ReadingOptions, make_reading
from marsad.resolve.when import find_times
from marsad.resolve.when_live import is_live

BLOG = """Tuesday, 7 May 2024

14:32 GMT - Shells killed three civilians in Goma this morning, a nurse says.

09:05 GMT - Rebels shot dead two policemen near Sake.

Monday, 6 May 2024

21:15 GMT - A mine killed four farmers near Masisi today.

08:00 GMT - Yesterday's strike on Rutshuru killed six people, officials say.
"""


@pytest.mark.parametrize("published", [None, date(2024, 5, 7)])
def test_each_entry_has_its_own_day(published: date | None) -> None:
    reading = make_reading(Report("r", BLOG, published=published), ReadingOptions("rules"))
    days = [(c.count.stated, c.when.start if c.when else None) for c in reading.claims]
    assert days == [(3, date(2024, 5, 7)), (2, date(2024, 5, 7)), (4, date(2024, 5, 6)), (6, date(2024, 5, 5))]


def test_dates_in_a_text_that_is_no_live_blog_are_no_headings() -> None:
    text = "Tuesday, 7 May 2024\n\nA mine killed two men today.\n\n6 May 2024\n\nShells killed three men today."
    assert not is_live(text)
    assert [time.start for time in find_times(text) if time.text == "today"] == [date(2024, 5, 7)] * 2


@pytest.mark.parametrize(
    ("text", "live"),
    [
        ("14:32\nShells fell.\n\n14:10\nA siren was heard.", True),
        ("2.15pm: Shells fell.\n1.05pm: A siren was heard.", True),
        ("• [09:05 GMT] Shells fell.\n• [08:05 GMT] A siren.", True),
        ("At 14:32 shells fell, and at 15:10 a siren was heard.", False),
        ("14:32 was the score.", False),
    ],
)
def test_a_live_blog_is_known_by_its_hours(text: str, live: bool) -> None:
    assert is_live(text) == live
