"""All endpoints of the API, each with what it takes and gives: what opens the doors also describes them."""

from typing import get_args

from marsad.ledger.suggestions import Answer
from marsad.serve.api import judging, looking, reports, stated
from marsad.serve.api.door import Door
from marsad.serve.api.words import ALSO, AS_OF, BY_WORD, DAY, FILTERS, ID_IN_PATH, PAGING, TIMES, WORDS, Word

BASE = "/api/v1"
CREATED = {201: "recorded"}
_POLICY = tuple(word for word in TIMES if word.name == "policy")
_ID = Word("id", "an incident, a claim (report/c4), a report, or a row of a toll (perpetrator:NAME, total)",
           WORDS, required=True)  # fmt: skip
_SINCE = Word("since", "changes since the end of this day", DAY, required=True)
_PUBLISHED = (
    Word("since", "published on this day or later", DAY),
    Word("until", "published on this day or before", DAY),
    Word("publisher", "words of the publisher's name", WORDS),
)

_ON = Word("on", "the day of which it is asked, by default that of the newest report", DAY)
_ABOUT = Word("about", "words of a place, or of an actor", WORDS)
_PARTY = Word("party", "words of one of its parties", WORDS)
_PLACE = Word("place", "words of its place, or of a unit that holds it", WORDS)
_CLAIM = Word("words", "a record claim in words: the deadliest day in Idlib since March", WORDS, required=True)
_FROM = Word("since", "first day of the window, if its words name none", DAY)
_ANSWER = Word("answer", "only ties that people answered so", {"type": "string", "enum": [*get_args(Answer)]})
_TIE_FAULTS = (404, 409, 413, 415)

DOORS: tuple[Door, ...] = (
    Door("GET", f"{BASE}/me", looking.who_asks, "reader", "me", "Who asks", "Me"),
    Door("GET", f"{BASE}/incidents", looking.list_incidents, "reader", "incidents", "Incidents", "Incidents",
         (*FILTERS, *ALSO, *TIMES, *PAGING), faults=(422,)),
    Door("GET", f"{BASE}/incidents/{{id}}", looking.one_incident, "reader", "incident",
         "One incident with its words", "Trace", (ID_IN_PATH, *TIMES, *PAGING), faults=(404,),
         more="An id never dies: that of an incident which was joined to another leads to its heir."),
    Door("GET", f"{BASE}/toll", looking.toll_table, "reader", "toll", "A toll with its rows", "Toll",
         (BY_WORD, *FILTERS, *ALSO, *TIMES, *PAGING), faults=(422,),
         more="Documented incidents only, each once; running totals stand beside and are never added."),
    Door("GET", f"{BASE}/trace", looking.trace_id, "reader", "trace", "What an id rests on", "Trace",
         (_ID, *FILTERS, *TIMES, *PAGING), faults=(404,)),
    Door("GET", f"{BASE}/series", looking.list_series, "reader", "series", "Running totals over time", "SeriesPage",
         (*TIMES, *PAGING), more="Steps, phases, slips, and what the incidents leave unexplained."),
    Door("GET", f"{BASE}/changes", looking.list_changes, "reader", "changes", "What changed since a day", "Changes",
         (_SINCE, *TIMES, *PAGING)),
    Door("GET", f"{BASE}/actors", looking.list_actors, "reader", "actors", "Actors that incidents name", "Actors",
         (*FILTERS, *TIMES, *PAGING)),
    Door("GET", f"{BASE}/places", looking.list_places, "reader", "places", "Places of incidents", "Places",
         (*FILTERS, *TIMES, *PAGING)),
    Door("GET", f"{BASE}/reports", reports.list_reports, "reader", "reports", "Recorded reports", "Reports",
         (*_PUBLISHED, *TIMES, *PAGING)),
    Door("POST", f"{BASE}/reports", reports.add_report, "recorder", "add", "Read and record a report", "Added",
         sends="Report", statuses={201: "recorded as new", 200: "known already, or read anew"}, faults=(413, 415)),
    Door("GET", f"{BASE}/reports/{{id}}", reports.one_report, "reader", "report", "One report with its reading",
         "Recorded", (ID_IN_PATH, *TIMES), faults=(404,)),
    Door("GET", f"{BASE}/reports/{{id}}/checks", stated.check_report, "recorder", "checks",
         "The record claims of one report, checked against the ledger", "Checks", (ID_IN_PATH, *TIMES, *PAGING),
         faults=(404,)),
    Door("GET", f"{BASE}/check", stated.check_words, "recorder", "check", "Check a record claim in words", "Check",
         (_CLAIM, _ON, _FROM, *TIMES), faults=(422,),
         more="It holds, fails by counter-examples, or cannot be told for what the ledger lacks."),
    Door("GET", f"{BASE}/control", stated.list_control, "reader", "control", "Who holds what on a day", "Control",
         (_ABOUT, _ON, AS_OF, *PAGING),
         more="By the latest words of reports; where voices differ, both are given."),
    Door("GET", f"{BASE}/agreements", stated.list_agreements, "reader", "agreements",
         "Agreements, and what became of each", "Agreements", (_PLACE, _PARTY, _ON, AS_OF, *PAGING),
         more="Incidents that may have broken one are candidates for a person to judge, no verdict."),
    Door("GET", f"{BASE}/suggestions", stated.list_suggestions, "recorder", "suggestions",
         "Ties between actors that reports tell of and the registry lacks", "Suggestions", (_ANSWER, AS_OF, *PAGING),
         more="By themselves they change nothing."),
    Door("POST", f"{BASE}/suggestions/accept", stated.accept_tie, "reviewer", "accept_tie",
         "Say that a suggested tie is right", "Value", sends="Tie", statuses=CREATED, faults=_TIE_FAULTS),
    Door("POST", f"{BASE}/suggestions/reject", stated.reject_tie, "reviewer", "reject_tie",
         "Say that a suggested tie is wrong", "Value", sends="Tie", statuses=CREATED, faults=_TIE_FAULTS),
    Door("POST", f"{BASE}/suggestions/undo", stated.take_tie_back, "reviewer", "undo_tie",
         "Take back the answers to a suggested tie", "Value", sends="Tie", statuses=CREATED, faults=_TIE_FAULTS),
    Door("GET", f"{BASE}/gold", stated.list_gold, "reviewer", "gold", "What people judged, as gold", "Gold", PAGING,
         more="Only what somebody looked at; a coding and its report stand at the same place of their lists."),
    Door("POST", f"{BASE}/read", reports.read_report, "recorder", "read", "Read a report; nothing is stored",
         "Reading", sends="Report", faults=(413, 415)),
    Door("GET", f"{BASE}/review", judging.review, "reviewer", "review", "What needs a person's look", "Review",
         (*_POLICY, *PAGING)),
    Door("POST", f"{BASE}/judgements", judging.judge, "reviewer", "judge", "Say whether two incidents are one",
         "Word", sends="Judgement", statuses=CREATED, faults=(404, 409, 413, 415)),
    Door("POST", f"{BASE}/judgements/undo", judging.unjudge, "reviewer", "unjudge", "Take back the last word on two",
         "Word", sends="Pair", statuses=CREATED, faults=(404, 409, 413, 415)),
    Door("POST", f"{BASE}/revisions", judging.revise, "reviewer", "revise", "Correct a value, with the reason",
         "Value", sends="Revision", statuses=CREATED, faults=(404, 413, 415, 422)),
    Door("POST", f"{BASE}/acceptances", judging.accept_it, "reviewer", "accept", "Say that what was read is right",
         "Done", sends="Acceptance", statuses=CREATED, faults=(404, 413, 415)),
    Door("POST", f"{BASE}/revisions/undo", judging.unrevise, "reviewer", "unrevise", "Let what was read stand again",
         "Value", sends="Field", statuses=CREATED, faults=(404, 413, 415, 422)),
)  # fmt: skip
