"""A rule that says no, in words fit for a person."""


class Refusal(Exception):
    """Raised when a rule forbids what was asked; ``str()`` of it is the sentence to show.

    Doors turn it, once, into what their audience understands: a page, an exit code.
    """


class Misconfigured(Refusal):
    """The settings or the machine will not do; the sentence says which and what to change."""
