"""Change organisations: find the one that is meant, or make it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from slugify import slugify
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.organisations.models import Organisation, OrganisationKind

LONGEST_SLUG = 100


def find_or_make(session: Session, said: Mapping[str, Any], now: datetime) -> Organisation:
    """Get the organisation of this name, in any letters; when there is none, make it of what was said of it."""
    name = " ".join(said["organisation_name"].split())
    if found := named(session, name):
        return found
    slug = slugify(name, max_length=LONGEST_SLUG, word_boundary=True) or "organisation"
    taken = set(session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(slug))))
    number = 2
    while slug in taken:
        slug, number = f"{slug.removesuffix(f'-{number - 1}')}-{number}", number + 1
    made = Organisation(
        slug=slug,
        name=name,
        kind=OrganisationKind(said.get("organisation_kind") or OrganisationKind.EMPLOYER),
        description=said.get("organisation_about") or "",
        url=said.get("organisation_url"),
        edited_at=now,
    )
    session.add(made)
    session.flush()
    record(session, "made", "organisation", made.id, now, after={"name": name, "url": made.url})
    return made


def named(session: Session, name: str) -> Organisation | None:
    """Get the organisation of this name, in any letters, or the one it was found to be."""
    wanted = select(Organisation).where(func.lower(Organisation.name) == name.lower())
    found = session.scalar(wanted.order_by(Organisation.merged_into_id.is_(None).desc(), Organisation.id).limit(1))
    while found and found.merged_into_id:
        found = session.get(Organisation, found.merged_into_id)
    return found


def domain(url: str | None) -> str:
    """Give the domain that an organisation's own email would have, from its web address; empty when there is none."""
    return (urlsplit(url or "").hostname or "").removeprefix("www.").lower()
