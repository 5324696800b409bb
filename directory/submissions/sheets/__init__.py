"""Many listings at once, from a spreadsheet: read, dry run, given back to be put right, made into drafts."""
