"""What can be said of a submission by itself, before a person decides: rules, evidence, and what would put it right.

``check(case)`` gives findings, worst first; a new check is a module and one entry in ``checking.CHECKS``. They are
pure: ``duplicates.candidates`` is the only part that reads a database, and somebody else opens the link. A check
informs; a person decides.
"""

from directory.submissions.checks.ages import needs_second
from directory.submissions.checks.case import Candidate, Case, LinkResult
from directory.submissions.checks.checking import CHECKS, check
from directory.submissions.checks.duplicates import candidates
from directory.submissions.checks.finding import Finding, Rule, Verdict, from_json, to_json
from directory.submissions.checks.risk import risk

__all__ = [
    "CHECKS",
    "Candidate",
    "Case",
    "Finding",
    "LinkResult",
    "Rule",
    "Verdict",
    "candidates",
    "check",
    "from_json",
    "needs_second",
    "risk",
    "to_json",
]
