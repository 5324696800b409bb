"""Evidence for a school: what a list offered, when, and which benchmarks and encounters that can count towards.

It says what was put before a class and never who looked. The Gatsby benchmarks are those updated for 2025
(https://www.gatsbybenchmarks.org.uk/); provider access is section 42B of the Education Act 1997 as amended in 2022: six
encounters with providers of approved technical education or apprenticeships in Years 8 to 13. Whether an encounter
took place, and was meaningful, only the school can say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from directory.catalogue.models import Opportunity
from directory.catalogue.queries import FOR_CARDS
from directory.catalogue.vocabulary import StageName
from directory.lists.models import SharedList
from directory.lists.offering import offers

BENCHMARKS: Mapping[int, str] = {
    2: "Learning from career and labour market information",
    5: "Encounters with employers and employees",
    6: "Experiences of workplaces",
    7: "Encounters with further and higher education",
}

# What an opportunity of each kind can count towards once a pupil takes it up; all of them inform (benchmark 2).
BY_KIND: Mapping[KindName, tuple[int, ...]] = {
    KindName.APPRENTICESHIP: (2, 5, 7),
    KindName.PLACEMENT: (2, 5, 6),
    KindName.INTERNSHIP: (2, 5, 6),
    KindName.FELLOWSHIP: (2,),
    KindName.WORK_EXPERIENCE: (2, 5, 6),
    KindName.VIRTUAL_EXPERIENCE: (2, 5, 6),
    KindName.GRADUATE_SCHEME: (2, 5),
    KindName.STUDENTSHIP: (2, 7),
    KindName.COURSE: (2, 7),
    KindName.RESOURCE: (2,),
}
AT_SCHOOL = frozenset({StageName.FOURTEEN_TO_SIXTEEN, StageName.SIXTEEN_TO_EIGHTEEN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was offered: from when to when (None: it still is), and what it can count towards.

    ``provider_access`` says whether a talk or visit by who offers it can be one of the encounters the law asks for.
    """

    opportunity: Opportunity
    offered_from: datetime
    offered_until: datetime | None
    benchmarks: tuple[int, ...]
    provider_access: bool


def evidence(session: Session, shared_list: SharedList) -> Sequence[Evidence]:
    """Give everything a list offered, in the order in which it came."""
    by_listing: dict[int, tuple[datetime, datetime | None]] = {}
    for offer in offers(session, shared_list):
        since, until = by_listing.get(offer.opportunity_id, (offer.since, offer.until))
        still = until is None or offer.until is None
        by_listing[offer.opportunity_id] = (
            min(since, offer.since),
            None if still else max(until, offer.until),  # type: ignore[type-var]
        )
    rows = select(Opportunity).where(Opportunity.id.in_(by_listing)).options(*FOR_CARDS)
    listings = {row.id: row for row in session.scalars(rows)}
    return [
        Evidence(listings[id], since, until, BY_KIND[listings[id].kind], is_provider_access(listings[id]))
        for id, (since, until) in sorted(by_listing.items(), key=lambda item: (item[1][0], item[0]))
    ]


def is_provider_access(opportunity: Opportunity) -> bool:
    """Say whether it is a technical route or an apprenticeship that is open to people at school."""
    return opportunity.kind is KindName.APPRENTICESHIP and bool(AT_SCHOOL & {StageName(s) for s in opportunity.stages})
