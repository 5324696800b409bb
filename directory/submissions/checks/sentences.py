"""Public text in sentences, for checks that read it."""

import re
from collections.abc import Iterator

from directory.submissions.checks.case import Case

LONGEST_QUOTE = 120
_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z])|[\r\n]+|(?<=;)\s+")


def sentences(text: str) -> list[str]:
    """Part a text into its sentences and lines, each on one line."""
    return [" ".join(part.split()) for part in _END.split(text) if part and part.strip()]


def public_sentences(case: Case) -> Iterator[tuple[str, str]]:
    """Go through the sentences of the public texts, each with its question."""
    return ((name, sentence) for name, text in case.public_texts() for sentence in sentences(text))


def quoted(text: str) -> str:
    """Quote a text, cut short where it is long."""
    whole = " ".join(text.split())
    return f"‘{whole if len(whole) <= LONGEST_QUOTE else whole[: LONGEST_QUOTE - 1].rstrip() + '…'}’"
