"""The last proof of an installation: it reads a sentence, and says what stands there."""

from datetime import date

from marsad.doctor.finding import Said, fault, well
from marsad.doctor.processor import stopped_by
from marsad.errors import MarsadError

SENTENCE = "Gunmen shot dead seven farmers near Gao on Monday, the mayor said."
DAY = date(2026, 3, 3)


def trial_reading() -> Said:
    """Does a whole reading come out right: seven killed in Mali on the day before? Rules alone where no more runs."""
    try:
        from marsad.model import Report
        from marsad.reading import ReadingOptions, make_reading

        options = ReadingOptions() if stopped_by() is None else ReadingOptions(extractor="rules")
        reading = make_reading(Report(id="doctor", text=SENTENCE, published=DAY), options)
    except (MarsadError, ImportError) as error:
        return fault(str(error), "mend what is named above first")
    found = [(one.harm, one.count.best, one.where and one.where.country) for one in reading.claims]
    if found != [("killed", 7, "ML")]:
        return fault(f"an invented sentence was read as {found}", "install Marsad anew")
    return well("an invented sentence of seven killed near Gao was read as it stands")
