"""Takes out of an answer what a gold made by judging does not ask for: claims that nobody looked at are no errors."""

from dataclasses import replace

from marsad.evaluate.coding import CodedClaim, Coding
from marsad.evaluate.pairing import pair_claims


def asked_of(gold: Coding, answer: Coding) -> Coding:
    """Return the part of an answer that a gold asks for; all of it, where the report was judged as a whole.

    Kept are the claims that stand for one that was judged: the same one, one on the very same words, or one that
    people rejected; and the incidents made of the judged incidents' claims. Ties between claims were not judged.
    """
    if not gold.partial:
        return answer
    kept = {answer.claims[j].id for j in pair_claims(gold.claims, answer.claims).values()}
    kept |= {answer.claims[j].id for j in pair_claims(gold.rejected, answer.claims).values()}
    judged = {_words(claim) for claim in gold.claims}
    claims = tuple(claim for claim in answer.claims if claim.id in kept or _words(claim) in judged)
    named = {name for incident in gold.incidents for name in incident.claims}
    about = {_words(claim) for claim in gold.claims if claim.id in named}
    tied = {claim.id for claim in answer.claims if _words(claim) in about}
    incidents = tuple(one for one in answer.incidents if tied.intersection(one.claims))
    return replace(answer, claims=claims, breakdowns=(), restatements=(), incidents=incidents)


def _words(claim: CodedClaim) -> tuple[int, int, bool, str | None]:
    return claim.start, claim.end, claim.in_title, claim.harm
