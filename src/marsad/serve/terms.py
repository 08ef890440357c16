"""The words that the record itself uses (harms, means, standings, roles), as the page says them in its language."""

from marsad.serve.messages import gettext


def N_(word: str) -> str:  # noqa: N802 - the name by which gettext's tools know a text that is translated later
    """Mark a word for translators; it is translated where it is shown."""
    return word


TERMS = frozenset({
    # harms, and what a claim of them says
    N_("killed"), N_("injured"), N_("missing"), N_("captured"), N_("abducted"), N_("detained"), N_("displaced"),
    N_("casualties"), N_("combatant"), N_("civilian"), N_("mixed"), N_("combatants"), N_("civilians"), N_("unknown"),
    N_("asserted"), N_("denied"), N_("possible"), N_("planned"), N_("hypothetical"), N_("alleged"), N_("claimed"),
    N_("incident"), N_("period"), N_("cumulative"), N_("withdrawn"), N_("accepted"), N_("count"),
    # means
    N_("shooting"), N_("airstrike"), N_("shelling"), N_("bombing"), N_("suicide bombing"), N_("landmine"),
    N_("ambush"), N_("clashes"), N_("execution"), N_("arson"), N_("raid"), N_("beating"), N_("stabbing"),
    N_("chemical"), N_("torture"), N_("fire"),
    # what a toll is added up by, and the fields of an incident
    N_("perpetrator"), N_("place"), N_("day"), N_("week"), N_("month"), N_("year"), N_("country"), N_("admin1"),
    N_("victims"), N_("means"), N_("source"), N_("total"), N_("when"), N_("where"), N_("perpetrators"),
    N_("tolls"), N_("members"), N_("revisions"), N_("since"), N_("days"),
    # how an incident stands, and how each word in it does
    N_("agreed"), N_("disputed"), N_("single"), N_("unnamed"), N_("revised"), N_("taken as best"),
    N_("counted in low and high"), N_("overtaken by a newer word"), N_("said again later"),
    N_("denied, never counted"),
    # whose figure is best
    N_("newest"), N_("best sourced"), N_("median"), N_("lowest"), N_("highest"), N_("one voice one word, newest"),
    N_("one voice one word, best sourced"), N_("one voice one word, median"), N_("one voice one word, lowest"),
    N_("one voice one word, highest"),
    # people of the desk, verdicts
    N_("reader"), N_("recorder"), N_("reviewer"), N_("administrator"), N_("same"), N_("different"), N_("unsure"),
    N_("public"), N_("partner"), N_("internal"), N_("the country"), N_("pairs"), N_("values"),
    # statements
    N_("responsibility"), N_("control"), N_("relation"), N_("agreement"), N_("record"), N_("holds"), N_("takes"),
    N_("retakes"), N_("loses"), N_("besieges"), N_("contests"), N_("no longer holds"), N_("ceasefire"), N_("peace"),
    N_("buffer zone"), N_("withdrawal"), N_("prisoner exchange"), N_("evacuation"), N_("other"), N_("proposed"),
    N_("kept"), N_("broken"), N_("not implemented"), N_("refused"),
    # actors and their ties
    N_("state"), N_("militia"), N_("group"), N_("alliance"), N_("people"), N_("organisation"), N_("part of"),
    N_("affiliate of"), N_("supported by"), N_("formerly"), N_("rival"), N_("backs"), N_("rejected"), N_("allied with"),
    N_("rival of"), N_("counted by UCDP as"), N_("has as a part"), N_("supports"), N_("later became"),
    N_("has as an affiliate"), N_("counted by UCDP with it"), N_("from reports"), N_("leads"), N_("split from"),
})  # fmt: skip


def term(word: str) -> str:
    """Return a word of the record in the page's language; a name, or any word that is none of these, stays itself."""
    plain = word.replace("_", " ")
    return gettext(plain) if plain in TERMS else word
