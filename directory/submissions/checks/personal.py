"""Do the public texts give away somebody's own details?"""

import re
from collections.abc import Iterator

from directory.submissions.checks.case import Case
from directory.submissions.checks.finding import Finding, Rule
from directory.submissions.checks.sentences import quoted

RULE = Rule(
    "personal-details",
    "A public page holds no more personal data than it needs. Give a role’s mailbox, such as careers@, rather than a "
    "person’s name, number or address.",
    "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-protection-principles/"
    "a-guide-to-the-data-protection-principles/data-minimisation",
)
EMAIL = re.compile(r"[A-Za-z0-9][\w.+'-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
PHONE = re.compile(r"(?<![\w/.£-])(?:\+\s?\d{1,3}|00\s?\d{2}|\(?0)(?:[\s().-]{0,2}\d){8,11}(?![\w/])")
SHARED_NUMBERS = ("03", "0800", "0808", "0845", "0870")  # an organisation's, never a person's
INSURANCE_NUMBER = re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[A-D]\b")
BORN = re.compile(
    r"\b(?:date of birth|d\.?o\.?b\.?)\b\s*(?:is|:|-)?\s*\d{1,2}[\s/.-]\w{1,9}[\s/.-]\d{2,4}"
    r"|\bborn on (?!or\b)(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+ \d{4}",
    re.IGNORECASE,
)
HOME = re.compile(
    r"\b(?:home address|my address|my home|flat \d+\w?)\b[^.\n]{0,60}?\d+\w?,? [A-Z][a-z]+(?: [A-Z][a-z]+)? "
    r"(?:Road|Street|Avenue|Close|Lane|Drive|Crescent|Terrace|Gardens|Way|Place|Court|Grove)\b"
)
_TITLE = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx)\.?"
_NAME = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ’'-]+(?:[A-Z][a-zà-öø-ÿ]+)?"
CONTACT = re.compile(
    r"\b(?:[Cc]ontact|[Ee]-?mail|[Cc]all|[Pp]hone|[Rr]ing|[Tt]ext|[Ss]peak to|[Ss]peak with|[Tt]alk to|[Aa]sk for|"
    r"[Ww]rite to|[Mm]essage|[Gg]et in touch with|[Ss]end (?:it|them|your \w+) to)\s+"
    rf"((?:{_TITLE}\s+{_NAME}(?:\s+{_NAME})?|{_NAME}\s+{_NAME}))"
)
# Words of a contact that is an office, not a person.
OFFICE = frozenset(
    (
        "academy admissions apprenticeship apprenticeships bank books careers catapult centre clinical college "
        "committee contact customer department desk doctoral education enquiries experience faculty foundation "
        "graduate group health hospital hr human institute internal jobs learning limited network nhs office "
        "outreach people placement placements programme project public recruitment reception research resources "
        "scheme school science service services skills society staff student students study support talent team "
        "teams the therapy therapies training trust university us work workforce youth your"
    ).split()
)
# Words in a mailbox that is a role's.
ROLES = re.compile(
    r"admin|admission|apply|application|apprentic|bookings?|business|career|contact|course|doctora|early|education|"
    r"enquir|events?|experience|fellow|funding|general|grad|hello|help|hiring|hr\b|info|intern|inquir|jobs?|learn|"
    r"mail|media|office|opportunit|outreach|people|phd|placement|postgrad|press|programme|public|reception|recruit|"
    r"registr|research|resourc|school|science|scheme|secretar|skills|student|study|summer|support|talent|teams?|"
    r"training|trust|vacanc|volunteer|work|youth",
    re.IGNORECASE,
)
OWN_MAIL = frozenset(
    (
        "gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com live.co.uk yahoo.com yahoo.co.uk "
        "icloud.com me.com btinternet.com aol.com proton.me protonmail.com sky.com talktalk.net virginmedia.com "
        "msn.com"
    ).split()
)
A_PERSON = re.compile(r"[a-z]+[._-][a-z'-]+(?:[._-][a-z'-]+)?\d*|[a-z]\.?[a-z]?\.?\d+", re.IGNORECASE)


def check(case: Case) -> Iterator[Finding]:
    """Find phone numbers, people's own mailboxes, named contacts, home addresses, dates of birth, insurance numbers."""
    found = [finding for field, text in case.public_texts() for finding in _in(field, text)]
    yield from found
    if not found and any(case.public_texts()):
        yield RULE.ok("No personal details", "No phone number, name or mailbox of a person in any public text.")


def _in(field: str, text: str) -> Iterator[Finding]:
    for email in dict.fromkeys(EMAIL.findall(text)):
        local, _, domain = email.lower().rpartition("@")
        if domain.rstrip(".") in OWN_MAIL:
            title, fix = "A private email address", "Give the organisation’s own mailbox, such as careers@."
        elif A_PERSON.fullmatch(local) and not ROLES.search(local):
            title, fix = "Somebody’s own email address", "Give a role’s mailbox, such as careers@, that outlasts them."
        else:
            continue
        yield RULE.warn(title, f"{quoted(email)}.", fix, field)
    for phone in dict.fromkeys(match[0] for match in PHONE.finditer(text)):
        digits = re.sub(r"\D", "", re.sub(r"^(?:\+|00)\s?44\s?(?:\(0\))?", "0", phone.strip()))
        if not digits.startswith(SHARED_NUMBERS):
            whose = "A mobile number" if digits.startswith("07") else "A phone number"
            fix = "Take it out, or give a switchboard’s number on your own page."
            yield RULE.warn(whose, f"{quoted(phone)}.", fix, field)
    for name in dict.fromkeys(CONTACT.findall(text)):
        if not OFFICE & {part.strip(".’'").lower() for part in name.split()}:
            yield RULE.warn(
                "A named person to contact", f"{quoted(name)}.", "Name the team or the role instead.", field
            )
    for pattern, title in ((BORN, "Somebody’s date of birth"), (HOME, "A home address")):
        if shown := pattern.search(text):
            yield RULE.stop(title, f"{quoted(shown[0])}.", "Take it out.", field)
    if INSURANCE_NUMBER.search(text):
        yield RULE.stop("A National Insurance number", "A number of that form is in the text.", "Take it out.", field)
