"""Why an address gave nothing: for good, for now, or since its owner does not wish it."""

from marsad.errors import BadInputError


class FetchError(BadInputError):
    """An address could not be fetched, and trying again at once would not help; `status` is the server's answer."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class TemporaryFetchError(FetchError):
    """An address could not be fetched now; `wait_seconds` is how long its server asks to be left alone."""

    def __init__(self, message: str, status: int | None = None, wait_seconds: float | None = None) -> None:
        super().__init__(message, status)
        self.wait_seconds = wait_seconds


class ForbiddenFetchError(FetchError):
    """The owner of an address does not wish programs there, by robots.txt."""
