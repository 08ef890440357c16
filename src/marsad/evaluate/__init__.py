"""Measures readings against what careful readers marked: precision, recall, F1, and the errors with their words.

`coding` takes both sides to one form, `pairing` ties their claims one to one, `compare` judges attributes, `score`
counts, `faults` lists what went wrong, `corpus` goes over many reports, `table` writes the figures down.
"""

from marsad.evaluate.coding import Coding, coding_from_row, coding_of
from marsad.evaluate.corpus import Corpus, Measured, load_corpus, load_found, measure
from marsad.evaluate.faults import Fault, faults
from marsad.evaluate.score import Scores, Share, Tried, add_up, score_report
from marsad.evaluate.table import figures, print_faults, print_scores

__all__ = [
    "Coding",
    "Corpus",
    "Fault",
    "Measured",
    "Scores",
    "Share",
    "Tried",
    "add_up",
    "coding_from_row",
    "coding_of",
    "faults",
    "figures",
    "load_corpus",
    "load_found",
    "measure",
    "print_faults",
    "print_scores",
    "score_report",
]
