"""Reading a page as strictly as its authors should: what browsers forgive is a failure here."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# Attributes whose value names the ids of other elements on the page.
REFERENCES = (
    "for", "list", "form", "popovertarget", "commandfor", "headers",
    "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-activedescendant",
)  # fmt: skip


def read(page: str) -> Element:
    """Parse ``page``; AssertionError says what is wrong with it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(page)
    mistakes = [
        f"line {line}: {html5lib.constants.E[code] % details}" for (line, _column), code, details in parser.errors
    ]
    mistakes += _wrong_with_ids(tree)
    mistakes += _wrong_with_policy(tree)
    mistakes += _wrong_with_outline(tree)
    assert not mistakes, "\n".join(mistakes)
    return tree


def _elements(tree: Element) -> list[Element]:
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def _wrong_with_ids(tree: Element) -> list[str]:
    elements = _elements(tree)
    ids = Counter(element.attrib["id"] for element in elements if "id" in element.attrib)
    mistakes = [f'id "{id}" stands {count} times' for id, count in ids.items() if count > 1]
    for element in elements:
        for attribute in REFERENCES:
            for id in element.attrib.get(attribute, "").split():
                if id not in ids:
                    mistakes.append(f'<{element.tag} {attribute}="{id}"> leads nowhere')
        address = element.attrib.get("href", "")
        if element.tag == "a" and address.startswith("#") and address[1:] not in ids:
            mistakes.append(f'<a href="{address}"> leads nowhere')
    return mistakes


def _wrong_with_policy(tree: Element) -> list[str]:
    """The content security policy lets nothing inline through, so such things would silently not work."""
    mistakes = []
    for element in _elements(tree):
        for attribute in element.attrib:
            if attribute == "style" or re.fullmatch(r"on\w+", attribute):
                mistakes.append(f"<{element.tag}> has an inline {attribute}")
        is_data = element.attrib.get("type") == "application/ld+json"
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attrib and not is_data):
            mistakes.append(f"<{element.tag}> stands inline")
    return mistakes


def _wrong_with_outline(tree: Element) -> list[str]:
    levels = [int(element.tag[1]) for element in _elements(tree) if re.fullmatch("h[1-6]", element.tag)]
    # What stands inside another site's page goes on with that page's outline.
    is_framed = "embed" in tree.find("body").attrib.get("class", "").split()  # type: ignore[union-attr]
    mistakes = [] if levels.count(1) == (0 if is_framed else 1) else [f"{levels.count(1)} <h1>"]
    for above, below in pairwise(levels):
        if below > above + 1:
            mistakes.append(f"<h{below}> follows <h{above}>")
    if not (tree.findtext("head/title") or "").strip():
        mistakes.append("no <title>")
    if not tree.attrib.get("lang"):
        mistakes.append("no lang")
    return mistakes


class StrictClient(FlaskClient):
    """A client that reads every page it is given, strictly."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:  # type: ignore[override]
        """Ask, and check the answer."""
        response = super().open(*args, **kwargs)  # type: ignore[arg-type]
        is_readable = response.mimetype == "text/html" and "Content-Encoding" not in response.headers
        is_redirect = 300 <= response.status_code < 400
        if is_readable and response.data and not is_redirect:
            read(response.text)
        return response
