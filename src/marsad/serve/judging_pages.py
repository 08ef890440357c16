"""The doors of the judging part: which address leads to which page, and what role it asks for."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from marsad.serve import actors_page, incident, naming, places_page, review, ties, work
from marsad.serve.desk import Role

DOORS: tuple[tuple[str, str, Callable[[Request], Response | Awaitable[Response]], Role], ...] = (
    ("GET", "/incidents/{id}", incident.show_incident, "reader"),
    ("POST", "/incidents/{id}/judge", incident.judge, "reviewer"),
    ("POST", "/incidents/{id}/revise", incident.revise, "reviewer"),
    ("POST", "/incidents/{id}/undo", incident.undo, "reviewer"),
    ("GET", "/review", review.show_desk, "reviewer"),
    ("POST", "/review", review.decide_case, "reviewer"),
    ("POST", "/review/undo", review.undo_last, "reviewer"),
    ("GET", "/review/work", work.show_work, "reviewer"),
    ("GET", "/review/gold.jsonl", work.gold_jsonl, "reviewer"),
    ("GET", "/review/reports.jsonl", work.reports_jsonl, "reviewer"),
    ("GET", "/review/agreement.json", work.agreement_json, "reviewer"),
    ("GET", "/actors", actors_page.show_actors, "reader"),
    ("GET", "/actors/unknown", actors_page.show_unknown, "reader"),
    ("GET", "/actors/{id:path}", actors_page.show_actor, "reader"),
    ("POST", "/ties", ties.answer_tie, "reviewer"),
    ("GET", "/places", places_page.show_places, "reader"),
    ("GET", "/places/unknown", places_page.show_unknown, "reader"),
    ("GET", "/places/{id:path}", places_page.show_place, "reader"),
    ("GET", "/names", naming.name_form, "reviewer"),
    ("POST", "/names", naming.name_it, "reviewer"),
    ("POST", "/names/undo", naming.take_name_back, "reviewer"),
)
