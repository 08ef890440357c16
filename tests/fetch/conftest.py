"""A server of one's own, and a clock that only moves when somebody waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.fetch.site import Site, served

from marsad.fetch import Fetcher, FetchLimits, Manners
from marsad.fetch.pace import Time

START = datetime(2024, 5, 7, 12, tzinfo=UTC)


@dataclass
class FakeTime:
    """Time that passes by waiting alone, and by `tick` seconds whenever somebody looks at the clock."""

    passed: float = 0.0
    tick: float = 0.0
    waits: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        self.passed += self.tick
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.passed += seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    @property
    def time(self) -> Time:
        return Time(self.monotonic, self.sleep, self.now)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


@pytest.fixture
def other() -> Iterator[Site]:
    with served() as one:
        yield one


@pytest.fixture
def fake() -> FakeTime:
    return FakeTime()


Making = Callable[..., Fetcher]


@pytest.fixture
def fetcher(fake: FakeTime) -> Iterator[Fetcher]:
    with Fetcher(Manners(FetchLimits(host_seconds=0), allow_private=True), fake.time) as one:
        yield one


@pytest.fixture
def making(fake: FakeTime) -> Iterator[Making]:
    """Make fetchers with limits of their own; this machine is allowed unless the test says otherwise."""
    made: list[Fetcher] = []

    def make(allow_private: bool = True, **limits: int) -> Fetcher:
        manners = Manners(FetchLimits(**{"host_seconds": 0, **limits}), allow_private=allow_private)
        made.append(Fetcher(manners, fake.time))
        return made[-1]

    yield make
    for one in made:
        one.close()
