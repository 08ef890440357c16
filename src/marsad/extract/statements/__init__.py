"""What else a report says of the conflict: one file per kind of statement; one verb, `find_statements`."""

from marsad.extract.statements.find import find_statements
from marsad.extract.statements.phrases import Named

__all__ = ["Named", "find_statements"]
