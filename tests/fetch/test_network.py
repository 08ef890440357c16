"""The door to the network: which addresses are public, and that a name is looked up once."""

import pytest
from tests.fetch.conftest import FakeTime
from tests.fetch.site import ROBOTS, Answer, Site

from marsad.fetch import Fetcher, FetchError, FetchLimits, Manners
from marsad.fetch.network import is_public

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "239.1.2.3", "240.0.0.1",
    "255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:101::",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "193.0.6.139", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public_in_any_wrapping(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


HERE, NOT_HERE = "127.0.0.1", "127.0.0.9"


@pytest.fixture
def only_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one address of this machine pass for a public one, so that no test calls the real network."""
    monkeypatch.setattr("marsad.fetch.network.is_public", lambda address: address == HERE)


@pytest.mark.usefixtures("only_here")
def test_a_name_is_looked_up_once_and_what_was_checked_is_called(site: Site, fake: FakeTime) -> None:
    answers = [[HERE], [NOT_HERE]]
    site.routes |= {ROBOTS: Answer(), "/a": Answer(b"x", headers={"Connection": "close"})}
    with Fetcher(Manners(FetchLimits(attempts=1, host_seconds=0)), fake.time, lambda *_: answers.pop(0)) as fetcher:
        found = fetcher.get(f"http://rebinding.example:{_port(site)}/a")
        assert found.body == b"x" and answers == [[NOT_HERE]]
        with pytest.raises(FetchError, match=f"leads to {NOT_HERE}"):
            fetcher.get(f"http://rebinding.example:{_port(site)}/a")
    assert site.paths() == ["/a"] and site.asked[-1].headers["host"] == f"rebinding.example:{_port(site)}"


@pytest.mark.usefixtures("only_here")
def test_of_several_addresses_only_public_ones_are_called(site: Site, fake: FakeTime) -> None:
    site.routes["/a"] = Answer(b"x")
    manners = Manners(FetchLimits(attempts=1, host_seconds=0))
    with Fetcher(manners, fake.time, lambda *_: ["10.0.0.1", HERE]) as fetcher:
        assert fetcher.get(f"http://two.example:{_port(site)}/a").body == b"x"


@pytest.mark.usefixtures("only_here")
def test_a_redirect_into_a_private_network_is_not_followed(site: Site, fake: FakeTime) -> None:
    site.routes["/a"] = Answer(status=302, headers={"Location": f"http://{NOT_HERE}:{_port(site)}/secret"})
    site.routes["/b"] = Answer(status=302, headers={"Location": "http://inside.example/secret"})
    names = {"inside.example": ["192.168.7.7"]}
    manners = Manners(FetchLimits(attempts=1, host_seconds=0))
    with Fetcher(manners, fake.time, lambda host, _: names.get(host, [host])) as fetcher:
        for path in ("/a", "/b"):
            with pytest.raises(FetchError, match="not of the public network"):
                fetcher.get(site.address + path)
    assert site.paths() == ["/a", "/b"]


def _port(site: Site) -> int:
    return int(site.address.rpartition(":")[2])


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "[::ffff:127.0.0.1]"])
def test_other_spellings_of_this_machine_are_this_machine(site: Site, fake: FakeTime, host: str) -> None:
    with Fetcher(Manners(FetchLimits(attempts=1, host_seconds=0)), fake.time) as fetcher, pytest.raises(FetchError):
        fetcher.get(f"http://{host}:{_port(site)}/a")
    assert site.asked == []
