"""Read organisations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.organisations.models import Organisation


def organisation_by_slug(session: Session, slug: str) -> Organisation | None:
    """Get one organisation."""
    return session.scalar(select(Organisation).where(Organisation.slug == slug))
