"""The record on disk: append-only tables in SQLite (or another database by URL) and a hash-chained log of acts."""

from marsad.store.book import Book, Fault, Origin
from marsad.store.opening import default_ledger, open_book

__all__ = ["Book", "Fault", "Origin", "default_ledger", "open_book"]
