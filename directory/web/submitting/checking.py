"""The last step: everything that was said, what our checks see, who would find it, and sending it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from werkzeug import Response

from directory.catalogue.models import Opportunity
from directory.catalogue.timing import NOT_RUNNING, timing
from directory.foundation import clock
from directory.request_state import account, parts, session
from directory.search.queries import names_of_open_facets
from directory.search.rehearsing import found_by, typical_searches
from directory.search.wording import Naming
from directory.submissions.fields import QUESTIONS, STEP_TITLES, Step, one
from directory.submissions.models import Submission
from directory.submissions.telling import told
from directory.web.access import ANYONE, open_to
from directory.web.caching import private
from directory.web.cards import card
from directory.web.details import details
from directory.web.submitting.drafts import (
    ASKING,
    asks,
    draft,
    overlook,
    preview_of,
    proposal,
    returned,
    shown,
    skills,
    steps_of,
)

MOST_SEARCHES = 6

pages = Blueprint("checking", __name__, url_prefix="/submit")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it is read back."""

    label: str
    words: str
    private: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one step, and where to change them."""

    title: str
    url: str
    answers: tuple[Said, ...]


def page(found: Submission, status: int = 200) -> Response:
    """Show the last step. What can't be used yet is said first, with links to its step."""
    read = proposal(found)
    problems = [(_where(found, problem.field), problem.words) for problem in read.problems]
    opportunity = shown(read.values)
    names = {slug: skill.name for slug, skill in skills().items()}
    looked = overlook(found, read)
    me = account()
    response = private(
        render_template(
            "submit/check.html",
            submission=found,
            steps=steps_of(found, Step.CHECK),
            problems=problems,
            returned=returned(found),
            sections=[_section(found, step, names) for step in ASKING],
            findings=looked.findings,
            needs_second=looked.needs_second and parts().settings.second_moderator,
            searches=_searches(opportunity) if not problems else (),
            preview=preview_of(found, read),
            email=one(found.answers, "your_email"),
            is_mine=me is not None and found.account_id == me.id,
        )
    )
    response.status_code = status
    return response


def _searches(opportunity: Opportunity) -> Sequence[str]:
    """Give searches that people really type and that would find it."""
    naming = Naming(names_of_open_facets(session()))
    typed = typical_searches()
    return found_by(opportunity, typed, parts().vocabulary, parts().gazetteer, naming, clock.now(), MOST_SEARCHES)


def _where(found: Submission, name: str) -> str:
    question = QUESTIONS[name]
    return url_for("steps.show", key=found.key, step=question.step, fix="", _anchor=f"about-{name}")


def _section(found: Submission, step: Step, skills: dict[str, str]) -> Section:
    names = {"skills": skills}
    said = tuple(
        Said(
            question.label,
            told(question, found.answers, names.get(question.name)),
            question.private,
        )
        for question in asks(found, step)
        if not question.optional or any(found.answers.get(name) for name in question.names)
    )
    return Section(STEP_TITLES[step], url_for("steps.show", key=found.key, step=step), said)


@pages.get("/<key>/whole-page")
@open_to(ANYONE)
def whole_page(key: str) -> Response:
    """Show the page that would be published, whole."""
    found = draft(key)
    opportunity = shown(proposal(found).values)
    return private(
        render_template(
            "submit/whole_page.html",
            submission=found,
            opportunity=opportunity,
            card=card(opportunity, clock.now()),
            details=details(opportunity, clock.now()),
            is_running=timing(opportunity.schedule, clock.now()).state not in NOT_RUNNING,
            glossary=(),
            programmes=(),
            similar=(),
        )
    )
