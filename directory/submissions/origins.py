"""Where prefilled answers come from, and what their source left open: kept beside a draft until it is answered."""

from collections.abc import Collection, Mapping
from typing import Any

from directory.submissions.fields import ANSWER_NAMES, Question

REMARKS = "remarks"  # among the origins, each with its words and the question it is about; none when about the whole


def origin_of(origins: Mapping[str, Any], question: Question) -> str | None:
    """Give the words that go after "from" for an answer that was filled in."""
    said = (origins.get(name) for name in (*question.names, question.name))
    return next((words for words in said if isinstance(words, str) and words), None)


def remarks_about(origins: Mapping[str, Any], name: str = "") -> tuple[str, ...]:
    """Give what a person must look at in one question, or in the whole."""
    remarks = origins.get(REMARKS) or ()
    return tuple(str(remark["words"]) for remark in remarks if remark["about"] == name)


def without(origins: Mapping[str, Any], changed: Collection[str]) -> dict[str, Any]:
    """Forget the origin of answers that somebody changed, and what was remarked about their questions."""
    asked = {ANSWER_NAMES[name].name for name in changed if name in ANSWER_NAMES}
    gone = {part for name, question in ANSWER_NAMES.items() if question.name in asked for part in (name, question.name)}
    left = {name: said for name, said in origins.items() if name not in gone}
    if REMARKS in left:
        left[REMARKS] = [remark for remark in left[REMARKS] if remark["about"] not in asked]
    return left
