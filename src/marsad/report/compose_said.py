"""The sections on records, running totals, control and agreements."""

from marsad.export.codes import country_name
from marsad.report.blocks import Block, Bullets, Paragraph, Run, Runs, plain
from marsad.report.model import AgreementSaid, ControlSaid, Counter, RecordLine
from marsad.report.telling import Teller
from marsad.report.wording import noted

VERDICTS = {"holds": "holds", "fails": "fails", "can't tell": "cannot"}


def record_blocks(teller: Teller) -> list[Block]:
    """Return the records that fell or are claimed, each with the ledger's verdict."""
    found = teller.situation.records
    if not found:
        return [Paragraph(teller.words.fill("records.none"))] if teller.long else []
    return [Bullets(tuple(_record(one, teller) for one in found[: teller.most(3, 20)]))]


def _record(one: RecordLine, teller: Teller) -> Runs:
    words, note = teller.words, teller.note(one.receipt)
    if not one.claimed:
        figure = Run(words.figure(one.figure), note, "strong")
        return words.fill("records.fell", day=words.day(one.day), figure=figure, why=one.why)
    claim = (Run(words.plain("notes.quote", words=one.words), note, "quote"),) if one.words else noted(
        plain(_measure(one, teller)), note
    )  # fmt: skip
    verdict = words.phrase(f"records.{VERDICTS[one.verdict]}")
    why = words.plain("records.because", why=one.why) if one.why else ""
    said = words.fill("records.claimed", claim=claim, verdict=Run(verdict, style="strong"), why=why)
    if not one.against:
        return said
    examples = [
        words.plain("records.example", figure=words.figure(figure), day=words.day(day))
        for _, day, figure in one.against
    ]
    return (*said, Run(" "), *words.fill("records.against", what=words.phrase("many").join(examples)))


def _measure(one: RecordLine, teller: Teller) -> str:
    words = teller.words
    unit = f" {words.phrase(f'records.{one.unit}')}" if words.has(f"records.{one.unit}") else ""
    return f"{words.phrase(f'records.{one.measure}')}{unit}"


def running_blocks(teller: Teller) -> list[Block]:
    """Return the running totals with what remains of them."""
    found = teller.situation.counters[: teller.most(3, 15)]
    if not found:
        return []
    items = tuple(_counter(one, teller) for one in found)
    return [Bullets(items), Paragraph(teller.words.fill("running.caution"), "quiet")]


def _counter(one: Counter, teller: Teller) -> Runs:
    words = teller.words
    where = words.phrase("many").join(part for part in (one.where, country_name(one.country)) if part)
    return words.fill(
        "running.line",
        voice=one.voice or words.phrase("running.voice"),
        total=Run(f"{one.total:,}", teller.note(one.receipt), "strong"),
        harm=words.phrase(f"harms.{one.harm}"),
        whom=words.plain("running.whom", whom=one.whom) if one.whom else "",
        where=words.plain("running.where", where=where) if where else "",
        since=words.plain("running.since", since=words.day(one.since)) if one.since else "",
        day=words.day(one.day),
        kind=_kind(one, teller),
        remainder=_remainder(one, teller),
    )


def _kind(one: Counter, teller: Teller) -> str:
    name = {"swap": "slip", "retroactive": "rise", "short": "rise", "gap": "rise"}.get(one.kind, one.kind)
    if not teller.words.has(f"running.{name}") or (name == "rise" and one.change <= 0):
        return ""
    places = {"change": f"{abs(one.change):,}"} if name in ("rise", "correction") else {}
    return teller.words.plain(f"running.{name}", **places)


def _remainder(one: Counter, teller: Teller) -> str:
    if one.remainder is None:
        return ""
    if one.remainder.high == 0:
        return teller.words.phrase("running.explained")
    return teller.words.plain("running.remainder", figure=teller.words.figure(one.remainder))


def control_blocks(teller: Teller) -> list[Block]:
    """Return who is said to hold what, and how agreements stand."""
    situation = teller.situation
    items = [_control(one, teller) for one in situation.control[: teller.most(3, 15)]]
    items += [_agreement(one, teller) for one in situation.agreements[: teller.most(3, 15)]]
    return [Bullets(tuple(items))] if items else []


def _control(one: ControlSaid, teller: Teller) -> Runs:
    words = teller.words
    state = "holds_part" if one.state == "holds" and not one.whole else one.state
    since = "since" if one.is_dated else "known_since"
    doubt = words.phrase("control.own_word") if one.own_word else ""
    doubt += words.phrase("control.contradicted") if one.contradicted else ""
    return words.fill(
        "control.line",
        who=one.who or words.phrase("control.somebody"),
        state=Run(words.phrase(f"control.{state}"), style="strong"),
        where=Run(one.where or words.phrase("control.somewhere"), teller.note(one.receipt)),
        since=words.plain(f"control.{since}", day=words.day(one.since)) if one.since else "",
        doubt=doubt,
    )


def _agreement(one: AgreementSaid, teller: Teller) -> Runs:
    words = teller.words
    names = words.phrase("and").join(one.parties)
    incidents = words.number_of("toll.incident", len(one.breaches))
    return words.fill(
        "control.agreement",
        kind=one.kind[:1].upper() + one.kind[1:],
        parties=words.plain("control.parties", names=names) if names else "",
        where=words.plain("control.where", where=one.where) if one.where else "",
        agreed=words.plain("control.agreed", day=words.day(one.agreed)) if one.agreed else "",
        status=Run(words.phrase(f"status.{one.status}"), teller.note(one.receipt), "strong"),
        breaches=words.plain("control.breaches", incidents=incidents) if one.breaches else "",
    )
