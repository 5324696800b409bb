"""Organisations are found by their slugs and called what people call them."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationKind
from directory.organisations.queries import organisation_by_slug
from tests.search.rows import organisation


def test_an_organisation_is_found_by_its_slug(session: Session) -> None:
    session.add_all([organisation("LifeArc"), organisation("Cell Catapult")])
    session.flush()
    session.expunge_all()
    found = organisation_by_slug(session, "cell-catapult")
    assert found is not None
    assert (found.name, found.kind) == ("Cell Catapult", OrganisationKind.CHARITY)


def test_a_slug_that_nobody_has_finds_nothing(session: Session) -> None:
    session.add(organisation("LifeArc"))
    session.flush()
    for slug in ("", "lifear", "LifeArc", "lifearc%", "l_fearc", "'; --"):
        assert organisation_by_slug(session, slug) is None


def test_two_organisations_never_share_a_page(session: Session) -> None:
    session.add_all([organisation("LifeArc"), organisation("lifearc")])
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_kind_is_the_word_people_read() -> None:
    assert all(kind == "NHS" or kind.islower() for kind in OrganisationKind)
    assert not any("-" in kind or "_" in kind for kind in OrganisationKind)
