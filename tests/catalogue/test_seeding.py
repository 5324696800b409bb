"""Loading seed data: what comes in, what changes, and what is left alone."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.catalogue.actions import amend, withdraw
from directory.catalogue.models import GlossaryTerm, Opportunity, Owed, SeedLoad, Skill, Standing
from directory.catalogue.outbox import owed, paid
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.seeding import PassedOver, SeedReport, seed
from directory.catalogue.vocabulary import Closing, EligibilityAbout, Reach
from directory.organisations.models import Organisation
from tests.catalogue.seed_folders import GAZETTEER, ORGANISATION, SEED_DATA, SKILL, TERM, listing, write_seed_data

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def load(session: Session, folder: Path, now: datetime = NOW, *, afresh: bool = False) -> SeedReport:
    report = seed(session, folder, GAZETTEER, now, afresh=afresh)
    session.commit()
    session.expunge_all()
    return report


def found(session: Session, slug: str = "a-placement") -> Opportunity:
    row = opportunity_by_slug(session, slug)
    assert row is not None
    return row


def settle(session: Session) -> None:
    """Pay everything that the index is owed, so that what comes next can be seen."""
    paid(session, [sequence for sequence, _ in owed(session)])
    session.commit()


def slugs_owed(session: Session) -> set[str]:
    return set(session.scalars(select(Opportunity.slug).join(Owed, Owed.opportunity_id == Opportunity.id)))


def test_the_real_catalogue_loads_whole(session: Session) -> None:
    progress: list[tuple[int, int]] = []
    report = seed(session, SEED_DATA, GAZETTEER, NOW, lambda done, total: progress.append((done, total)))
    count = len(progress)
    assert count >= 200
    assert report == SeedReport(added=count)
    assert session.scalar(select(func.count()).select_from(Opportunity)) == count
    assert progress == [(done, count) for done in range(1, count + 1)]
    assert len(owed(session)) == count


def test_loading_the_real_catalogue_twice_changes_nothing(session: Session) -> None:
    added = load(session, SEED_DATA).added
    settle(session)
    assert load(session, SEED_DATA, LATER, afresh=True) == SeedReport(unchanged=added)
    assert owed(session) == []
    assert session.scalar(select(func.max(Opportunity.changed_at))) == NOW


def test_every_part_of_an_entry_reaches_the_tables(session: Session, tmp_path: Path) -> None:
    host = {**ORGANISATION, "slug": "ucl", "name": "UCL", "kind": "university"}
    full = listing(
        partners=["crick"],
        hosts=["ucl"],
        parent="an-umbrella",
        glossary=["plasmid"],
        pay="bursary",
        pay_minimum=250,
        pay_period="week",
        usually_closes=3,
        length_weeks=6.5,
        eligibility=[{"need": "needed", "about": "funding", "text": "You meet the funding rules."}],
        locations=[
            {"reach": "site", "place": "Stevenage", "region": "East of England", "nation": "England"},
            {"reach": "site", "place": "London", "region": "London", "nation": "England", "postcode": "NW1 1AT"},
            {"reach": "online"},
        ],
        levels=[{"framework": "SCQF", "number": 6, "nation": "Scotland", "local_name": "Modern Apprenticeship"}],
        rounds=[
            {"host": "ucl", "closing": "fixed", "closes_on": "2024-03-01", "closes_at": "16:00", "places": 6},
            {"opens_on": "2025-02-03", "starts_words": "Autumn 2025"},
        ],
        sources=[{"url": "https://example.org/a", "dated": 2024}, {"url": "https://example.org/b"}],
        without_source=["pay"],
    )
    crick = {**ORGANISATION, "slug": "crick", "name": "The Crick", "kind": "research institute"}
    folder = write_seed_data(tmp_path, full, listing("an-umbrella"), organisations=(ORGANISATION, host, crick))
    load(session, folder)

    row = found(session)
    assert row.parent is not None
    assert row.parent.slug == "an-umbrella"
    assert [(one.role, one.organisation.slug) for one in row.involvements] == [("partner", "crick"), ("host", "ucl")]
    assert [skill.slug for skill in row.skills] == ["research"]
    assert (row.pay, row.pay_minimum, row.pay_maximum, row.pay_period) == ("bursary", 250, None, "week")
    assert (row.usually_opens, row.usually_closes, row.length_weeks) == (None, 3, 6.5)
    assert [(one.need, one.about) for one in row.eligibility] == [("needed", EligibilityAbout.FUNDING)]
    stevenage, london, online = row.locations
    assert stevenage.latitude == pytest.approx(51.9, abs=0.05)
    assert london.longitude == pytest.approx(-0.14, abs=0.05)
    assert (online.reach, online.latitude, online.nation) == (Reach.ONLINE, None, None)
    assert [(one.framework, one.number, one.local_name) for one in row.levels] == [("SCQF", 6, "Modern Apprenticeship")]
    closed, opened = row.intakes
    assert closed.host is not None
    assert (closed.host.slug, closed.closing, closed.closes_at, closed.places) == ("ucl", Closing.FIXED, time(16), 6)
    assert (opened.opens_on, opened.closing, opened.starts_words) == (date(2025, 2, 3), "unknown", "Autumn 2025")
    assert [(one.url, one.dated) for one in row.sources] == [
        ("https://example.org/a", "2024"),
        ("https://example.org/b", None),
    ]
    assert row.without_source == ["pay"]


def test_a_listing_is_as_old_as_its_file_says(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing(added="2026-02-01")))
    row = found(session)
    assert row.published_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert row.changed_at == NOW


def test_an_unchanged_folder_is_recognised_without_reading_it(session: Session, tmp_path: Path) -> None:
    folder = write_seed_data(tmp_path, listing())
    load(session, folder)
    assert load(session, folder, LATER) == SeedReport(unchanged=1)
    assert session.scalars(select(SeedLoad.at)).all() == [NOW]


def test_recognising_an_unchanged_folder_needs_neither_yaml_nor_pydantic() -> None:
    look = "import sys; from directory.catalogue import seeding; print({'yaml', 'pydantic'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_a_changed_entry_is_updated_and_owed_to_the_index(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing(), listing("another")))
    settle(session)
    online = [{"reach": "online"}]
    report = load(
        session, write_seed_data(tmp_path, listing(title="New name", locations=online), listing("another")), LATER
    )
    assert report == SeedReport(updated=1, unchanged=1)
    row = found(session)
    assert (row.title, [one.reach for one in row.locations]) == ("New name", [Reach.ONLINE])
    assert row.changed_at == LATER
    assert row.published_at.date() == date(2026, 11, 22)
    assert slugs_owed(session) == {"a-placement"}


def test_an_umbrella_and_its_parts_are_owed_when_one_of_them_changes(session: Session, tmp_path: Path) -> None:
    part = listing("a-part", parent="an-umbrella")
    load(session, write_seed_data(tmp_path, listing("an-umbrella"), part, listing("another")))
    settle(session)
    load(session, write_seed_data(tmp_path, listing("an-umbrella", title="New name"), part, listing("another")))
    assert slugs_owed(session) == {"an-umbrella", "a-part"}


def test_a_renamed_organisation_or_skill_is_owed_with_the_listings_that_name_it(
    session: Session, tmp_path: Path
) -> None:
    load(session, write_seed_data(tmp_path, listing()))
    settle(session)
    load(session, write_seed_data(tmp_path, listing(), organisations=({**ORGANISATION, "name": "LifeArc Ltd"},)))
    assert slugs_owed(session) == {"a-placement"}
    assert session.scalars(select(Organisation.name)).all() == ["LifeArc Ltd"]
    settle(session)
    load(session, write_seed_data(tmp_path, listing(), skills=({**SKILL, "also": ["discovery"]},)))
    assert slugs_owed(session) == {"a-placement"}


def test_a_listing_that_a_person_edited_is_never_touched(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing()))
    amend(session, found(session), {"title": "Our name for it"}, LATER)
    session.commit()
    settle(session)
    report = load(session, write_seed_data(tmp_path, listing(title="Their new name", hours="part-time")), LATER)
    assert report.passed_over == (
        PassedOver(
            "a-placement",
            (("title", "Our name for it", "Their new name"), ("hours", "not said", "part-time")),
        ),
    )
    assert replace(report, passed_over=()) == SeedReport()
    assert found(session).title == "Our name for it"
    assert owed(session) == []


def test_differences_can_be_told_though_the_files_are_as_last_loaded(session: Session, tmp_path: Path) -> None:
    folder = write_seed_data(tmp_path, listing(locations=[{"reach": "online"}]))
    load(session, folder)
    row = found(session)
    row.locations[0].reach = Reach.UK_WIDE
    amend(session, row, {"usually_opens": 9}, LATER)
    session.commit()
    assert load(session, folder).passed_over == ()
    report = load(session, folder, afresh=True)
    assert report.difference().splitlines() == [
        "a-placement",
        "  locations",
        "    ours:  reach uk-wide",
        "    file:  reach online",
        "  usually_opens",
        "    ours:  9",
        "    file:  not said",
    ]


def test_a_listing_that_left_the_files_is_withdrawn_and_not_deleted(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing(), listing("another")))
    settle(session)
    assert load(session, write_seed_data(tmp_path, listing("another")), LATER) == SeedReport(unchanged=1, withdrawn=1)
    assert found(session).standing is Standing.WITHDRAWN
    assert slugs_owed(session) == {"a-placement"}
    assert load(session, write_seed_data(tmp_path, listing("another")), afresh=True).withdrawn == 0


def test_a_listing_that_comes_back_to_the_files_is_public_again(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing(), listing("another")))
    load(session, write_seed_data(tmp_path, listing("another")))
    assert load(session, write_seed_data(tmp_path, listing(), listing("another"))).updated == 1
    assert found(session).standing is Standing.PUBLISHED


def test_an_edited_listing_that_left_the_files_stays(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing(), listing("another")))
    amend(session, found(session), {"title": "Ours now"}, LATER)
    session.commit()
    assert load(session, write_seed_data(tmp_path, listing("another"))).withdrawn == 0
    assert found(session).standing is Standing.PUBLISHED


def test_a_listing_that_a_person_withdrew_stays_withdrawn(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing()))
    withdraw(session, found(session), LATER)
    session.commit()
    load(session, write_seed_data(tmp_path, listing(title="New name")))
    assert found(session).standing is Standing.WITHDRAWN


def test_a_listing_that_a_person_made_is_neither_withdrawn_nor_overwritten(session: Session, tmp_path: Path) -> None:
    load(session, write_seed_data(tmp_path, listing(), listing("made-by-hand")))
    found(session, "made-by-hand").seed_fingerprint = None
    session.commit()
    assert load(session, write_seed_data(tmp_path, listing())).withdrawn == 0
    report = load(session, write_seed_data(tmp_path, listing(), listing("made-by-hand", title="Another name")))
    assert [one.slug for one in report.passed_over] == ["made-by-hand"]
    assert found(session, "made-by-hand").title == "A placement"


def test_words_and_skills_that_left_the_files_go_once_no_listing_names_them(session: Session, tmp_path: Path) -> None:
    vector = {**TERM, "slug": "viral-vector", "term": "Viral vector"}
    quality = {"slug": "quality", "name": "Quality control and testing"}
    both = listing(skills=["quality", "research"], glossary=["plasmid", "viral-vector"])
    load(session, write_seed_data(tmp_path, both, skills=(SKILL, quality), glossary=(TERM, vector)))
    amend(session, found(session), {"glossary": ["viral-vector"]}, LATER)
    session.commit()
    load(session, write_seed_data(tmp_path, listing("another"), glossary=()))
    assert session.scalars(select(GlossaryTerm.slug)).all() == ["viral-vector"]
    assert set(session.scalars(select(Skill.slug))) == {"quality", "research"}


def test_a_report_says_what_was_done_in_one_line() -> None:
    assert str(SeedReport(added=200)) == "200 added"
    assert (
        str(SeedReport(1, 2, 3, 4, (PassedOver("a-placement", ()),)))
        == "1 added, 2 updated, 4 withdrawn, 1 passed over (edited by a person), 3 unchanged"
    )
    assert SeedReport().summary() == "Nothing to load"
    assert SeedReport().difference() == "Nothing was passed over: no listing in the files has been edited by a person."


def test_an_organisation_found_to_be_another_stays_so_and_its_listings_are_filed_there(
    session: Session, tmp_path: Path
) -> None:
    both = (ORGANISATION, ORGANISATION | {"slug": "life-arc", "name": "Life Arc"})
    seed(session, write_seed_data(tmp_path, listing(), organisations=both), GAZETTEER, NOW)
    known = {one.slug: one for one in session.scalars(select(Organisation))}
    known["lifearc"].merged_into_id = known["life-arc"].id
    session.flush()
    renamed = (ORGANISATION | {"name": "LifeArc Ltd"}, both[1])
    files = write_seed_data(tmp_path, listing(title="Changed"), listing("another"), organisations=renamed)
    seed(session, files, GAZETTEER, NOW)
    assert {row.organisation_id for row in session.scalars(select(Opportunity))} == {known["life-arc"].id}
    assert (known["lifearc"].name, known["lifearc"].merged_into_id) == ("LifeArc", known["life-arc"].id)
