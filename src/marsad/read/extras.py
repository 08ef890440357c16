"""Libraries that only some kinds of file need: taken when first needed, and missed in plain words."""

from importlib import import_module
from typing import Any

from marsad.errors import BadInputError

# What an extra of Marsad brings; all others come with Marsad itself, and are missing only where it is there in part.
EXTRAS = {"fastwarc": "'marsad[warc]'", "pyarrow": "'marsad[scale]'", "ray": "'marsad[scale]'"}


def require_library(module: str, name: str) -> Any:
    """Return the library `module`; raise BadInputError that says how to get it for the file `name`."""
    try:
        return import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        wanted = EXTRAS.get(library, "marsad")
        raise BadInputError(f"{name}: needs the library {library}; install it: pip install {wanted}") from None
