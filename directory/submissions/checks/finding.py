"""What a check finds: the rule, how it stands, the evidence, and what would put it right."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """How something stands against a rule, worst first. It informs; a person decides."""

    STOP = "stop"
    WARN = "warn"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    ``rule`` is its rule's name, ``field`` the question to put right, ``listing`` the slug of a listing it speaks of;
    the last two are empty when there is none. ``source_url`` is empty where the rule is ours alone.
    """

    rule: str
    verdict: Verdict
    title: str
    evidence: str
    rule_words: str
    source_url: str
    fix: str
    field: str
    listing: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words that a submitter reads, and the page it rests on."""

    name: str
    words: str
    source_url: str = ""

    def stop(self, title: str, evidence: str, fix: str, field: str = "", *, listing: str = "") -> Finding:
        """Find that it is broken."""
        return self._found(Verdict.STOP, title, evidence, fix, field, listing)

    def warn(self, title: str, evidence: str, fix: str, field: str = "", *, listing: str = "") -> Finding:
        """Find that it may be broken, or that somebody should look."""
        return self._found(Verdict.WARN, title, evidence, fix, field, listing)

    def ok(self, title: str, evidence: str, field: str = "") -> Finding:
        """Find that it is kept."""
        return self._found(Verdict.OK, title, evidence, "", field, "")

    def _found(self, verdict: Verdict, title: str, evidence: str, fix: str, field: str, listing: str) -> Finding:
        return Finding(self.name, verdict, title, evidence, self.words, self.source_url, fix, field, listing)


NAMES = tuple(field.name for field in fields(Finding))


def to_json(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Write findings as plain dicts, for keeping with a snapshot."""
    return [{name: str(value) for name, value in asdict(finding).items()} for finding in findings]


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Read kept findings again; one whose verdict we no longer know is left out."""
    known = {str(verdict) for verdict in Verdict}
    read = ({name: str(one.get(name, "")) for name in NAMES} for one in kept)
    return tuple(
        Finding(**{**one, "verdict": Verdict(one["verdict"])})  # type: ignore[arg-type]
        for one in read
        if one["verdict"] in known
    )
