"""A page as a person meets it: its heading, its words, its links, its cards and its counts."""

import html
import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from directory.catalogue.models import Opportunity
from tests.strict_html import read

Pairs = Sequence[tuple[str, str]]

TOTAL = re.compile(r'<div class="results-heading" data-total="(\d+)"')
CARD = re.compile(r'class="card-title"><a class="cover" href="([^"]+)"')
NEXT = re.compile(r'<a href="([^"]+)" rel="next"')


def words(element: Element | None) -> str:
    """Give the words in ``element`` on one line."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def classes(element: Element) -> list[str]:
    return element.attrib.get("class", "").split()


def within(element: Element | None, tag: str = "*", look: str = "") -> list[Element]:
    """Give what is in ``element``, by tag and class."""
    assert element is not None
    return [found for found in element.iter() if tag in ("*", local(found)) and (not look or look in classes(found))]


def local(element: Element) -> str:
    """Give the element's name, in drawings too."""
    return str(element.tag).rpartition("}")[2]


def pairs(address: str) -> list[tuple[str, str]]:
    """Give what an address asks for."""
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def address(asked: Pairs) -> str:
    """Give the address of a search."""
    return f"/search?{urlencode(asked)}"


def number_of(text: str, what: str) -> int:
    """Give the number that stands before ``what``."""
    found = re.search(rf"([\d,]+) {what}", text)
    assert found is not None, text
    return int(found[1].replace(",", ""))


class Page:
    """One answer, read strictly."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.response = response
        self.tree = read(response.text)
        self.main = self.tree.find(".//main")

    @property
    def heading(self) -> str:
        return words(self.tree.find(".//h1"))

    @property
    def headings(self) -> list[str]:
        """Give the headings under the first, in order."""
        return [words(element) for element in within(self.main) if element.tag in ("h2", "h3")]

    @property
    def title(self) -> str:
        return words(self.tree.find("head/title"))

    @property
    def text(self) -> str:
        """Give the words of the page itself, without what stands on every page."""
        return words(self.main)

    @property
    def said(self) -> str:
        """Give the search as the page reads it back."""
        (heading,) = self.some("results-heading")
        return " ".join(words(line) for line in within(heading, "p"))

    @property
    def total(self) -> int:
        (heading,) = self.some("results-heading")
        return int(heading.attrib["data-total"])

    @property
    def cards(self) -> list[str]:
        """Give where the cards lead, in order."""
        return [link.attrib["href"] for card in self.some("card") for link in within(card, "a", "cover")]

    @property
    def links(self) -> dict[str, str]:
        """Give the addresses of the page's own links by their words."""
        return {words(link): link.attrib["href"] for link in within(self.main, "a")}

    @property
    def chips(self) -> dict[str, str]:
        """Give where each chip leads, by what it takes away."""
        return {
            words(chip).removesuffix(", remove"): chip.attrib["href"]
            for bar in self.some("chips")
            for chip in within(bar, "a", "chip")
        }

    def some(self, look: str, tag: str = "*") -> list[Element]:
        return within(self.main, tag, look)

    def link(self, rel: str) -> str | None:
        """Give the address of the link of this relation, if there is one."""
        found = [element.attrib["href"] for element in self.tree.iter() if element.attrib.get("rel") == rel]
        return found[0] if found else None

    def facts(self) -> dict[str, str]:
        """Give the key facts of an opportunity's page."""
        (box,) = self.some("key-facts")
        return {
            words(row.find("dt")): words(row.find("dd")) for row in within(box, "div") if row.find("dt") is not None
        }

    def section(self, heading: str) -> Element:
        """Give the section under a heading."""
        (found,) = [
            element
            for element in within(self.main, "section")
            if any(words(child) == heading for child in element if child.tag in ("h2", "h3"))
        ]
        return found


def see(client: FlaskClient, address: str, status: int = 200) -> Page:
    """Open an address that must answer with ``status``."""
    page = Page(client.get(address))
    assert page.status == status, address
    return page


def total_at(client: FlaskClient, address: str) -> int:
    """Say how many a results page finds, quickly."""
    found = TOTAL.search(client.get(address).text)
    assert found is not None, address
    return int(found[1])


def every_card(client: FlaskClient, start: str) -> list[str]:
    """Turn every page of results from ``start`` on and give where all the cards lead, quickly."""
    found: list[str] = []
    following: str | None = start
    while following:
        text = client.get(following).text
        found += CARD.findall(text)
        more = NEXT.search(text)
        following = html.unescape(more[1]) if more else None
    return found


def publish(session: Session, *rows: Opportunity) -> None:
    """Put listings where a visitor can see them. Before the first page: then the index is filled with them."""
    session.add_all(rows)
    session.commit()
