"""A catalogue of any size for measuring: real listings mixed anew, so words, places and gaps keep their real shares."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.dated_entries import keep_dated
from directory.catalogue.models import EligibilityRow, Intake, Level, Location, Opportunity, Skill
from directory.catalogue.outbox import owe
from directory.catalogue.queries import for_indexing
from directory.catalogue.vocabulary import Closing

Part = TypeVar("Part", Location, Level, EligibilityRow)

SEED = 20261124
ROWS_AT_A_TIME = 1000
DATED_SHARE = 0.3
COPIED = (
    *("kind", "organisation_id", "running", "relevance", "subjects", "glossary", "stages", "applicant", "delivery"),
    *("eligibility_words", "length_words", "length_weeks", "hours", "pay", "pay_words", "pay_minimum", "pay_maximum"),
    *("pay_period", "cost", "cost_words", "recurrence", "usually_opens", "usually_closes", "usually_starts"),
    *("usual_words", "how_to_apply", "apply_url", "info_url", "confidence", "newest_source_year", "without_source"),
)


def enlarge(session: Session, size: int, now: datetime) -> None:
    """Fill the catalogue up to ``size`` listings. The same size always gives the same listings."""
    dice = random.Random(SEED)
    originals = list(for_indexing(session, list(session.scalars(select(Opportunity.id)))))
    skills = list(session.scalars(select(Skill)))
    made: list[Opportunity] = []
    for number in range(len(originals), size):
        made.append(_mixed(dice, originals, skills, number, now))
        if len(made) == ROWS_AT_A_TIME:
            _keep(session, made, now)
            made = []
    _keep(session, made, now)


def _keep(session: Session, made: list[Opportunity], now: datetime) -> None:
    session.add_all(made)
    session.flush()
    keep_dated(session, [row.id for row in made], now)
    owe(session, [row.id for row in made])


def _mixed(
    dice: random.Random, originals: list[Opportunity], skills: list[Skill], number: int, now: datetime
) -> Opportunity:
    base, words, where = (dice.choice(originals) for _ in range(3))
    published = now - timedelta(days=dice.randrange(8, 700))
    row = Opportunity(
        **{name: getattr(base, name) for name in COPIED},
        slug=f"{base.slug[:120]}-{number}",
        title=f"{base.title[:150]} ({number})",
        summary=" ".join(_shuffled(dice, words.summary)),
        description=f"{base.description}\n\n{' '.join(_shuffled(dice, words.description)[:60])}",
        published_at=published,
        changed_at=published,
    )
    row.skills = dice.sample(skills, dice.randrange(1, 4))
    row.locations = [_copy(Location, part) for part in where.locations]
    row.levels = [_copy(Level, part) for part in base.levels]
    row.eligibility = [_copy(EligibilityRow, part) for part in base.eligibility]
    row.intakes = list(_rounds(dice, now))
    return row


def _rounds(dice: random.Random, now: datetime) -> Iterator[Intake]:
    if dice.random() < DATED_SHARE:
        closes = now.date() + timedelta(days=dice.randrange(-200, 200))
        yield Intake(closing=Closing.FIXED, opens_on=closes - timedelta(days=60), closes_on=closes)


def _copy(model: type[Part], part: Part) -> Part:
    kept = {
        column.key: getattr(part, column.key)
        for column in model.__mapper__.column_attrs
        if column.key not in ("id", "opportunity_id")
    }
    return model(**kept)


def _shuffled(dice: random.Random, text: str) -> list[str]:
    words = text.split()
    dice.shuffle(words)
    return words
