"""The page: the desk of a monitor in a browser, from one process, on the embedded ledger (docs/page.md)."""

from marsad.serve.app import make_app
from marsad.serve.desk import Desk, Person

__all__ = ["Desk", "Person", "make_app"]
