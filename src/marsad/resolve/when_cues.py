"""What happened at a time: the harm itself, somebody's word of it, or what the law and the mourners did after.

"Police said on Tuesday" and "was charged on Friday" tell days, but not the day on which anybody was killed.
"""

import re
from typing import Literal

Cue = Literal["harm", "died", "said", "told", "after", "none"]

_HARM = (
    r"kill(?:s|ed|ing|ings)?|shot|shootings?|shootouts?|wound(?:s|ed|ing)?|injur(?:ed|es|ing|y|ies)|dead|died|dies|deaths?"
    r"|attack(?:s|ed|ing|ers)?|bomb(?:s|ed|ing|ings|ardment|ers)?|blasts?|explosions?|explod(?:ed|es)|detonated|struck"
    r"|(?:air\s?-?)?strikes?|airstrikes?|raid(?:s|ed)?|shell(?:s|ed|ing)|rockets?|missiles?|drones?|clash(?:es|ed)?"
    r"|fighting|fought|ambush(?:es|ed)?|abduct(?:s|ed|ion|ions)|kidnap(?:s|ped|ping|pings)?|murder(?:s|ed)?|homicides?"
    r"|assassinat(?:ed|ion|ions)|massacres?|massacred|execut(?:ed|ion|ions)|behead(?:ed|ing|ings)|stabb(?:ed|ing|ings)"
    r"|gunfire|gunfight|gunned|gunmen|opened\s+fire|fired|slain|slaying|crash(?:es|ed)?|stormed|erupted|martyred|targeted"
    r"|bodies|body|found|incidents?|violence|took\s+place|happened|occurred|broke\s+out|began|destroyed|torched|burn(?:ed|t)"
    r"|hit|fled|displaced|captured|seized|disappear(?:ed|ance)|missing|collapsed|assault(?:s|ed)?|casualt(?:y|ies)"
)
_TOLD = (
    r"said|says|told|tells|announc(?:ed|es|ing)|reported(?!\s+(?:missing|killed|dead|injured))|confirm(?:ed|s)|stated|wrote"
    r"|tweet(?:ed|s)?|declared|warned|added|statement|press\s+release|published|released|issued|posted|updated|briefing"
    r"|news\s+conference|press\s+conference|conference|interview(?:ed)?|according\s+to|speaking|spoke"
    r"|den(?:ied|ies)|vowed|called|identif(?:ied|ies|ying)|acknowledged|recalled|described"
    r"|learned|revealed|blamed|accused|urged|recall(?:s|ing)?|stress(?:ed|es)|noted|indicated|asserted|commented|remarked"
    r"|speech|message|communiqu[eé]|telegram|letter|editorials?|broadcast"
)
# A public act in answer to harm, or apart from it: its day says nothing of the day of any harm told of beside it.
_ANSWERED = (
    r"claim(?:s|ed|ing)?\s+(?:responsibility|credit)|condemn(?:s|ed|ing)?|repudiat(?:es|ed|ing)|reject(?:s|ed|ing)?|deplor(?:es|ed|ing)|denounc(?:es|ed|ing)"
    r"|lament(?:s|ed|ing)|regret(?:s|ted|ting)?|express(?:es|ed|ing)|refer(?:s|red|ring)|propos(?:es|ed|ing)"
    r"|demand(?:s|ed|ing)|request(?:s|ed|ing)|appeal(?:s|ed|ing)|criticiz(?:es|ed|ing)|criticis(?:es|ed|ing)"
    r"|prais(?:es|ed|ing)|pledg(?:es|ed|ing)|promis(?:es|ed|ing)|asked|sign(?:s|ed|ing)|approv(?:es|ed|ing)|decrees?"
    r"|sessions?|summits?|talks|dialogues?|negotiations?|arriv(?:es|ed|al)|travel(?:l?ed|s)|trip"
)
_AFTER = (
    r"arrest(?:s|ed|ing)?|charged|charges?|arraigned|sentenc(?:ed|es|ing)|pleaded|pled|convict(?:ed|ion)|court|judge|hearing"
    r"|trial|jury|jurors?|indict(?:ed|ment)|booked|custody|jailed|extradited|testif(?:ied|y)|surrendered|bail|bond|sued"
    r"|lawsuit|mourn(?:s|ed|ing)?|vigil|funerals?|memorial|burial|buried|visited|visit|met|meet|meeting|gathered|rally"
    r"|protest(?:s|ed|ers)?|resigned|elected|elections?|anniversary|released\s+from|ruled|reunion|operation\s+on|surgery|scheduled|slated|will\s+be|upcoming"
)
_CUES = re.compile(
    rf"\b(?:(?P<answered>{_ANSWERED})|(?P<told>{_TOLD})|(?P<after>{_AFTER})|(?P<harm>{_HARM}))\b", re.IGNORECASE
)
# "Tuesday's shooting", "the Sept. 13 attack": the noun that the time stands before.
_NOUN_AFTER = re.compile(
    r"(?:['’]s?|,)?(?:\s+(?:morning|afternoon|evening|night|dawn|early|deadly|fatal|double|triple|mass))*"
    r"(?:['’]s?)?(?:\s+(?!(?:the|an?|that|of|in|for|to|from|after|over)\b)[\w-]+)?\s+"
    rf"(?:{_HARM})\b",
    re.IGNORECASE,
)
_DYING = frozenset({"died", "dies", "dead", "death"})
_IN_HOSPITAL = re.compile(
    r"\b(?:wounds?|injur(?:y|ies)|hospital|surgery|life\s+support|later|last\s+week)\b", re.IGNORECASE
)
# "..., officials said." closes a sentence and says nothing of the time before it.
_ATTRIBUTION = re.compile(
    r"^\s*,[^,.;]{0,70}\b(?:said|says|told|reported|confirmed|announced|added)\b(?:[^,.;]{0,60})(?=[.;])", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[;:]|[.!?](?:\s|$)|\n\s*\n")


def cue_of(text: str, start: int, end: int) -> Cue:
    """Return what the words around the time `text[start:end]` say happened then, the nearest word deciding.

    "died" is a death in hospital, later than the event; "said" a day on which somebody told of harm, which is the
    harm's own day where nothing better is told ("police said on Tuesday that two men were shot").
    """
    if _NOUN_AFTER.match(text, end, end + 60):
        return "harm"
    before = _CLAUSE_END.split(text[max(0, start - 250) : start])[-1]
    after = _CLAUSE_END.split(_ATTRIBUTION.sub("", text[end : end + 130]))[0]
    found = _nearest(before, after)
    if found is None:
        return "none"
    if found["harm"]:
        late = found["harm"].lower() in _DYING and _IN_HOSPITAL.search(before + after)
        return "died" if late else "harm"
    if found["answered"]:
        return "told"
    if found["after"]:
        return "after"
    return "said" if any(cue["harm"] for cue in _CUES.finditer(after)) else "told"


def _nearest(before: str, after: str) -> re.Match[str] | None:
    """Return the cue nearest to the time; one before it counts first, since "on Friday" mostly follows its verb."""
    last = None
    for found in _CUES.finditer(before):
        last = found
    first = _CUES.search(after)
    if last is None or (first is not None and len(before) - last.end() > first.start() + 40):
        return first
    return last
