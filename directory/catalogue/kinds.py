"""Every kind of listing: its words, its colour prefix, and what it asks for. A new kind is one entry here."""

from dataclasses import dataclass
from enum import StrEnum


class SchemaType(StrEnum):
    """What search engines call a kind of listing, in the words of schema.org."""

    PROGRAM = "EducationalOccupationalProgram"
    WORK_BASED = "WorkBasedProgram"
    COURSE = "Course"


class KindName(StrEnum):
    """The ten kinds, by the name that stands in addresses and in the database."""

    APPRENTICESHIP = "apprenticeship"
    PLACEMENT = "placement"
    INTERNSHIP = "internship"
    FELLOWSHIP = "fellowship"
    WORK_EXPERIENCE = "work-experience"
    VIRTUAL_EXPERIENCE = "virtual-experience"
    GRADUATE_SCHEME = "graduate-scheme"
    STUDENTSHIP = "studentship"
    COURSE = "course"
    RESOURCE = "resource"


@dataclass(frozen=True)
class Kind:
    """One kind of listing.

    ``prefix`` names its colours and its glyph. ``spends_rather_than_earns`` kinds are things a person uses or
    studies: their first fact is what they cost, not what they pay. ``verb`` is what a person does to get in. A
    resource has no ``schema_type``; a paid round of one that ``is_a_job`` may be shown among vacancies.
    """

    name: KindName
    singular: str
    plural: str
    prefix: str
    meaning: str
    verb: str = "Apply"
    spends_rather_than_earns: bool = False
    schema_type: SchemaType | None = SchemaType.WORK_BASED
    is_a_job: bool = False


KINDS: dict[KindName, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            KindName.APPRENTICESHIP,
            "Apprenticeship",
            "Apprenticeships",
            "app",
            "Training at work or with an employer, towards a qualification.",
            is_a_job=True,
        ),
        Kind(
            KindName.PLACEMENT,
            "Placement",
            "Placements",
            "pla",
            "Time with an employer as part of your T Level, degree or PhD.",
        ),
        Kind(
            KindName.INTERNSHIP,
            "Internship",
            "Internships",
            "int",
            "A short role, often in summer, to try the work and build skills.",
            is_a_job=True,
        ),
        Kind(
            KindName.FELLOWSHIP,
            "Fellowship",
            "Fellowships",
            "fel",
            "Time and support to lead your own research, or to learn a new side of the field.",
            schema_type=SchemaType.PROGRAM,
            is_a_job=True,
        ),
        Kind(
            KindName.WORK_EXPERIENCE,
            "Work experience",
            "Work experience",
            "wex",
            "A few days on site to see what people really do.",
        ),
        Kind(
            KindName.VIRTUAL_EXPERIENCE,
            "Virtual experience",
            "Virtual experience",
            "vir",
            "Work experience that you join online, from school or home.",
        ),
        Kind(
            KindName.GRADUATE_SCHEME,
            "Graduate scheme",
            "Graduate schemes",
            "gra",
            "A first job after a degree, with training and time in several teams.",
            is_a_job=True,
        ),
        Kind(
            KindName.STUDENTSHIP,
            "Studentship",
            "Studentships",
            "stu",
            "A place to do a PhD.",
            schema_type=SchemaType.PROGRAM,
        ),
        Kind(
            KindName.COURSE,
            "Course",
            "Courses",
            "cou",
            "Teaching, from a day of training to a master's degree.",
            verb="Book or apply",
            spends_rather_than_earns=True,
            schema_type=SchemaType.COURSE,
        ),
        Kind(
            KindName.RESOURCE,
            "Resource",
            "Resources",
            "res",
            "Campaigns, events, tools and stories that help you find your way.",
            verb="Use it",
            spends_rather_than_earns=True,
            schema_type=None,
        ),
    )
}
