"""The one family of errors that a user is meant to read: what happened, where, and what to do."""


class MarsadError(Exception):
    """Something a user can mend; `str(error)` is the whole message."""


class BadInputError(MarsadError):
    """An input could not be read; the message names the file, the place in it and what to do."""


class LedgerError(MarsadError):
    """The ledger could not be opened, read or written; the message names it and what to do."""


class AwayError(LedgerError):
    """The ledger's server is away or busy for the moment; the same may be tried again as it is."""


class DataFileError(MarsadError):
    """A file that ships with Marsad or that a user installed is missing or damaged."""
