"""The real catalogue: listings that must be found, by their names and by the words of people who don't know them."""

from collections.abc import Callable

import pytest
import yaml

from tests.search.conftest import SEED_DATA

ATAC = "atac-advanced-therapies-apprenticeships"
BIGIMPACT = "bia-bigimpact"
VIRTUAL = "lifearc-virtual-work-experience"
PLACEMENTS = "lifearc-industrial-placements"
AUTM = "lifearc-autm-fellowship"
TRANSFER = "lifearc-technology-transfer-fellowship"
LONDON = "london-gene-therapy-hub-training"
SHEFFIELD = "gtimc-sheffield-training"
BRISTOL = "nhsbt-clinical-biotechnology-centre-training"
PLATFORM = "atstn-online-training-platform"
CONVERTER = "atstn-career-converter"

HUBS = {LONDON, SHEFFIELD, BRISTOL}

OWN_NAMES = {
    ATAC: ("ATAC", "Advanced Therapies Apprenticeship Community", "advanced therapies apprenticeship community (atac)"),
    BIGIMPACT: ("#BIGIMPACT", "bigimpact", "big impact", "BIA #BIGIMPACT campaign", "bia big impact"),
    VIRTUAL: ("LifeArc Virtual Work Experience", "lifearc work experience"),
    PLACEMENTS: ("LifeArc Industrial Placements", "lifearc industrial placement", "lifearc placement"),
    AUTM: ("LifeArc-AUTM Fellowship", "lifearc autm fellowship", "AUTM fellowship", "autm"),
    TRANSFER: (
        "LifeArc Technology Transfer Fellowship",
        "lifearc technology transfer",
        "lifearc tech transfer fellowship",
    ),
    LONDON: (
        "London gene therapy hub training (King's, UCL and Royal Free)",
        "London gene therapy hub training",
        "london gene therapy hub",
    ),
    SHEFFIELD: (
        "Gene Therapy Innovation and Manufacturing Centre training, Sheffield",
        "Gene Therapy Innovation and Manufacturing Centre",
        "gtimc",
    ),
    BRISTOL: (
        "NHSBT Clinical Biotechnology Centre gene therapy hub skills programme, Bristol",
        "NHSBT clinical biotechnology centre",
        "clinical biotechnology centre",
    ),
    PLATFORM: (
        "Advanced Therapies Skills Training Network Online Training Platform",
        "ATSTN online training platform",
        "advanced therapies skills training network",
    ),
    CONVERTER: ("ATSTN Career Converter", "career converter", "careers converter"),
}

PLAIN_WORDS = {
    ATAC: (
        "cell therapy apprenticeship",
        "gene therapy apprenticeships",
        "apprenticeships in advanced therapies",
        "become an apprentice in gene therapy",
        "apprenticeship making cell and gene therapies",
        "earn while you learn cell therapy",
        "apprentice in a cell therapy lab",
    ),
    BIGIMPACT: (
        "careers in biotech campaign",
        "careers in biotech",
        "why work in biotech",
        "life sciences careers campaign",
        "what careers are there in biotech",
    ),
    VIRTUAL: (
        "virtual work experience science online",
        "online work experience",
        "work experience I can do online",
        "work experience from home science",
        "remote work experience medical research charity",
        "work experience online for year 12",
    ),
    PLACEMENTS: (
        "year in industry gene therapy",
        "year in industry",
        "sandwich year drug discovery",
        "placement year medical research charity",
        "industrial placement stevenage",
        "placement year cell and gene therapy",
    ),
    AUTM: (
        "technology transfer fellowship",
        "learn technology transfer",
        "tech transfer",
        "fellowship in intellectual property and licensing",
        "move from research into technology transfer",
        "spinouts and licensing fellowship",
    ),
    TRANSFER: (
        "technology transfer fellowship",
        "learn technology transfer",
        "tech transfer",
        "leave the bench but stay in medical research fellowship",
        "licensing and patents fellowship",
        "fellowship turning research into products",
    ),
    LONDON: (
        "gene therapy training london",
        "viral vector training",
        "learn to make viral vectors for gene therapy",
        "gene therapy course london",
        "AAV lentiviral vector training",
    ),
    SHEFFIELD: (
        "gene therapy training sheffield",
        "gmp training sheffield",
        "gmp course gene therapy",
        "gene therapy manufacturing training in the north",
    ),
    BRISTOL: (
        "gene therapy training bristol",
        "plasmid manufacturing training",
        "learn to make plasmids",
        "gene therapy skills nhs blood and transplant",
    ),
    PLATFORM: (
        "online training for making cell therapies",
        "online training cell and gene therapy",
        "online gmp training",
        "free online modules gene therapy",
        "online courses gene therapy manufacturing",
        "learn about cell therapy manufacturing online",
    ),
    CONVERTER: (
        "change career into cell therapy",
        "career change into gene therapy",
        "transferable skills cell therapy",
        "which jobs in gene therapy fit my skills",
        "switch career to advanced therapies",
    ),
}


def phrases(by_slug: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(slug, phrase) for slug, several in by_slug.items() for phrase in several]


def test_every_listing_that_runs_is_first_for_its_own_title(results: Callable[[str], list[str]]) -> None:
    files = sorted((SEED_DATA / "opportunities").glob("*.yaml"))
    listings = [entry for file in files for entry in yaml.safe_load(file.read_text())]
    assert len(listings) >= 200
    over = ("paused", "ended")
    running = [entry for entry in listings if entry.get("running") not in over]
    assert [entry["slug"] for entry in running if results(entry["title"])[0] != entry["slug"]] == []


@pytest.mark.parametrize(("slug", "name"), phrases(OWN_NAMES))
def test_a_listing_is_first_for_its_own_name(results: Callable[[str], list[str]], slug: str, name: str) -> None:
    assert results(name)[0] == slug


@pytest.mark.parametrize("words", ["gene therapy hub", "gene therapy hubs", "gene therapy hub training"])
def test_one_of_the_three_hubs_is_first_for_what_they_are(results: Callable[[str], list[str]], words: str) -> None:
    found = results(words)
    assert found[0] in HUBS
    assert set(found[:5]) >= HUBS


@pytest.mark.parametrize(("slug", "words"), phrases(PLAIN_WORDS))
def test_a_listing_is_in_the_top_five_for_plain_words(
    results: Callable[[str], list[str]], slug: str, words: str
) -> None:
    assert slug in results(words)[:5]
