"""Whatever is in an address, the answer is a page, strictly read, and never a mistake of ours."""

from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.search.facets import FACETS
from tests.web.pages import Page, see, total_at

NAMES = ("q", "near", "within", "page", "sort", *(facet.name for facet in FACETS))

ODD = {
    "nothing": "",
    "white space": " \t\r\n\u00a0\u2003",
    "ten thousand letters": "a" * 10_000,
    "two thousand words": "cell " * 2_000,
    "NUL": "\x00",
    "a word round NUL": "ce\x00ll",
    "other controls": "\x01\x08\x0b\x1b[31m\x7f",
    "quotes": "\"'`‘’“”«»",
    "an open quote": '"gene therapy',
    "operators": "AND OR NOT (cell OR) -gene +lab ~ ^2 title:x * ?",
    "brackets": "[a TO b] {c} <d> ((((",
    "wild cards": "*%_?*",
    "regular expression": "(a+)+$ [^]]* \\",
    "SQL": "'; DROP TABLE opportunity; --",
    "a template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "markup": "</title><script>alert(1)</script><img src=x onerror=alert(1)>",
    "a header": "x\r\nSet-Cookie: a=b",
    "emoji": "🧬👩🏽‍🔬🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "right to left": "\u202eשלום \u0627\u0644\u0639\u0644\u0627\u062c\u202c",
    "accents apart": "e\u0301" * 200,
    "one letter, many marks": "a" + "\u0301" * 2_000,
    "half a character": "\ud83e",
    "no character": "\ufffe\uffff\U0010ffff",
    "a long number": "9" * 500,
    "less than nothing": "-1",
    "a fraction": "1e309",
    "a Welsh place": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "half a postcode": "LS",
    "a path": "../../../etc/passwd",
}

QUERIES = {
    "a page below the first": "page=-1",
    "a page past any": "page=99999999999999999999",
    "a page that is no number": "page=one&page=2",
    "Arabic digits": "page=٣&within=٥&near=Leeds",
    "the same thing thrice": "q=cell&q=gene&q=&kind=course&kind=course&near=Leeds&near=York&sort=newest&sort=best",
    "what nobody knows": "kind=job&stage=18&sort=best&colour=red&organisation=nobody&skill=__class__&utm_source=x",
    "every choice there is": "&".join(f"{facet.name}={option.value}" for facet in FACETS for option in facet.options),
    "five hundred choices": "&".join(f"organisation=x{n}" for n in range(500)),
    "a thousand names": "&".join(f"n{n}={n}" for n in range(1_000)),
    "too far": "near=Leeds&within=99999999999999999999",
    "a radius without a place": "within=10&sort=nearest",
    "only separators": "&&;;==&=&%26",
    "names without values": "q&near&kind&page",
    "values without names": "=cell&=1",
    "brackets": "q[]=cell&kind[0]=course&q[x][y]=1",
    "broken percent signs": "q=%&near=%z&kind=%c3%28&page=%1",
    "bytes that are no text": "q=%ff%fe%00&near=%c0%af&stage=%80&organisation=%ed%a0%80",
    "names that are no text": "%ff=%fe&%00=1&q%00=x",
    "another coding": "q=caf%e9+cell&near=Fionnphort+%d0",
    "twice encoded": "q=%2522cell%2522%2500",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_nothing_typed_is_a_mistake_of_ours(reader: FlaskClient, text: str) -> None:
    typed, shorter = (quote(words, errors="surrogatepass") for words in (text, text[:100]))
    page = see(reader, f"/search?q={typed}&near={shorter}&within={shorter}&sort={shorter}&page={shorter}")
    assert page.heading
    assert not any(name in page.response.headers for name in ("Set-Cookie", "Location"))


def test_a_longer_address_than_anyone_types_is_refused_in_words(reader: FlaskClient) -> None:
    assert "too long" in see(reader, f"/search?q={'a' * 20_000}", 414).heading


@pytest.mark.parametrize("asked", QUERIES.values(), ids=QUERIES)
def test_no_address_of_a_search_is_a_mistake_of_ours(reader: FlaskClient, asked: str) -> None:
    assert see(reader, f"/search?{asked}").heading


@pytest.mark.parametrize("name", NAMES)
def test_what_says_nothing_changes_nothing(reader: FlaskClient, name: str) -> None:
    """Words and places are the visitor's own: there only what holds no letter says nothing."""
    values = ["", "\x00", " ", *([] if name in ("q", "near") else ["-1", "%", "🧬", "x" * 3_000])]
    everything = total_at(reader, "/search")
    found = {value: total_at(reader, f"/search?{urlencode({name: value})}") for value in values}
    assert found == dict.fromkeys(values, everything)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("where", ["/opportunities/", "/organisations/", "/", "/static/", "/static/css/"])
def test_no_address_of_a_page_is_a_mistake_of_ours(reader: FlaskClient, where: str, text: str) -> None:
    response = reader.get(where + quote(text, safe="", errors="surrogatepass"))
    assert response.status_code in (200, 301, 308, 404) if text.strip() in ("", "..") else response.status_code == 404
    assert Page(response).heading


@pytest.mark.parametrize("host", ["", "a b", "x:99999", "[::1", '"><script>alert(1)</script>', "é"])
def test_no_host_is_a_mistake_of_ours(reader: FlaskClient, host: str) -> None:
    response = reader.get("/search?q=cell", headers={"Host": host})
    assert response.status_code in (200, 400)
    assert "<script>alert" not in response.text
    Page(response)


pairs = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=40)), max_size=6)
scrambled = st.text(alphabet="%&=;+abcdef0189[]#?/ q\\\"'", max_size=60)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(asked=pairs.map(lambda some: urlencode(some, errors="replace")) | scrambled.map(lambda s: s.replace("#", "%23")))
def test_any_address_of_a_search_is_answered_and_leads_to_itself(reader: FlaskClient, asked: str) -> None:
    page = see(reader, f"/search?{asked}")
    assert total_at(reader, page.link("canonical") or "") == page.total


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["opportunities", "organisations"]), st.text(min_size=1, max_size=200))
def test_any_slug_is_answered(reader: FlaskClient, where: str, slug: str) -> None:
    response = reader.get(f"/{where}/{quote(slug, safe='', errors='replace')}")
    assert response.status_code < 500
