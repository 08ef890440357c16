"""A person's word on incidents, from the page: it moves the totals, is dated, and can be taken back."""

import re
from datetime import timedelta

from tests.serve.conftest import House


def killed(house: House, as_of: str = "") -> int:
    answer = house.client.get("/api/v1/toll", params={"as_of": as_of} if as_of else {})
    return int(answer.json()["total"]["killed"]["best"])


def pair(house: House) -> tuple[str, str]:
    rows = house.client.get("/api/v1/incidents", params={"place": "Baga"}).json()["incidents"]
    assert len(rows) == 2
    return rows[0]["id"], rows[1]["id"]


def test_two_judged_the_same_are_counted_once_and_can_be_parted_again(house: House) -> None:
    left, right = pair(house)
    house.clock.moment += timedelta(days=1)
    assert killed(house) == 10
    page = house.post(f"/incidents/{left}/judge", other=right, verdict="same", because="one night, one village")
    assert "are same" in page and "one night, one village" in page
    assert killed(house) == 7
    assert killed(house, "2021-05-02") == 10
    words = re.search(r'name="left" value="(\w+)"><input type="hidden" name="right" value="(\w+)"', page)
    assert words is not None
    house.post(f"/incidents/{left}/undo", left=words[1], right=words[2])
    assert killed(house) == 10


def test_a_report_can_be_parted_from_the_rest(house: House) -> None:
    left, right = pair(house)
    house.post(f"/incidents/{left}/judge", other=right, verdict="same")
    house.post(f"/incidents/{right}/judge", other=left, verdict="different")
    assert killed(house) == 10


def test_a_value_is_revised_with_a_reason_and_taken_back(house: House) -> None:
    left, _ = pair(house)
    page = house.post(f"/incidents/{left}/revise", field="killed", value="4-6", because="a name stood twice")
    assert "a name stood twice" in page
    assert killed(house) == 11
    house.post(f"/incidents/{left}/undo", field="killed")
    assert killed(house) == 10


def test_a_withdrawn_incident_is_in_no_total_and_still_answers(house: House) -> None:
    left, _ = pair(house)
    page = house.post(f"/incidents/{left}/revise", field="withdrawn", value="yes", because="another war")
    assert "was withdrawn" in page
    assert killed(house) == 7


def test_what_says_nothing_is_refused(house: House) -> None:
    left, right = pair(house)
    token = house.token("/read")
    for path, fields in (
        (f"/incidents/{left}/judge", {"other": left, "verdict": "different"}),
        (f"/incidents/{left}/judge", {"other": right, "verdict": "perhaps"}),
        (f"/incidents/{left}/revise", {"field": "killed", "value": "4"}),
        (f"/incidents/{left}/revise", {"field": "killed", "value": "many", "because": "so"}),
        (f"/incidents/{left}/undo", {"left": left, "right": right}),
    ):
        assert house.client.post(path, data={"token": token, **fields}).status_code == 400
