"""Something real behind every address that takes part of one, so that a test can walk all routes and find things there.

A route about something new needs one entry in MADE; until it has one, every walk fails and names it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from directory.accounts import actions as accounts
from directory.accounts.models import Account, AuditRecord, Visit
from directory.catalogue.models import Opportunity, Skill, Synonym
from directory.foundation import clock
from directory.foundation.signing import sign
from directory.lists import actions as lists
from directory.lists import editing
from directory.lists import reporting as list_reporting
from directory.lists.words import ListWords
from directory.organisations.memberships import ask
from directory.organisations.models import Membership, Organisation
from directory.parts import Parts
from directory.submissions import actions, reporting
from directory.submissions.models import Asked, Purpose, Reason, SheetImport, Submission
from directory.submissions.notices import STILL_OPEN
from directory.submissions.queries import submission_by_key
from directory.submissions.sheets.actions import bring
from directory.submissions.writing import answers_of
from tests.submissions.answers import saying
from tests.submissions.kept import kept
from tests.submissions.reviewed import skills
from tests.submissions.sheets.files import COMMON, as_csv, listing, table

ARGUMENT = re.compile(r"<(?:(\w+)(?:\((.*?)\))?:)?(\w+)>")
KEY = "a key for tests"
# Stands in all that is only for who made it, and perhaps for moderators.
UNREAD = "Nobody else reads this"


@dataclass
class Everything:
    """Makes, for whoever ``owns`` it, what an address speaks of: something new each time, unless it stays as it is."""

    session: Session
    parts: Parts
    owns: Account

    def addresses(self, rule: Rule) -> Iterator[str]:
        """Give an address for each choice in a rule, about something that was just made."""
        arguments = ARGUMENT.findall(rule.rule)
        choices = [said.split(", ") if kind == "any" else [None] for kind, said, _name in arguments]
        for chosen in product(*choices):
            address, made = rule.rule, self._make(rule.rule)
            for (_kind, _said, name), choice in zip(arguments, chosen, strict=True):
                address = ARGUMENT.sub(str(choice or made[name]), address, count=1)
            self.session.commit()
            yield address

    def _make(self, pattern: str) -> dict[str, Any]:
        """Make what the longest fitting entry of MADE makes."""
        if "<" not in pattern:
            return {}
        fitting = [beginning for beginning in MADE if pattern.startswith(beginning)]
        assert fitting, f"{pattern} leads to something that tests/web/everything.py doesn't make yet"
        return MADE[max(fitting, key=len)](self)

    def draft(self, **instead: Any) -> Submission:
        """Make a draft of theirs that could be sent."""
        skills(self.session)
        answers = saying(support=UNREAD, **instead)
        return actions.begin(self.session, clock.now(), answers=answers, account=self.owns)

    def waiting(self) -> Submission:
        """Make something of theirs that waits for a moderator."""
        made = self.draft()
        actions.enter_queue(self.session, made, clock.now())
        return made

    def listing(self, **instead: Any) -> Opportunity:
        """Make a published listing that they look after."""
        skills(self.session)
        return kept(self.session, self.parts.gazetteer, self.owns, clock.now(), **instead)

    def removal(self) -> Submission:
        """Make a draft that asks for a listing of theirs to be taken down."""
        row = self.listing()
        made = actions.begin(
            self.session,
            clock.now(),
            answers={**answers_of(row, clock.now()), "your_name": "Sam", "your_email": str(self.owns.email)},
            origins={"claim": {"words": UNREAD, "reason": UNREAD}},
            purpose=Purpose.REMOVAL,
            opportunity=row,
            account=self.owns,
        )
        found = submission_by_key(self.session, made.key)
        assert found is not None
        return found

    def sheet(self) -> SheetImport:
        """Bring a spreadsheet of theirs."""
        skills(self.session)
        rows = as_csv(table(listing(Summary=UNREAD)))
        return bring(self.session, "larkfield.csv", rows, COMMON, clock.now(), self.owns)

    def report(self) -> str:
        """Report a listing, and give the report's key."""
        said = reporting.Said("wrong", UNREAD, "pat@school.example")
        return reporting.report(self.session, self.parts.settings, self.listing(), said, clock.now()).key

    def organisation(self) -> Organisation:
        """Give the organisation of a listing of theirs."""
        return self.listing().organisation

    def member(self) -> Membership:
        """Let them say that they speak for the organisation of a listing of theirs, which nobody has confirmed."""
        made = ask(self.session, self.owns, self.organisation(), UNREAD, clock.now())
        made.confirmed_at = made.confirmed_by = None
        return made

    def question(self) -> str:
        """Ask them whether a listing is still open, and give the token of the answer's address."""
        now = clock.now()
        asked = Asked(opportunity_id=self.listing().id, about=clock.uk_today(), step="at", asked_at=now)
        self.session.add(asked)
        self.session.flush()
        return sign(self.parts.settings, STILL_OPEN, [asked.id, self.owns.id], now)

    def visit(self) -> int:
        """Sign them in on one more device."""
        accounts.begin_visit(self.session, self.owns, UNREAD, clock.now())
        self.session.flush()
        return max(self.session.scalars(select(Visit.id)))

    def one(self, row: Reason | Skill | Synonym) -> Any:
        """Put a row into its table."""
        self.session.add(row)
        self.session.flush()
        return row


def _list(all: Everything) -> dict[str, Any]:
    """Make a list with a key, one of their listings pinned."""
    made = lists.make(all.session, ListWords("Year 12 biology"), clock.now(), pinned=[all.listing().id], by=all.owns)
    return {"address": made.shared_list.address, "key": made.key, "made": made.shared_list}


def _stop(all: Everything) -> dict[str, Any]:
    editor = editing.add_editor(all.session, _list(all)["made"], str(all.owns.email), clock.now())
    return {"token": editing.stop_token(all.parts.settings, editor, clock.now())}


def _list_report(all: Everything) -> dict[str, Any]:
    return {"key": list_reporting.report(all.session, _list(all)["made"], "unsafe", "Look at it.", clock.now()).key}


def _act(all: Everything) -> int:
    all.listing()
    return max(all.session.scalars(select(AuditRecord.id)))


def _skill(all: Everything) -> str:
    name = f"Skill {len(all.session.scalars(select(Skill.id)).all())}"
    return str(all.one(Skill(slug=name.lower().replace(" ", "-"), name=name, also=[])).slug)


def _member(all: Everything) -> dict[str, Any]:
    made = all.member()
    organisation = all.session.get_one(Organisation, made.organisation_id)
    return {"slug": organisation.slug, "member_id": made.id}


# By how a rule begins: what is made, by the names of the rule's arguments.
MADE: dict[str, Callable[[Everything], dict[str, Any]]] = {
    "/account/visits/": lambda all: {"visit_id": all.visit()},
    "/dev/mail/": lambda _all: {"name": "no-such-letter"},
    "/embed/": lambda _all: {"colour": "a1b2c3"},
    "/l/": _list,
    "/lists/copy/": _list,
    "/lists/edit/": _list,
    "/lists/reports/": _list_report,
    "/lists/stop/": _stop,
    "/mine/": lambda all: {"slug": all.listing().slug},
    "/moderation/": lambda all: {"key": all.waiting().key},
    "/moderation/lists/": _list,
    "/moderation/lists/reports/": _list_report,
    "/moderation/organisations/": lambda all: {"slug": all.organisation().slug},
    "/moderation/organisations/<slug:slug>/people/": _member,
    "/moderation/reasons/": lambda all: {"id": all.one(Reason(label="Pictures", words="Say it.", field="")).id},
    "/moderation/record/": lambda all: {"id": _act(all)},
    "/moderation/reports/": lambda all: {"key": all.report()},
    "/moderation/skills/": lambda all: {"slug": _skill(all)},
    "/moderation/unchecked/": lambda all: {"slug": all.listing().slug},
    "/moderation/words/": lambda all: {"id": all.one(Synonym(words=["lab"], finds=["bench"])).id},
    "/O/": lambda all: {"number": all.listing().id},
    "/o/": lambda all: {"number": all.listing().id},
    "/opportunities/": lambda all: {"slug": all.listing().slug},
    "/organisations/": lambda all: {"slug": all.organisation().slug},
    "/search.": lambda _all: {},
    "/sitemap-": lambda _all: {"number": 1},
    "/shared.": lambda _all: {},
    "/reports/": lambda all: {"key": all.report()},
    "/sign-in/link/": lambda all: {
        "token": accounts.offer_way_in(all.session, KEY, str(all.owns.email), "a device", "/", clock.now()).token
    },
    "/static/": lambda _all: {"filename": "css/site.css"},
    "/still-open/": lambda all: {"token": all.question()},
    "/submit/": lambda all: {"key": all.draft().key},
    "/submit/<key>/claim": lambda all: {"key": all.removal().key},
    "/submit/spreadsheet/": lambda all: {"key": all.sheet().key},
}
