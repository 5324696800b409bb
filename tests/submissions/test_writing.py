"""A listing and its answers say the same, and a change changes only what it says."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.models import EligibilityRow, Opportunity
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.vocabulary import Confidence, EligibilityAbout, Need
from directory.parts import Parts
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions
from directory.submissions.fields import Answer
from directory.submissions.models import Purpose, Steward, Submission
from directory.submissions.publishing import change, publish, skills_by_slug
from directory.submissions.reading import read
from directory.submissions.writing import answers_of, changed, preview
from tests.contracts.listings import NOW
from tests.submissions.answers import saying


@pytest.fixture
def account(session: Session) -> Account:
    account = Account(email="sam@larkfield.example", made_at=NOW)
    session.add(account)
    session.flush()
    return account


def published(session: Session, gazetteer: Gazetteer, account: Account, **instead: Answer) -> Opportunity:
    submission = actions.begin(session, NOW, answers=saying(**instead), account=account)
    made = publish(session, submission, submission.answers, gazetteer, NOW, None)
    session.commit()
    session.expire_all()
    row = opportunity_by_slug(session, made.slug)
    assert row is not None
    return row


def test_what_is_published_has_the_answers_it_was_written_with(
    session: Session, gazetteer: Gazetteer, account: Account
) -> None:
    row = published(session, gazetteer, account)
    said = saying(starts_day="1", applicant="learner", skills=[])  # skills are rows, and none were loaded here
    assert changed(said, answers_of(row, NOW)) == []
    assert (row.slug, row.organisation.name) == ("quality-control-apprentice", "Larkfield Advanced Therapies")
    assert session.get(Steward, (row.id, account.id)) is not None


def test_every_real_listing_can_be_edited_without_saying_anything_new(site: Parts) -> None:
    with site.sessions() as session:
        row = opportunity_by_slug(session, "atac-advanced-therapies-apprenticeships")
        assert row is not None
        assert changed(answers_of(row, NOW), answers_of(row, NOW)) == []
        values = read(answers_of(row, NOW), site.gazetteer, skills_by_slug(session), NOW.date()).values
        shown = preview(values, skills_by_slug(session), NOW)
        assert (shown.title, shown.stages) == (row.title, row.stages)


def test_a_change_leaves_what_it_does_not_speak_of(session: Session, gazetteer: Gazetteer, account: Account) -> None:
    row = published(session, gazetteer, account)
    row.confidence = Confidence.LOW
    row.eligibility = [
        *row.eligibility,
        EligibilityRow(need=Need.NEEDED, about=EligibilityAbout.FUNDING, text="UK fees"),
    ]
    answers = answers_of(row, NOW) | {"title": "Quality apprentice", "nice": "Curiosity"}
    change(session, row, answers, gazetteer, NOW)
    assert (row.title, row.confidence, row.pay_minimum) == ("Quality apprentice", Confidence.LOW, 22600)
    assert [line.text for line in row.eligibility] == [
        "Five GCSEs at grade 4 or above",
        "Curiosity",
        "Lab experience",
        "UK fees",
    ]


def test_a_round_that_is_over_is_remembered(session: Session, gazetteer: Gazetteer, account: Account) -> None:
    row = published(session, gazetteer, account, opens_year="", opens_month="", opens_day="")
    later = NOW + timedelta(days=200)
    answers = answers_of(row, later) | {"closes_year": "2028"}
    change(session, row, answers, gazetteer, later)
    assert [intake.closes_on for intake in row.intakes] == [date(2027, 1, 30), date(2028, 1, 30)]


def test_two_listings_of_one_title_have_addresses_of_their_own(
    session: Session, gazetteer: Gazetteer, account: Account
) -> None:
    slugs = [published(session, gazetteer, account).slug for _ in range(3)]
    assert slugs == [
        "quality-control-apprentice",
        "quality-control-apprentice-larkfield-advanced-therapies",
        "quality-control-apprentice-larkfield-advanced-therapies-2",
    ]


def test_what_is_asked_to_be_removed_is_withdrawn(session: Session, gazetteer: Gazetteer, account: Account) -> None:
    row = published(session, gazetteer, account)
    asked = actions.begin(session, NOW, purpose=Purpose.REMOVAL, opportunity=row, account=account)
    publish(session, asked, asked.answers, gazetteer, NOW, None)
    assert row.standing == "withdrawn"
    assert isinstance(asked, Submission)
