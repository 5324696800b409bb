"""What forms about lists send: words, ids, searches; whatever was typed is read, and nothing raises."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, urlsplit

from directory.lists.models import MOST_PINS
from directory.lists.words import ListWords
from directory.search.query import SearchQuery

AWAY = "You’ve been away a while. What you typed is still here: send it again"

LARGEST_ID = 2**31 - 1
_IDS = re.compile(r"[0-9]+")
_LISTING = re.compile(r"/opportunities/([a-z0-9]+(?:-[a-z0-9]+)*)/?", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.IGNORECASE)


def words_of(form: Mapping[str, str]) -> ListWords:
    """Read a list's words, as they were typed."""
    return ListWords(*(form.get(name, "").replace("\x00", "") for name in ("title", "made_by", "introduction")))


def ids_of(text: str) -> tuple[int, ...]:
    """Read ids between anything that is no digit, each once."""
    numbers = (int(one) for one in _IDS.findall(text[: MOST_PINS * 11]) if len(one) <= 10)
    return tuple(dict.fromkeys(number for number in numbers if 0 < number <= LARGEST_ID))


def id_of(text: str) -> int:
    """Read one id; 0, which nothing has, for anything else."""
    return next(iter(ids_of(text)), 0)


def rule_of(text: str) -> SearchQuery | None:
    """Read a search: the address of a results page, what stands behind its "?", or words; None when there is none."""
    text = text.strip()
    cut = urlsplit_or_none(text)
    if cut is not None and (cut.scheme in ("http", "https") or text.startswith("/")):
        query = SearchQuery.from_pairs(parse_qsl(cut.query))
    elif "=" in text:
        query = SearchQuery.from_pairs(parse_qsl(text.removeprefix("?")))
    else:
        query = SearchQuery().with_text(text)
    return query.with_page(1) if query.with_page(1) != SearchQuery() else None


def slug_of(text: str) -> str | None:
    """Read which listing a pasted address leads to, whatever host it names: its slug; None when it is none."""
    text = text.strip()
    cut = urlsplit_or_none(text)
    found = _LISTING.fullmatch(cut.path) if cut is not None else None
    slug = found[1] if found else text if _SLUG.fullmatch(text) else None
    return slug.lower() if slug and len(slug) <= 160 else None


def urlsplit_or_none(text: str) -> SplitResult | None:
    """Cut an address; None when it is none at all."""
    try:
        return urlsplit(text)
    except ValueError:
        return None
