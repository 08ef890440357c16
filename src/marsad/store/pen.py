"""Writes lines to the log, one after the other, each sealing the one before; used under the write lock only."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from marsad.ledger.record import digest
from marsad.store.chain import FIRST, seal
from marsad.store.rows import sealed
from marsad.store.schema import ACTS

TICK = timedelta(microseconds=1)


class Pen:
    """The end of the log, held by one writer: `number` is that of the last act.

    Time never runs backwards in the log: a writer whose clock lags, or who waited for the lock, gets the moment of
    the last act. So what was known as of a moment stays what it was, whichever machine writes next.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        last = connection.execute(select(ACTS).order_by(ACTS.c.number.desc()).limit(1)).first()
        self.number: int = last.number if last else 0
        self._seal: str = last.seal if last else FIRST
        self._latest = datetime.fromisoformat(last.moment) if last else datetime.min.replace(tzinfo=UTC)

    def stamp(self, moment: datetime, *, later: bool = False) -> datetime:
        """Return the moment that goes into the record; `later` puts it after every act of the log, not beside."""
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(moment, self._latest + TICK if later and self.number else self._latest)

    def write(self, kind: str, who: str, moment: datetime, subject: str, row: Mapping[str, Any]) -> int:
        """Append one line on a row and return its number."""
        number = self.number + 1
        what = (kind, who, moment.isoformat(), subject, digest(sealed(row)))
        values = dict(zip(("kind", "who", "moment", "subject", "content"), what, strict=True))
        mark = seal(number, what, self._seal)
        self._connection.execute(insert(ACTS).values(number=number, previous=self._seal, seal=mark, **values))
        self.number, self._seal, self._latest = number, mark, max(moment, self._latest)
        return number
