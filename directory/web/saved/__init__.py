"""What a visitor saves and compares: kept on their device or in a link, and nowhere else."""

from directory.web.saved import comparing, saving, sharing

PAGES = (saving.pages, sharing.pages, comparing.pages)
