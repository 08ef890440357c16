"""What each source says of an incident: its figure, how it stands, and the quoted claims it is made of."""

from dataclasses import dataclass

from marsad.ledger import LedgerIncident, Saying, sayings_of
from marsad.ledger.record import claim_ref
from marsad.ledger.trace import Said
from marsad.serve.messages import gettext

STANDINGS = {
    "chosen": "taken as best",
    "counted": "counted in low and high",
    "superseded": "overtaken by a newer word",
    "repeated": "said again later",
    "denied": "denied, never counted",
}


@dataclass(frozen=True, slots=True)
class SourceSays:
    """One word of one source, with the quoted claims it is made of."""

    saying: Saying
    voice: str
    standing: str
    claims: tuple[Said, ...]


def source_says(one: LedgerIncident) -> tuple[SourceSays, ...]:
    """Return all that was said of an incident, as the page shows it; a voice without a name is called so."""
    out = []
    for saying in sayings_of(one):
        recorded = saying.member.recorded
        voice = saying.voice if saying.voice != recorded.report_key else gettext("a report without a name")
        refs = {claim_ref(recorded.report_key, claim.id): claim for claim in recorded.reading.claims}
        # A figure that only parts of another claim make has no claim of its own: its parts are shown.
        parts = [claim_ref(recorded.report_key, c.id) for c in saying.member.claims() if c.harm == saying.harm]
        shown = saying.claims or parts
        claims = tuple(Said(ref, refs[ref], recorded.reading.report) for ref in shown if ref in refs)
        out.append(SourceSays(saying, voice, STANDINGS[saying.standing], claims))
    return tuple(out)
