"""A draft from an organisation's own page: opened with care, read, and every answer with where it comes from."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Skill
from directory.foundation.clock import UK
from directory.foundation.refusals import Refusal
from directory.places.gazetteer import Gazetteer
from directory.submissions.links.fetching import Fetcher
from directory.submissions.links.page_reading import prefill
from directory.submissions.links.prefilled import Prefilled

NOTHING_FOUND = "We read that page, but found nothing on it to fill in. Start with the steps instead."


def read_link(session: Session, fetcher: Fetcher, gazetteer: Gazetteer, url: str, now: datetime) -> Prefilled:
    """Give the answers that a page gives; raises Refusal, with words, when it can't be had or says nothing."""
    page = fetcher.fetch(url, now)
    skills = {skill.slug: (skill.name, *skill.also) for skill in session.scalars(select(Skill).order_by(Skill.id))}
    found = prefill(page, gazetteer, skills, now.astimezone(UK).date())
    if not found.answers:
        raise Refusal(NOTHING_FOUND)
    return found
