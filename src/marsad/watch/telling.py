"""From what changed in the ledger to alerts on their way, and from there to those who asked for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from marsad.errors import BadInputError
from marsad.ledger import Ledger, Record, build_ledger, changes, series_of
from marsad.ledger.policy import Policy
from marsad.store import Book
from marsad.watch import outbox
from marsad.watch.alerts import Moment, decide
from marsad.watch.log import Log
from marsad.watch.outputs import Ways, deliver
from marsad.watch.sources import Sources
from marsad.watch.state import State
from marsad.watch.ways import Output
from marsad.watch.wording import alert_to_json


@dataclass(slots=True)
class Teller:
    """Decides and delivers; works on what anybody recorded, not only on what was fetched."""

    sources: Sources
    state: State
    log: Log
    ways: Ways
    clock: Callable[[], datetime]
    _last: tuple[Mapping[str, int], Ledger] | None = field(default=None, init=False)

    def begin(self, book: Book) -> None:
        """Take the ledger as it is for told, where it was never looked at: alerts are of what comes after."""
        if outbox.told_through(self.state) is None:
            outbox.keep(self.state, outbox.lengths_of(book.record()), (), (), self.clock())

    def decide(self, book: Book) -> None:
        """Keep alerts for what changed since the last time."""
        now = self.clock()
        through = outbox.told_through(self.state) or {}
        if not self._is_news(book, through) and not outbox.held_due(self.state, now):
            return
        record = book.record()
        policy = self.sources.policy
        # The ledger as it was is the one of the last round, unless the program was started since.
        known = self._last[1] if self._last and self._last[0] == through else None
        before = known or _ledger(outbox.record_through(record, through), policy)
        after = _ledger(record, policy)
        moment = Moment(before, after, changes(before, after), series_of(before), series_of(after), now)
        memories = [(rule, outbox.memory_of(self.state, rule)) for rule in self.sources.rules]
        found = [(rule, one) for rule, memory in memories for one in decide(rule, memory, moment)]
        alerts = [(rule, alert_to_json(one, now, policy)) for rule, one in found]
        lengths = outbox.lengths_of(record)
        outbox.keep(self.state, lengths, memories, alerts, now)
        self._last = lengths, after
        for rule, alert in alerts:
            self.log.tell(
                "alert", f"alert {alert['id']} ({rule.name}, {alert['kind']}) for {', '.join(rule.to)}", alert=rule.name
            )

    def send(self, stopping: Callable[[], bool] = lambda: False) -> None:
        """Deliver what is due; what is not taken stays, and is sent again later."""
        for letter in outbox.due_letters(self.state, self.clock()):
            if stopping():
                return
            output = self.sources.outputs.get(letter.output)
            again = outbox.note_try(self.state, letter, self.clock())
            if output is None:
                words = f"alert {letter.alert['id']} waits for the output {letter.output}, which the file does not name"
                self.log.tell("undelivered", words, alert=letter.alert["alert"], output=letter.output)
                continue
            self._send(letter, output, again)

    def _send(self, letter: outbox.Letter, output: Output, again: datetime) -> None:
        told = {"alert": letter.alert["alert"], "id": letter.alert["id"], "output": letter.output}
        try:
            deliver(letter, output, self.ways)
        except BadInputError as error:
            words = f"alert {letter.alert['id']}: {error} (again at {again:%Y-%m-%d %H:%M})"
            self.log.tell("undelivered", words, **told)
        else:
            outbox.note_sent(self.state, letter, self.clock())
            self.log.tell("delivered", f"alert {letter.alert['id']} delivered by {letter.output}", **told)

    def _is_news(self, book: Book, through: Mapping[str, int]) -> bool:
        counts = book.count()
        return any(counts.get(name) != length for name, length in through.items())


def _ledger(record: Record, policy: Policy) -> Ledger:
    return build_ledger(record.readings, record.judgements, record.revisions, policy)
