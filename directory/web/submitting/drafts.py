"""A draft as its pages need it: who may go on with it, its steps, and the answers that can't be used yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NoReturn, cast

from flask import abort, g, redirect, request, url_for

from directory.catalogue.models import Opportunity, Skill
from directory.catalogue.vocabulary import Pay
from directory.foundation import clock
from directory.request_state import account, parts, session
from directory.submissions import actions
from directory.submissions.checks import Finding, Verdict
from directory.submissions.checks.missing import RULE as MISSING
from directory.submissions.checks.missing import SPENDING
from directory.submissions.fields import QUESTIONS, STEP_TITLES, Answers, Options, Question, Step, one, questions
from directory.submissions.models import State, Submission
from directory.submissions.publishing import opportunity_of, skills_by_slug
from directory.submissions.queries import may_go_on, submission_by_key
from directory.submissions.reading import Problem, Proposal, read
from directory.submissions.reviewing import Overlook, look_over
from directory.submissions.writing import NOT_OF_A_LISTING, answers_of, changed, preview
from directory.web.cards import Card, card

ASKING = tuple(step for step in Step if step is not Step.CHECK)


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step as the line of steps shows it: ``state`` is done, current or to come."""

    title: str
    url: str
    state: str


def draft(key: str) -> Submission:
    """Get the draft of this key for whoever may go on with it; anybody else is sent to sign in, or finds nothing."""
    found = submission_by_key(session(), key)
    if found is None or found.state is State.DISCARDED:
        abort(404)
    if not may_go_on(found, account()):
        if account() is not None:
            abort(404)
        _sign_in_first(found)
    return found


def _sign_in_first(found: Submission) -> NoReturn:
    """Send whoever is signed out to sign in. What they were sending is kept beside the draft until they are back."""
    onward = url_for("steps.whole", key=found.key)
    if request.method == "POST":
        actions.keep_beside(found, _posted(), clock.now())
        session().commit()
    elif request.url_rule and request.url_rule.rule.startswith("/submit/"):
        onward = request.path
    abort(redirect(url_for("signing_in.ask", onward=onward), 303))


def _posted() -> Answers:
    return {name: values[0] if len(values) == 1 else values for name, values in request.form.lists()}


def skills() -> Mapping[str, Skill]:
    """Give the skill areas by their slugs, read once a request."""
    if "skills" not in g:
        g.skills = skills_by_slug(session())
    return cast(Mapping[str, Skill], g.skills)


def skill_options() -> Options:
    """Give the skill areas to choose from."""
    return tuple((skill.slug, skill.name) for skill in skills().values())


def asks(found: Submission, step: Step | None = None) -> list[Question]:
    """List the questions of a step, or of all, for what this draft is about."""
    return list(questions(step, one(found.answers, "kind") or None))


def proposal(found: Submission, answers: Answers | None = None, step: Step | None = None) -> Proposal:
    """Read a draft. What its live page says already is nobody's mistake to put right now."""
    said = found.answers if answers is None else answers
    known = skills()
    today = clock.uk_today()
    whole = read(said, parts().gazetteer, known, today, asked=partial(_is_asked, step))
    live = live_answers(found)
    if not live:
        return whole
    touched = set(changed(live, said)) | {name for name in NOT_OF_A_LISTING if said.get(name) != live.get(name)}
    return Proposal(whole.values, tuple(problem for problem in whole.problems if _counts(problem, touched)))


def _is_asked(step: Step | None, question: Question) -> bool:
    return step is None or question.step is step


def _counts(problem: Problem, touched: set[str]) -> bool:
    return problem.field in touched


def live_answers(found: Submission) -> Answers:
    """Give what the listing that a draft is about says now; nothing for a new one."""
    live = opportunity_of(session(), found)
    return answers_of(live, clock.now()) if live else {}


def overlook(found: Submission, read: Proposal, answers: Answers | None = None) -> Overlook:
    """Give what our checks see in a draft as it was read, of its own answers or of others."""
    return look_over(session(), found, read, clock.now(), answers=answers, live=live_answers(found))


def shown(values: dict[str, object]) -> Opportunity:
    """Make the listing that would be published, outside the database."""
    return preview(values, skills(), clock.now())


@dataclass(frozen=True, slots=True)
class Preview:
    """How it will look; ``unsaid`` is the amount that people filter by, where it isn't said: "pay" or "cost"."""

    card: Card
    unsaid: str
    findings: Sequence[Finding] = ()


def preview_of(found: Submission, read: Proposal) -> Preview:
    """Make the card of a draft, which leads to the whole page as it was last saved."""
    slide = card(shown(read.values), clock.now())
    return Preview(replace(slide, url=url_for("checking.whole_page", key=found.key)), _unsaid(read.values))


def preview_while_writing(found: Submission, said: Answers, step: Step | None) -> Preview:
    """Preview what stands in a form, with what our checks see in the answers of that page.

    What isn't said at all is told on the last step: nobody has had the time to say it yet.
    """
    answers = {**found.answers, **said}
    read = proposal(found, answers)
    asked = {question.name for question in asks(found, step)}
    seen = [
        finding
        for finding in overlook(found, read, answers).findings
        if finding.verdict is not Verdict.OK and finding.field in asked and finding.rule != MISSING.name
    ]
    return replace(preview_of(found, read), findings=seen)


def _unsaid(values: Mapping[str, object]) -> str:
    if values.get("kind") in SPENDING:
        return "" if values.get("cost") else "cost"
    pay = values.get("pay")
    return "pay" if pay is None or (pay is Pay.WAGE and "pay_minimum" not in values) else ""


def steps_of(found: Submission, current: Step | None) -> Sequence[StepLink]:
    """Make the line of steps: one is done when all it asks can be used."""
    wrong = {problem.field for problem in proposal(found).problems}
    return [
        StepLink(
            STEP_TITLES[step], url_for("steps.show", key=found.key, step=step), _state(found, step, current, wrong)
        )
        for step in Step
    ]


def _state(found: Submission, step: Step, current: Step | None, wrong: set[str]) -> str:
    if step is current:
        return "current"
    asked = asks(found, step)
    begun = any(name in found.answers for question in asked for name in question.names)
    return "done" if begun and not any(question.name in wrong for question in asked) else "to come"


def first_to_do(found: Submission) -> Step:
    """Give the first step that isn't done."""
    links = steps_of(found, None)
    return next((step for step, link in zip(Step, links, strict=True) if link.state != "done"), Step.CHECK)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a moderator asks to change, and where that is done when it is about one answer."""

    words: str
    url: str | None


def returned(found: Submission) -> Sequence[Asked]:
    """Give why a submission was returned, while it is."""
    if found.state is not State.RETURNED or not found.decisions:
        return ()
    last = found.decisions[-1]
    reasons = [Asked(reason.get("words", ""), _place(found, reason.get("field", ""))) for reason in last.reasons]
    return (*reasons, *((Asked(last.message, None),) if last.message else ()))


def _place(found: Submission, name: str) -> str | None:
    question = QUESTIONS.get(name)
    return url_for("steps.show", key=found.key, step=question.step, _anchor=f"about-{name}") if question else None
