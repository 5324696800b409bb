"""The moderators' listings that nobody has checked: the most useful first, a minute each, one leads to the next."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.refusals import Refusal
from directory.request_state import parts, session, signed_in
from directory.submissions import keeping, notices, vetting
from directory.submissions.fields import STEP_TITLES, Answers, Question, Step, questions
from directory.submissions.models import Submission
from directory.submissions.publishing import proposal, skills_by_slug
from directory.submissions.reviewing import look_over
from directory.submissions.telling import NOT_SAID, told
from directory.submissions.unchecked import Unchecked, following, unchecked
from directory.submissions.writing import NOT_OF_A_LISTING, answers_of, changed
from directory.web.access import MODERATOR, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.cards import card
from directory.web.details import site_of
from directory.web.forms.answers import AnswersForm, Asked, answers_form, asked, summary
from directory.web.searchable import make_searchable
from directory.web.security import csrf_failed
from directory.web.submitting.drafts import skill_options

pages = Blueprint("unchecked", __name__, url_prefix="/moderation/unchecked")

A_PAGE = 25
AWAY = "You’ve been away a while. What you typed is still here: send it again"
MEANWHILE = "Somebody checked or changed this while you looked. This is how it is now"
LONGEST_WHY = 1_000
ASKING = tuple(step for step in Step if step is not Step.CHECK)


def _right(opportunity: Opportunity, _why: str) -> None:
    vetting.find_right(session(), opportunity, signed_in(), clock.now())


def _closed(opportunity: Opportunity, why: str) -> None:
    vetting.find_closed(session(), opportunity, signed_in(), why, clock.now())


def _ended(opportunity: Opportunity, why: str) -> None:
    vetting.find_ended(session(), opportunity, signed_in(), why, clock.now())


def _off(opportunity: Opportunity, why: str) -> None:
    vetting.take_off(session(), opportunity, signed_in(), why, clock.now())


# What each button does; the form that has it is the one to say what is wrong with it.
ACTS: Mapping[str, Callable[[Opportunity, str], None]] = {
    "right": _right,
    "closed": _closed,
    "ended": _ended,
    "off": _off,
}


# What those who look after a listing hear of each act; that it is right is no news.
TOLD: Mapping[str, str] = {
    "closed": "We found that it has closed, and its page now says so.",
    "ended": "We found that it has ended, and its page now says so.",
    "off": "We took it off the site.",
}
CORRECTED = "We put some of its answers right."


@pages.get("")
@open_to(MODERATOR)
def every() -> Response:
    """List what nobody has checked, the most useful to check first."""
    rows = unchecked(session(), clock.now())
    last = max(1, -(-len(rows) // A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    shown = rows[(number - 1) * A_PAGE : number * A_PAGE]
    return private(
        render_template(
            "unchecked/every.html",
            total=len(rows),
            rows=[(row, _checked_words(row)) for row in shown],
            start=(number - 1) * A_PAGE + 1,
            before=number - 1 if number > 1 else None,
            after=number + 1 if number < last else None,
        )
    )


@pages.get("/<slug:slug>")
@open_to(MODERATOR)
def one(slug: str) -> Response:
    """Show one listing: what it says, where that is from, and what our checks see."""
    return _page(_found(slug))


@pages.post("/<slug:slug>")
@keeps_what_was_typed
@open_to(MODERATOR)
def act(slug: str) -> Response:
    """Do what a button says, and go on to the next."""
    found, what, why = _found(slug), request.form.get("what", ""), request.form.get("why", "")[: LONGEST_WHY + 1]
    if what not in ACTS:
        abort(400)
    if csrf_failed():
        return _page(found, what, why, AWAY, status=409)
    found = keeping.hold(session(), found)
    if not vetting.is_as_seen(found, request.form.get("seen", "")):
        return _page(found, "seen", why, MEANWHILE, status=409)
    next_one = following(unchecked(session(), clock.now()), slug)
    try:
        ACTS[what](found, why)
    except Refusal as refusal:
        return _page(found, what, why, str(refusal).rstrip("."), status=422)
    if what in TOLD:
        notices.tell_its_people(session(), parts().settings, found, TOLD[what], clock.now())
    return _go_on(next_one)


@pages.get("/<slug:slug>/correct")
@open_to(MODERATOR)
def correct(slug: str) -> Response:
    """Show every question with what the page says now."""
    found = _found(slug)
    asks = _asks(found)
    form = answers_form(asks, answers_of(found, clock.now()), skill_options())
    return _correct_page(found, form, asked(form, asks))


@pages.post("/<slug:slug>/correct")
@keeps_what_was_typed
@open_to(MODERATOR)
def save(slug: str) -> Response:
    """Put the corrections on the page at once, which is a check too, and go on to the next."""
    found = keeping.hold(session(), _found(slug))
    asks, live = _asks(found), answers_of(found, clock.now())
    form = answers_form(asks, live, skill_options(), request.form)
    said = {name: answer for name, answer in form.answers.items() if name in ANSWERED}
    if csrf_failed():
        return _correct_page(found, form, asked(form, asks), AWAY, status=409)
    if not vetting.is_as_seen(found, request.form.get("was", "")):
        others = {question.name: told(question, live, _skills()) for question in asks if _differs(question, said, live)}
        return _correct_page(found, form, asked(form, asks, others=others), MEANWHILE, status=409)
    wrong = vetting.problems_with(session(), found, said, parts().gazetteer, clock.now())
    if wrong:
        read = proposal(session(), {**live, **said}, parts().gazetteer, uk_day(clock.now()))
        fields = {problem.field for problem in wrong}
        return _correct_page(found, form, asked(form, asks, read, wrong=fields.__contains__), status=422)
    next_one = following(unchecked(session(), clock.now()), slug)
    vetting.correct(session(), found, signed_in(), said, parts().gazetteer, clock.now())
    if changed(live, {**live, **said}):
        notices.tell_its_people(session(), parts().settings, found, CORRECTED, clock.now())
    return _go_on(next_one)


ANSWERED = frozenset(name for question in questions() for name in question.names if name not in NOT_OF_A_LISTING)


def _differs(question: Question, said: Answers, live: Answers) -> bool:
    return any((said.get(name) or "") != (live.get(name) or "") for name in question.names)


def _go_on(next_one: Unchecked | None) -> Response:
    make_searchable()
    session().commit()
    if next_one is None:
        return redirect(url_for("unchecked.every"), 303)
    return redirect(url_for("unchecked.one", slug=next_one.slug), 303)


def _found(slug: str) -> Opportunity:
    found = opportunity_by_slug(session(), slug)
    if found is None:
        abort(404)
    if found.standing is not Standing.PUBLISHED:
        abort(410)
    return found


def _asks(found: Opportunity) -> list[Question]:
    return [one for one in questions(kind=str(found.kind)) if one.name not in NOT_OF_A_LISTING]


def _skills() -> dict[str, str]:
    return {slug: skill.name for slug, skill in skills_by_slug(session()).items()}


def _checked_words(row: Unchecked) -> str:
    return f"Last checked on {long_day(uk_day(row.checked_at))}" if row.checked_at else "Never checked"


def _page(found: Opportunity, at: str = "", why: str = "", problem: str = "", status: int = 200) -> Response:
    now = clock.now()
    live, skills, rows = answers_of(found, now), _skills(), unchecked(session(), now)
    said = [(question.label, told(question, live, skills)) for question in _asks(found)]
    seen = Submission(answers=live, organisation_id=found.organisation_id, opportunity_id=found.id)
    read = proposal(session(), live, parts().gazetteer, uk_day(now))
    looked = look_over(session(), seen, read, now, live=live)
    next_one = following(rows, found.slug)
    place = next((number for number, row in enumerate(rows, 1) if row.slug == found.slug), 0)
    response = private(
        render_template(
            "unchecked/one.html",
            opportunity=found,
            card=card(found, now),
            sources=[(source.url, site_of(source.url), source.dated) for source in found.sources],
            links=[url for url in dict.fromkeys((found.apply_url, found.info_url)) if url],
            facts=[(label, words) for label, words in said if words != NOT_SAID],
            missing=[label for label, words in said if words == NOT_SAID],
            findings=[one for one in looked.findings if one.verdict != "ok" and one.field not in NOT_OF_A_LISTING],
            notes=found.notes,
            place=place,
            total=len(rows),
            skip=next_one.slug if next_one else None,
            seen=vetting.stamp(found),
            at=at,
            why=why,
            problem=problem,
        )
    )
    response.status_code = status
    return response


def _correct_page(
    found: Opportunity, form: AnswersForm, rows: Sequence[Asked], remark: str = "", status: int = 200
) -> Response:
    sections = [(STEP_TITLES[step], [row for row in rows if row.question.step is step]) for step in ASKING]
    response = private(
        render_template(
            "unchecked/correct.html",
            opportunity=found,
            sections=[(title, of_it) for title, of_it in sections if of_it],
            errors=summary(rows),
            sources=[(source.url, site_of(source.url), source.dated) for source in found.sources],
            was=vetting.stamp(found),
            remark=remark,
        )
    )
    response.status_code = status
    return response
