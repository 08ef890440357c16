"""Schemathesis tries every endpoint with what its description allows and what it does not; answers must be as told."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from tests.made import Told, reading
from tests.serve.conftest import House, make_house
from tests.serve.test_api_stated import fill

from marsad.serve import make_app
from marsad.serve.api.document import document

schemathesis = pytest.importorskip("schemathesis", reason="Schemathesis is not installed (a dev dependency)")


def desk(folder: Path) -> House:
    """A desk whose record holds a bit of everything: papers on one event, a total, statements, a person's words."""
    house = make_house(folder)
    house.add(reading([Told(killed=3, injured=4)], "Wire"))
    house.add(reading([Told(killed=5)], "Radio", total=90))
    house.add(reading([Told(killed=2, place="Kano", by=None)], "Gazette"))
    fill(house)
    rows = house.client.get("/api/v1/incidents?place=Baga").json()["incidents"]
    word = {"left": rows[0]["id"], "right": rows[1]["id"], "verdict": "unsure", "because": "one day"}
    assert house.client.post("/api/v1/judgements", json=word).status_code == 201
    value = {"of": rows[0]["id"], "field": "injured", "value": "4-6", "because": "two lists"}
    assert house.client.post("/api/v1/revisions", json=value).status_code == 201
    return house


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    # Schemathesis calls the app by this name, to which no desk answers by itself.
    return make_app(replace(desk(tmp_path_factory.mktemp("api")).desk, hosts=("testserver",)))


# Which value fits which field of a revision, and what there is to take back, no schema can say: 422 and 409 do.
ANSWERED = ["2xx", "3xx", "401", "403", "404", "409", "422", "429"]
CONFIG = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ANSWERED}}})
described = schemathesis.openapi.from_dict(document(), config=CONFIG)


@described.parametrize()  # type: ignore[untyped-decorator]
@settings(
    max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_answer_is_as_described(case: Any, app: Any) -> None:
    case.call_and_validate(app=app)
