"""Addresses as editors type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild.addresses import typed_address, web_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("www.example.org", "https://www.example.org"),
        ("example.org/a b", "https://example.org/a%20b"),
        ("post@example.org", "mailto:post@example.org"),
        ("mailto:post@example.org", "mailto:post@example.org"),
        ("tel:+44113", "tel:+44113"),
        ("https://example.org/100%|x", "https://example.org/100%25%7Cx"),
        ("https://example.org/100%20x", "https://example.org/100%20x"),
        ("https://example.org/[1]?a[]=b#c#d", "https://example.org/%5B1%5D?a%5B%5D=b#c%23d"),
        ("https://müller.example:8080/straße", "https://müller.example:8080/straße"),
        ("http://[::1]/", "http://[::1]/"),
        ("http://", None),
        ("https://@/", None),
        ("https://example..org", None),
        ("https://example.org:99999", None),
        ("https://example.org:port", None),
        ("mailto:", None),
        ("http://[::1", None),
        ("https://two words.example", None),
        ("javascript:alert(1)", None),
        ("at the door", None),
        ("", None),
    ],
)
def test_addresses_as_editors_type_them(typed: str, address: str | None) -> None:
    assert typed_address(typed) == address


@given(st.text())
def test_an_address_is_never_broken(text: str) -> None:
    address = web_address(text)
    assert address is None or not re.search(r'[\s"<>\\^`{|}]', address)
