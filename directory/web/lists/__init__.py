"""Living lists: what advisers make and what anybody opens."""

from directory.web.lists import (
    advisers,
    class_codes,
    editing,
    embedding,
    evidence,
    finding,
    making,
    oembed,
    paper,
    reporting,
    sharing,
    showing,
)

PAGES = (
    advisers.pages,
    showing.pages,
    sharing.pages,
    paper.pages,
    class_codes.pages,
    embedding.pages,
    oembed.pages,
    making.pages,
    editing.pages,
    evidence.pages,
    finding.pages,
    reporting.pages,
)
