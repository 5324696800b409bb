"""Many listings at once: a spreadsheet is brought, read without being used, and made into drafts to send."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.models import Account
from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import account, parts, session
from directory.submissions.actions import CAN_BE_WRITTEN
from directory.submissions.checks.finding import Finding, Verdict
from directory.submissions.fields import QUESTIONS, STEP_TITLES, Answer, Options, one
from directory.submissions.models import SheetImport, State, Submission
from directory.submissions.reading import Proposal, read
from directory.submissions.reviewing import glance
from directory.submissions.sheets import actions
from directory.submissions.sheets.columns import ASKED, Column, How
from directory.submissions.sheets.fix_it import fix_it_csv, fix_it_workbook
from directory.submissions.sheets.here import already_here
from directory.submissions.sheets.outcome import Fate, Outcome, common_troubles, dry_run
from directory.submissions.sheets.queries import drafts_of, import_by_key, may_open, skill_words
from directory.submissions.sheets.reading import Sheet
from directory.submissions.sheets.template import template_csv, template_workbook
from directory.web.access import ANYONE, keeps_what_was_typed, open_to, takes_up_to
from directory.web.caching import private
from directory.web.forms.answers import AnswersForm, Asked, answers_form, asked, summary
from directory.web.limits import allow_network
from directory.web.security import csrf_failed
from directory.web.signing_in import AFTERWARDS, send_way_in
from directory.web.submitting.sending import hand_in

pages = Blueprint("importing", __name__, url_prefix="/submit/spreadsheet")

LARGEST_POST = 2_500_000  # a file of 2 MB with the form around it
ROWS_A_PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
NO_FILE = "Choose the file with your listings"
AGAIN = "You’ve been away a while. Choose the file once more, and send again to continue"
TOO_LARGE = "That file is larger than 2 MB. Split it into several, or take pictures out of it, then choose it again"
IN_THE_SHEET = "Leave it empty if a column of your spreadsheet says it."

COMMON = tuple(
    QUESTIONS[name] if name == "your_email" else replace(QUESTIONS[name], optional=True, hint=hint)
    for name, hint in zip(
        actions.ASKED_WITH_THE_FILE,
        (IN_THE_SHEET, IN_THE_SHEET, IN_THE_SHEET, "Only our moderators see it.", ""),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Choosing:
    """A column as a person decides on it: an example of what it holds."""

    column: Column
    example: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft of a spreadsheet's row, as it was read."""

    submission: Submission
    read: Proposal

    @property
    def problems(self) -> int:
        """Count what stops it from being sent."""
        return len(self.read.problems)

    @property
    def is_ready(self) -> bool:
        """Say whether it can be sent now."""
        return self.problems == 0 and self.submission.state in CAN_BE_WRITTEN

    @property
    def findings(self) -> list[Finding]:
        """Give what our checks see in it by itself, while it is still to be sent."""
        if self.submission.state not in CAN_BE_WRITTEN:
            return []
        seen = glance(self.submission.answers, self.read, clock.now())
        return [finding for finding in seen if finding.verdict is not Verdict.OK]


@pages.get("")
@open_to(ANYONE)
def start() -> Response:
    """Say what a spreadsheet may be, offer the template, and ask for the file."""
    me = account()
    about_me = {"your_name": me.name, "your_email": me.email or ""} if me else {}
    return _start_page(answers_form(COMMON, about_me, ()))


@pages.post("")
@keeps_what_was_typed
@takes_up_to(LARGEST_POST)
@open_to(ANYONE)
def upload() -> AnyResponse:
    """Take a file and read it, without making anything of it yet."""
    form = answers_form(COMMON, {}, (), request.form)
    file = request.files.get("sheet")
    if csrf_failed():
        return _start_page(form, AGAIN, status=400)
    proposal = _common_proposal(form)
    if file is None or not file.filename:
        return _start_page(form, NO_FILE, proposal, status=422)
    if _wrong(proposal):
        return _start_page(form, None, proposal, status=422)
    allow_network("import")
    try:
        brought = actions.bring(session(), file.filename, file.read(), form.answers, clock.now(), account())
    except Refusal as refusal:
        session().commit()  # the try counts
        return _start_page(form, str(refusal).rstrip("."), proposal, status=422)
    session().commit()
    return redirect(url_for("importing.run", key=brought.key), 303)


@pages.errorhandler(413)
def too_large(_error: Exception) -> Response:
    """Say what to do with a file that is too large; what was typed beside it never arrived."""
    return _start_page(answers_form(COMMON, {}, ()), TOO_LARGE, status=413)


@pages.get("/template.xlsx")
@open_to(ANYONE)
def workbook() -> Response:
    """Give the template as a workbook."""
    return _download(template_workbook(skill_words(session())), WORKBOOK, "way-in-listings.xlsx")


@pages.get("/template.csv")
@open_to(ANYONE)
def csv() -> Response:
    """Give the template as CSV."""
    return _download(template_csv(), CSV, "way-in-listings.csv")


@pages.get("/<key>")
@open_to(ANYONE)
def run(key: str) -> Response:
    """Show what would become of every row; nothing is made yet."""
    brought = _brought(key)
    outcome = _outcome(brought)
    fate = next((fate for fate in Fate if fate.replace(" ", "-") == request.args.get("show")), None)
    rows = outcome.of(fate) if fate else outcome.rows
    page, count = _page_number(len(rows))
    return private(
        render_template(
            "importing/run.html",
            brought=brought,
            outcome=outcome,
            rows=rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE],
            already=already_here(session(), outcome.rows, brought, account()),
            shown=fate,
            fates={fate: len(outcome.of(fate)) for fate in Fate},
            common=common_troubles(outcome),
            nearly=[column for column in outcome.columns if column.how is How.NEARLY],
            unread=[column for column in outcome.columns if column.question is None and column.how is not How.OURS],
            questions=QUESTIONS,
            page=page,
            count=count,
        )
    )


@pages.get("/<key>/columns")
@open_to(ANYONE)
def columns(key: str) -> Response:
    """Show which column answers which question, to be changed."""
    brought = _brought(key)
    form = answers_form(COMMON, actions.common_of(brought), ())
    return _columns_page(brought, form, None, _outcome(brought).columns)


@pages.post("/<key>/columns")
@keeps_what_was_typed
@open_to(ANYONE)
def decide(key: str) -> AnyResponse:
    """Take which column answers which question, and read the file again."""
    brought = _brought(key)
    form = answers_form(COMMON, {}, (), request.form)
    count = len(brought.outcome["sheet"]["headers"])
    chosen = {index: request.form[f"column_{index}"] for index in range(count) if f"column_{index}" in request.form}
    proposal = _common_proposal(form)
    if csrf_failed() or _wrong(proposal):
        found = [_as_chosen(column, chosen) for column in _outcome(brought).columns]
        return _columns_page(brought, form, proposal, found, status=400 if csrf_failed() else 422)
    actions.decide(brought, chosen, form.answers)
    session().commit()
    return redirect(url_for("importing.run", key=key), 303)


@pages.get("/<key>/what-to-fix.xlsx")
@open_to(ANYONE)
def fix_it(key: str) -> Response:
    """Give the rows back as a workbook, with what to fix."""
    brought = _brought(key)
    return _download(fix_it_workbook(_sheet(brought), _outcome(brought)), WORKBOOK, "what-to-fix.xlsx")


@pages.get("/<key>/what-to-fix.csv")
@open_to(ANYONE)
def fix_it_as_csv(key: str) -> Response:
    """Give the rows back as CSV, with what to fix."""
    brought = _brought(key)
    return _download(fix_it_csv(_sheet(brought), _outcome(brought)), CSV, "what-to-fix.csv")


@pages.post("/<key>/drafts")
@open_to(ANYONE)
def make(key: str) -> AnyResponse:
    """Make a draft of each row; the second time, show those that there are."""
    brought = _brought(key)
    actions.make_drafts(session(), brought, _outcome(brought), clock.now(), account())
    session().commit()
    return redirect(url_for("importing.drafts", key=key), 303)


@pages.get("/<key>/drafts")
@open_to(ANYONE)
def drafts(key: str) -> AnyResponse:
    """List the drafts of a file, and which of them can be sent."""
    brought = _brought(key)
    if brought.drafted_at is None:
        return redirect(url_for("importing.run", key=key), 303)
    made = _drafted(brought)
    page, count = _page_number(len(made))
    return private(
        render_template(
            "importing/drafts.html",
            brought=brought,
            drafts=made[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE],
            total=len(made),
            ready=sum(1 for draft in made if draft.is_ready and draft.submission.state is not State.UNCONFIRMED),
            unconfirmed=sum(1 for draft in made if draft.submission.state is State.UNCONFIRMED),
            waiting=sum(1 for draft in made if draft.submission.state is State.WAITING),
            email=actions.common_of(brought).get("your_email", ""),
            states=State,
            page=page,
            count=count,
        )
    )


@pages.post("/<key>/send")
@open_to(ANYONE)
def send(key: str) -> AnyResponse:
    """Send all drafts that can be: to the queue, or first one link by which their email address is confirmed."""
    brought = _brought(key)
    ready = [draft.submission for draft in _drafted(brought) if draft.is_ready]
    who = account()
    mine = _hand_in(ready, who) if who else []
    others = [draft for draft in ready if draft not in mine]
    if others:
        actions.send_later(session(), others, clock.now())
        onward = url_for("importing.drafts", key=key)
        listings = "1 listing" if len(others) == 1 else f"{len(others)} listings"
        send_way_in(one(others[0].answers, "your_email").lower(), onward, purpose="confirm", title=listings)
    session().commit()
    return redirect(url_for("importing.drafts", key=key), 303)


def _hand_in(drafts: Sequence[Submission], who: Account) -> list[Submission]:
    mine = actions.own_all(session(), drafts, who)
    for draft in mine:
        hand_in(draft, who)
    return mine


def _confirm(who: Account, onward: str) -> None:
    """Send on what was sent of a file by whoever just confirmed its email address."""
    before, _, rest = onward.partition(f"{pages.url_prefix}/")
    brought = import_by_key(session(), rest.partition("/")[0]) if not before and rest else None
    if brought is None:
        return
    made = _drafted(brought)
    actions.own_all(session(), [draft.submission for draft in made], who)
    sent = [draft.submission for draft in made if draft.is_ready and draft.submission.state is State.UNCONFIRMED]
    _hand_in(sent, who)


AFTERWARDS.append(_confirm)


def _brought(key: str) -> SheetImport:
    """Get what was brought for whoever may see it; anybody else is sent to sign in, or finds nothing."""
    found = import_by_key(session(), key)
    if found is None:
        abort(404)
    if not may_open(session(), found, account()):
        if account() is not None:
            abort(404)
        onward = request.path if request.method == "GET" else url_for("importing.run", key=key)
        abort(redirect(url_for("signing_in.ask", onward=onward), 303))
    return found


def _sheet(brought: SheetImport) -> Sheet:
    return actions.sheet_of(brought)


def _outcome(brought: SheetImport) -> Outcome:
    return dry_run(
        _sheet(brought),
        actions.columns_of(brought),
        parts().gazetteer,
        skill_words(session()),
        clock.uk_today(),
        actions.common_of(brought),
    )


def _drafted(brought: SheetImport) -> list[Drafted]:
    skills, today = skill_words(session()), clock.uk_today()
    return [
        Drafted(draft, read(draft.answers, parts().gazetteer, skills, today)) for draft in drafts_of(session(), brought)
    ]


def _common_proposal(form: AnswersForm) -> Proposal:
    """Read what is asked with the file: only the email address must be there."""
    said: dict[str, Answer] = {name: answer for name, answer in form.answers.items() if answer}
    return read(said, parts().gazetteer, (), clock.uk_today(), asked=lambda question: question.name == "your_email")


def _wrong(proposal: Proposal) -> bool:
    return any(problem.field in actions.ASKED_WITH_THE_FILE for problem in proposal.problems)


def _start_page(
    form: AnswersForm, problem: str | None = None, proposal: Proposal | None = None, status: int = 200
) -> Response:
    rows = asked(form, COMMON, proposal)
    errors = [("sheet", problem)] if problem else []
    return _form_page("importing/start.html", rows, [*errors, *summary(rows)], status, problem=problem)


def _columns_page(
    brought: SheetImport, form: AnswersForm, proposal: Proposal | None, found: Sequence[Column], status: int = 200
) -> Response:
    rows = asked(form, COMMON, proposal)
    sheet = _sheet(brought)
    return _form_page(
        "importing/columns.html",
        rows,
        summary(rows),
        status,
        brought=brought,
        choosing=[
            Choosing(column, next((row.cells[column.index] for row in sheet.rows if row.cells[column.index]), ""))
            for column in found
            if column.how is not How.OURS
        ],
        groups=_groups(),
        away=AGAIN if status == 400 else None,
    )


def _form_page(
    template: str, rows: list[Asked], errors: list[tuple[str, str]], status: int, **context: Any
) -> Response:
    response = private(render_template(template, common=rows, errors=errors, **context))
    response.status_code = status
    return response


def _groups() -> list[tuple[str, Options]]:
    """Give the questions that a column may answer, by their steps."""
    titles = {step: title for step, title in STEP_TITLES.items() if any(row.step is step for row in ASKED)}
    return [
        (title, tuple((question.name, question.label) for question in ASKED if question.step is step))
        for step, title in titles.items()
    ]


def _as_chosen(column: Column, chosen: dict[int, str]) -> Column:
    return replace(column, question=chosen.get(column.index) or None) if column.index in chosen else column


def _page_number(total: int) -> tuple[int, int]:
    count = max(1, -(-total // ROWS_A_PAGE))
    page = request.args.get("page", 1, type=int)
    return min(max(page, 1), count), count


def _download(content: bytes, media: str, name: str) -> Response:
    response = private(make_response(content))
    response.headers["Content-Type"] = media
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
