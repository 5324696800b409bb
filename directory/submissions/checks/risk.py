"""How soon a submission should be looked at: the more that may be wrong, and the more it may hurt, the higher."""

from collections.abc import Iterable, Mapping

from directory.catalogue.vocabulary import Pay
from directory.submissions.checks import (
    duplicates,
    fees,
    link,
    pay,
    personal,
    safeguarding,
    unpaid,
)
from directory.submissions.checks.ages import needs_second
from directory.submissions.checks.case import Case, word
from directory.submissions.checks.finding import Finding, Verdict

HIGHEST = 100
USUAL = {Verdict.STOP: 8, Verdict.WARN: 2, Verdict.OK: 0}
# Where somebody may come to harm, or lose money, or be told what isn't so.
GRAVER: Mapping[str, Mapping[Verdict, int]] = {
    safeguarding.RULE.name: {Verdict.STOP: 30, Verdict.WARN: 10},
    fees.RULE.name: {Verdict.STOP: 20},
    pay.RULE.name: {Verdict.STOP: 20, Verdict.WARN: 5},
    unpaid.RULE.name: {Verdict.STOP: 20, Verdict.WARN: 5},
    personal.RULE.name: {Verdict.STOP: 15, Verdict.WARN: 3},
    link.RULE.name: {Verdict.STOP: 10, Verdict.WARN: 3},
    duplicates.RULE.name: {Verdict.STOP: 5, Verdict.WARN: 2},
}
UNDER_18_IN_PERSON = 20
UNPAID = 5


def risk(findings: Iterable[Finding], case: Case) -> int:
    """Give a figure from 0 to 100 to order the queue by; each rule counts once, by its worst."""
    worst: dict[str, int] = {}
    for finding in findings:
        weight = {**USUAL, **GRAVER.get(finding.rule, {})}[finding.verdict]
        worst[finding.rule] = max(weight, worst.get(finding.rule, 0))
    besides = UNDER_18_IN_PERSON * needs_second(case.values) + UNPAID * (word(case.values, "pay") == Pay.UNPAID)
    return min(HIGHEST, sum(worst.values()) + besides)
