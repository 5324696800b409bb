"""The revisions, in order; each is a fact about databases already out there and is never edited afterwards."""
