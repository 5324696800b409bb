"""Two sets of answers side by side, question by question and word by word, for whoever reviews a change."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from directory.submissions.fields import QUESTIONS, Answers, Look, Question, one, questions
from directory.submissions.telling import NOT_SAID, told
from directory.submissions.writing import NOT_OF_A_LISTING, changed

WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, and whether only this side has them."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One question's answers, before and after."""

    question: Question
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    is_changed: bool

    @property
    def says_nothing(self) -> bool:
        """Say whether it isn't answered, and wasn't."""
        return all("".join(part.text for part in side) in ("", NOT_SAID) for side in (self.before, self.after))


def rows(
    before: Answers | None,
    after: Answers,
    skills: Mapping[str, str],
    *,
    live: bool = False,
    private: bool = False,
) -> tuple[Row, ...]:
    """Compare every question that this kind is asked; with nothing before, all of it is only told.

    What is ``live`` has no answers to what its page doesn't say, so that those never count as changed.
    """
    return tuple(_rows(before, after, skills, live, private))


def _rows(
    before: Answers | None, after: Answers, skills: Mapping[str, str], live: bool, private: bool
) -> Iterator[Row]:
    differing = set(changed(before, after)) if before is not None else set()
    kind = one(after, "kind")
    asked = [question.name for question in questions(kind=kind)]
    for name in [*asked, *(name for name in QUESTIONS if name in differing and name not in asked)]:
        question = QUESTIONS[name]
        if question.private is not private:
            continue
        new = told(question, after, skills)
        old = told(question, before, skills) if before is not None else new
        is_changed = name in differing or (
            before is not None and not live and name in NOT_OF_A_LISTING and old.split() != new.split()
        )
        if is_changed:
            yield Row(question, *_parts(old, new, whole=question.look is Look.DATE), True)
        else:
            # What isn't said of a page isn't known to be the same: only what was sent is told.
            same = old if before is not None and not (live and name in NOT_OF_A_LISTING) else ""
            yield Row(question, _plain(same), _plain(new), False)


def _parts(old: str, new: str, *, whole: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Mark the words that only one side has; what is said for the first time, or no longer, is marked whole."""
    if whole or NOT_SAID in (old, new):
        return (Part(old, old != NOT_SAID),), (Part(new, new != NOT_SAID),)
    left, right = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, [word.strip() for word in left], [word.strip() for word in right])
    before: list[Part] = []
    after: list[Part] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        _add(before, left[i1:i2], tag != "equal")
        _add(after, right[j1:j2], tag != "equal")
    return tuple(before), tuple(after)


def _add(parts: list[Part], words: Sequence[str], marked: bool) -> None:
    text = "".join(words)
    stripped = text.rstrip()
    if not marked or not stripped:
        if text:
            parts.append(Part(text))
        return
    parts.append(Part(stripped, True))
    if text != stripped:
        parts.append(Part(text[len(stripped) :]))


def _plain(text: str) -> tuple[Part, ...]:
    return (Part(text),) if text else ()
