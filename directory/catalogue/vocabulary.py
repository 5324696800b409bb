"""The closed lists a listing speaks in: stages, levels, delivery, pay, who applies, how dates are known."""

from dataclasses import dataclass
from enum import StrEnum


class StageName(StrEnum):
    """Where a person is now, on one scale for the four nations."""

    FOURTEEN_TO_SIXTEEN = "14-16"
    SIXTEEN_TO_EIGHTEEN = "16-18"
    SCHOOL_LEAVER = "school-leaver"
    UNDERGRADUATE = "undergraduate"
    GRADUATE = "graduate"
    PHD = "phd"
    POSTDOC = "postdoc"
    PROFESSIONAL = "professional"
    CAREER_CHANGER = "career-changer"
    RETURNER = "returner"


@dataclass(frozen=True)
class Stage:
    """One stage: its words, and what each nation calls it.

    ``well`` is its place on the six-step ladder, 0 to 5; None for the four that are words only.
    """

    name: StageName
    label: str
    meaning: str
    well: int | None = None
    england: str = ""
    wales: str = ""
    scotland: str = ""
    northern_ireland: str = ""


STAGES: dict[StageName, Stage] = {
    stage.name: stage
    for stage in (
        Stage(
            StageName.FOURTEEN_TO_SIXTEEN,
            "14–16",
            "At school, working for GCSEs or National 5s",
            0,
            england="Years 9 to 11",
            wales="Years 9 to 11",
            scotland="S2 to S4",
            northern_ireland="Years 10 to 12",
        ),
        Stage(
            StageName.SIXTEEN_TO_EIGHTEEN,
            "16–18",
            "In sixth form, at college, or in S5 or S6",
            1,
            england="Years 12 and 13",
            wales="Years 12 and 13",
            scotland="S5 and S6",
            northern_ireland="Years 13 and 14",
        ),
        Stage(StageName.SCHOOL_LEAVER, "School leaver", "Finished school or college"),
        Stage(StageName.UNDERGRADUATE, "Undergrad", "Studying for a first degree", 2),
        Stage(StageName.GRADUATE, "Graduate", "Finished a degree or a master's, or about to", 3),
        Stage(StageName.PHD, "PhD", "Doing a doctorate", 4),
        Stage(StageName.POSTDOC, "Postdoc", "Research staff with a doctorate, and beyond", 5),
        Stage(StageName.PROFESSIONAL, "Professional", "Already working in the field or near it"),
        Stage(StageName.CAREER_CHANGER, "Career changer", "Coming from another kind of work"),
        Stage(StageName.RETURNER, "Returner", "Coming back after a break"),
    )
}
LADDER: tuple[Stage, ...] = tuple(stage for stage in STAGES.values() if stage.well is not None)


class Framework(StrEnum):
    """The qualification framework a level belongs to."""

    RQF = "RQF"  # England and Northern Ireland
    CQFW = "CQFW"  # Wales
    SCQF = "SCQF"  # Scotland


# The level of challenge, not of award: "Qualifications can cross boundaries", the UK regulators' joint leaflet.
SCQF_TO_RQF = {4: 1, 5: 2, 6: 3, 7: 4, 8: 5, 9: 6, 10: 6, 11: 7, 12: 8}
LIKE = {  # what a level is like, for people who know none of the frameworks
    1: "lower GCSE grades",
    2: "GCSEs",
    3: "A levels or Highers",
    4: "the first year of a degree",
    5: "a foundation degree or HND",
    6: "a bachelor's degree",
    7: "a master's degree",
    8: "a doctorate",
}


def rqf_number(framework: Framework, number: int) -> int:
    """Give the RQF level of the same challenge."""
    return SCQF_TO_RQF[number] if framework is Framework.SCQF else number


class Delivery(StrEnum):
    """How a person takes part."""

    ON_SITE = "on-site"
    HYBRID = "hybrid"
    ONLINE = "online"


DELIVERY_WORDS = {Delivery.ON_SITE: "On site", Delivery.HYBRID: "Hybrid", Delivery.ONLINE: "Online"}


class Pay(StrEnum):
    """What a person taking part receives, when it is known."""

    WAGE = "paid"
    BURSARY = "bursary"
    FUNDED = "funded"
    UNPAID = "unpaid"


PAY_WORDS = {
    Pay.WAGE: "Paid",
    Pay.BURSARY: "Stipend or bursary",
    Pay.FUNDED: "Funded",
    Pay.UNPAID: "Unpaid",
}


class PayPeriod(StrEnum):
    """What an amount of pay is for."""

    HOUR = "hour"
    WEEK = "week"
    YEAR = "year"
    AWARD = "award"  # one sum for the whole of it


class Cost(StrEnum):
    """What the learner pays, when it is known."""

    FREE = "free"
    FEE = "fee"


COST_WORDS = {Cost.FREE: "Free to you", Cost.FEE: "You pay a fee"}


class Hours(StrEnum):
    """How much of a week it takes."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    FLEXIBLE = "flexible"


HOURS_WORDS = {Hours.FULL_TIME: "full time", Hours.PART_TIME: "part time", Hours.FLEXIBLE: "flexible hours"}


class Applicant(StrEnum):
    """Who sends the application."""

    LEARNER = "learner"
    SCHOOL = "school"
    EMPLOYER = "employer"
    SUPERVISOR = "supervisor"
    TEAM = "team"


APPLICANT_WORDS = {
    Applicant.LEARNER: "You apply yourself",
    Applicant.SCHOOL: "Your school or college arranges it",
    Applicant.EMPLOYER: "Your employer arranges it",
    Applicant.SUPERVISOR: "Your supervisor applies",
    Applicant.TEAM: "You apply as a team",
}


class Need(StrEnum):
    """Whether a line of eligibility must be met."""

    NEEDED = "needed"
    NICE = "nice"
    NOT_NEEDED = "not-needed"


class EligibilityAbout(StrEnum):
    """What a line of eligibility decides: whether you may enter, or whether money follows you."""

    ENTRY = "entry"
    FUNDING = "funding"


class Reach(StrEnum):
    """What a location is: a site on the map, or as much as is known of where."""

    SITE = "site"
    REGION = "region"
    NATION = "nation"
    UK_WIDE = "uk-wide"
    ONLINE = "online"


class Recurrence(StrEnum):
    """How rounds come back, when it is known."""

    ROLLING = "rolling"  # apply at any time
    ANNUAL = "annual"
    COHORTS = "cohorts"  # groups start now and then
    ONE_OFF = "one-off"


class Closing(StrEnum):
    """What is known of when a round closes."""

    FIXED = "fixed"
    UNTIL_FILLED = "until-filled"
    ROLLING = "rolling"
    UNKNOWN = "unknown"


class Milestone(StrEnum):
    """What a dated day of a round is."""

    OPENS = "opens"
    CLOSES = "closes"
    STARTS = "starts"


class Running(StrEnum):
    """What the sources say of the programme itself."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Signal(StrEnum):
    """Three ways of knowing that a listing is right, kept apart."""

    ORGANISATION = "organisation"
    PERSON = "person"
    LINK = "link"


class Confidence(StrEnum):
    """How well the sources support the facts, not how recent they are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Relevance(StrEnum):
    """How near to advanced therapies a listing is."""

    CORE = "core"
    RELATED = "related"
