"""Moderating: what only moderators and administrators may open."""

from directory.web.moderation import skills, words

PAGES = (words.pages, skills.pages)
