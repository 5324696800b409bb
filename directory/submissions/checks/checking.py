"""Every check, in the order people care about; a new check is one entry."""

from collections.abc import Callable, Iterable

from directory.submissions.checks import (
    dates,
    duplicates,
    fees,
    link,
    missing,
    pay,
    personal,
    reading_age,
    safeguarding,
    unpaid,
    wording,
)
from directory.submissions.checks.case import Case
from directory.submissions.checks.finding import Finding, Verdict

CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    safeguarding.check,
    fees.check,
    pay.check,
    unpaid.check,
    personal.check,
    link.check,
    dates.check,
    duplicates.check,
    missing.check,
    wording.check,
    reading_age.check,
)
ORDER = list(Verdict)


def check(case: Case) -> tuple[Finding, ...]:
    """Look at a case with every check, worst first; what is as bad stays in the order of ``CHECKS``."""
    found = [finding for look in CHECKS for finding in look(case)]
    return worst_first(found)


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in order; what is as bad stays as it stood."""
    return tuple(sorted(findings, key=lambda finding: ORDER.index(finding.verdict)))
