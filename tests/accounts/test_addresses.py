"""An email address is written down in one way, and what no letter can reach is none."""

import pytest

from directory.accounts.addresses import email_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Sam.Okafor+jobs@Larkfield.Example\n", "sam.okafor+jobs@larkfield.example"),
        ("o'brien@x.co.uk", "o'brien@x.co.uk"),
        ("sam@bücher.example", "sam@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_in_small_letters_that_any_server_reads(typed: str, kept: str) -> None:
    assert email_address(typed) == kept
    assert email_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "sam", "sam@", "@x.org", "a@b", "a@localhost", "a..b@x.org", "a@x..org", "a@-x.org", "a@[1.2.3.4]"),
        *("a b@x.org", "a\x00@x.org", "a@x.org\r\nBcc: b@x.org", "Sam <a@x.org>", "a@x.org,b@x.org", "ö@x.org"),
        *("x" * 300 + "@example.org", "a@" + "x." * 200 + "org"),
    ],
)
def test_what_is_no_address_is_none(typed: str) -> None:
    assert email_address(typed) is None
