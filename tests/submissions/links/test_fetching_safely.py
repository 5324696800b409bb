"""Fetching goes to the public internet and nowhere else, whatever it is told, and however it is led on."""

import socket
import time
from collections.abc import Sequence

import pytest

from directory.submissions.links.fetching import CannotFetch, Fetcher, Network, Why
from directory.submissions.links.public_addresses import all_public, is_public
from tests.submissions.links.web_of_ours import ADDRESS, NOW, Web, page, passing_on, settings

PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 168.63.129.16
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255
    198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
    64:ff9b::a00:1 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1::1
    2002:a9fe:a9fe::1 2002:c0a8:101:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
    2a00:1450:4009:80b::200e%eth0 nonsense 127.1 0x7f000001
""".split()
PUBLIC = """
    8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.167.255.255 223.255.255.255
    2a00:1450:4009:80b::200e ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
""".split()
NO_PUBLIC_NAME = [
    *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/"),
    *("http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://[::1]/", "http://[::]/"),
    *("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest/meta-data/"),
    *("http://8.8.8.8/", "http://localhost/", "http://localhost./", "http://intranet/", "http://１２７.０.０.１/"),
    *("http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://0/", "http://0x/", "http://example.0x7f/"),
]
NOT_ADDRESSES = [
    *("", " ", "file:///etc/passwd", "ftp://larkfield.example/", "gopher://larkfield.example/", "javascript:alert(1)"),
    *("data:text/html,hi", "http:larkfield.example", "http:///jobs", "//", "http://", "https://larkfield", "x" * 3000),
    *("http://larkfield.example\\@10.0.0.1/", "http://lark field.example/", "http://larkfield.example/\r\nHost: x"),
    *("http://larkfield.example:99999/", "http://larkfield.example:x/", "http://[::1", "http://-a.example/"),
    *(
        "http://a..example/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 200 + "example/",
        "http://\ud800.uk/",
    ),
    *("http://larkfield.example\x00/", "http://larkfield.example%00/", "http://℀.example/"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_set_aside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_anyone_can_reach_is_public(address: str) -> None:
    assert is_public(address)


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    assert all_public(["8.8.8.8", "2a00:1450:4009:80b::200e"])
    assert not all_public(["8.8.8.8", "10.0.0.1"])
    assert not all_public([])


@pytest.mark.parametrize("url", NO_PUBLIC_NAME)
def test_no_spelling_of_a_number_or_of_this_machine_is_opened(url: str, web: Web) -> None:
    assert refusal(web.fetcher(), url).why is Why.ADDRESS
    assert (web.looked_up, web.dialled) == ([], [])


@pytest.mark.parametrize("url", NOT_ADDRESSES)
def test_what_is_no_address_of_a_page_is_not_opened(url: str, web: Web) -> None:
    assert refusal(web.fetcher(), url).why is Why.ADDRESS
    assert (web.looked_up, web.dialled) == ([], [])


def test_an_address_with_a_login_is_not_opened(web: Web) -> None:
    for url in (
        "http://user:sesame@larkfield.example/",
        "http://user@larkfield.example/",
        "http://@larkfield.example/",
    ):
        assert "password" in str(refusal(web.fetcher(), url))
    assert web.dialled == []


@pytest.mark.parametrize("port", [0, 22, 25, 3306, 6379, 8000, 8080, 65535])
def test_only_the_ports_of_the_web_are_opened(port: int, web: Web) -> None:
    assert f":{port}" in str(refusal(web.fetcher(), f"http://larkfield.example:{port}/"))
    assert web.dialled == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%lo"]
)
def test_a_name_that_stands_for_this_network_is_not_opened(address: str, web: Web) -> None:
    web.names["larkfield.example"] = [ADDRESS, address]
    assert str(refusal(web.fetcher(), "http://larkfield.example/")) == (
        "We couldn’t find larkfield.example on the public internet. Check the address."
    )
    assert web.dialled == []


def test_the_words_do_not_tell_a_private_name_from_none(web: Web) -> None:
    web.names = {"inside.example": ["10.0.0.1"], "nowhere.example": []}
    inside, nowhere = (str(refusal(web.fetcher(), f"http://{name}/")) for name in web.names)
    assert inside.replace("inside", "nowhere") == nowhere


def test_a_page_that_passes_on_to_this_network_is_not_followed(web: Web) -> None:
    web.names["inside.example"] = ["192.168.0.1"]
    for location in (
        "http://inside.example/",
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "file:///etc/passwd",
    ):
        web.pages["http://larkfield.example/"] = passing_on(location)
        assert refusal(web.fetcher(), "http://larkfield.example/").why is Why.ADDRESS
    assert set(web.dialled) == {ADDRESS}
    assert set(web.pages_asked()) == {"http://larkfield.example/"}


def test_the_robots_file_is_not_followed_into_this_network(web: Web) -> None:
    web.names["inside.example"] = ["192.168.0.1"]
    web.pages["http://larkfield.example/robots.txt"] = passing_on("http://inside.example/")
    assert refusal(web.fetcher(), "http://larkfield.example/").why is Why.ADDRESS
    assert set(web.dialled) == {ADDRESS}


def test_the_address_that_was_checked_is_the_one_that_is_dialled() -> None:
    """A name that answers differently the second time gains nothing: nothing asks twice before dialling."""
    answers: list[Sequence[str]] = [["8.8.8.8"], ["127.0.0.1"]]
    dialled: list[str] = []

    def look_up(_host: str, _port: int) -> Sequence[str]:
        return answers.pop(0)

    def dial(address: str, _port: int, _seconds: float) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError

    refusal(Fetcher(settings(), Network(look_up, dial=dial)), "http://rebinding.example/")
    assert dialled == ["8.8.8.8"]
    assert len(answers) == 1
    refusal(Fetcher(settings(), Network(look_up, dial=dial)), "http://rebinding.example/")
    assert dialled == ["8.8.8.8"]


def test_the_usual_network_refuses_this_machine_by_any_name_that_it_has() -> None:
    """With the real resolver: this machine's own name, where it has one with a dot, is refused or not found."""
    network = Network(look_up=lambda _host, port: [str(entry[4][0]) for entry in socket.getaddrinfo("localhost", port)])
    assert refusal(Fetcher(settings(), network), "http://larkfield.example/").why is Why.ADDRESS


def test_a_redirect_is_looked_up_and_checked_anew(web: Web) -> None:
    web.pages["http://larkfield.example/"] = passing_on("http://jobs.example/1")
    web.pages["http://jobs.example/1"] = page("Found")
    assert web.fetcher().fetch("http://larkfield.example/", NOW).final_url == "http://jobs.example/1"
    assert {"larkfield.example", "jobs.example"} == set(web.looked_up)


def test_a_name_that_is_looked_up_forever_is_given_up() -> None:
    def look_up(_host: str, _port: int) -> Sequence[str]:
        time.sleep(1.5)
        return [ADDRESS]

    began = time.monotonic()
    problem = refusal(Fetcher(settings(), Network(look_up, seconds=0.2)), "http://slow.example/")
    assert problem.why is Why.UNREACHABLE
    assert time.monotonic() - began < 1


def test_an_address_that_is_dead_gives_way_to_the_next(web: Web) -> None:
    web.names["larkfield.example"] = ["2a00:1450:4009:80b::200e", ADDRESS]
    web.pages["http://larkfield.example/"] = page("Found")
    real = web.dial

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        if ":" in address:
            raise OSError("no route")
        return real(address, port, seconds)

    fetcher = Fetcher(settings(), Network(web.look_up, dial=dial))
    assert "Found" in fetcher.fetch("http://larkfield.example/", NOW).text


def refusal(fetcher: Fetcher, url: str) -> CannotFetch:
    with pytest.raises(CannotFetch) as refused:
        fetcher.fetch(url, NOW)
    return refused.value
