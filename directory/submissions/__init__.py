"""What organisations would like the catalogue to say: drafts, checks, review, and what was reported as wrong."""
