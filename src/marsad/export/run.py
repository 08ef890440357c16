"""Makes one export: what leaves, what stays and why, and the facts that make it reproducible."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from marsad import __version__
from marsad.export.entries import LeftOut, Written
from marsad.export.formats import require_format
from marsad.export.frame import Format, Frame
from marsad.export.gather import Wish, gather, moment_of
from marsad.export.names import names_nobody
from marsad.ledger import TITLES, Ledger, Selection
from marsad.vocabulary import STATUSES

KEPT_BACK = "(words that are kept back)"


@dataclass(frozen=True, slots=True)
class Exported:
    """One export: its bytes, what was left out, and its facts (`meta`), which stand in a file beside it."""

    format: Format
    written: Written
    left_out: tuple[LeftOut, ...]
    incidents: int
    meta: dict[str, Any]


def export(ledger: Ledger, name: str, wish: Wish) -> Exported:
    """Return a ledger's incidents in one format, as one profile lets them out; the same ledger gives the same bytes."""
    kind = require_format(name)
    found = gather(ledger, wish)
    frame = Frame(__version__, moment_of(ledger), ledger.policy, wish.profile, filters_of(wish), found.running)
    written = kind.write(found.entries, frame)
    left_out = (*found.left_out, *written.left_out)
    out_of_codebook = sum(1 for one in written.left_out if one.what == "incident")
    incidents = len(found.entries) - out_of_codebook
    return Exported(kind, written, left_out, incidents, _meta(kind, written, left_out, frame, incidents))


def filters_of(wish: Wish) -> dict[str, str]:
    """Return what was asked for, in words; what was left open is not in it.

    Words for victims, sources and doers stay in the house with everything else that names them, unless each is known
    to name nobody.
    """
    names = Selection.__slots__
    asked = {name: getattr(wish.selection, name) for name in names}
    plain = {name: str(value) for name, value in asked.items() if value not in (None, 1)}
    if not wish.profile.words:
        plain |= {name: KEPT_BACK for name in ("victims", "source") if plain.get(name) not in (None, *STATUSES)}
        plain |= {"perpetrator": KEPT_BACK} if not all(map(names_nobody, plain.get("perpetrator", "").split())) else {}
    plain |= {"reviewed_only": "yes"} if wish.reviewed_only else {}
    return plain


def reasons(left_out: tuple[LeftOut, ...]) -> list[tuple[str, str, int]]:
    """Return what was left out, why, and how often, the most frequent first."""
    counts = Counter((one.what, one.why) for one in left_out)
    return [(what, why, number) for (what, why), number in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]


def meta_bytes(meta: dict[str, Any]) -> bytes:
    """Return the facts as a JSON file."""
    return (json.dumps(meta, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _meta(
    kind: Format, written: Written, left_out: tuple[LeftOut, ...], frame: Frame, incidents: int
) -> dict[str, Any]:
    profile = frame.profile
    hashed = written.content if written.canonical is None else written.canonical
    return {
        "format": kind.name,
        "title": kind.title,
        "made_by": f"Marsad {frame.version}",
        "as_of": frame.moment.isoformat() if frame.moment else None,
        "policy": frame.policy,
        "rule": TITLES[frame.policy],
        "filters": dict(frame.filters),
        "profile": {
            "name": profile.name,
            "about": profile.about,
            "words": profile.words,
            "sources": profile.sources,
            "decimals": profile.decimals,
            "shy_decimals": profile.shy_decimals,
            "delay_days": profile.delay_days,
            "small_cell": profile.small_cell,
        },
        "rules": [*kind.rules],
        "checked": kind.checked,
        "not_checked": kind.unchecked or None,
        "rows": written.rows,
        "incidents": incidents,
        "left_out": [{"what": what, "why": why, "times": number} for what, why, number in reasons(left_out)],
        "sha256": hashlib.sha256(hashed).hexdigest(),
        "sha256_of": "the file" if written.canonical is None else "its rows, as canonical JSON Lines",
    }
