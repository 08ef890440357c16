"""Libraries that only some kinds of file need: taken when first needed, and missed in plain words."""

from importlib import import_module
from typing import Any

from marsad.errors import BadInputError


def require_library(module: str, extra: str, name: str) -> Any:
    """Return the library `module`; raise BadInputError saying which extra of Marsad brings it where it is absent."""
    try:
        return import_module(module)
    except ImportError:
        raise BadInputError(f"{name}: this kind of file needs an extra: pip install 'marsad[{extra}]'") from None
