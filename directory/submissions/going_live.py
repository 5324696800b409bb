"""Which changes to a published page may be seen at once, and which a moderator looks at first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from directory.submissions.fields import QUESTIONS, Answers, Look, one
from directory.submissions.writing import changed

DATES = ("opens", "closes", "starts")
REVIEWED = "It’s text that people read and rely on, so one of us looks first."
WHY_REVIEWED: Mapping[str, str] = {
    **dict.fromkeys(("pay", "pay_from", "pay_to", "cost"), "What people are paid or pay is checked first."),
    **dict.fromkeys(("minimum_age", "maximum_age", "stages"), "Who may apply, and how old they are, is checked first."),
    **dict.fromkeys(("needed", "nice", "not_needed", "applicant"), "Who may apply is checked first."),
    **dict.fromkeys(("apply_url", "info_url"), "A new address is opened and checked first."),
    **dict.fromkeys(("closing", "closes_hour"), "How it closes is checked first."),
}
MOVED_ON = "The date moved on."
MOVED_BACK = "The date moved back, which could leave people too little time."
NOT_A_MOVE = "A date that’s new or taken away is checked first."
OUT_OF_ORDER = "The dates don’t follow one another."
IN_THE_PAST = "The date has passed."
PLACES = "How many places there are is yours to say."


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a change to one question goes live at once, and why, in a sentence."""

    question: str
    at_once: bool
    why: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings on one change, in the order of the form; true when all of it goes live at once."""

    each: tuple[Ruling, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is a change and nothing of it is for a moderator."""
        return bool(self.each) and all(ruling.at_once for ruling in self.each)

    @property
    def at_once(self) -> tuple[str, ...]:
        """Give the questions whose answers go live."""
        return tuple(ruling.question for ruling in self.each if ruling.at_once)


def goes_live_at_once(before: Answers, after: Answers, today: date) -> Rulings:
    """Rule on every question that the listing's page answers otherwise than ``after``."""
    return Rulings(tuple(_ruling(name, before, after, today) for name in changed(before, after)))


def _ruling(name: str, before: Answers, after: Answers, today: date) -> Ruling:
    question = QUESTIONS[name]
    if not question.live_at_once:
        return Ruling(name, False, WHY_REVIEWED.get(name, REVIEWED))
    if question.look is not Look.DATE:
        readable = one(after, name).replace(",", "").isdecimal() or not one(after, name)
        return Ruling(name, readable, PLACES if readable else REVIEWED)
    if reason := next((words for is_so, words in AGAINST if is_so(name, before, after, today)), None):
        return Ruling(name, False, reason)
    return Ruling(name, True, MOVED_ON)


def day_of(answers: Answers, name: str) -> date | None:
    """Read the three boxes of a date strictly; None unless it is a whole real day."""
    try:
        day, month, year = (int(one(answers, part)) for part in QUESTIONS[name].names)
        return date(year, month, day)
    except ValueError:
        return None


def _is_no_move(name: str, before: Answers, after: Answers, today: date) -> bool:
    return day_of(before, name) is None or day_of(after, name) is None


def _is_back(name: str, before: Answers, after: Answers, today: date) -> bool:
    was, will = day_of(before, name), day_of(after, name)
    return was is not None and will is not None and will <= was


def _is_past(name: str, before: Answers, after: Answers, today: date) -> bool:
    will = day_of(after, name)
    return will is not None and will < today


def _is_out_of_order(name: str, before: Answers, after: Answers, today: date) -> bool:
    opens, closes, starts = (day_of(after, name) for name in DATES)
    return any(opens and other and other < opens for other in (closes, starts))


Reason = Callable[[str, Answers, Answers, date], bool]
AGAINST: tuple[tuple[Reason, str], ...] = (
    (_is_no_move, NOT_A_MOVE),
    (_is_back, MOVED_BACK),
    (_is_past, IN_THE_PAST),
    (_is_out_of_order, OUT_OF_ORDER),
)
