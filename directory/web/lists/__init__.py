"""Living lists: what advisers make and what anybody opens."""

from directory.web.lists import advisers, editing, evidence, finding, making, reporting, sharing, showing

PAGES = (
    advisers.pages,
    showing.pages,
    sharing.pages,
    making.pages,
    editing.pages,
    evidence.pages,
    finding.pages,
    reporting.pages,
)
