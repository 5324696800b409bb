"""The real catalogue's files: what they hold, and the care they are written with."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from directory.catalogue.kinds import KINDS, KindName
from directory.catalogue.seeding.files import SeedFiles, read
from directory.catalogue.seeding.shapes import OpportunityShape
from directory.catalogue.seeding.wanted import wanted
from directory.catalogue.vocabulary import Closing, Delivery, Pay, Reach, Running, StageName
from tests.catalogue.seed_folders import GAZETTEER, SEED_DATA

ISSUE_LISTINGS = {
    "ATAC": "atac-advanced-therapies-apprenticeships",
    "#BIGIMPACT": "bia-bigimpact",
    "LifeArc Virtual Work Experience": "lifearc-virtual-work-experience",
    "LifeArc Industrial Placements": "lifearc-industrial-placements",
    "LifeArc-AUTM Fellowship": "lifearc-autm-fellowship",
    "LifeArc Technology Transfer Fellowship": "lifearc-technology-transfer-fellowship",
    "the London gene therapy hub": "london-gene-therapy-hub-training",
    "the Sheffield gene therapy hub": "gtimc-sheffield-training",
    "the Bristol gene therapy hub": "nhsbt-clinical-biotechnology-centre-training",
    "ATSTN's training platform": "atstn-online-training-platform",
    "Career Converter": "atstn-career-converter",
}
SECTIONS = (
    "summary",
    "description",
    "stages",
    "eligibility_words",
    "eligibility",
    "delivery",
    "locations",
    "usual_words",
    "how_to_apply",
    "apply_url",
    "skills",
    "subjects",
    "glossary",
    "confidence",
    "newest_source_year",
    "sources",
)
WORDS_ON_A_PAGE = (
    "title",
    "summary",
    "description",
    "eligibility_words",
    "length_words",
    "pay_words",
    "cost_words",
    "usual_words",
    "how_to_apply",
    "group_words",
)
OLDEST_AMOUNT = 2024
LINES_A_PERSON_CAN_REVIEW = 1500


@cache
def files() -> SeedFiles:
    return read(SEED_DATA)


@cache
def listings() -> dict[str, OpportunityShape]:
    return {entry.said.slug: entry.said for entry in files().opportunities.entries}


def words_of(listing: OpportunityShape) -> str:
    """Join all that a person reads of a listing."""
    said = [getattr(listing, name) or "" for name in WORDS_ON_A_PAGE]
    said += [row.text for row in listing.eligibility]
    said += [f"{level.framework} level {level.number}" for level in listing.levels]
    return "\n".join(said)


def every_sentence() -> Iterator[tuple[str, str]]:
    for slug, listing in listings().items():
        yield slug, words_of(listing) + "\n" + (listing.notes or "")
    for organisation in files().organisations.entries:
        yield organisation.said.slug, organisation.said.description
    for term in files().glossary.entries:
        yield term.said.slug, term.said.meaning


def test_the_files_have_no_problem_and_every_site_is_on_the_map() -> None:
    assert len(wanted(SEED_DATA, GAZETTEER).listings) >= 200


def test_there_are_listings_of_all_ten_kinds() -> None:
    counts = Counter(listing.kind for listing in listings().values())
    assert counts.keys() == KINDS.keys()
    assert counts[KindName.APPRENTICESHIP] >= 35


def test_there_are_listings_for_every_stage_and_nation() -> None:
    assert {stage for listing in listings().values() for stage in listing.stages} == set(StageName)
    nations = {place.nation for listing in listings().values() for place in listing.locations}
    assert nations >= {"England", "Scotland", "Wales", "Northern Ireland"}


def test_every_organisation_skill_and_term_is_used() -> None:
    used = {
        slug
        for listing in listings().values()
        for slug in (listing.organisation, *listing.partners, *listing.hosts, *listing.skills, *listing.glossary)
    }
    for table in (files().organisations, files().skills, files().glossary):
        assert [entry.said.slug for entry in table.entries if entry.said.slug not in used] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("slug", ISSUE_LISTINGS.values(), ids=ISSUE_LISTINGS)
def test_each_listing_that_must_be_found_says_something_in_every_section(slug: str) -> None:
    listing = listings()[slug]
    silent = [name for name in SECTIONS if not getattr(listing, name)]
    assert silent == []
    assert listing.description.count("\n\n") >= 2


def test_an_umbrella_has_its_parts() -> None:
    parts = Counter(listing.parent for listing in listings().values() if listing.parent)
    assert parts["atac-advanced-therapies-apprenticeships"] >= 5
    assert parts["ihfgt-skills-and-training"] == 3


def test_hosts_with_dates_of_their_own_have_rounds_of_their_own() -> None:
    rounds = listings()["wellcome-biomedical-vacation-scholarships"].rounds
    assert [(one.host, one.closes_on, one.places) for one in rounds] == [
        ("university-of-leicester", date(2024, 3, 1), 6),
        ("ucl", date(2024, 5, 15), 10),
        ("kings-college-london", None, None),
    ]


def test_an_hour_is_given_only_with_a_fixed_close() -> None:
    hours = [one for listing in listings().values() for one in listing.rounds if one.closes_at]
    assert hours
    assert all(one.closing is Closing.FIXED for one in hours)


def test_what_has_ended_does_not_come_back() -> None:
    ended = [listing for listing in listings().values() if listing.running is Running.ENDED]
    assert ended
    assert all(listing.recurrence in (None, "one-off") and not listing.usually_opens for listing in ended)


def test_an_amount_of_pay_is_from_a_source_that_is_still_near() -> None:
    amounts = {slug: one for slug, one in listings().items() if one.pay_minimum or one.pay_maximum}
    assert amounts
    assert [slug for slug, one in amounts.items() if (one.newest_source_year or 0) < OLDEST_AMOUNT] == []


def test_no_one_is_said_to_be_unpaid_for_reading_or_studying() -> None:
    spending = [listing for listing in listings().values() if KINDS[listing.kind].spends_rather_than_earns]
    assert [listing.slug for listing in spending if listing.pay is Pay.UNPAID] == []


def test_what_is_online_only_says_so_in_both_ways() -> None:
    for slug, listing in listings().items():
        reaches = {place.reach for place in listing.locations}
        assert (listing.delivery is Delivery.ONLINE) == (reaches == {Reach.ONLINE}) or slug == "praxisauril-training"


def test_each_term_a_listing_explains_is_in_its_words() -> None:
    terms = {entry.said.slug: (entry.said.term, *entry.said.also) for entry in files().glossary.entries}
    for slug, listing in listings().items():
        words = words_of(listing).casefold()
        lost = [term for term in listing.glossary if not any(one.casefold() in words for one in terms[term])]
        assert lost == [], slug


def test_explanations_are_short_and_whole_sentences() -> None:
    for entry in files().glossary.entries:
        meaning = entry.said.meaning
        assert 20 <= len(meaning) <= 260, entry.said.slug
        assert meaning[0].isupper(), entry.said.slug
        assert meaning.endswith("."), entry.said.slug


def test_terms_and_organisations_stand_in_the_order_of_the_alphabet() -> None:
    for slugs in (files().glossary.slugs, files().organisations.slugs):
        assert slugs == sorted(slugs)


def test_money_is_written_with_its_sign() -> None:
    assert [slug for slug, words in every_sentence() if re.search(r"\bpounds?\b", words)] == []


def test_words_are_written_cleanly() -> None:
    untidy = re.compile(r"  |\s[,.;]|\bnull\b|\bNone\b|[“”‘’]|\.\.|\bTBC\b|\bTODO\b")
    assert [(slug, found[0]) for slug, words in every_sentence() if (found := untidy.search(words))] == []


def test_a_file_is_short_enough_to_review() -> None:
    for file in (SEED_DATA / "opportunities").glob("*.yaml"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= LINES_A_PERSON_CAN_REVIEW, file.name
