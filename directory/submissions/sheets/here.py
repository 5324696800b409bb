"""Which rows of a spreadsheet are here already: on the site, or among what whoever brings it is writing or has sent.

Told before drafts are made, since bringing a file again is how it is put right. A row may be another round of what is
here, so it is told and not left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.organisations.models import Organisation
from directory.submissions.checks.domains import page
from directory.submissions.fields import one
from directory.submissions.models import SheetImport, State, Submission
from directory.submissions.sheets.outcome import RowOutcome
from directory.submissions.sheets.text import folded

UNDECIDED = (State.DRAFT, State.UNCONFIRMED, State.WAITING, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Here:
    """What is here: on the site at ``slug``, or among somebody's own at ``key``."""

    title: str
    organisation: str
    link: str
    slug: str = ""
    key: str = ""

    def is_of(self, row: RowOutcome) -> bool:
        """Say whether a row has its title, and its organisation or its link."""
        if folded(self.title) != folded(row.title):
            return False
        link = one(row.answers, "apply_url")
        has_link = bool(link and self.link) and page(link) == page(self.link)
        return has_link or folded(self.organisation) == folded(one(row.answers, "organisation_name"))


def already_here(
    session: Session, rows: Sequence[RowOutcome], brought: SheetImport, account: Account | None
) -> Mapping[int, Here]:
    """Give what is here of rows, by their numbers: two statements, however many rows there are."""
    titles = {row.title.lower() for row in rows if one(row.answers, "title")}
    by_title: dict[str, list[Here]] = {}
    for here in (*_public(session, titles), *_own(session, titles, brought, account)):
        by_title.setdefault(folded(here.title), []).append(here)
    found = {row.number: [here for here in by_title.get(folded(row.title), ()) if here.is_of(row)] for row in rows}
    return {number: several[0] for number, several in found.items() if several}


def _public(session: Session, titles: set[str]) -> Iterator[Here]:
    rows = (
        select(Opportunity.title, Organisation.name, Opportunity.apply_url, Opportunity.slug)
        .join(Organisation, Organisation.id == Opportunity.organisation_id)
        .where(Opportunity.standing == Standing.PUBLISHED, func.lower(Opportunity.title).in_(titles))
    )
    for title, organisation, link, slug in session.execute(rows.order_by(Opportunity.id)):
        yield Here(title, organisation, link or "", slug=slug)


def _own(session: Session, titles: set[str], brought: SheetImport, account: Account | None) -> Iterator[Here]:
    if account is None:
        return
    rows = select(Submission.title, Submission.answers, Submission.key).where(
        Submission.account_id == account.id,
        Submission.state.in_(UNDECIDED),
        Submission.import_id.is_distinct_from(brought.id),
        func.lower(Submission.title).in_(titles),
    )
    for title, answers, key in session.execute(rows.order_by(Submission.id)):
        yield Here(title, one(answers, "organisation_name"), one(answers, "apply_url"), key=key)
