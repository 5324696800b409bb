"""Submitting: from the first step to the last, without an account."""

from directory.web.submitting import finishing, sending, starting, steps

PAGES = (starting.pages, steps.pages, finishing.pages, sending.pages)
