"""A fetched page as answers to our questions, each with where it came from; what isn't clear is left to a person."""

from collections.abc import Mapping, Sequence
from datetime import date

from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import ANSWER_NAMES, QUESTIONS, one, questions
from directory.submissions.links.fetching import Fetched
from directory.submissions.links.from_data import from_data
from directory.submissions.links.from_page import from_page
from directory.submissions.links.prefilled import Gathering, Origin, Prefilled
from directory.submissions.links.source import read_source
from directory.submissions.reading import read

__all__ = ["Origin", "Prefilled", "prefill"]


def prefill(fetched: Fetched, gazetteer: Gazetteer, skills: Mapping[str, Sequence[str]], today: date) -> Prefilled:
    """Read a page; never raises. ``skills`` are the words for each skill, by its slug.

    Every answer can be read by ``reading.read`` without a problem of its own and is no longer than its question
    allows. ``missing`` are the questions that still need an answer before it can be sent.
    """
    source = read_source(fetched, gazetteer, skills, today)
    from_data(source)
    from_page(source)
    gathered = source.gathered
    _leave_out_what_does_not_fit(gathered)
    _leave_out_problems(gathered, gazetteer, skills, today)
    return Prefilled(
        dict(gathered.answers), tuple(gathered.origins.values()), _missing(gathered), tuple(gathered.remarks)
    )


def _leave_out_what_does_not_fit(gathered: Gathering) -> None:
    """Drop answers to questions that this kind isn't asked."""
    kind = one(gathered.answers, "kind")
    for name in list(gathered.answers):
        if kind in ANSWER_NAMES[name].not_for:
            gathered.drop(name)


def _leave_out_problems(
    gathered: Gathering, gazetteer: Gazetteer, skills: Mapping[str, Sequence[str]], today: date
) -> None:
    """Drop answers that would only be sent back: a page can be wrong about itself."""
    for problem in read(gathered.answers, gazetteer, skills, today, asked=lambda _question: False).problems:
        names = [name for name in QUESTIONS[problem.field].names if gathered.has(name)]
        if names:
            gathered.drop(*names)
            gathered.remark(f"Something on your page couldn’t be used. {problem.words}.", problem.field)


def _missing(gathered: Gathering) -> tuple[str, ...]:
    return tuple(
        question.name
        for question in questions(kind=one(gathered.answers, "kind") or None)
        if not question.optional and not question.private and not any(map(gathered.has, question.names))
    )
