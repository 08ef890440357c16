"""All endpoints of the API, each with what it takes and gives: what opens the doors also describes them."""

from marsad.serve.api import judging, looking, reports
from marsad.serve.api.door import Door
from marsad.serve.api.words import BY_WORD, DAY, FILTERS, ID_IN_PATH, PAGING, TIMES, WORDS, Word

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

DOORS: tuple[Door, ...] = (
    Door("GET", f"{BASE}/me", looking.who_asks, "reader", "me", "Who asks", "Me"),
    Door("GET", f"{BASE}/incidents", looking.list_incidents, "reader", "incidents", "Incidents", "Incidents",
         (*FILTERS, *TIMES, *PAGING)),
    Door("GET", f"{BASE}/incidents/{{id}}", looking.one_incident, "reader", "incident",
         "One incident with its words", "Trace", (ID_IN_PATH, *TIMES, *PAGING), faults=(404,),
         more="An id never dies: that of an incident which was joined to another leads to its heir."),
    Door("GET", f"{BASE}/toll", looking.toll_table, "reader", "toll", "A toll with its rows", "Toll",
         (BY_WORD, *FILTERS, *TIMES, *PAGING),
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
