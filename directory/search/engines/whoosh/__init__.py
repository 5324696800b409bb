"""Native Whoosh: it keeps the words and the scores; counts, orders and distances are worked out from its postings."""

from directory.search.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
