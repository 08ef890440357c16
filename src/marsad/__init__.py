"""Marsad reads reports of armed conflict and keeps the count, every figure with its words."""

from typing import Any

__version__ = "0.1.0"

_FACE = ("Added", "Filters", "Ledger", "Table", "Tree", "read_file", "read_text")


def __getattr__(name: str) -> Any:
    """Give the names of the Python face (marsad.face) when they are asked for: importing marsad itself stays quick."""
    if name in _FACE:
        import importlib

        return getattr(importlib.import_module("marsad.face"), name)
    raise AttributeError(f"module 'marsad' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the face's names too, for completion in notebooks."""
    return sorted({*globals(), *_FACE})
