"""Between answers and the catalogue: a listing's answers, and a listing made to say what answers say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from directory.catalogue.kinds import KindName
from directory.catalogue.models import (
    EligibilityRow,
    Intake,
    Level,
    Location,
    Opportunity,
    Skill,
    Source,
    Standing,
)
from directory.catalogue.timing import timing
from directory.catalogue.vocabulary import (
    Applicant,
    Closing,
    EligibilityAbout,
    Framework,
    Need,
    Pay,
    PayPeriod,
    Reach,
    Relevance,
    Running,
    StageName,
)
from directory.foundation.clock import UK
from directory.foundation.date_words import hour
from directory.organisations.models import Organisation, OrganisationKind
from directory.submissions.fields import QUESTIONS, Answer, Answers, Look, one, several
from directory.submissions.reading import COSTS_COVERED

# The catalogue's values that each question decides; one not named here decides the value of its own name.
DECIDES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("delivery", "places", "nations"), ("delivery", "locations")),
    **dict.fromkeys(("opens", "closing", "closes", "closes_hour", "starts", "intake_places"), ("rounds",)),
    **dict.fromkeys(("length", "length_unit"), ("length_words", "length_weeks")),
    **dict.fromkeys(
        ("pay", "pay_from", "pay_to", "pay_note"), ("pay", "pay_words", "pay_minimum", "pay_maximum", "pay_period")
    ),
    **dict.fromkeys(("needed", "nice", "not_needed"), ("eligibility",)),
    "support": ("support_words",),
    "access": ("access_words",),
    "cost_note": ("cost_words",),
    "levels": ("levels",),
}
NOT_OF_A_LISTING = frozenset(
    {
        *("organisation_name", "organisation_url", "organisation_kind", "organisation_about"),
        *("weekly_hours", "unpaid_reason", "page_not_live"),
        *(name for name, question in QUESTIONS.items() if question.private),
    }
)
COLUMNS = (
    *("kind", "title", "summary", "description", "stages", "applicant", "delivery", "length_words", "length_weeks"),
    *("hours", "pay", "pay_words", "pay_minimum", "pay_maximum", "pay_period", "cost", "cost_words", "recurrence"),
    *("how_to_apply", "apply_url", "info_url", "subjects", "minimum_age", "maximum_age"),
    *("support_words", "access_words"),
)
WITHOUT: Mapping[str, Any] = {"stages": [], "subjects": [], "applicant": Applicant.LEARNER}
PAY_CHOICES = {
    (Pay.WAGE, PayPeriod.YEAR): "year",
    (Pay.WAGE, PayPeriod.HOUR): "hour",
    (Pay.WAGE, PayPeriod.WEEK): "week",
    (Pay.WAGE, PayPeriod.AWARD): "award",
    (Pay.WAGE, None): "paid",
    (Pay.BURSARY, PayPeriod.AWARD): "award",
    (Pay.FUNDED, PayPeriod.YEAR): "funded",
}
UNITS = (("years", 52.0), ("months", 52 / 12), ("weeks", 1.0))


def changed(before: Answers, after: Answers) -> list[str]:
    """List the questions of a listing that two sets of answers answer differently, in order."""
    return [
        name
        for name, question in QUESTIONS.items()
        if name not in NOT_OF_A_LISTING and any(_said(before, part) != _said(after, part) for part in question.names)
    ]


def _said(answers: Answers, name: str) -> object:
    question = QUESTIONS.get(name)
    if question and question.look is Look.SOME_OF:
        return frozenset(several(answers, name))
    said = "\n".join(line.rstrip() for line in one(answers, name).splitlines())
    if question and question.look in (Look.MONEY, Look.NUMBER):
        return said.replace(",", "").removeprefix("£").removesuffix(".00").strip()
    return said.removeprefix("0") if name.endswith(("_day", "_month")) else said


def write(
    row: Opportunity,
    values: Mapping[str, Any],
    skills: Mapping[str, Skill],
    now: datetime,
    names: Iterable[str] | None = None,
) -> None:
    """Make a listing say ``values``: all of it, or only what the questions ``names`` decide. Its parts must be loaded.

    What isn't among the values is then not said.
    """
    decided = {value for name in names for value in DECIDES.get(name, (name,))} if names is not None else None
    for column in COLUMNS:
        if decided is None or column in decided:
            setattr(row, column, values.get(column, WITHOUT.get(column)))
    for name, write_part in (
        ("locations", _write_locations),
        ("levels", _write_levels),
        ("eligibility", _write_eligibility),
    ):
        if decided is None or name in decided:
            write_part(row, values.get(name, ()))
    if decided is None or "skills" in decided:
        row.skills = [skills[slug] for slug in values.get("skills", ()) if slug in skills]
    if decided is None or "rounds" in decided:
        _write_round(row, values.get("rounds", ()), now)


def _write_locations(row: Opportunity, said: Sequence[Mapping[str, Any]]) -> None:
    row.locations = [Location(position=position, **one) for position, one in enumerate(said)]


def _write_levels(row: Opportunity, said: Sequence[Mapping[str, Any]]) -> None:
    row.levels = [Level(position=position, **one) for position, one in enumerate(said)]


def _write_eligibility(row: Opportunity, said: Sequence[Mapping[str, Any]]) -> None:
    funding = [one for one in row.eligibility if one.about is EligibilityAbout.FUNDING]
    entry = [EligibilityRow(**one) for one in said]
    for position, line in enumerate([*entry, *funding]):
        line.position = position
    row.eligibility = [*entry, *funding]


def _write_round(row: Opportunity, said: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Change the round that is shown; one that is over stays as it was, and what is said is a new one."""
    shown = shown_round(row, now)
    if not said:
        row.intakes = [intake for intake in row.intakes if intake is not shown or _is_over(intake, now)]
        return
    if shown is None or (_is_over(shown, now) and shown.closes_on != said[0]["closes_on"]):
        position = max((intake.position for intake in row.intakes), default=-1) + 1
        shown = Intake(position=position, zone=UK.key, closing=Closing.UNKNOWN)
        row.intakes = [*row.intakes, shown]
    if shown.closes_on != said[0]["closes_on"]:
        shown.closed_words = None  # it was said of the day that is no longer so
    for name, value in said[0].items():
        setattr(shown, name, value)


def _is_over(intake: Intake, now: datetime) -> bool:
    closes = intake.round.closes if intake.closing is Closing.FIXED else None
    return closes is not None and closes <= now


def shown_round(row: Opportunity, now: datetime) -> Intake | None:
    """Give the round that a listing's page speaks of: the one open or to open, else the last."""
    current = timing(row.schedule, now).round
    shown = next((intake for intake in row.intakes if current is not None and intake.round == current), None)
    return shown or max(row.intakes, key=lambda intake: intake.position, default=None)


def preview(values: Mapping[str, Any], skills: Mapping[str, Skill], now: datetime) -> Opportunity:
    """Make the listing that ``values`` would be, outside any database: for its card and its page."""
    organisation = Organisation(
        slug="preview",
        name=values.get("organisation_name") or "Your organisation",
        kind=OrganisationKind.EMPLOYER,
        description=values.get("organisation_about", ""),
    )
    row = Opportunity(
        slug="preview",
        organisation=organisation,
        relevance=Relevance.CORE,
        running=Running.UNKNOWN,
        standing=Standing.PUBLISHED,
        glossary=[],
        without_source=[],
        published_at=now,
        changed_at=now,
        intakes=[],
        locations=[],
        levels=[],
        eligibility=[],
        skills=[],
        involvements=[],
        sources=[],
        confirmations=[],
        parent=None,
        parts=[],
    )
    transient = {slug: Skill(slug=skill.slug, name=skill.name, also=skill.also) for slug, skill in skills.items()}
    write(row, values, transient, now)
    row.kind = KindName(row.kind or KindName.PLACEMENT)
    row.title = row.title or "Its title"
    row.summary, row.description = row.summary or "", row.description or ""
    return row


def source_of(values: Mapping[str, Any]) -> list[Source]:
    """Give the pages that a listing's facts come from, when its organisation wrote it."""
    urls = dict.fromkeys(values[name] for name in ("info_url", "apply_url") if values.get(name))
    return [Source(position=position, url=url) for position, url in enumerate(urls)]


def answers_of(row: Opportunity, now: datetime) -> dict[str, Answer]:
    """Give the answers that a listing would have been written with; needs everything of it loaded."""
    answers: dict[str, Answer] = {
        "organisation_name": row.organisation.name,
        "organisation_url": row.organisation.url or "",
        "organisation_kind": str(row.organisation.kind),
        "organisation_about": row.organisation.description,
        "kind": str(row.kind),
        "title": row.title,
        "summary": row.summary,
        "description": row.description,
        "delivery": str(row.delivery or ""),
        "skills": [skill.slug for skill in row.skills],
        "subjects": ", ".join(row.subjects),
        "recurrence": str(row.recurrence or ""),
        "hours": str(row.hours or ""),
        "cost": str(row.cost or ""),
        "cost_note": row.cost_words or "",
        "support": row.support_words or "",
        "access": row.access_words or "",
        "stages": [str(stage) for stage in StageName if stage in row.stages],
        "minimum_age": _figure(row.minimum_age),
        "maximum_age": _figure(row.maximum_age),
        "applicant": str(row.applicant),
        "how_to_apply": row.how_to_apply or "",
        "apply_url": row.apply_url or "",
        "info_url": row.info_url or "",
        **_where(row.locations),
        "levels": list(dict.fromkeys(_level(level) for level in row.levels)),
        **_lines(row.eligibility),
        **_length(row),
        **_pay(row),
        **_dates(shown_round(row, now)),
    }
    return {name: answer for name, answer in answers.items() if answer}


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")


def _where(locations: Sequence[Location]) -> dict[str, Answer]:
    sites = [row.postcode or row.place or "" for row in locations if row.reach is Reach.SITE]
    regions = [row.region or "" for row in locations if row.reach is Reach.REGION]
    wide = [
        "UK" if row.nation is None else row.nation
        for row in locations
        if row.reach in (Reach.UK_WIDE, Reach.NATION, Reach.ONLINE)
    ]
    return {"places": "\n".join([*sites, *regions]), "nations": list(dict.fromkeys(wide))}


def _level(level: Level) -> str:
    return f"{Framework.SCQF if level.framework is Framework.SCQF else Framework.RQF} {level.number}"


def _lines(rows: Collection[EligibilityRow]) -> dict[str, Answer]:
    entry = [row for row in rows if row.about is EligibilityAbout.ENTRY]
    needs = (("needed", Need.NEEDED), ("nice", Need.NICE), ("not_needed", Need.NOT_NEEDED))
    return {name: "\n".join(row.text for row in entry if row.need is need) for name, need in needs}


def _length(row: Opportunity) -> dict[str, Answer]:
    weeks = row.length_weeks
    if not weeks:
        return {}
    if weeks < 1:
        return {"length": _figure(weeks * 5), "length_unit": "days"}
    for unit, size in UNITS:
        number = weeks / size
        if number >= 1 and abs(number - round(number)) < 0.02:
            return {"length": str(round(number)), "length_unit": unit}
    return {"length": _figure(weeks), "length_unit": "weeks"}


def _pay(row: Opportunity) -> dict[str, Answer]:
    if row.pay is None:
        return {}
    note = row.pay_words or ""
    if row.pay is Pay.UNPAID:
        choice = "costs" if note.startswith(COSTS_COVERED) else "unpaid"
        return {"pay": choice, "pay_note": note.removeprefix(COSTS_COVERED).strip()}
    usual = {Pay.WAGE: "paid", Pay.BURSARY: "stipend", Pay.FUNDED: "funded"}[row.pay]
    low, high = row.pay_minimum, row.pay_maximum
    return {
        "pay": PAY_CHOICES.get((row.pay, row.pay_period), usual),
        "pay_from": _figure(low),
        "pay_to": "" if high == low else _figure(high),
        "pay_note": note,
    }


def _dates(intake: Intake | None) -> dict[str, Answer]:
    if intake is None:
        return {}
    answers: dict[str, Answer] = {"intake_places": _figure(intake.places)}
    for name, day in (("opens", intake.opens_on), ("closes", intake.closes_on), ("starts", intake.starts_on)):
        if day:
            answers |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    if intake.closing is not Closing.UNKNOWN:
        answers["closing"] = str(intake.closing)
    if intake.closes_at:
        answers["closes_hour"] = hour(intake.closes_at)
    return answers
