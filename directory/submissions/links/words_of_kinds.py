"""Which kind a title clearly names: one kind's own words, and not somebody who looks after such things."""

import re

from directory.catalogue.kinds import KindName

# The first that is found hides the others on its line: an online work experience is no work experience on site.
WORDS = (
    (KindName.VIRTUAL_EXPERIENCE, r"(?:virtual|online) (?:work experience|insight|placement|internship|experience)"),
    (KindName.WORK_EXPERIENCE, r"work experience"),
    (KindName.APPRENTICESHIP, r"apprentice(?:ship)?s?"),
    (KindName.STUDENTSHIP, r"(?:ph\.?d\.? )?studentships?|(?:ph\.?d\.?|doctoral) (?:position|project|scholarship)s?"),
    (KindName.GRADUATE_SCHEME, r"graduate (?:scheme|programme|program|training scheme|trainee)s?"),
    (KindName.INTERNSHIP, r"(?:summer )?intern(?:ship)?s?"),
    (KindName.PLACEMENT, r"(?:industrial |student |year in industry )?placements?|year in industry|placement year"),
    (KindName.FELLOWSHIP, r"fellowships?"),
)
_WORDS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in WORDS)
_LOOKS_AFTER = re.compile(
    r"\b(?:apprentice|placement|intern|fellow|studentship|experience|scheme|programme)\w* "
    r"(?:&|and|\w+ )?(?:manager|coordinator|co-ordinator|officer|advis[eo]r|lead|assessor|tutor|administrator|director"
    r"|specialist|team|recruiter|partner|supervisor|teacher|trainer)",
    re.IGNORECASE,
)


def kind_named(title: str) -> KindName | None:
    """Give the kind that a title names; None when it names none, or more than one."""
    if _LOOKS_AFTER.search(title):
        return None
    rest, found = title, set()
    for kind, words in _WORDS:
        rest, count = words.subn(" ", rest)
        if count:
            found.add(kind)
    return found.pop() if len(found) == 1 else None
