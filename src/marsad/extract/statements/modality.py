"""How sure a statement is: denied, possible, planned or supposed, as the words before it in its clause say."""

import re

from marsad.extract.sentences import Sentence
from marsad.extract.statements.drafts import Draft
from marsad.vocabulary import Modality

BEFORE = 45
"""How many characters before a statement may weaken it."""
CLAUSE = re.compile(r"[;:,(–—]|\b(?:but|while|although|though|after|which|who|said|says|and)\b")
FORMS: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("hypothetical", re.compile(r"\b(?:if|unless|would have|as if)\b")),
    (
        "denied",
        re.compile(
            r"\b(?:den(?:y|ies|ied|ying)|never|not|\w+n['’]t|no longer|prevent\w*|fail(?:s|ed|ing)? to|unable to"
            r"|without|refut\w+|stopped)\b"
        ),
    ),
    ("possible", re.compile(r"\b(?:may|might|could|possibl[ey]|perhaps|probably|whether|believed to|presumed to)\b")),
    (
        "planned",
        re.compile(
            r"\b(?:will|shall|plan(?:s|ned|ning)? to|vow\w* to|going to|intend\w* to|prepar\w+ to|aim\w* to|hop\w+ to"
            r"|wants? to|wanted to|tr(?:y|ies|ied|ying) to|attempt\w* to|seek\w* to|sought to"
            r"|efforts? (?:by .{1,40} )?to"
            r"|threaten\w* to|order\w* to)\b"
        ),
    ),
)
CARRIED = {
    "responsibility": frozenset(("denied", "blamed", "unclaimed")),
    "control": frozenset(("contests",)),
    "agreement": frozenset(("proposed", "refused", "not_implemented", "broken")),
}
"""The terms that say by themselves that a thing is wished for, doubted or denied; records are claimed as they stand."""


def modality_of(sentence: Sentence, draft: Draft) -> Modality:
    """Return the modality of a statement: what weakens it stands in its own words or in its clause right before."""
    if draft.kind == "record" or CARRIED.get(draft.kind, frozenset()) & set(draft.terms.values()):
        return "asserted"
    text = sentence.text.lower()
    start, end = draft.start - sentence.start, draft.end - sentence.start
    if not 0 <= start < end <= len(text):
        return "asserted"
    low = max(
        [cut.end() for cut in CLAUSE.finditer(text, max(0, start - BEFORE), start)], default=max(0, start - BEFORE)
    )
    clause = text[low:end]
    return next((modality for modality, form in FORMS if form.search(clause)), "asserted")
