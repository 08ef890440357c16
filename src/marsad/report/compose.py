"""Puts a situation into sections, in an organisation's words: one page, or long."""

from marsad.export.codes import country_name
from marsad.export.run import reasons
from marsad.ledger import TITLES
from marsad.report.blocks import Block, Bullets, Document, Paragraph, Picture, Run, Runs, Section, Table, plain
from marsad.report.chart import chart, is_known
from marsad.report.compose_change import change_blocks
from marsad.report.compose_said import control_blocks, record_blocks, running_blocks
from marsad.report.map import draw_map
from marsad.report.model import Line, Situation, Stretch
from marsad.report.telling import Teller
from marsad.report.wording import Words, noted
from marsad.vocabulary import HARMS, Harm

SHOWN_ALWAYS: Harm = "killed"


def compose(situation: Situation, words: Words, long: bool = True) -> Document:
    """Return a situation as a document; the same situation and words give the same one."""
    teller = Teller(situation, words, long)
    parts: list[tuple[str, list[Block]]] = [
        ("toll", _toll(teller)),
        ("changed", change_blocks(teller)),
        ("largest", _largest(teller)),
        ("sides", _grouped(teller, "side")),
        ("places", _grouped(teller, "place")),
        ("trend", _trend(teller)),
        ("records", record_blocks(teller)),
        ("running", running_blocks(teller)),
        ("control", control_blocks(teller)),
        ("doubts", _doubts(teller)),
        ("incidents", _all_incidents(teller) if long else []),
    ]
    sections = tuple(Section(key, words.phrase(f"titles.{key}"), tuple(blocks)) for key, blocks in parts if blocks)
    return Document(
        language=words.phrase("language"),
        title=words.phrase("titles.report"),
        subtitle=words.plain("toll.subtitle", days=words.days(situation.since, situation.until)),
        sections=sections,
        notes_title=words.phrase("titles.notes"),
        notes=teller.notes(),
        about=tuple(_about(teller)),
        long=long,
    )


def _toll(teller: Teller) -> list[Block]:
    situation, words = teller.situation, teller.words
    total = situation.total
    if total.incidents:
        incidents = Run(words.number_of("toll.incident", total.incidents), teller.note(total.receipt))
        lead = words.fill(
            "toll.lead", tolls=teller.tolls(total.tolls) or plain(words.figure(None)), incidents=incidents
        )
    else:
        lead = words.fill("toll.nothing")
    blocks: list[Block] = [Paragraph(lead, "lead")]
    if situation.civilians is not None:
        told = Run(
            words.figure(situation.civilians.tolls["killed"]), teller.note(situation.civilians.receipt), "strong"
        )
        blocks.append(Paragraph(words.fill("toll.civilians", figure=told)))
    if total.incidents:
        blocks.append(Paragraph(words.fill("toll.ranges"), "quiet"))
    beside = [
        words.fill("toll.held_back", incidents=words.number_of("toll.incident", number), why=why)
        for what, why, number in reasons(situation.left_out)
        if what == "incident"
    ]
    if situation.undated:
        beside.append(words.fill("toll.undated", incidents=words.number_of("toll.incident", situation.undated)))
    return [*blocks, *(Paragraph(each, "quiet") for each in beside)]


def _largest(teller: Teller) -> list[Block]:
    told = teller.situation.largest[: teller.most(3, 8)]
    return [Bullets(tuple(teller.sentence(one.entry, one.receipt) for one in told))] if told else []


def _grouped(teller: Teller, kind: str) -> list[Block]:
    lines = teller.situation.by_side if kind == "side" else teller.situation.by_place
    if not lines:
        return []
    words = teller.words
    harms = _harms(teller.situation.total)
    head = (words.phrase(f"tables.{kind}"), words.phrase("tables.incidents"), *_harm_heads(teller, harms))
    most = teller.most(4, 25)
    rows = [(plain(_label(teller, kind, line)), *_numbers(teller, line, harms)) for line in lines[:most]]
    if len(lines) > most:
        rest = words.plain("tables.rest", number=len(lines) - most)
        rows.append((plain(rest, "quiet"), *(plain("") for _ in head[1:])))
    table = Table(words.phrase(f"titles.{kind}s"), head, tuple(rows))
    drawing = draw_map([one.entry for one in teller.situation.largest]) if teller.long and kind == "place" else None
    if drawing is None:
        return [table]
    legend = words.phrase("places.legend")
    return [table, Picture(drawing, f"{words.phrase('places.map')} {legend}", legend=legend)]


def _label(teller: Teller, kind: str, line: Line) -> str:
    words = teller.words
    if kind == "side":
        unknown = "side.unknown" if teller.situation.profile.words else "side.unknown_public"
        return line.key or words.phrase(unknown)
    province, _, country = (line.key or "").rpartition("|")
    name = country_name(country or None)
    if name is None:
        return words.phrase("place.unknown")
    return words.plain("place.known", name=province, country=name) if province else name


def _harms(total: Line) -> tuple[Harm, ...]:
    return tuple(harm for harm in HARMS if harm in total.tolls or harm == SHOWN_ALWAYS)


def _harm_heads(teller: Teller, harms: tuple[Harm, ...]) -> tuple[str, ...]:
    return tuple(teller.words.phrase(f"harms.{harm}") for harm in harms)


def _numbers(teller: Teller, line: Line, harms: tuple[Harm, ...]) -> tuple[Runs, ...]:
    """Return the cells of a line: how many incidents, with the receipt of the whole line, and its figures."""
    figures = [plain(teller.words.figure(line.tolls[harm]) if harm in line.tolls else "–") for harm in harms]
    return (noted(plain(f"{line.incidents:,}"), teller.note(line.receipt)), *figures)


def _trend(teller: Teller) -> list[Block]:
    stretches, words = teller.situation.stretches, teller.words
    if len(stretches) < 2:
        return []
    name, earlier = _trend_name(stretches)
    windows = _windows_words(teller, stretches, earlier)
    said = words.fill(f"trend.{name}", windows=windows)
    blocks: list[Block] = [Paragraph(said)]
    if earlier:
        caption = words.fill("trend.chart", what=_stretches_told(teller))
        alt = "".join(run.words for run in caption)
        blocks.append(Picture(chart(stretches, words), alt, () if teller.long else caption))
    if teller.long and earlier:
        blocks.append(_stretch_table(teller))
    blocks.append(Paragraph(words.fill("trend.caution"), "quiet"))
    return blocks


def _stretches_told(teller: Teller) -> Runs:
    """Return the killed of each stretch in words, with their receipts where no table gives them."""
    out: list[Run] = []
    for one in teller.situation.stretches:
        figure = teller.words.figure(one.line.tolls.get("killed")) if is_known(one) else "–"
        note = None if teller.long or not is_known(one) else teller.note(one.line.receipt)
        days = teller.words.days(one.start, one.end)
        out += [*([Run("; ")] if out else []), Run(f"{days}: {figure}", note)]
    return tuple(out)


def _stretch_table(teller: Teller) -> Table:
    words, harms = teller.words, _harms(teller.situation.total)
    head = (words.phrase("tables.days"), words.phrase("tables.reports"), words.phrase("tables.incidents"))
    rows = tuple(
        (
            plain(words.days(one.start, one.end)),
            plain(f"{one.reports:,}"),
            *(_numbers(teller, one.line, harms) if is_known(one) else _dashes(len(harms) + 1)),
        )
        for one in teller.situation.stretches
    )
    return Table(words.phrase("titles.trend"), (*head, *_harm_heads(teller, harms)), rows)


def _dashes(number: int) -> tuple[Runs, ...]:
    return tuple(plain("–") for _ in range(number))


def _trend_name(stretches: tuple[Stretch, ...]) -> tuple[str, int]:
    """Return how the window compares with those before, and with how many; low and high must be clear of them."""
    *before, last = stretches
    known = [one for one in before if is_known(one)]
    if not known:
        return "unknown", 0
    now = last.line.tolls.get("killed")
    low, high = (now.low, now.high) if now else (0, 0)
    others = [one.line.tolls.get("killed") for one in known]
    highs = [each.high if each else 0 for each in others]
    if all(each is not None and low > each for each in highs):
        return "more", len(known)
    if high is not None and all(high < (each.low if each else 0) for each in others):
        return "fewer", len(known)
    return "same", len(known)


def _windows_words(teller: Teller, stretches: tuple[Stretch, ...], earlier: int) -> str:
    words, number = teller.words, earlier or len(stretches) - 1
    days = (stretches[-1].end - stretches[-1].start).days + 1
    if days in (1, 7):
        return words.number_of("trend.week" if days == 7 else "trend.day", number)
    length = words.number_of("trend.day", days)
    return words.plain("trend.stretch" if number == 1 else "trend.stretches", number=number, days=length)


def _doubts(teller: Teller) -> list[Block]:
    words, items = teller.words, []
    for doubt in teller.situation.doubts:
        incidents = Run(words.number_of("toll.incident", len(doubt.found)), teller.note(doubt.receipt))
        head = words.fill(f"doubts.{doubt.kind}", incidents=incidents)
        shown = doubt.found[: teller.most(1, 3)]
        examples: list[Run] = []
        for one in shown:
            examples += [Run("; ")] if examples else []
            examples += teller.brief(one.entry, one.receipt)
        items.append(words.fill("doubts.such_as", head=head, examples=tuple(examples)))
    return [Bullets(tuple(items))] if items else []


def _all_incidents(teller: Teller) -> list[Block]:
    found, words = teller.situation.largest, teller.words
    if not found:
        return []
    harms = _harms(teller.situation.total)
    head = (
        words.phrase("tables.day"), words.phrase("tables.place"), words.phrase("tables.by"),
        *_harm_heads(teller, harms), words.phrase("tables.receipt"),
    )  # fmt: skip
    rows = []
    for one in sorted(found, key=lambda each: (each.entry.start is None, each.entry.start, each.entry.id)):
        names = [party.name for party in one.entry.perpetrators if party.basis != "denied"]
        figures = [plain(words.figure(one.entry.tolls[h]) if h in one.entry.tolls else "–") for h in harms]
        day = words.days(one.entry.start, one.entry.end)
        lead = (plain(day), plain(teller.place(one.entry)), plain(words.phrase("many").join(dict.fromkeys(names))))
        rows.append((*lead, *figures, (Run("", teller.note(one.receipt)),)))
    return [Table(words.phrase("titles.incidents"), head, tuple(rows), words=3)]


def _about(teller: Teller) -> list[Runs]:
    situation, words = teller.situation, teller.words
    moment = f"{words.day(situation.moment.date())} {situation.moment:%H:%M} UTC" if situation.moment else ""
    name = "about.made" if moment else "about.empty"
    told = {"moment": moment} if moment else {}
    lines = [words.fill(name, version=situation.version, **told)]
    lines.append(words.fill("about.rule", rule=TITLES[situation.policy]))
    lines.append(words.fill("about.profile", about=situation.profile.about))
    if situation.filters:
        chosen = "; ".join(f"{key.replace('_', ' ')}: {value}" for key, value in situation.filters.items())
        lines.append(words.fill("about.filters", filters=chosen))
    lines.append(words.fill("about.reports", reports=words.number_of("toll.report", situation.reports)))
    return lines
