"""Answers that somebody might give, for tests to change."""

from directory.submissions.fields import Answer

APPRENTICESHIP: dict[str, Answer] = {
    "organisation_name": "Larkfield Advanced Therapies",
    "organisation_url": "https://larkfield.example",
    "organisation_kind": "employer",
    "organisation_about": "Makes medicines from cells.",
    "your_name": "Sam Reed",
    "your_email": "sam@larkfield.example",
    "kind": "apprenticeship",
    "title": "Quality control apprentice",
    "summary": "Learn to test cell therapies before they reach patients.",
    "description": "You test samples.\n\nYou write down what you find.",
    "delivery": "on-site",
    "places": "Darlington",
    "levels": ["RQF 4"],
    "skills": ["quality", "analytical"],
    "subjects": "biology, chemistry",
    "opens_day": "7",
    "opens_month": "12",
    "opens_year": "2026",
    "closing": "fixed",
    "closes_day": "30",
    "closes_month": "1",
    "closes_year": "2027",
    "closes_hour": "5pm",
    "starts_month": "2",
    "starts_year": "2027",
    "recurrence": "annual",
    "length": "2",
    "length_unit": "years",
    "hours": "full-time",
    "weekly_hours": "37.5",
    "pay": "year",
    "pay_from": "£22,600",
    "intake_places": "4",
    "stages": ["16-18", "school-leaver"],
    "minimum_age": "16",
    "needed": "Five GCSEs at grade 4 or above",
    "not_needed": "Lab experience",
    "how_to_apply": "Fill in the form on our site.",
    "apply_url": "https://larkfield.example/apply",
    "support": "Travel paid in the first month.",
    "access": "Step-free labs.",
}


def saying(**instead: Answer) -> dict[str, Answer]:
    """Give those answers with some others in their place; an empty one takes it away."""
    return {name: answer for name, answer in (APPRENTICESHIP | instead).items() if answer}
