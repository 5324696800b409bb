"""``explain``: why a search finds a listing, or doesn't."""

from urllib.parse import parse_qsl, urlsplit

import click

from directory.app import prepare
from directory.catalogue.queries import opportunity_by_slug
from directory.cli.console import parts, say, steps
from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.search.explaining import Explanation, TermWeight
from directory.search.explaining import explain as explained
from directory.search.query import SearchQuery


@click.command()
@click.argument("query")
@click.argument("slug")
def explain(query: str, slug: str) -> None:
    """Say how a search was read, whether it finds a listing, why, and where it stands.

    QUERY is what was typed, or the address of a page of results. SLUG is the last part of a listing's address.
    """
    product = parts()
    prepare(product, steps)
    with product.sessions() as session:
        opportunity = opportunity_by_slug(session, slug)
        if opportunity is None:
            raise Refusal(f"There is no listing {slug}.")
        explanation = explained(
            session, product.search, product.gazetteer, _asked(query), opportunity, clock.now(), product.vocabulary
        )
        say("\n".join([*_reading(explanation), "", f"{opportunity.title} ({slug})", *_outcome(explanation)]))


def _asked(query: str) -> SearchQuery:
    address = urlsplit(query)
    if address.path.rstrip("/").endswith("/search") and address.query:
        return SearchQuery.from_pairs(parse_qsl(address.query))
    return SearchQuery().with_text(query)


def _reading(explanation: Explanation) -> list[str]:
    put_right = [f"No listing has ‘{explanation.put_right}’: put right"] if explanation.put_right else []
    read = [f"  {words}: read as {choice}" for words, choice in explanation.readings]
    return [*put_right, f"Asked {explanation.sentence or 'for everything'}", *read]


def _outcome(explanation: Explanation) -> list[str]:
    if explanation.rank is None:
        outcome = [f"  is not among the {explanation.total:,}: {reason}" for reason in explanation.left_out_by]
    else:
        has = "all" if explanation.has_all_words else "some"
        outcome = [f"  is number {explanation.rank:,} of {explanation.total:,}, with {has} of the words"]
    named = ["  is called exactly what was typed, so it stands before all scores"] if explanation.named else []
    weights = [_weight(term) for term in explanation.terms]
    return [*outcome, *named, *weights, *([f"  {explanation.score:8.4f}  in all"] if weights else [])]


def _weight(term: TermWeight) -> str:
    weight = "       –" if term.weight is None else f"{term.weight:8.4f}"
    found_as = f", as {term.found_as}" if term.found_as not in (None, term.word) else ""
    return f"  {weight}  {term.word}{found_as}{'' if term.required else '  (only weighs)'}"


COMMANDS = (explain,)
