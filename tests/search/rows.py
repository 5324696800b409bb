"""Listings of which only what matters is said."""

from typing import Any
from uuid import uuid4

from directory.catalogue.kinds import KindName
from directory.catalogue.models import Location, Opportunity, Skill, Standing
from directory.catalogue.vocabulary import Applicant, Reach, Relevance, Running
from directory.organisations.models import Organisation, OrganisationKind
from tests.contracts.listings import NOW


def organisation(name: str) -> Organisation:
    """An organisation, its slug made of its name."""
    return Organisation(slug=name.lower().replace(" ", "-"), name=name, kind=OrganisationKind.CHARITY, description="")


def row(title: str = "A listing", **known: Any) -> Opportunity:
    """A listing that is in no database yet; ``skills`` are names."""
    skills = [Skill(slug=name.lower(), name=name, also=[]) for name in known.pop("skills", ())]
    return Opportunity(
        **{
            "slug": f"listing-{uuid4()}",
            "title": title,
            "kind": KindName.COURSE,
            "organisation": organisation("LifeArc"),
            "standing": Standing.PUBLISHED,
            "running": Running.UNKNOWN,
            "applicant": Applicant.LEARNER,
            "summary": "",
            "description": "",
            "relevance": Relevance.CORE,
            "subjects": [],
            "glossary": [],
            "stages": [],
            "published_at": NOW,
            "changed_at": NOW,
            "skills": skills,
            **known,
        }
    )


def at(place: str, latitude: float, longitude: float, region: str | None = None, nation: str = "England") -> Location:
    """A site on the map."""
    return Location(reach=Reach.SITE, place=place, region=region, nation=nation, latitude=latitude, longitude=longitude)


def leeds() -> Location:
    """A site in Leeds."""
    return at("Leeds", 53.7965, -1.5478, "Yorkshire and The Humber")


def glasgow() -> Location:
    """A site in Glasgow."""
    return at("Glasgow", 55.8652, -4.2576, nation="Scotland")
