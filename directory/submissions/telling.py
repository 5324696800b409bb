"""An answer in words, for whoever compares, checks or reads an email."""

from collections.abc import Mapping
from datetime import date

from directory.foundation.date_words import long_day
from directory.submissions.fields import Answers, Look, Question, one, several

NOT_SAID = "Not said"


def told(question: Question, answers: Answers, skills: Mapping[str, str] | None = None) -> str:
    """Say what was answered, "Not said" when nothing was; ``skills`` are their names by slug."""
    match question.look:
        case Look.DATE:
            return _day(question, answers)
        case Look.ONE_OF | Look.SOME_OF:
            named = dict(question.options) | dict(skills or {})
            chosen = several(answers, question.name)
            return ", ".join(named.get(value, value).partition(":")[0] for value in chosen) or NOT_SAID
        case Look.MONEY:
            said = one(answers, question.name)
            return f"£{said.lstrip('£')}" if said else NOT_SAID
        case Look.TICK:
            return "Yes" if one(answers, question.name) else "No"
    return one(answers, question.name) or NOT_SAID


def _day(question: Question, answers: Answers) -> str:
    day, month, year = (one(answers, name) for name in question.names)
    if not (day or month or year):
        return NOT_SAID
    try:
        return long_day(date(int(year), int(month), int(day or 1)))
    except ValueError:
        return " ".join(filter(None, (day, month, year)))
