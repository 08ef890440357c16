"""A view is given away as a codebook's file with its facts, by the profile that the role allows; never with names."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import House, make_house
from tests.serve.test_names import NAMES, PASSWORD, logged_in, named

from marsad.export.formats import FORMATS
from marsad.serve import exports
from marsad.serve.accounts import Accounts
from marsad.serve.desk import ROLES


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, House]]:
    """A desk whose victims, sources, titles and addresses bear names, seen by each role."""
    folder = tmp_path_factory.mktemp("exports")
    file = str(Path(folder) / "people.db")
    for role in ROLES:
        Accounts(file).add(role, role, PASSWORD)
    house = make_house(folder, file)
    house.add(named(3, "Wire"))
    house.add(named(40, "Gazette"))
    yield {role: logged_in(house, role) for role in ROLES}


def taken(client: TestClient, asked: str) -> dict[str, bytes]:
    """Return the files of a download."""
    answer = client.get(f"/export.zip?{asked}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_comes_with_its_facts(house: House, form: str) -> None:
    if any(one.name == form and one.missing for one in exports.choices()):
        assert house.client.get(f"/export.zip?format={form}").status_code == 501
        return
    files = taken(house.client, f"format={form}&profile=internal")
    file, facts = files
    meta = json.loads(files[facts])
    assert facts == f"{file}.meta.json" and meta["file"] == file
    assert file.endswith(FORMATS[form].suffix) and files[file]
    assert meta["format"] == form and meta["profile"]["name"] == "internal"


def test_the_same_ledger_gives_the_same_bytes(house: House) -> None:
    first, second = (house.client.get("/export.zip?format=ucdp&profile=partner").content for _ in range(2))
    assert first == second


def test_filters_and_one_incident_choose_what_leaves(house: House) -> None:
    def incidents(asked: str) -> int:
        files = taken(house.client, f"format=jsonl&profile=internal&{asked}")
        return int(json.loads(next(files[name] for name in files if name.endswith(".meta.json")))["incidents"])

    assert incidents("") == 3
    assert incidents("place=Kano") == 1
    assert incidents("source=Wire") == 1
    name = house.client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    assert incidents(f"incident={name}") == 1
    assert house.client.get("/export.zip?incident=perpetrator:unknown").status_code in (400, 404)


@pytest.mark.parametrize(
    ("role", "profiles"),
    [
        ("reader", {"public"}),
        ("recorder", {"public", "partner"}),
        ("reviewer", {"public", "partner"}),
        ("administrator", {"public", "partner", "internal"}),
    ],
)
def test_each_role_gives_away_by_its_own_profiles(team: dict[str, House], role: str, profiles: set[str]) -> None:
    client = team[role].client
    for profile in ("public", "partner", "internal"):
        status = client.get(f"/export.zip?format=jsonl&profile={profile}").status_code
        assert status == (200 if profile in profiles else 403)
        if len(profiles) > 1:
            assert (f'<option value="{profile}">' in client.get("/export").text) == (profile in profiles)


def test_who_says_nothing_gives_away_what_anybody_may_have(team: dict[str, House]) -> None:
    files = taken(team["administrator"].client, "format=jsonl")
    assert json.loads(files["marsad-jsonl-public.jsonl.meta.json"])["profile"]["name"] == "public"


def test_no_name_leaves_with_a_reader(team: dict[str, House]) -> None:
    for form in (one.name for one in exports.choices() if not one.missing):
        for content in taken(team["reader"].client, f"format={form}").values():
            assert not [name for name in NAMES if name.encode() in content], form
    assert team["reader"].client.get("/export.zip?source=Wire").status_code == 403


def test_a_format_whose_package_is_missing_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "find_spec", lambda _name: None)
    page = house.client.get("/export").text
    assert '<option value="parquet" disabled>' in page
    assert "the package pyarrow is not installed" in page
    assert '<option value="ucdp">' in page


def test_buttons_lead_there_with_the_filters_of_the_view(house: House) -> None:
    assert 'href="/export?place=Kano"' in house.client.get("/incidents?place=Kano").text
    assert 'href="/export?place=Kano"' in house.client.get("/tolls?place=Kano").text
    page = house.client.get("/export?place=Kano").text
    assert '<input type="hidden" name="place" value="Kano">' in page
    name = house.client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    assert f'href="/export?incident={name}"' in house.client.get(f"/incidents/{name}").text


def test_what_is_no_format_or_profile_is_refused_with_advice(house: House) -> None:
    for asked, words in (("format=doc", "there is no format"), ("profile=friends", "there is no profile")):
        answer = house.client.get(f"/export.zip?{asked}")
        assert answer.status_code == 400 and words in answer.text
