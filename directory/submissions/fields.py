"""Every question that a submission answers, and its answers as they were typed."""

from collections.abc import Iterator, Mapping

from directory.submissions.questions.dates import DATES
from directory.submissions.questions.organisation import ORGANISATION
from directory.submissions.questions.question import STEP_TITLES, Look, Options, Question, Step
from directory.submissions.questions.role import ROLE
from directory.submissions.questions.who import WHO

__all__ = [
    "ALL",
    "ANSWER_NAMES",
    "QUESTIONS",
    "STEP_TITLES",
    "Answer",
    "Answers",
    "Look",
    "Options",
    "Question",
    "Step",
    "one",
    "public",
    "questions",
    "several",
]

ALL = (*ORGANISATION, *ROLE, *DATES, *WHO)
QUESTIONS: dict[str, Question] = {question.name: question for question in ALL}
ANSWER_NAMES: dict[str, Question] = {name: question for question in ALL for name in question.names}

Answer = str | list[str]
Answers = Mapping[str, Answer]


def questions(step: Step | None = None, kind: str | None = None) -> Iterator[Question]:
    """Go through the questions of a step, or of all, that this kind is asked; of no kind yet, every one."""
    for question in ALL:
        if (step is None or question.step is step) and kind not in question.not_for:
            yield question


def one(answers: Answers, name: str) -> str:
    """Give an answer as one string without the space round it; empty when there is none."""
    answer = answers.get(name, "")
    return (answer if isinstance(answer, str) else ", ".join(answer)).strip()


def several(answers: Answers, name: str) -> list[str]:
    """Give an answer as a list of its parts, without empty ones."""
    answer = answers.get(name, [])
    parts = answer.splitlines() if isinstance(answer, str) else answer
    return [part.strip() for part in parts if part.strip()]


def public(answers: Answers) -> dict[str, Answer]:
    """Give the answers without those that only moderators may see."""
    return {name: said for name, said in answers.items() if name in ANSWER_NAMES and not ANSWER_NAMES[name].private}
