"""The file of sources: sound ones are taken, and every fault of another is named with its line."""

from datetime import timedelta
from pathlib import Path

import pytest

from marsad.errors import BadInputError
from marsad.watch.sources import SourcesError, load_sources, sources_of
from marsad.watch.ways import Output, secret_of

ROOT = Path(__file__).parents[2]
FEED = '[[source]]\nname = "a"\naddress = "https://a.example/f"\n'


def faults(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        sources_of(text, "s.toml")
    return caught.value.faults


def test_the_example_is_sound() -> None:
    found = load_sources(str(ROOT / "examples" / "sources.toml"))
    assert [one.name for one in found.feeds] == ["sahel-wire", "observatory", "daily"]
    assert found.feeds[0].every == timedelta(minutes=15) and found.feeds[1].every == timedelta(minutes=30)
    assert found.rules[0].country == ("ML", "BF") and found.rules[0].quiet == timedelta(hours=3)
    assert found.outputs["desk"].port == 587 and found.outputs["desk"].security == "starttls"
    assert found.outputs["log"].target == str(ROOT / "examples" / "alerts.jsonl")
    assert found.fetching.host_seconds == 2 and found.contact == "desk@example.org"


def test_little_is_enough() -> None:
    found = sources_of('[[source]]\naddress = "https://a.example/feed"', "s.toml")
    assert found.feeds[0].name == "a.example" and found.rules == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", 's.toml: names no source: write [[source]], name = "…", address = "https://…"'),
        ("a = [", "s.toml: is no TOML"),
        ("x = 1\n" + FEED, "s.toml, line 1: x: is not known here"),
        (FEED + 'evry = "1h"', "s.toml, line 4: [source] evry: is not known here; do you mean every?"),
        (FEED + 'every = "soon"', "s.toml, line 4: [source] every: 'soon' is no length of time: write 90s, 30m"),
        (FEED + 'every = "5s"', "line 4: [source] every: 5s is no sensible length: 1m to 36500d"),
        (FEED + 'within = "99999999d"', "line 4: [source] within: 99999999d is no sensible length: 1h to 36500d"),
        (FEED + 'within = "9999999999w"', "line 4: [source] within: '9999999999w' is no length of time"),
        (FEED + "every = 5", "line 4: [source] every: write words in quotes"),
        (FEED + 'newest = "5"', "line 4: [source] newest: write a whole number"),
        (FEED + "newest = 0", "line 4: [source] newest: write a whole number, at least 1"),
        (FEED + "full_text = 1", "line 4: [source] full_text: write true or false"),
        (FEED + "only = [1]", "line 4: [source] only: write words in quotes, or a list"),
        (FEED + "\n" + FEED, "line 6: [source] name: 'a' is the name of an earlier one"),
        ('[[source]]\nname = "a"', 'line 1: [source] address is missing: write address = words in quotes'),
        ('[source]\nname = "a"', "line 1: [source] write [[source]], in two brackets"),
        ('[[source]]\naddress = "a.example/f"', "line 2: [source] address: a.example/f: only http:// and https://"),
        ('[[source]]\naddress = "https://u:pa55@a.example/"', "holds a user or a password; leave them out"),
        (FEED + '[[alert]]\ntoll = 3', "line 4: [alert] name is missing"),
        (FEED + '[[alert]]\nname = "x"\nto = ["desk"]', "line 6: [alert] to: 'desk' is none of stdout"),
        (FEED + '[[alert]]\nname = "x"\non = ["never"]', "line 6: [alert] on: 'never' is none of new, rise"),
        (FEED + '[[alert]]\nname = "x"\nharm = "hurt"', "line 6: [alert] harm: 'hurt' is none of killed"),
        (FEED + '[[alert]]\nname = "x"\nmeans = "magic"', "line 6: [alert] means: 'magic' is none of"),
        (FEED + '[[alert]]\nname = "x"\ncountry = "Mali"', "line 6: [alert] country: 'MALI' is no code of two letters"),
        (FEED + '[output.d]\nkind = "pigeon"', "line 5: [output.d] kind: 'pigeon' is none of file, webhook, mail"),
        (FEED + '[output.d]\npath = "x"', "line 4: [output.d] kind is missing"),
        (FEED + '[output.d]\nkind = "file"', "line 4: [output.d] path is missing"),
        (FEED + '[output.d]\nkind = "webhook"\naddress = "x"', "line 6: [output.d] address: x: only http://"),
        (FEED + '[output.d]\nkind = "webhook"\naddress = "https://x.example/"\nsecret = "s"',
         'line 7: [output.d] secret: does not belong into this file: write secret_env = "NAME" or secret_file'),
        (FEED + '[output.d]\nkind = "mail"\nserver = "m.example"\nfrom = "a@x.example"\nto = "b@x.example"\n'
         'security = "none"',
         "line 9: [output.d] security: mail goes unencrypted to this machine only"),
        (FEED + '[output.d]\nkind = "mail"\nserver = "m.example"\nfrom = "a@x.example"\nto = "b"',
         "line 8: [output.d] to: 'b' is no address of mail"),
        (FEED + '[output.d]\nkind = "mail"\nserver = "m.example"\nfrom = "a@x.example"\nto = "b@c.example"\nuser = "u"',
         "line 9: [output.d] user: has no password"),
        (FEED + '[output.stdout]\nkind = "file"', "line 4: [output.stdout] stdout is there already"),
        (FEED + "[limits]\nattemps = 3", "line 5: [limits] attemps: is not known here; do you mean attempts?"),
        (FEED + "[limits]\nattempts = -3", "line 5: [limits] attempts: write a whole number"),
        ('policy = "loudest"\n' + FEED, "line 1: policy: 'loudest' is none of newest"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(text: str, fault: str) -> None:
    found = faults(text)
    assert len(found) == 1 and fault in found[0]


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(FEED + 'every = "x"\nnewest = "y"\n[[alert]]\n')) == 3


def test_lines_are_right_behind_long_values() -> None:
    text = '[[source]]\nname = """\nevery = 1\n"""\nonly = [\n  "a",\n]\naddress = "https://a.example/"\nevery = "x"\n'
    assert faults(text)[0].startswith("s.toml, line 9: [source] every:")


def test_a_file_that_is_away_or_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe")
    for name, word in (("a.toml", "cannot be read"), ("b.toml", "UTF-8")):
        with pytest.raises(SourcesError, match=word):
            load_sources(str(tmp_path / name))


def test_secrets_come_from_where_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "word").write_text("opensesame\n")
    assert secret_of(Output("d", secret=("file", str(tmp_path / "word")))) == "opensesame"
    with pytest.raises(BadInputError, match="cannot be read"):
        secret_of(Output("d", secret=("file", str(tmp_path / "none"))))
    for raw, word in ((b" \n", "is empty"), (b"\xff\xfe", "UTF-8")):
        (tmp_path / "bad").write_bytes(raw)
        with pytest.raises(BadInputError, match=word):
            secret_of(Output("d", secret=("file", str(tmp_path / "bad"))))
    with pytest.raises(BadInputError, match="the environment has no MARSAD_TEST_SECRET"):
        secret_of(Output("d", secret=("env", "MARSAD_TEST_SECRET")))
    monkeypatch.setenv("MARSAD_TEST_SECRET", "s")
    assert secret_of(Output("d", secret=("env", "MARSAD_TEST_SECRET"))) == "s"
