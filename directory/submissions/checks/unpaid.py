"""May it be unpaid? The reason given, and whether the rest of the listing bears it out."""

import re
from collections.abc import Callable, Iterator, Mapping

from directory.catalogue.kinds import KindName
from directory.catalogue.vocabulary import Pay, StageName
from directory.organisations.models import OrganisationKind
from directory.submissions.checks.ages import SCHOOL_LEAVING_AGE, oldest, youngest
from directory.submissions.checks.case import Case, number, rows, word
from directory.submissions.checks.finding import Finding, Rule

RULE = Rule(
    "unpaid-work",
    "A worker must be paid at least the minimum wage unless everybody is of compulsory school age, it is a required "
    "part of a UK further or higher education course for a year at most, people only watch, it is voluntary work for a "
    "charity or a public body with expenses only, or it is on a government scheme that the regulations exempt.",
    "https://www.gov.uk/guidance/national-minimum-wage-work-experience-and-internships",
)
FIELD = "unpaid_reason"
LONGEST_ON_A_COURSE = 52  # weeks
LONGEST_SHADOWING = 2
NOT_WORK = frozenset({KindName.COURSE, KindName.RESOURCE, KindName.STUDENTSHIP})  # nobody is a worker on one
JOBS = frozenset({KindName.APPRENTICESHIP, KindName.GRADUATE_SCHEME})
STUDENTS = frozenset(
    {StageName.SIXTEEN_TO_EIGHTEEN, StageName.UNDERGRADUATE, StageName.GRADUATE, StageName.PHD, StageName.SCHOOL_LEAVER}
)
AT_SCHOOL = frozenset({StageName.FOURTEEN_TO_SIXTEEN, StageName.SIXTEEN_TO_EIGHTEEN})
MAY_HAVE_VOLUNTEERS = frozenset({OrganisationKind.CHARITY, OrganisationKind.NHS, OrganisationKind.PUBLIC_BODY})
NEVER_CHARITIES = frozenset({OrganisationKind.EMPLOYER})
# Programmes whose people have no right to the minimum wage: https://www.gov.uk/national-minimum-wage/who-gets-the-minimum-wage
SCHEMES = re.compile(
    r"\b(?:work trial|traineeship|pre-apprenticeship|sector-based work academ|SWAP\b|erasmus\+|comenius|"
    r"leonardo da vinci|employment programme)",
    re.IGNORECASE,
)
REAL_WORK = re.compile(
    r"\byou(?:[’']ll| will| are going to)\s+(?:also\s+)?"
    r"(be responsible for|carry out|run|manage|produce|deliver|maintain|operate|test|prepare|analyse|support|assist)\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """Look at the reason for no pay; says nothing of what is paid."""
    if word(case.values, "pay") != Pay.UNPAID or case.kind in NOT_WORK:
        return
    if _is_taken_at_school(case):
        yield RULE.warn(
            "Unpaid: is it taken at school?",
            "In Scotland a Foundation Apprenticeship is taken at school, with time at work, and is no employment.",
            "Say in the description that pupils take it with their other subjects.",
            "pay_note",
        )
        return
    if case.kind in JOBS:
        yield RULE.stop(
            "Unpaid, and it is a job",
            "An apprentice is a worker."
            if case.kind == KindName.APPRENTICESHIP
            else "A graduate scheme is employment.",
            "Pay at least the minimum wage, and say how much.",
            "pay",
        )
        return
    reason = word(case.values, "unpaid_reason") or case.said("unpaid_reason")
    yield REASONS.get(reason, _no_reason)(case)


def _is_taken_at_school(case: Case) -> bool:
    nations = {word(row, "nation") for row in rows(case.values, "locations")}
    foundation = "foundation apprenticeship" in word(case.values, "title").casefold()
    return case.kind == KindName.APPRENTICESHIP and foundation and nations == {"Scotland"}


def _no_reason(case: Case) -> Finding:
    if case.stages == {StageName.FOURTEEN_TO_SIXTEEN}:
        return RULE.warn(
            "Unpaid, and no reason is given",
            "It is for 14–16s, who have no right to the minimum wage while they are of compulsory school age.",
            "If that is why, choose it.",
            FIELD,
        )
    if case.kind == KindName.VIRTUAL_EXPERIENCE:
        return RULE.warn(
            "Unpaid, and no reason is given",
            "Joining online to watch and learn is no work. Tasks that the organisation uses are.",
            "If people only watch and learn, choose that.",
            FIELD,
        )
    return RULE.stop(
        "Unpaid, and no lawful reason is given",
        "The listing says that people aren’t paid.",
        "Pay at least the minimum wage, or say which of the exemptions holds.",
        FIELD,
    )


def _school_age(case: Case) -> Finding:
    young, old = youngest(case.values), oldest(case.values)
    beyond = case.stages - AT_SCHOOL
    if (young is not None and young > SCHOOL_LEAVING_AGE) or beyond:
        told = (
            f"The youngest age is {young}."
            if young and young > SCHOOL_LEAVING_AGE
            else "It is open to people who left."
        )
        return RULE.stop(
            "Unpaid for school age, but open to older people",
            told,
            "Pay those above school-leaving age, or open it only to people of compulsory school age.",
            FIELD,
        )
    if old is not None and old <= SCHOOL_LEAVING_AGE:
        return RULE.ok(
            "Unpaid, for a reason that fits", f"Everybody is of compulsory school age, {old} at most.", FIELD
        )
    return RULE.warn(
        "Unpaid for school age, and some may be older",
        "Most people of 16 to 18 are above school-leaving age.",
        f"Set the oldest age at {SCHOOL_LEAVING_AGE}, or choose the reason that holds for those who are older.",
        "maximum_age",
    )


def _course(case: Case) -> Finding:
    weeks = number(case.values, "length_weeks")
    if weeks is not None and weeks > LONGEST_ON_A_COURSE:
        return RULE.stop(
            "Unpaid as part of a course, but longer than a year",
            f"It lasts {_weeks(weeks)}. The exemption ends after a year.",
            "Pay at least the minimum wage, or keep it to a year.",
            FIELD,
        )
    if case.stages and not case.stages & STUDENTS:
        return RULE.stop(
            "Unpaid as part of a course, but not open to students",
            "None of the stages chosen is one at which people study for a further or higher education qualification.",
            "Pay at least the minimum wage, or choose the stages of the people whose course it is part of.",
            "stages",
        )
    if weeks is None:
        return RULE.warn(
            "Unpaid as part of a course, and no length is given",
            "The exemption holds for a year at most.",
            "Say how long it is.",
            "length",
        )
    return RULE.ok(
        "Unpaid, for a reason that fits",
        f"A required part of a UK course, for {_weeks(weeks)}. A year is the most.",
        FIELD,
    )


def _shadowing(case: Case) -> Finding:
    weeks = number(case.values, "length_weeks")
    if weeks is not None and weeks > LONGEST_SHADOWING:
        return RULE.warn(
            "Watching only, for longer than is likely",
            f"It lasts {_weeks(weeks)}. Few people only watch for more than two.",
            "If they do any work, pay them. If they don’t, say in the description what they watch.",
            FIELD,
        )
    work = REAL_WORK.search(case.said("description")) or REAL_WORK.search(case.said("summary"))
    if work:
        return RULE.warn(
            "Watching only, but the description speaks of work",
            f"‘{' '.join(work[0].split())}’.",
            "If people do that, they are workers and must be paid. If they watch others do it, say so.",
            "description",
        )
    told = f"People only watch, for {_weeks(weeks)}." if weeks else "People only watch, and do no work."
    return RULE.ok("Unpaid, for a reason that fits", told, FIELD)


def _volunteering(case: Case) -> Finding:
    kind = word(case.values, "organisation_kind") or case.said("organisation_kind")
    if kind in MAY_HAVE_VOLUNTEERS:
        return RULE.ok("Unpaid, for a reason that fits", f"Voluntary work for a body of the kind ‘{kind}’.", FIELD)
    if kind in NEVER_CHARITIES:
        return RULE.stop(
            "Volunteering, but not for a charity",
            f"The organisation is of the kind ‘{kind}’.",
            "Pay at least the minimum wage. Only charities, voluntary and public bodies may have voluntary workers.",
            FIELD,
        )
    return RULE.warn(
        "Volunteering: is it a charity?",
        f"The organisation is of the kind ‘{kind}’, and only some of those are charities."
        if kind
        else "We don’t know what kind of organisation it is.",
        "Give its charity number in ‘More on pay’.",
        "pay_note",
    )


def _scheme(case: Case) -> Finding:
    named = SCHEMES.search(case.said("pay_note")) or SCHEMES.search(case.said("description"))
    if named:
        return RULE.ok("Unpaid, for a reason that fits", f"It names an exempt programme: ‘{named[0]}’.", FIELD)
    return RULE.warn(
        "Unpaid on a scheme that we don’t recognise",
        "The exemption holds only for schemes that the regulations name.",
        "Name the scheme in ‘More on pay’.",
        "pay_note",
    )


REASONS: Mapping[str, Callable[[Case], Finding]] = {
    "school-age": _school_age,
    "course": _course,
    "shadowing": _shadowing,
    "volunteering": _volunteering,
    "scheme": _scheme,
}


def _weeks(weeks: float) -> str:
    if weeks < 1:
        days = max(1, round(weeks * 5))
        return f"{days} day{'s' * (days != 1)}"
    return f"{weeks:g} week{'s' * (weeks != 1)}"
