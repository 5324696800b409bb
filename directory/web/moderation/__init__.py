"""Moderating: what only moderators and administrators may open."""

from directory.web.moderation import deciding, editing, queue, reasons, record, review, skills, words

PAGES = (
    queue.pages,
    review.pages,
    deciding.pages,
    editing.pages,
    reasons.pages,
    record.pages,
    words.pages,
    skills.pages,
)
