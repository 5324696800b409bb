"""Submitting: from the first step to the last, without an account."""

from directory.web.submitting import checking, finishing, sending, starting, steps

PAGES = (starting.pages, steps.pages, checking.pages, finishing.pages, sending.pages)
