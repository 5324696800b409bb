"""When somebody under 18 comes in person, is there a person who looks after their safety?"""

import re
from collections.abc import Iterator

from directory.catalogue.vocabulary import StageName
from directory.submissions.checks.ages import GROWN_UP, needs_second, youngest
from directory.submissions.checks.case import Case
from directory.submissions.checks.finding import Finding, Rule

RULE = Rule(
    "safeguarding",
    "Where somebody under 18 comes in person, we ask for a named person responsible for safeguarding and a way to "
    "reach them. Guidance asks schools and colleges in England to make sure that whoever gives work experience has "
    "policies and procedures that protect children from harm.",
    "https://www.gov.uk/government/publications/keeping-children-safe-in-education--2",
)
CAN_BE_REACHED = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|(?:\d[\s()-]*){7,}")


def check(case: Case) -> Iterator[Finding]:
    """Look for a safeguarding contact; says nothing where nobody under 18 comes in person."""
    if not needs_second(case.values):
        return
    name, contact = case.said("safeguarding_name"), case.said("safeguarding_contact")
    age = youngest(case.values)
    if age is not None and age >= GROWN_UP:
        yield RULE.warn(
            "The youngest age and the stages disagree",
            f"The youngest age is {age}, and it is open to {StageName.FOURTEEN_TO_SIXTEEN.replace('-', '–')}s.",
            "Put right whichever is wrong.",
            "minimum_age",
        )
    told = "It is in person, and open to under-18s."
    if not contact:
        yield RULE.stop(
            "No safeguarding contact",
            told,
            "Say who is responsible for safeguarding and how we can reach them. Only our moderators see it.",
            "safeguarding_contact",
        )
    elif not CAN_BE_REACHED.search(contact):
        yield RULE.warn(
            "Safeguarding contact can’t be used",
            f"{told} What is given is neither an email address nor a phone number.",
            "Give an email address or a phone number.",
            "safeguarding_contact",
        )
    elif not name:
        yield RULE.warn(
            "Safeguarding contact has no name",
            told,
            "Say who is responsible for safeguarding. Only our moderators see it.",
            "safeguarding_name",
        )
    else:
        yield RULE.ok("Has a safeguarding contact", told)
