"""A list on other sites: the frame, how it looks there, and oEmbed for who pastes its address."""

import html
import re
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.foundation.resources import resource
from directory.parts import Parts
from directory.web.contrast import ENOUGH, colour_of, contrast, readable_on, written
from directory.web.lists.embedding import DARK, LIGHT
from tests.web.lists.conftest import Moderator
from tests.web.lists.shown import HOSTILE_WORDS, WORDS, share

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def test_only_the_frame_may_stand_in_other_sites_and_it_can_do_nothing_there(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    here = f"/l/{share(session, ids, rule='lab').address}"
    for part in ("", "/print", "/share", "/qr", "/more"):
        assert "frame-ancestors 'none'" in client.get(here + part).headers["Content-Security-Policy"], part
    frame = client.get(f"{here}/embed")
    policy = frame.headers["Content-Security-Policy"]
    for said in ("frame-ancestors *", "default-src 'none'", "form-action 'none'"):
        assert said in policy
    assert "X-Frame-Options" not in frame.headers and "Set-Cookie" not in frame.headers
    assert frame.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "<script" not in frame.text and "<form" not in frame.text
    assert frame.headers["X-Robots-Tag"] == "noindex"


def test_links_lead_out_of_the_frame_to_the_site(
    client: FlaskClient, session: Session, ids: Sequence[int], parts: Parts
) -> None:
    page = client.get(f"/l/{share(session, ids).address}/embed").text
    links = re.findall(r"<a [^>]*>", page)
    assert len(links) == len(ids) + 2 and '<base target="_blank">' in page
    assert all('rel="noopener"' in one and f'href="{parts.settings.site_address}/' in one for one in links)


def test_the_frame_is_as_its_address_asks_and_as_usual_where_it_asks_nonsense(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    here = f"/l/{share(session, ids).address}/embed"
    asked = client.get(f"{here}?theme=dark&heading=4&colour=pla&most=2").text
    assert 'data-theme="dark"' in asked and "<h4" in asked and "k-pla" in asked
    assert asked.count('class="embed-name"') == 2 and "See all 5" in asked
    usual = client.get(here).text
    for odd in (
        "theme=<x>",
        "heading=1",
        "heading=99999999999999999999",
        "colour=red;}",
        "most=-1",
        "most=x",
        "colour=%00",
    ):
        assert client.get(f"{here}?{odd}").text == usual, odd


def test_somebodys_own_colour_is_asked_for_in_a_sheet_of_its_own(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    here = f"/l/{share(session, ids).address}/embed"
    assert '<link rel="stylesheet" href="/embed/ffcc00.css">' in client.get(f"{here}?colour=%23fc0").text
    sheet = client.get("/embed/ffcc00.css")
    assert sheet.mimetype == "text/css" and ".k-own" in sheet.text
    for odd in ("/embed/zz.css", "/embed/1234567.css", "/embed/}.css", "/embed/%00.css"):
        assert client.get(odd).status_code == 404


@given(COLOURS)
def test_words_can_be_read_in_whatever_colour_is_asked_for(colour: tuple[int, int, int]) -> None:
    for backgrounds in (LIGHT, DARK):
        shown = readable_on(colour, backgrounds)
        assert all(contrast(shown, background) >= ENOUGH for background in backgrounds)
        if all(contrast(colour, background) >= ENOUGH for background in backgrounds):
            assert shown == colour


@given(COLOURS)
def test_a_colour_is_read_as_it_is_written(colour: tuple[int, int, int]) -> None:
    assert colour_of(written(colour)) == colour_of(f"#{written(colour).upper()}") == colour


@given(st.text())
def test_no_other_text_is_a_colour(text: str) -> None:
    assert colour_of(text) is None or re.fullmatch(r"#?[0-9a-fA-F]{3,6}", text.strip())


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x77, 0x77, 0x77), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_backgrounds_are_those_of_the_style_sheet() -> None:
    sheet = (resource("static") / "css" / "tokens.css").read_text()
    for place, name in enumerate(("page", "surface")):
        found = re.search(rf"--{name}: light-dark\(#(\w+), #(\w+)\)", sheet)
        assert found and found.groups() == (written(LIGHT[place]), written(DARK[place]))


def test_the_lines_to_paste_follow_the_choices_and_keep_what_was_typed(
    client: FlaskClient, session: Session, ids: Sequence[int], parts: Parts
) -> None:
    here = f"/l/{share(session, ids).address}"

    def lines(answer: str) -> str:
        found = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", answer, re.DOTALL)
        assert found
        return html.unescape(found[1])

    usual = lines(client.get(f"{here}/share").text)
    assert usual == (
        f'<iframe src="{parts.settings.site_address}{here}/embed" title="{WORDS.title}"'
        ' width="100%" height="620" loading="lazy"></iframe>'
    )
    chosen = client.get(f"{here}/share?theme=light&colour=brand&own=%23ffcc00&heading=3&most=4")
    assert f"{here}/embed?theme=light&amp;heading=3&amp;colour=ffcc00&amp;most=4" in lines(chosen.text)
    assert "Words in #ffcc00 would be hard to read" in chosen.text and "where it is dark" not in chosen.text
    wrong = client.get(f"{here}/share?own=yellow<b>&theme=dark")
    assert wrong.status_code == 422 and 'value="yellow&lt;b&gt;"' in wrong.text
    assert "Enter a colour as six digits" in wrong.text and '<option value="dark" selected>' in wrong.text


def ask(client: FlaskClient, address: str, **more: str) -> dict[str, str | int]:
    answer = client.get("/oembed", query_string={"url": address, **more})
    assert answer.status_code == 200 and answer.mimetype == "application/json", address
    told = answer.json
    assert isinstance(told, dict)
    return told


def test_oembed_answers_as_its_specification_asks(
    client: FlaskClient, session: Session, ids: Sequence[int], parts: Parts
) -> None:
    site = parts.settings.site_address
    one = share(session, ids)
    address = f"{site}/l/{one.address}"
    told = ask(client, address)
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", WORDS.title)
    assert told["author_name"] == WORDS.made_by and told["provider_url"] == f"{site}/"
    assert f'src="{address}/embed"' in str(told["html"])
    assert ask(client, f"{address}/") == ask(client, f"{address}?x=1#y") == told
    for width in (1, 200, 5_000):
        narrow = ask(client, address, maxwidth=str(width), maxheight="300")
        assert narrow["width"] == min(width, 640) and narrow["height"] == 300
        assert f'width="{narrow["width"]}" height="300"' in str(narrow["html"])
    for odd in ("0", "-5", "x", "9" * 400, "१"):
        assert ask(client, address, maxwidth=odd)["width"] == 640
    xml = client.get("/oembed", query_string={"url": address, "format": "xml"})
    assert xml.mimetype == "text/xml"
    tree = ElementTree.fromstring(xml.data)
    assert tree.tag == "oembed" and {part.tag: part.text for part in tree} == {key: str(told[key]) for key in told}


def test_oembed_is_found_from_the_page_itself(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    page = client.get(f"/l/{share(session, ids).address}").text
    found = re.findall(r'type="(\w+/\w+\+oembed)" title="[^"]*" href="https?://[^/]+(/[^"]+)"', page)
    assert [kind for kind, _ in found] == ["application/json+oembed", "text/xml+oembed"]
    for kind, path in found:
        answer = client.get(html.unescape(path))
        assert answer.status_code == 200 and answer.mimetype.partition("/")[2] in kind


def test_oembed_knows_only_lists_that_stand_here(
    client: FlaskClient, session: Session, ids: Sequence[int], parts: Parts, moderator: Moderator
) -> None:
    site, one = parts.settings.site_address, share(session, ids)
    host = site.partition("://")[2]
    good = f"{site}/l/{one.address}"
    wrong = [
        "", "x", "http://[", f"https://evil.example/l/{one.address}", f"https://{host}@evil.example/l/{one.address}",
        f"https://evil.example@{host}/l/{one.address}", f"javascript://{host}/l/{one.address}", f"{site}/l/nothing",
        f"{site}/search", f"{good}/../x", f"{good}\x00", f"{site}/l/{one.class_code}", "/" * 9_000,
    ]  # fmt: skip
    for address in wrong:
        answer = client.get("/oembed", query_string={"url": address})
        assert answer.status_code == 404 and answer.mimetype == "text/plain", address
    assert client.get(f"/oembed?url={quote(good)}&format=yaml").status_code == 501
    moderator.post(f"/moderation/lists/{one.address}", why="Unsafe.")
    assert client.get("/oembed", query_string={"url": good}).status_code == 404


def test_hostile_words_are_inert_in_oembed(
    client: FlaskClient, session: Session, ids: Sequence[int], parts: Parts
) -> None:
    one = share(session, ids, words=HOSTILE_WORDS)
    address = f"{parts.settings.site_address}/l/{one.address}"
    told = ask(client, address)
    assert told["title"] == HOSTILE_WORDS.title
    assert str(told["html"]).count("<") == 2 and "<script" not in str(told["html"])
    xml = client.get("/oembed", query_string={"url": address, "format": "xml"})
    assert ElementTree.fromstring(xml.data).findtext("title") == HOSTILE_WORDS.title


def test_a_frame_whose_list_went_says_so_in_the_frame(
    client: FlaskClient, session: Session, ids: Sequence[int], moderator: Moderator
) -> None:
    one = share(session, ids)
    moderator.post(f"/moderation/lists/{one.address}", why="Unsafe.")
    for path, status, said in ((one.address, 410, "taken down"), ("nothing", 404, "isn’t here any more")):
        answer = client.get(f"/l/{path}/embed")
        assert answer.status_code == status and said in answer.text
        assert "<script" not in answer.text and "<form" not in answer.text
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
