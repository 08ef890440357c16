"""Says which of a ledger's incidents the rows of a coder's table tell of; two rows of one coder are never one."""

from collections.abc import Sequence
from datetime import datetime

from marsad.imports.match import match
from marsad.ledger import Ledger, LedgerIncident
from marsad.ledger.record import Member
from marsad.model import Judgement

PROGRAM = "program import 1"
MOST = 4.0
"""The points of two incidents that agree in place, day and figure."""
SUREST = 0.95


def joined(ledger: Ledger, moment: datetime) -> list[Judgement]:
    """Return the program's words on which incidents the rows brought in are, those that were not said before.

    A row is one event to its coder, so it goes to one incident at most, and none that holds a row of that coder.
    """
    coded = [one for one in ledger.incidents if len(one.members) == 1 and one.members[0].recorded.is_coded]
    voices = sorted({one.members[0].voice for one in coded})
    said = {(word.left, word.right) for word in ledger.judgements}
    words: list[Judgement] = []
    for voice in voices:
        rows = [one for one in coded if one.members[0].voice == voice]
        others = [one for one in ledger.incidents if all(not _is_row_of(m, voice) for m in one.members)]
        words += _words(others, rows, moment)
    return [word for word in words if (word.left, word.right) not in said]


def _is_row_of(member: Member, voice: str) -> bool:
    return member.recorded.is_coded and member.voice == voice


def _words(others: Sequence[LedgerIncident], rows: Sequence[LedgerIncident], moment: datetime) -> list[Judgement]:
    words = []
    for pair in match(others, rows):
        score = round(min(SUREST, pair.points / MOST), 2)
        for member in pair.left.members:
            # Said of every report's incident, so that a group of many is joined as one of few.
            low, high = sorted((member.id, pair.right.members[0].id))
            words.append(Judgement(low, high, "same", PROGRAM, moment, score, pair.why))
    return words
