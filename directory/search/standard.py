"""What an organisation says in every listing: "we are a world leader in gene therapy" makes no job one in gene therapy.

Sentences that recur in an organisation's listings are set apart: found, but weighing a tenth of a word of the listing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from directory.search.document import BODY, ORGANISATION_NAME, STANDARD, SearchDocument
from directory.search.language import SENTENCES

FEWEST_LISTINGS = 3
SHARE_OF_LISTINGS = 0.5
FEWEST_WORDS = 4  # "Apply on our website" tells nobody apart, and finds nobody either

# By the organisation's name.
StandardSentences = Mapping[str, frozenset[str]]


def standard_sentences(listings: Iterable[tuple[str, str]]) -> StandardSentences:
    """Find the sentences that each organisation repeats, from pairs of its name and what one listing says."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for organisation, text in listings:
        sizes[organisation] += 1
        counts[organisation].update(set(_sentences(text)))
    repeated = {
        organisation: frozenset(
            sentence
            for sentence, count in counted.items()
            if count >= max(FEWEST_LISTINGS, SHARE_OF_LISTINGS * sizes[organisation])
        )
        for organisation, counted in counts.items()
        if sizes[organisation] >= FEWEST_LISTINGS
    }
    return {organisation: sentences for organisation, sentences in repeated.items() if sentences}


def set_apart(document: SearchDocument, sentences: Collection[str]) -> SearchDocument:
    """Move the standard sentences of a listing's body to where they weigh little."""
    body = document.texts[BODY]
    standard = [sentence for sentence in _sentences(body) if sentence in sentences]
    if not standard:
        return document
    texts = list(document.texts)
    for sentence in standard:
        body = body.replace(sentence, " ")
    texts[BODY], texts[STANDARD] = body, " ".join(standard)
    return replace(document, texts=tuple(texts))


def organisation_of(document: SearchDocument) -> str:
    """Give the name under which a document's organisation keeps its sentences."""
    return document.texts[ORGANISATION_NAME]


def _sentences(text: str) -> list[str]:
    found = (sentence.strip().rstrip(".!?") for sentence in SENTENCES.split(text))
    return [sentence for sentence in found if len(sentence.split()) >= FEWEST_WORDS]
