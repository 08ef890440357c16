"""What polling and reading work with: the file of sources, the state, the network and the ledger, for one round."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from marsad.fetch import Fetcher
from marsad.model import Report
from marsad.monitor import Ingested
from marsad.watch.log import Log
from marsad.watch.sources import Feed, Sources
from marsad.watch.state import State

Record = Callable[[Report, bytes], Ingested]


@dataclass(slots=True)
class Room:
    """What polling works with; `record` puts a report into the ledger, and returns when it is safe there.

    `stopping` says whether the program was asked to end; `mark` names the reader, so that a new one reads pages anew.
    """

    sources: Sources
    state: State
    log: Log
    fetcher: Callable[[Feed], Fetcher]
    record: Record
    clock: Callable[[], datetime]
    stopping: Callable[[], bool] = lambda: False
    mark: str = ""
