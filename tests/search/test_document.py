"""What of a listing can be searched."""

import pytest
from sqlalchemy import String, Text

from directory.catalogue.kinds import KindName
from directory.catalogue.models import (
    EligibilityRow,
    Intake,
    Involvement,
    Level,
    Location,
    Opportunity,
    Skill,
    Standing,
)
from directory.catalogue.vocabulary import Delivery, Framework, Need, Reach
from directory.search.document import FIELDS, SHAPE, Apart, document_of
from directory.search.language import name_key, stem
from tests.search.rows import leeds, organisation, row

NOT_SEARCHED = {
    "slug": "an address, made of the title",
    "apply_url": "an address",
    "info_url": "an address",
    "notes": "for the people who keep the catalogue; never public",
    "newest_source_words": "about the source, not about the opportunity",
    "seed_fingerprint": "for seeding",
    "support_words": "who asks for help with costs finds too little by words: it is read on the page",
    "access_words": "as with help with costs",
}
ROWS = {
    "skills": (Skill, {"slug"}),
    "locations": (Location, set()),
    "levels": (Level, set()),
    "eligibility": (EligibilityRow, set()),
    "intakes": (Intake, {"zone", "closed_words"}),
}


def weights_of(listing: Opportunity) -> dict[str, int]:
    return {token: posting.weight for token, posting in document_of(listing).postings().items()}


def text_columns(model: type) -> list[str]:
    columns = model.__table__.columns  # type: ignore[attr-defined]
    return [column.name for column in columns if type(column.type) in (String, Text)]


def test_every_text_of_a_listing_is_searched_or_left_out_on_purpose() -> None:
    searched = [name for name in text_columns(Opportunity) if name not in NOT_SEARCHED]
    listing = row(**{name: f"marked{name.replace('_', '')}" for name in searched})
    weights = weights_of(listing)
    assert [name for name in searched if stem(f"marked{name.replace('_', '')}") not in weights] == []


@pytest.mark.parametrize("relation", ROWS)
def test_every_text_of_its_rows_is_searched_or_left_out_on_purpose(relation: str) -> None:
    model, left_out = ROWS[relation]
    texts = {name: f"marked{name.replace('_', '')}" for name in text_columns(model) if name not in left_out}
    given: dict[str, dict[str, object]] = {
        "locations": {"reach": Reach.SITE, "position": 0},
        "levels": {"framework": Framework.RQF, "number": 3},
        "eligibility": {"need": Need.NEEDED},
        "skills": {"slug": "marked", "also": ["markedalso"]},
    }
    listing = row()
    getattr(listing, relation).append(model(**texts, **given.get(relation, {})))
    weights = weights_of(listing)
    assert [name for name, text in texts.items() if stem(text) not in weights] == []


def test_it_is_found_by_everyone_who_takes_part() -> None:
    listing = row(organisation=organisation("Cell Catapult"), subjects=["vectors"])
    listing.involvements.append(Involvement(organisation=organisation("Autolus")))
    weights = weights_of(listing)
    assert {stem("catapult"), stem("autolus"), stem("vectors")} <= set(weights)
    assert weights[stem("catapult")] > weights[stem("autolus")]
    assert document_of(listing).values["organisation"] == ("cell-catapult", "autolus")


def test_it_is_found_by_the_titles_above_and_below_it() -> None:
    above = row("Umbrella community")
    below = row("Technician programme", parent=above)
    gone = row("Withdrawn programme", parent=above, standing=Standing.WITHDRAWN)
    above.parts = [below, gone]
    assert stem("umbrella") in weights_of(below)
    assert stem("technician") in weights_of(above)
    assert stem("withdrawn") not in weights_of(above)


def test_it_is_found_by_the_school_years_of_the_nations_it_is_in() -> None:
    here = weights_of(row(stages=["16-18"], locations=[leeds()]))
    assert {"year12", "year13", "s5", "s6", stem("sixth")} <= set(here)
    assert "year14" not in here
    belfast = Location(reach=Reach.NATION, nation="Northern Ireland")
    assert "year14" in weights_of(row(stages=["16-18"], locations=[belfast]))


def test_it_is_found_by_everyday_words_for_its_kind() -> None:
    placement = row(kind=KindName.PLACEMENT, stages=["undergraduate"])
    assert {stem("sandwich"), stem("placements")} <= set(weights_of(placement))
    assert stem("sandwich") not in weights_of(row(kind=KindName.PLACEMENT, stages=["16-18"]))


def test_a_title_weighs_more_than_anything_else() -> None:
    assert max(FIELDS, key=lambda field: field.weight).name == "title"


def test_it_is_known_by_its_title_with_and_without_brackets_and_by_its_short_name() -> None:
    names = document_of(row("Advanced Therapies Community (ATAC)")).names
    assert names == tuple(
        map(name_key, ("Advanced Therapies Community (ATAC)", "Advanced Therapies Community", "ATAC"))
    )
    assert name_key("#BIGIMPACT") in document_of(row("BIA #BIGIMPACT campaign")).names
    assert document_of(row("Training (Level 3 and over)")).names == ("traininglevel3andover", "training")


def test_only_known_sites_are_cut_by_a_radius() -> None:
    online = Location(reach=Reach.ONLINE)
    nowhere_on_the_map = Location(reach=Reach.SITE, place="Atlantis")
    assert document_of(row(locations=[leeds()])).apart is None
    assert document_of(row(locations=[leeds(), nowhere_on_the_map])).apart is None
    assert document_of(row(locations=[leeds(), online])).apart is Apart.ONLINE
    assert document_of(row(locations=[leeds()], delivery=Delivery.ONLINE)).apart is Apart.ONLINE
    assert document_of(row(locations=[nowhere_on_the_map])).apart is Apart.UNPLACED
    assert document_of(row()).apart is Apart.UNPLACED


def test_the_shape_is_a_name_for_a_folder() -> None:
    assert SHAPE.isalnum()
    assert len(SHAPE) == 12
