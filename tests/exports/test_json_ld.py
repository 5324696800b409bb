"""Linked data: the right type, only properties that schema.org knows for it, and nothing that isn't so."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KINDS, KindName
from directory.catalogue.models import Confirmation, EligibilityRow, Intake, Level, Location, Opportunity
from directory.catalogue.queries import for_indexing, opportunity_by_slug
from directory.catalogue.seeding import seed
from directory.catalogue.vocabulary import (
    Applicant,
    Closing,
    Cost,
    Delivery,
    EligibilityAbout,
    Framework,
    Hours,
    Need,
    Pay,
    PayPeriod,
    Reach,
    Recurrence,
    Running,
    Signal,
)
from directory.exports.json_ld import Thing, breadcrumbs, of_opportunity, of_organisation
from directory.foundation.settings import Settings
from directory.organisations.models import Organisation, OrganisationKind
from directory.places import Gazetteer
from tests.catalogue.seed_folders import SEED_DATA
from tests.contracts.listings import NOW
from tests.search.rows import glasgow, row

SETTINGS = Settings.from_environment({"WAYIN_SITE_ADDRESS": "https://wayin.example"})
DAY = timedelta(days=1)

# What schema.org (release 30.0) lets each type say, and what its values may be: a type, or TEXT for text, numbers,
# dates and addresses. Written down here from the pages of these types, since a test has no network; only what we use.
TEXT = "text"
OF_THING = {"name": TEXT, "description": TEXT, "url": TEXT, "sameAs": TEXT, "identifier": "PropertyValue"}
VOCABULARY: dict[str, dict[str, str]] = {
    "JobPosting": OF_THING  # https://schema.org/JobPosting
    | {
        "title": TEXT,
        "datePosted": TEXT,
        "validThrough": TEXT,
        "hiringOrganization": "Organization",
        "jobLocation": "Place",
        "jobLocationType": TEXT,
        "applicantLocationRequirements": "Country",
        "employmentType": TEXT,
        "baseSalary": "MonetaryAmount",
        "jobStartDate": TEXT,
        "totalJobOpenings": TEXT,
        "qualifications": TEXT,
        "directApply": TEXT,
    },
    "EducationalOccupationalProgram": OF_THING  # https://schema.org/EducationalOccupationalProgram
    | {
        "provider": "Organization",
        "offers": "Offer",
        "applicationStartDate": TEXT,
        "applicationDeadline": TEXT,
        "startDate": TEXT,
        "timeToComplete": TEXT,
        "educationalProgramMode": TEXT,
        "programPrerequisites": TEXT,
        "maximumEnrollment": TEXT,
        "educationalCredentialAwarded": TEXT,
    },
    "Course": OF_THING  # https://schema.org/Course, a CreativeWork and a LearningResource
    | {
        "provider": "Organization",
        "offers": "Offer",
        "timeRequired": TEXT,
        "coursePrerequisites": TEXT,
        "educationalLevel": TEXT,
        "hasCourseInstance": "CourseInstance",
    },
    "CourseInstance": OF_THING | {"courseMode": TEXT, "startDate": TEXT, "location": "Place"},
    "Organization": OF_THING | {"address": "PostalAddress", "mainEntityOfPage": TEXT},
    "Place": OF_THING | {"address": "PostalAddress"},
    "PostalAddress": {"addressLocality": TEXT, "addressRegion": TEXT, "postalCode": TEXT, "addressCountry": TEXT},
    "Country": OF_THING,
    "MonetaryAmount": {"currency": TEXT, "value": "QuantitativeValue"},
    "QuantitativeValue": {"value": TEXT, "minValue": TEXT, "maxValue": TEXT, "unitText": TEXT},
    "PropertyValue": {"name": TEXT, "value": TEXT},
    "Offer": OF_THING | {"price": TEXT, "priceCurrency": TEXT},
    "BreadcrumbList": OF_THING | {"itemListElement": "ListItem"},
    "ListItem": OF_THING | {"position": TEXT, "item": "WebPage"},
    "WebPage": OF_THING,
}
VOCABULARY["WorkBasedProgram"] = VOCABULARY["EducationalOccupationalProgram"]  # https://schema.org/WorkBasedProgram

# https://developers.google.com/search/docs/appearance/structured-data/job-posting: required, and one of the places.
REQUIRED_OF_JOBS = {"title", "description", "datePosted", "hiringOrganization"}


def wrong(thing: Thing) -> list[str]:
    """List what schema.org wouldn't know in ``thing``, and what says nothing."""
    kind = thing["@type"]
    mistakes = []
    for name, value in thing.items():
        if name in ("@type", "@context", "@id"):
            continue
        allowed = VOCABULARY[kind].get(name)
        for one in value if isinstance(value, list) else [value]:
            if allowed is None or (one.get("@type") if isinstance(one, dict) else TEXT) != allowed:
                mistakes.append(f"{kind}.{name}: {one!r}")
            if one in ("", None, [], {}):
                mistakes.append(f"{kind}.{name} is empty")
            if isinstance(one, dict):
                mistakes += wrong(one)
    return mistakes


def closing(days: float, **known: Any) -> Intake:
    at = NOW + days * DAY
    values = {"closes_on": at.date(), "closes_at": at.time(), "zone": "UTC", "closing": Closing.FIXED, "position": 0}
    return Intake(**values | known)


def a_job(**known: Any) -> Opportunity:
    """A paid internship in Glasgow that closes in ten days."""
    return row(
        **{
            "title": "Lab internship",
            "slug": "lab-internship",
            "kind": KindName.INTERNSHIP,
            "summary": "Ten weeks.",
            "description": "Ten weeks in a lab.\n\nWith a team.",
            "pay": Pay.WAGE,
            "pay_minimum": 12.8,
            "pay_maximum": 12.8,
            "pay_period": PayPeriod.HOUR,
            "hours": Hours.FULL_TIME,
            "delivery": Delivery.ON_SITE,
            "locations": [glasgow()],
            "intakes": [closing(10, places=4, starts_on=date(2027, 6, 1))],
            "published_at": datetime.fromisoformat("2026-11-02T00:30:00+00:00"),
            **known,
        }
    )


def told(listing: Opportunity, now: datetime = NOW) -> Thing:
    found = of_opportunity(listing, now, SETTINGS)
    assert found is not None
    assert wrong(found) == []
    return found


def test_a_paid_open_job_is_a_job_posting_with_all_that_is_asked_for() -> None:
    assert told(a_job()) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Lab internship",
        "description": "Ten weeks in a lab.\n\nWith a team.",
        "url": "https://wayin.example/opportunities/lab-internship",
        "identifier": {"@type": "PropertyValue", "name": "Way In", "value": "None"},
        "datePosted": "2026-11-02",
        "validThrough": "2026-12-04T09:00:00+00:00",
        "hiringOrganization": {"@type": "Organization", "name": "LifeArc"},
        "jobLocation": [
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Glasgow",
                    "addressRegion": "Scotland",
                    "addressCountry": "GB",
                },
            }
        ],
        "employmentType": "INTERN",
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {"@type": "QuantitativeValue", "value": 12.8, "unitText": "HOUR"},
        },
        "jobStartDate": "2027-06-01",
        "totalJobOpenings": 4,
        "directApply": False,
    }


@pytest.mark.parametrize(
    "known",
    [
        {"pay": Pay.UNPAID},
        {"pay": Pay.BURSARY},
        {"pay": None},
        {"kind": KindName.WORK_EXPERIENCE},
        {"kind": KindName.STUDENTSHIP},
        {"kind": KindName.COURSE},
        {"description": " "},
        {"locations": []},
        {"locations": [Location(position=0, reach=Reach.UK_WIDE)]},
        {"applicant": Applicant.SCHOOL},
        {"intakes": [Intake(position=0, zone="UTC", opens_on=date(2026, 12, 1), closing=Closing.UNKNOWN)]},
        {"intakes": [], "recurrence": Recurrence.ROLLING},
        {"parts": [row("One of several")]},
    ],
    ids=lambda known: ", ".join(known),
)
def test_what_is_no_paid_open_job_of_its_own_is_no_job_posting(known: dict[str, Any]) -> None:
    assert told(a_job(**known))["@type"] != "JobPosting"


@pytest.mark.parametrize(
    ("known", "closed"),
    [
        ({}, NOW + 10 * DAY),
        ({"running": Running.PAUSED}, NOW),
        ({"running": Running.ENDED}, NOW),
        ({"pay": Pay.UNPAID}, NOW + 10 * DAY),
    ],
)
def test_it_is_gone_when_it_closes(known: dict[str, Any], closed: datetime) -> None:
    assert of_opportunity(a_job(**known), closed, SETTINGS) is None


def test_until_when_it_holds_is_said_only_of_a_day_that_was_said() -> None:
    until_filled = Intake(position=0, zone="UTC", closing=Closing.UNTIL_FILLED)
    checked = Confirmation(signal=Signal.PERSON, at=NOW, right=True)
    job = told(a_job(intakes=[until_filled], confirmations=[checked]))
    assert (job["@type"], "validThrough" in job) == ("JobPosting", False)


def test_places_are_those_still_open_and_without_any_it_is_no_job_posting() -> None:
    for left, openings in ((None, 4), (2, 2)):
        assert told(a_job(intakes=[closing(10, places=4, places_left=left)]))["totalJobOpenings"] == openings
    assert told(a_job(intakes=[closing(10, places=4, places_left=0)]))["@type"] != "JobPosting"


def test_a_job_says_nothing_that_nobody_said() -> None:
    job = told(a_job(kind=KindName.APPRENTICESHIP, hours=None, delivery=Delivery.ONLINE))
    assert "employmentType" not in job
    assert job["applicantLocationRequirements"] == [{"@type": "Country", "name": "United Kingdom"}]


def test_a_programme_says_no_more_than_its_words_mean() -> None:
    known: dict[str, Any] = {"pay": Pay.UNPAID, "kind": KindName.APPRENTICESHIP, "length_weeks": 10}
    levels = [Level(position=0, framework=Framework.RQF, number=4, local_name="Higher Apprenticeship")]
    programme = told(a_job(**known, levels=levels))
    assert (programme["applicationDeadline"], programme["timeToComplete"]) == ("2026-12-04", "P10W")
    assert "educationalCredentialAwarded" not in programme
    assert "timeToComplete" not in told(a_job(**known, hours=Hours.PART_TIME))


def test_a_day_without_an_hour_holds_until_its_end_in_the_uk() -> None:
    summer = closing(0, closes_on=date(2027, 7, 1), closes_at=None, zone="Europe/London")
    assert told(a_job(intakes=[summer]))["validThrough"] == "2027-07-01T23:59:59+01:00"


def test_work_from_home_says_from_where() -> None:
    job = told(a_job(delivery=Delivery.ONLINE, locations=[Location(position=0, reach=Reach.ONLINE, nation="Wales")]))
    assert job["jobLocationType"] == "TELECOMMUTE"
    assert job["applicantLocationRequirements"] == [{"@type": "Country", "name": "Wales"}]
    assert "jobLocation" not in job
    anywhere = told(a_job(delivery=Delivery.ONLINE, locations=[]))
    assert anywhere["applicantLocationRequirements"] == [{"@type": "Country", "name": "United Kingdom"}]


@pytest.mark.parametrize(
    ("known", "value"),
    [
        ({"pay_minimum": 22000.0, "pay_maximum": 24000.0, "pay_period": PayPeriod.YEAR}, (22000.0, 24000.0, "YEAR")),
        ({"pay_minimum": None, "pay_maximum": 500.0, "pay_period": PayPeriod.WEEK}, (None, 500.0, "WEEK")),
        ({"pay_minimum": 900.0, "pay_maximum": 900.0, "pay_period": PayPeriod.AWARD}, None),
        ({"pay_minimum": None, "pay_maximum": None}, None),
    ],
)
def test_a_salary_is_said_when_a_number_is_known(known: dict[str, Any], value: tuple[object, ...] | None) -> None:
    salary = told(a_job(**known)).get("baseSalary")
    found = salary and tuple(salary["value"].get(name) for name in ("minValue", "maxValue", "unitText"))
    assert found == value


@pytest.mark.parametrize("kind", KindName)
def test_every_kind_is_what_the_catalogue_says_it_is(kind: KindName) -> None:
    found = of_opportunity(a_job(kind=kind, pay=None), NOW, SETTINGS)
    assert (found and found["@type"]) == KINDS[kind].schema_type


def test_a_programme_says_its_dates_its_length_and_what_it_takes() -> None:
    needs = [
        EligibilityRow(position=0, need=Need.NEEDED, about=EligibilityAbout.ENTRY, text="You are in Year 12."),
        EligibilityRow(position=1, need=Need.NICE, about=EligibilityAbout.ENTRY, text="You like labs."),
        EligibilityRow(position=2, need=Need.NEEDED, about=EligibilityAbout.FUNDING, text="You live here."),
    ]
    found = told(
        a_job(
            pay=Pay.UNPAID,
            kind=KindName.PLACEMENT,
            cost=Cost.FREE,
            length_weeks=0.6,
            eligibility=needs,
            levels=[Level(position=0, framework=Framework.RQF, number=3, local_name="T Level")],
            intakes=[closing(10, opens_on=date(2026, 11, 1), starts_on=date(2027, 1, 5), places=3)],
        )
    )
    assert (found["applicationStartDate"], found["startDate"]) == ("2026-11-01", "2027-01-05")
    assert found["applicationDeadline"] == "2026-12-04"
    assert (found["timeToComplete"], found["maximumEnrollment"]) == ("P4D", 3)
    assert found["programPrerequisites"] == "You are in Year 12"
    assert found["educationalCredentialAwarded"] == "T Level"
    assert found["offers"]["price"] == 0


def test_a_usual_window_is_no_date() -> None:
    found = told(a_job(intakes=[], recurrence=Recurrence.ANNUAL, usually_opens=10, usually_closes=1))
    assert not {"applicationStartDate", "applicationDeadline", "startDate"} & found.keys()


def test_every_real_listing_is_in_the_vocabulary(session: Session, gazetteer: Gazetteer) -> None:
    seed(session, SEED_DATA, gazetteer, NOW)
    slugs = [listing.slug for listing in for_indexing(session)]
    session.expire_all()
    types = set()
    for slug in slugs:
        listing = opportunity_by_slug(session, slug)
        assert listing is not None
        if found := of_opportunity(listing, NOW, SETTINGS):
            assert wrong(found) == [], slug
            types.add(found["@type"])
            assert found.keys() >= REQUIRED_OF_JOBS or found["@type"] != "JobPosting"
    assert types >= {"WorkBasedProgram", "EducationalOccupationalProgram", "Course"}


def test_an_organisation_and_a_trail_are_in_the_vocabulary() -> None:
    whole = Organisation(
        slug="lifearc",
        name="LifeArc",
        kind=OrganisationKind.CHARITY,
        description="A charity.",
        url="https://www.lifearc.org/",
        place="Edinburgh",
        nation="Scotland",
    )
    for thing in (of_organisation(whole, SETTINGS), breadcrumbs(("Way In", "https://wayin.example/"))):
        assert wrong(thing) == []
    bare = Organisation(slug="x", name="X", kind=OrganisationKind.CHARITY, description="")
    assert of_organisation(bare, SETTINGS).keys() == {"@context", "@type", "name", "mainEntityOfPage"}


def test_noon_is_noon() -> None:
    at_noon = closing(0, closes_on=date(2027, 1, 15), closes_at=time(12), zone="America/New_York")
    assert told(a_job(intakes=[at_noon]))["validThrough"] == "2027-01-15T17:00:00+00:00"
