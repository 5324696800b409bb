"""Bad seed data: every problem names its file, its entry and its field, and nothing is loaded."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.catalogue.seeding import BadSeedData, seed
from directory.catalogue.seeding.wanted import wanted
from directory.organisations.models import Organisation
from tests.catalogue.seed_folders import GAZETTEER, LISTING, ORGANISATION, SKILL, TERM, listing, write, write_seed_data

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HERE = "opportunities/placement.yaml, a-placement"
SITE = {"reach": "site", "place": "Stevenage", "region": "East of England", "nation": "England"}


def problems(folder: Path) -> list[str]:
    with pytest.raises(BadSeedData) as refused:
        wanted(folder, GAZETTEER)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "jolly"}, "kind must be one of: apprenticeship, placement, internship, fellowship, work-experience,"),
        ({"titel": "A placement"}, "titel is not a field we know; perhaps title is meant."),
        ({"title": None}, "title is missing."),
        ({"title": 7}, "title must be text."),
        ({"title": ""}, "title is empty."),
        ({"title": "a" * 201}, "title is longer than 200 characters."),
        ({"summary": "NUL\0"}, "summary holds a character that can't be shown."),
        ({"summary": "One line.\nAnother."}, "summary must be on one line."),
        ({"stages": []}, "stages is empty: leave the field out when it isn't known."),
        ({"stages": ["graduate", "graduate"]}, "stages names graduate again."),
        ({"skills": ["alchemy"]}, "skills names alchemy, which is not in skills.yaml."),
        ({"glossary": ["phlogiston"]}, "glossary names phlogiston, which is not in glossary.yaml."),
        ({"organisation": "nobody"}, "organisation names nobody, which is not in organisations.yaml."),
        ({"partners": ["lifearc"]}, "partners names lifearc again."),
        ({"hosts": ["nobody"]}, "hosts names nobody, which is not in organisations.yaml."),
        ({"parent": "nothing"}, "parent names nothing, which is not in any listing's slug."),
        ({"parent": "a-placement"}, "parent leads back to the listing itself."),
        ({"apply_url": "ftp://example.org"}, "apply_url must be a web address that begins with https:// or http://."),
        ({"apply_url": "javascript:alert(1)"}, "apply_url must be a web address that begins with https:// or http://."),
        ({"info_url": "https://e.org/" + "a" * 500}, "info_url is longer than 500 characters."),
        ({"sources": [{"url": "x"}]}, "sources 1, url must be a web address that begins with https:// or http://."),
        ({"sources": ["https://e.org/"]}, "sources 1 must have fields of its own."),
        (
            {"sources": [{"url": "https://e.org/", "dated": "last year"}]},
            "sources 1, dated must be written like 2026, 2026-11 or 2026-11-24.",
        ),
        ({"usually_opens": 13}, "usually_opens must be at most 12."),
        ({"length_weeks": 0}, "length_weeks must be more than 0."),
        ({"added": "22 November"}, "added must be written like 2026-11-24."),
        ({"added": "2026-02-30"}, "added must be written like 2026-11-24."),
        ({"without_source": ["moon"]}, "without_source names moon, which is no field."),
        (
            {"eligibility": [{"need": "perhaps", "text": "Luck."}]},
            "eligibility 1, need must be one of: needed, nice or",
        ),
        (
            {"pay": "paid", "pay_minimum": 9, "pay_maximum": 5, "pay_period": "week"},
            "pay_minimum is above pay_maximum.",
        ),
        ({"pay": "paid", "pay_minimum": 9}, "pay_period must be given with an amount of pay, and only then."),
        (
            {"pay_minimum": 9, "pay_period": "hour"},
            "pay must be paid, bursary or funded when there is an amount.",
        ),
        (
            {"levels": [{"framework": "SCQF", "number": 13, "nation": "Scotland"}]},
            "levels 1, number must be between 4 and 12 in SCQF.",
        ),
        (
            {"levels": [{"framework": "RQF", "number": 3, "nation": "Scotland"}]},
            "levels 1, nation is not one where RQF counts.",
        ),
        ({"locations": [{"reach": "site", "place": "Ware"}]}, "locations 1, region is missing, and the reach is site."),
        (
            {"locations": [{"reach": "uk-wide", "place": "Ware"}]},
            "locations 1, place can't be said, because the reach is",
        ),
        ({"locations": [{**SITE, "nation": "Wales"}]}, "locations 1, region is not in Wales."),
        (
            {"locations": [SITE, {**SITE, "place": "Stevenedge"}]},
            "locations 2, place names Stevenedge, which the gazetteer doesn't know in East of England.",
        ),
        (
            {"locations": [{**SITE, "postcode": "NW1 1AT"}]},
            "locations 1, postcode names NW1 1AT, which the gazetteer doesn't know in East of England.",
        ),
        (
            {"rounds": [{"opens_on": "2026-03-02", "closing": "fixed", "closes_on": "2026-03-01"}]},
            "rounds 1, closes_on is before opens_on.",
        ),
        (
            {"rounds": [{"closes_on": "2026-03-01"}]},
            "rounds 1, closing must be fixed when there is a closes_on, and only then.",
        ),
        ({"rounds": [{"closes_at": "16:00"}]}, "rounds 1, closes_at is given without closes_on."),
        (
            {"rounds": [{"closing": "fixed", "closes_on": "2026-03-01", "closes_at": "4pm"}]},
            "rounds 1, closes_at must be written like 16:00.",
        ),
        (
            {"rounds": [{"closing": "fixed", "closes_on": "2026-03-01", "zone": "America/New_York"}]},
            "rounds 1, zone is given for a day without an hour, which is a day in the UK.",
        ),
        (
            {"rounds": [{"closing": "fixed", "closes_on": "2026-03-01", "zone": "Mars"}]},
            "rounds 1, zone must be a time zone such as Europe/London.",
        ),
        (
            {"rounds": [{"host": "ucl", "starts_on": "2026-03-01"}]},
            "rounds are held at ucl, which is not one of the hosts.",
        ),
    ],
)
def test_a_bad_field_is_named_with_its_file_and_entry(tmp_path: Path, fields: dict[str, Any], told: str) -> None:
    entry = {name: value for name, value in {**LISTING, **fields}.items() if value is not None}
    write_seed_data(tmp_path, listing())
    write(tmp_path / "opportunities" / "placement.yaml", [entry])
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{HERE}, {told}")


def test_nothing_known_is_written_as_nothing_and_not_as_null(tmp_path: Path) -> None:
    folder = write_seed_data(tmp_path, {**LISTING, "hours": None, "rounds": [{"starts_on": None}], "hosts": []})
    assert problems(folder) == [
        f"{HERE}, hours is empty: leave the field out when it isn't known.",
        f"{HERE}, rounds 1, starts_on is empty: leave the field out when it isn't known.",
        f"{HERE}, hosts is empty: leave the field out when it isn't known.",
    ]


def test_every_problem_is_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    folder = write_seed_data(
        tmp_path,
        listing("first", kind="course", summary=None),
        listing("second", organisation="nobody"),
        organisations=({**ORGANISATION, "nation": "France"},),
        glossary=({**TERM, "meaning": ""},),
    )
    assert problems(folder) == [
        "glossary.yaml, plasmid, meaning is empty.",
        "opportunities/course.yaml, first, summary is missing.",
        "opportunities/placement.yaml, second, organisation names nobody, which is not in organisations.yaml.",
        "organisations.yaml, lifearc, nation must be one of: England, Scotland, Wales, Northern Ireland, UK.",
    ]


def test_a_slug_stands_once_though_there_are_several_files(tmp_path: Path) -> None:
    folder = write_seed_data(tmp_path, listing(), listing(kind="course"), skills=(SKILL, SKILL))
    assert problems(folder) == [
        f"{HERE}, slug already stands in opportunities/course.yaml.",
        "skills.yaml, research, slug already stands in skills.yaml.",
    ]


def test_a_word_is_explained_once(tmp_path: Path) -> None:
    vector = {**TERM, "slug": "vector", "term": "Vector", "also": ["plasmid"]}
    folder = write_seed_data(tmp_path, listing(), glossary=(TERM, vector))
    assert problems(folder) == ["glossary.yaml, vector, also explains plasmid, as plasmid does."]


def test_umbrellas_do_not_stand_in_a_ring(tmp_path: Path) -> None:
    folder = write_seed_data(
        tmp_path, listing("a", parent="b"), listing("b", parent="c"), listing("c", parent="b"), listing("d", parent="a")
    )
    assert problems(folder) == [
        "opportunities/placement.yaml, b, parent leads back to the listing itself.",
        "opportunities/placement.yaml, c, parent leads back to the listing itself.",
    ]


def test_a_listing_stands_in_a_file_of_its_kind(tmp_path: Path) -> None:
    folder = write_seed_data(tmp_path, listing())
    (folder / "opportunities" / "placement.yaml").rename(folder / "opportunities" / "course-uk.yaml")
    assert problems(folder) == [
        "opportunities/course-uk.yaml, a-placement, kind is placement, which this file is not for."
    ]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda file: file.write_text("- slug: [a"),
            "opportunities/placement.yaml, line 2 is not YAML as it should be",
        ),
        (lambda file: file.write_text("slug: a"), "opportunities/placement.yaml must be a list of entries"),
        (lambda file: file.write_text("- just words"), "opportunities/placement.yaml, entry 1 must have fields of its"),
        (lambda file: file.write_bytes(b"\xff\xfe"), "opportunities/placement.yaml can't be read"),
        (lambda file: file.unlink(), "opportunities holds no file"),
        (lambda file: (file.parent.parent / "skills.yaml").unlink(), "skills.yaml can't be read"),
        (
            lambda file: file.write_text(file.read_text() + "  title: Another\n"),
            "opportunities/placement.yaml, line 15 is not YAML as it should be: title is said twice",
        ),
    ],
)
def test_a_file_that_will_not_do_is_named(tmp_path: Path, spoil: Callable[[Path], object], told: str) -> None:
    folder = write_seed_data(tmp_path, listing())
    spoil(folder / "opportunities" / "placement.yaml")
    assert problems(folder)[0].startswith(told)


def test_nothing_of_bad_data_is_loaded(session: Session, tmp_path: Path) -> None:
    folder = write_seed_data(tmp_path, listing("good"), listing(kind="course", pay="gold"))
    with pytest.raises(
        BadSeedData, match=r"one problem, so nothing was loaded:\n- opportunities/course\.yaml, a-placement, pay must"
    ):
        seed(session, folder, GAZETTEER, NOW)
    session.commit()
    assert session.scalar(select(func.count()).select_from(Opportunity)) == 0
    assert session.scalar(select(func.count()).select_from(Organisation)) == 0
