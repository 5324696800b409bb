"""The questions of a submission as a form: bound to what was saved or sent, with the words on what can't be used."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from directory.submissions.fields import Answer, Answers, Look, Options, Question, one, several
from directory.submissions.origins import origin_of, remarks_about
from directory.submissions.reading import Proposal

SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page asks it: its field, or a date's three, and what is wrong with its answer."""

    question: Question
    fields: tuple[Field, ...]
    errors: tuple[str, ...]
    origin: str | None = None
    other: str | None = None
    remarks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Give the id that a link to it leads to: of its first box."""
        first = self.fields[0]
        if self.question.look not in (Look.ONE_OF, Look.SOME_OF):
            return str(first.name)
        return f"{first.name}-0" if first.choices else f"about-{first.name}"

    @property
    def left(self) -> int:
        """Say how many more characters its answer may have."""
        return self.question.most - len(str(self.fields[0].data or ""))


class AnswersForm(Form):  # type: ignore[misc]
    """Some questions. ``seen`` sums up what was saved when the page was made, so that a second tab is noticed."""

    seen = HiddenField()

    @property
    def answers(self) -> dict[str, Answer]:
        """Give what stands in the form, by question."""
        return {
            field.name: list(field.data or []) if isinstance(field, SelectMultipleField) else field.data or ""
            for field in self
            if field.name != SEEN
        }


def answers_form(
    questions: Iterable[Question],
    saved: Answers,
    skills: Options,
    sent: MultiDict[str, str] | None = None,
) -> AnswersForm:
    """Make the form of these questions, holding what was ``sent`` when something was, else what is ``saved``."""
    asked = list(questions)
    fields = {name: field for question in asked for name, field in _fields(question, skills)}
    bound: AnswersForm = type("BoundForm", (AnswersForm,), fields)(formdata=sent, data=_data(asked, saved))
    if sent is None:
        bound.seen.data = sum_of(asked, saved)
    return bound


def _fields(question: Question, skills: Options) -> Iterator[tuple[str, Any]]:
    options = skills if question.name == "skills" else question.options
    choices = [SelectChoice(value=value, label=label) for value, label in options]
    match question.look:
        case Look.ONE_OF:
            yield question.name, RadioField(choices=choices, validate_choice=False)
        case Look.SOME_OF:
            yield question.name, SelectMultipleField(choices=choices, validate_choice=False)
        case Look.TEXT | Look.LINES:
            yield question.name, TextAreaField()
        case _:
            for name in question.names:
                yield name, StringField()


def _data(questions: Sequence[Question], saved: Answers) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for question in questions:
        if question.look is Look.SOME_OF:
            data[question.name] = several(saved, question.name)
        else:
            data |= {name: _text(saved.get(name, "")) for name in question.names}
    return data


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else "\n".join(answer)


def sum_of(questions: Iterable[Question], answers: Answers) -> str:
    """Sum up the answers to some questions."""
    said = {name: answers.get(name) or "" for question in questions for name in question.names}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:16]


def asked(
    form: AnswersForm,
    questions: Iterable[Question],
    proposal: Proposal | None = None,
    origins: Mapping[str, Any] | None = None,
    others: Mapping[str, str] | None = None,
    wrong: Callable[[str], bool] = lambda _name: True,
) -> list[Asked]:
    """Give the questions as a page asks them, each with what is wrong with it; ``others`` are another tab's answers."""
    return [
        Asked(
            question,
            tuple(form[name] for name in question.names),
            proposal.problems_of(question.name) if proposal and wrong(question.name) else (),
            origin_of(origins or {}, question),
            (others or {}).get(question.name),
            remarks_about(origins or {}, question.name),
        )
        for question in questions
    ]


def summary(rows: Iterable[Asked]) -> list[tuple[str, str]]:
    """List what is to be put right, as (the id to lead to, the words at the question)."""
    return [(row.id, words) for row in rows for words in row.errors]


def differs(questions: Iterable[Question], mine: Answers, theirs: Answers) -> Iterator[Question]:
    """Go through the questions that two tabs answered differently."""
    for question in questions:
        if any(_plain(mine, name) != _plain(theirs, name) for name in question.names):
            yield question


def _plain(answers: Answers, name: str) -> object:
    answer = answers.get(name) or ""
    return sorted(answer) if isinstance(answer, list) else one(answers, name)
