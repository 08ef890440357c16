"""Marsad in Python: read texts, open a ledger, ask it and give it away; typed, with tables for pandas and notebooks."""

from marsad.face.ledger import Added, Filters, Ledger
from marsad.face.reading import read_file, read_text
from marsad.face.tables import Table, Tree

__all__ = ["Added", "Filters", "Ledger", "Table", "Tree", "read_file", "read_text"]
