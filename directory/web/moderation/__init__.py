"""Moderating: the queue, one item with its decision, the bank of reasons, what was decided, the record."""

from directory.web.moderation import deciding, editing, queue, reasons, record, review

PAGES = (queue.pages, review.pages, deciding.pages, editing.pages, reasons.pages, record.pages)
