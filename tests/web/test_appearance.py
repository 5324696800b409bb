"""The appearance setting: a cookie by the visitor's own act, and back to the page it was made on."""

import pytest
from flask.testing import FlaskClient


def test_the_choice_is_kept_and_leads_back(client: FlaskClient) -> None:
    response = client.post("/appearance", data={"appearance": "dark", "back": "/search?q=cells&page=2"})
    assert response.status_code == 303
    assert response.headers["Location"] == "/search?q=cells&page=2"
    assert "SameSite=Lax" in response.headers["Set-Cookie"]
    assert 'data-theme="dark"' in client.get("/no/such/page").text


def test_auto_forgets_the_choice(client: FlaskClient) -> None:
    client.post("/appearance", data={"appearance": "dark"})
    client.post("/appearance", data={"appearance": "auto"})
    assert client.get_cookie("appearance") is None
    assert 'data-theme="dark"' not in client.get("/no/such/page").text


def test_the_form_on_a_page_leads_back_to_that_page(client: FlaskClient) -> None:
    page = client.get("/no/such/page?q=gene+therapy").text
    assert "/appearance?back=/no/such/page?q%3Dgene%2Btherapy" in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example/",
        "/\n/elsewhere.example/",
        "javascript:alert(1)",
        "elsewhere",
        "",
        "/fine\r\nSet-Cookie: a=b",
    ],
)
def test_it_never_leads_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    response = client.post("/appearance", data={"appearance": "light", "back": elsewhere})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("word", ["", "sepia", "DARK"])
def test_a_choice_that_does_not_exist_is_auto(client: FlaskClient, word: str) -> None:
    assert client.post("/appearance", data={"appearance": word}).status_code == 303
    assert client.get_cookie("appearance") is None
    client.set_cookie("appearance", word or "x")
    assert client.get("/no/such/page").status_code == 404
