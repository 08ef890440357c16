"""The JSON API: the ledger's answers for programs, by the same words as the command line; described by OpenAPI."""

from marsad.serve.api.document import openapi, show_api
from marsad.serve.api.door import Door
from marsad.serve.api.table import DOORS

__all__ = ["DOORS", "Door", "openapi", "show_api"]
