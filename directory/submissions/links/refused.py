"""Why a page can't be fetched, in a sentence for whoever gave its address."""

from enum import StrEnum

from directory.foundation.refusals import Refusal


class Why(StrEnum):
    """The reason, for code to ask about."""

    SWITCHED_OFF = "switched off"
    ADDRESS = "address"  # it isn't one that we open
    UNREACHABLE = "unreachable"
    REDIRECTS = "redirects"
    ROBOTS = "robots"
    STATUS = "status"
    KIND = "kind"  # it answers, and not with a page
    SIZE = "size"


class CannotFetch(Refusal):
    """A page can't be fetched; ``status`` and ``final_url`` are what was learnt on the way."""

    def __init__(self, why: Why, words: str, *, status: int | None = None, final_url: str = "") -> None:
        """Say why, in ``words`` for a person."""
        super().__init__(words)
        self.why = why
        self.status = status
        self.final_url = final_url
