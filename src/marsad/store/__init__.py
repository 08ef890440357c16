"""The record on disk: append-only tables in SQLite (or PostgreSQL by URL) and a hash-chained log of acts."""

from marsad.store.book import Book, Origin
from marsad.store.engines import shown
from marsad.store.kept_ledger import KeptPlace
from marsad.store.opening import StandingBook, default_ledger, open_book, patiently
from marsad.store.verify import Fault

__all__ = ["Book", "Fault", "KeptPlace", "Origin", "StandingBook", "default_ledger", "open_book", "patiently", "shown"]
