"""What a site asks of robots, read as RFC 9309 says: our own group or everyone's, and the longest rule wins."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

MOST_LETTERS = 500_000
MOST_LINES = 2_000
LONGEST_RULE = 500
_RULE = re.compile(r"\s*([a-z-]+)\s*:\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One path, in which ``*`` is anything and a last ``$`` the end."""

    allows: bool
    path: str

    def covers(self, path: str) -> bool:
        """Say whether a path is one of its, in time that grows with the path alone."""
        first, *others = self.path.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        ends = self.path.endswith("$")
        for number, part in enumerate(others, 1):
            if ends and number == len(others):
                return len(path) - len(part) >= at and path.endswith(part)
            at = path.find(part, at)
            if at < 0:
                return False
            at += len(part)
        return not ends or at == len(path)


EVERYTHING = (Rule(True, "/"),)
NOTHING = (Rule(False, "/"),)


def read_rules(text: str, robot: str) -> Sequence[Rule]:
    """Give the rules for a robot: those of every group that names it, else of those for everyone."""
    named: list[Rule] = []
    for_all: list[Rule] = []
    groups: list[list[Rule]] = []
    is_named = gathering = False
    if len(text) > MOST_LETTERS:  # a rule that is cut would forbid more than was meant
        text = text[:MOST_LETTERS].rpartition("\n")[0]
    for line in text.splitlines()[:MOST_LINES]:
        found = _RULE.match(line[: LONGEST_RULE * 2])
        if not found:
            continue
        key, said = found[1].lower(), found[2].strip()
        if key == "user-agent":
            if not gathering:
                groups = []
            gathering = True
            agent = re.split(r"[/\s]", said.lower(), maxsplit=1)[0]
            if agent == robot.lower():
                is_named = True
                groups.append(named)
            elif agent == "*":
                groups.append(for_all)
        elif key in ("allow", "disallow"):
            gathering = False
            if said and len(said) <= LONGEST_RULE:
                for group in groups:
                    group.append(Rule(key == "allow", _plain(said)))
    return named if is_named else for_all


def allows(rules: Iterable[Rule], path: str) -> bool:
    """Say whether the rules let a robot read a path; of rules as long as each other, the one that allows wins."""
    covering = [rule for rule in rules if rule.covers(_plain(path))]
    return max(covering, key=lambda rule: (len(rule.path), rule.allows)).allows if covering else True


def _plain(path: str) -> str:
    """Spell a path as one that was typed: percent signs and all may stand for the same letters."""
    return unquote(path, errors="replace")
