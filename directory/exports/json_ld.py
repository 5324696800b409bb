"""A listing as linked data (JSON-LD in the words of schema.org), for search engines; nothing of one that has closed.

A job posting is promised only for what is one: paid, open now, applied for by the person, with all that Google asks for
(developers.google.com/search/docs/appearance/structured-data/job-posting). Everything else is a programme or a course,
and what isn't known is left out.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from directory.catalogue import wording
from directory.catalogue.kinds import KINDS, KindName, SchemaType
from directory.catalogue.models import Intake, Location, Opportunity
from directory.catalogue.timing import NOT_RUNNING, State, timing
from directory.catalogue.vocabulary import (
    Applicant,
    Closing,
    Cost,
    Delivery,
    EligibilityAbout,
    Hours,
    Need,
    Pay,
    PayPeriod,
    Reach,
)
from directory.exports.plain import line, lines
from directory.foundation import addresses
from directory.foundation.clock import UK
from directory.foundation.settings import Settings
from directory.organisations.models import Organisation

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
UK_CODE = "GB"
DAYS_IN_A_WEEK = 7
UNITS = {PayPeriod.HOUR: "HOUR", PayPeriod.WEEK: "WEEK", PayPeriod.YEAR: "YEAR"}
EMPLOYMENT = {Hours.FULL_TIME: "FULL_TIME", Hours.PART_TIME: "PART_TIME", Hours.FLEXIBLE: "OTHER"}
MODES = {Delivery.ON_SITE: "onsite", Delivery.HYBRID: "blended", Delivery.ONLINE: "online"}


def of_opportunity(row: Opportunity, now: datetime, settings: Settings) -> Thing | None:
    """Give a listing as a job posting, a programme or a course; None when it doesn't run or is neither.

    Needs everything of it loaded.
    """
    when = timing(row.schedule, now)
    if when.state in NOT_RUNNING:
        return None
    intake = wording.round_of(row, now)
    has_places = intake is None or intake.places_left != 0
    if when.state is State.OPEN and has_places and (job := _job_posting(row, intake, settings)):
        return job
    return _programme(row, intake, settings)


def of_organisation(organisation: Organisation, settings: Settings) -> Thing:
    """Give an organisation on its own page."""
    address = _said(
        {
            "@type": "PostalAddress",
            "addressLocality": organisation.place,
            "addressRegion": organisation.region or organisation.nation,
            "addressCountry": UK_CODE if organisation.place or organisation.region or organisation.nation else None,
        }
    )
    return _said(
        {
            "@context": CONTEXT,
            **_organisation(organisation),
            "mainEntityOfPage": addresses.organisation(settings, organisation.slug),
            "description": lines(organisation.description),
            "address": address if len(address) > 1 else None,
        }
    )


def breadcrumbs(*trail: tuple[str, str]) -> Thing:
    """Give the way to a page, from the front: each step's name and public address."""
    steps = enumerate(trail, 1)
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": line(name),
                "item": {"@type": "WebPage", "@id": address},
            }
            for position, (name, address) in steps
        ],
    }


def _job_posting(row: Opportunity, intake: Intake | None, settings: Settings) -> Thing | None:
    kind = KINDS[row.kind]
    is_a_job = kind.is_a_job and row.pay is Pay.WAGE and row.applicant is Applicant.LEARNER and not row.parts
    description, where = lines(row.description), _where_to_work(row)
    if not is_a_job or not description or not where:
        return None
    return _said(
        {
            "@context": CONTEXT,
            "@type": "JobPosting",
            "title": line(row.title),
            "description": description,
            "url": addresses.opportunity(settings, row.slug),
            "identifier": {"@type": "PropertyValue", "name": settings.site_name, "value": str(row.id)},
            "datePosted": row.published_at.astimezone(UK).date().isoformat(),
            "validThrough": _deadline(intake),
            "hiringOrganization": _organisation(row.organisation),
            **where,
            "employmentType": "INTERN"
            if row.kind is KindName.INTERNSHIP
            else EMPLOYMENT.get(row.hours)
            if row.hours
            else None,
            "baseSalary": _salary(row),
            "jobStartDate": _day(intake.starts_on if intake else None),
            "totalJobOpenings": _places_open(intake),
            "qualifications": _needed(row),
            "directApply": False,
        }
    )


def _where_to_work(row: Opportunity) -> Thing | None:
    """Say where the work is: at sites, or from home in the countries it is open to; None when neither is known."""
    sites = [_place(one) for one in row.locations if one.reach is Reach.SITE and one.place]
    if row.delivery is Delivery.ONLINE:
        named = dict.fromkeys(one.nation for one in row.locations if one.nation and one.reach is not Reach.SITE)
        nations = named or {"United Kingdom": None}
        countries = [{"@type": "Country", "name": name} for name in nations]
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": countries}
    return {"jobLocation": sites} if sites else None


def _programme(row: Opportunity, intake: Intake | None, settings: Settings) -> Thing | None:
    kind = KINDS[row.kind].schema_type
    if kind is None:
        return None
    common = {
        "@context": CONTEXT,
        "@type": str(kind),
        "name": line(row.title),
        "description": lines(row.summary) or lines(row.description),
        "url": addresses.opportunity(settings, row.slug),
        "identifier": {"@type": "PropertyValue", "name": settings.site_name, "value": str(row.id)},
        "provider": _organisation(row.organisation),
        "offers": _offer(row),
    }
    return _said(common | (_of_course(row, intake) if kind is SchemaType.COURSE else _of_programme(row, intake)))


def _of_programme(row: Opportunity, intake: Intake | None) -> Thing:
    return {
        "applicationStartDate": _day(intake.opens_on if intake else None),
        "applicationDeadline": _day(intake.closes_on if intake and intake.closing is Closing.FIXED else None),
        "startDate": _day(intake.starts_on if intake else None),
        # schema.org means the time that it takes full-time.
        "timeToComplete": None if row.hours is Hours.PART_TIME else _duration(row.length_weeks),
        "educationalProgramMode": _timetable(row),
        "programPrerequisites": _needed(row),
        "maximumEnrollment": intake.places if intake else None,
        "educationalCredentialAwarded": _award(row),
    }


def _of_course(row: Opportunity, intake: Intake | None) -> Thing:
    places = [_place(one) for one in row.locations if one.reach is Reach.SITE and one.place]
    held = _said(
        {
            "@type": "CourseInstance",
            "courseMode": MODES.get(row.delivery) if row.delivery else None,
            "startDate": _day(intake.starts_on if intake else None),
            "location": places,
        }
    )
    return {
        "timeRequired": _duration(row.length_weeks),
        "coursePrerequisites": _needed(row),
        "educationalLevel": wording.level(row.levels),
        "hasCourseInstance": held if len(held) > 1 else None,
    }


def _organisation(organisation: Organisation) -> Thing:
    return _said({"@type": "Organization", "name": line(organisation.name), "sameAs": organisation.url})


def _place(location: Location) -> Thing:
    address = {
        "@type": "PostalAddress",
        "addressLocality": location.place,
        "addressRegion": location.region or location.nation,
        "postalCode": location.postcode,
        "addressCountry": UK_CODE,
    }
    return {"@type": "Place", "address": _said(address)}


def _salary(row: Opportunity) -> Thing | None:
    least, most = row.pay_minimum, row.pay_maximum
    unit = UNITS.get(row.pay_period) if row.pay_period else None
    if unit is None or (least is None and most is None):
        return None
    amount = {"value": least} if least == most else {"minValue": least, "maxValue": most}
    value = _said({"@type": "QuantitativeValue", **amount, "unitText": unit})
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": value}


def _offer(row: Opportunity) -> Thing | None:
    return {"@type": "Offer", "price": 0, "priceCurrency": "GBP"} if row.cost is Cost.FREE else None


def _deadline(intake: Intake | None) -> str | None:
    """Give the moment when it closes, by a day that was really said."""
    closes = intake.round.closes if intake and intake.closing is Closing.FIXED else None
    return closes.astimezone(UK).isoformat(timespec="seconds") if closes else None


def _places_open(intake: Intake | None) -> int | None:
    """Count the places that are open."""
    if intake is None:
        return None
    return intake.places if intake.places_left is None else intake.places_left


def _award(row: Opportunity) -> str | None:
    """Name what one holds at its end; of an apprenticeship a level's local name is a name of the programme."""
    names = (line(one.local_name) for one in row.levels if one.local_name)
    return None if row.kind is KindName.APPRENTICESHIP else next(names, None)


def _needed(row: Opportunity) -> str | None:
    needed = (one for one in row.eligibility if one.need is Need.NEEDED and one.about is EligibilityAbout.ENTRY)
    return "; ".join(line(one.text).rstrip(".") for one in needed) or None


def _timetable(row: Opportunity) -> str | None:
    return {Hours.FULL_TIME: "full-time", Hours.PART_TIME: "part-time"}.get(row.hours) if row.hours else None


def _duration(weeks: float | None) -> str | None:
    """Give a length as ISO 8601 writes it: weeks when they are whole, else days."""
    if not weeks:
        return None
    return f"P{int(weeks)}W" if float(weeks).is_integer() else f"P{max(1, round(weeks * DAYS_IN_A_WEEK))}D"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(thing: Mapping[str, Any]) -> Thing:
    """Leave out what isn't known."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], ())}
