"""Addresses in one form, and those that are not fetched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.fetch import FetchError, is_address
from marsad.fetch.address import whole_address


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080/a b", "http://example.org:8080/a%20b"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org/%C3%BC?q=%20x", "https://example.org/%C3%BC?q=%20x"),
        ("http://[::1]:81/", "http://[::1]:81/"),
    ],
)
def test_an_address_has_one_form(typed: str, whole: str) -> None:
    assert whole_address(typed) == whole
    assert whole_address(whole) == whole


@pytest.mark.parametrize(
    "typed",
    ["ftp://example.org/", "file:///etc/passwd", "https://", "http://a b/", "http://x:99999/", "http://u:p@example.org/",
     "javascript:alert(1)", "http://[::1", "http://\r\nHost: x/", "https://example.org/" + "a" * 5000, "gopher://x"],
)  # fmt: skip
def test_what_is_not_fetched_is_said_in_one_line(typed: str) -> None:
    with pytest.raises(FetchError) as caught:
        whole_address(typed)
    assert "\n" not in str(caught.value) and "u:p" not in str(caught.value)


def test_relative_addresses_start_from_their_page() -> None:
    assert whole_address("../b?c", "https://example.org/x/y/a") == "https://example.org/x/b?c"
    assert whole_address("//other.example/b", "https://example.org/a") == "https://other.example/b"


def test_a_file_is_no_address() -> None:
    assert is_address("https://example.org") and is_address("ftp://example.org")
    assert not any(is_address(name) for name in ("report.txt", "-", "C:\\a.txt", "a:b", "/http://x", "https:/x"))


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for words in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            whole = whole_address(words)
        except FetchError:
            continue
        assert whole.isascii() and whole.isprintable() and " " not in whole
