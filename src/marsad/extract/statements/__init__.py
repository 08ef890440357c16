"""What else a report says of the conflict: one file per kind of statement; `find_statements`, and its gate."""

from marsad.extract.statements.find import find_statements, speaks_of_conflict
from marsad.extract.statements.phrases import Named

__all__ = ["Named", "find_statements", "speaks_of_conflict"]
