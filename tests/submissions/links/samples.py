"""Pages as organisations' sites and recruitment systems shape them; every word in them is made up."""

import json
from dataclasses import dataclass, field
from typing import Any

from directory.submissions.fields import Answer
from directory.submissions.links.fetching import Fetched

Data = dict[str, Any]
URL = "https://larkfield.example/jobs/1"


@dataclass(frozen=True)
class Sample:
    """One page, what it answers, which questions it must leave alone, and what a person is told about it."""

    name: str
    text: str
    says: dict[str, Answer] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    url: str = URL
    content_type: str = "text/html"

    @property
    def fetched(self) -> Fetched:
        return Fetched(self.url, 200, self.content_type, self.text)


def html(body: str = "", *data: Any, head: str = "", lang: str = "en-GB") -> str:
    """Write a page with data for search engines, as text where it is to be broken."""
    blocks = (one if isinstance(one, str) else json.dumps(one) for one in data)
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return (
        f'<!doctype html><html lang="{lang}"><head><title>Jobs</title>{head}{scripts}</head><body>{body}</body></html>'
    )


def posting(**said: Any) -> Data:
    """A posting as recruitment systems write them."""
    return {"@context": "https://schema.org", "@type": "JobPosting", "title": "Quality apprentice"} | said


def money(unit: str | None, currency: str = "GBP", **value: Any) -> Data:
    inner = {"@type": "QuantitativeValue", **value} | ({"unitText": unit} if unit else {})
    return {"@type": "MonetaryAmount", "currency": currency, "value": inner}


def site(town: str = "", postcode: str = "", country: Any = "GB", region: str = "") -> Data:
    address = {"addressLocality": town, "postalCode": postcode, "addressCountry": country, "addressRegion": region}
    return {
        "@type": "Place",
        "address": {"@type": "PostalAddress"} | {name: one for name, one in address.items() if one},
    }


def day(name: str, number: int | None, month: int, year: int) -> dict[str, Answer]:
    parts = {f"{name}_day": str(number)} if number else {}
    return {**parts, f"{name}_month": str(month), f"{name}_year": str(year)}
